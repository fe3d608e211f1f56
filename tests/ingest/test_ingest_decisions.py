"""What staff decided in `tags.toml`: read at each ingest, kept apart from the machine's tags, and told where its words are gone."""

import hashlib
from pathlib import Path

import pytest
from ingest_worlds import counts, faults_of, run, toml_row, write

from hub.domain import Tag
from hub.embedder import Embedder
from hub.library import Library
from hub.settings import Settings
from ingest.errors import ManifestError
from ingest.run import loaded_text

VISITS = "# Visits\n\n## Why\n\nHeads visit one another in threes.\n\n## How\n\nWe will de-implement the old observations.\n"
WHY, HOW = "Heads visit one another in threes.", "We will de-implement the old observations."


def decision(words: str, text: str, about: str, yes: bool = True, **fields: object) -> str:
    start = text.index(words)
    row = {
        "source": '"visits"', "start": start, "end": start + len(words), "text_hash": f'"{hashlib.sha256(words.encode()).hexdigest()}"',
        "component": f'"{about}"', "decision": '"yes"' if yes else '"no"', "by": '"A. Person"', "when": "2026-03-02", **fields,
    }  # fmt: skip
    return "\n".join(["[[tag]]", *(f"{key} = {value}" for key, value in row.items() if value is not None), ""])


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder that was ingested before anybody decided anything."""
    made = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, made)
    return made


def tags(settings: Settings) -> dict[str, list[tuple[str, str]]]:
    """(component, method) of each chunk, by its words."""
    with Library(settings.store) as library:
        return {c.text: [(t.component, t.method) for t in c.tags] for c in library.chunks_of("visits")}


def test_a_yes_is_a_tag_of_staffs_own_and_a_no_takes_the_machines_off(settings: Settings, folder: Path, embedder: Embedder) -> None:
    text = loaded_text(settings, "visits").text
    assert tags(settings)[HOW] == [("de-implement", "named")]
    machine = [t for t in tags(settings)[WHY] if t[0] != "connect"]
    (folder / "tags.toml").write_text(decision(WHY, text, "connect") + decision(HOW, text, "de-implement", yes=False))
    report = run(settings, folder)
    assert (counts(report), report.embedded, report.warnings) == ((0, 1, 0, 0, 0), 0, [])
    assert tags(settings) == {WHY: [("connect", "confirmed"), *machine], HOW: []}
    with Library(settings.store) as library:
        assert library.chunks_of("visits")[0].tags[0] == Tag(component="connect", score=1.0, method="confirmed")
    assert counts(run(settings, folder)) == (0, 0, 1, 0, 0)
    (folder / "tags.toml").unlink()
    assert counts(run(settings, folder)) == (0, 1, 0, 0, 0)
    assert tags(settings)[HOW] == [("de-implement", "named")]
    assert faults_of(settings, embedder) == []


def test_a_yes_where_the_machine_sees_it_too_is_staffs(settings: Settings, folder: Path) -> None:
    text = loaded_text(settings, "visits").text
    (folder / "tags.toml").write_text(decision("de-implement", text, "de-implement"))
    run(settings, folder)
    assert tags(settings)[HOW] == [("de-implement", "confirmed")]


def test_a_no_on_a_passage_counts_for_more_than_a_yes_on_the_whole_document(settings: Settings, folder: Path) -> None:
    text = loaded_text(settings, "visits").text
    write(folder, {"visits.md": VISITS}, toml_row("visits", kind="case-study", components=["de-implement"]))
    run(settings, folder)
    assert ("de-implement", "confirmed") in tags(settings)[HOW]
    (folder / "tags.toml").write_text(decision(HOW, text, "de-implement", yes=False))
    run(settings, folder)
    assert tags(settings)[HOW] == []


def test_of_two_decisions_the_later_one_holds_wherever_it_stands(settings: Settings, folder: Path) -> None:
    text = loaded_text(settings, "visits").text
    later = decision(WHY, text, "connect", when="2026-03-03T10:00:00")
    (folder / "tags.toml").write_text(later + decision(WHY, text, "connect", yes=False))
    run(settings, folder)
    assert ("connect", "confirmed") in tags(settings)[WHY]


def test_a_decision_whose_words_are_gone_is_named_each_time_and_does_not_count(settings: Settings, folder: Path) -> None:
    text = loaded_text(settings, "visits").text
    (folder / "tags.toml").write_text(decision(HOW, text, "use-evidence") + decision(WHY, text, "connect"))
    write(folder, {"visits.md": VISITS.replace("threes", "thirds")})
    for _ in range(2):
        report = run(settings, folder)
        assert [w for w in report.warnings if "tags.toml, row 2" in w and "no longer stand" in w] == report.warnings
        assert len(report.warnings) == 1
    assert all(method != "confirmed" for _, method in tags(settings)["Heads visit one another in thirds."])
    assert ("use-evidence", "confirmed") in tags(settings)[HOW]


def test_a_decision_on_a_document_without_a_row_waits(settings: Settings, folder: Path) -> None:
    text = loaded_text(settings, "visits").text
    (folder / "tags.toml").write_text(decision(WHY, text, "connect", source='"other"'))
    report = run(settings, folder)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert len(report.warnings) == 1
    assert [s for s in ("tags.toml, row 1", '"other"', "waits") if s not in report.warnings[0]] == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"component": '"conect"'}, ['"conect"', "use one of", "connect"]),
        ({"decision": '"maybe"'}, ['decision = "maybe"', "'yes'"]),
        ({"decision": None}, ['no "decision"']),
        ({"text_hash": '"abc"'}, ["text_hash"]),
        ({"start": -1}, ["start"]),
        ({"start": 40, "end": 40}, ["end = 40", "start = 40"]),
        ({"by": '" "'}, ["by"]),
        ({"when": '"spring"'}, ["when"]),
        ({"colour": '"blue"'}, ['unknown key "colour"']),
        ({"name": '"x"'}, ["name"]),
    ],
)
def test_a_row_that_is_wrong_is_named_and_nothing_is_written(
    settings: Settings, folder: Path, fields: dict[str, object], says: list[str]
) -> None:
    before = tags(settings)
    text = loaded_text(settings, "visits").text
    (folder / "tags.toml").write_text(decision(WHY, text, "connect") + decision(HOW, text, "connect", **fields))
    with pytest.raises(ManifestError) as caught:
        run(settings, folder)
    assert str(caught.value).startswith(f'{folder}/tags.toml, row 2 ("visits"): ')
    assert [s for s in says if s not in str(caught.value)] == []
    assert tags(settings) == before


@pytest.mark.parametrize("text", ["[[tag", "x = 1\n", "tag = 3\n", "[tag]\nsource = 'a'\n"])
def test_a_file_that_is_wrong_is_named(settings: Settings, folder: Path, text: str) -> None:
    (folder / "tags.toml").write_text(text)
    with pytest.raises(ManifestError, match=r"tags\.toml"):
        run(settings, folder)
