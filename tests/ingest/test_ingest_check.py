"""Looking without writing: what an ingest would do, and rows for files that have none."""

import tomllib
from pathlib import Path

import pytest
from ingest_pdfs import Line, lines, pdf
from ingest_worlds import run, toml_row, write

from hub.components import load_model
from hub.library import Library
from hub.settings import Settings
from ingest.check import check
from ingest.errors import IngestError, ManifestError
from ingest.manifest import read_manifest
from ingest.suggest import suggest

VISITS = "# Visits\n\nHeads visit one another in threes.\n"


def test_each_row_is_new_held_or_changed_and_its_pages_and_words_are_counted(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"held.md": VISITS, "changed.md": VISITS + "\nOld.\n"})
    run(settings, folder)
    write(folder, {"held.md": VISITS, "changed.md": VISITS + "\nNew words.\n", "new.pdf": pdf(lines("One page of words."), [])})
    found = check(settings, [folder])
    assert [(f.source, f.state, f.pages, f.words, f.chunks, f.warnings) for f in found.sources] == [
        ("held", "held", 0, 7, 1, []),
        ("changed", "changed", 0, 9, 1, []),
        ("new", "new", 1, 4, 0, ["page 2 has no text"]),
    ]
    assert found.good
    with Library(settings.store) as library:
        held = library.held("held")
    assert held is not None
    assert (found.sources[0].original, found.sources[0].read_at) == (held.original, held.read_at)
    assert found.lines()[0] == f"held: held, 7 words, 1 chunks, read {held.read_at[:10]}, file {held.original[:12]}"


def test_a_row_that_cannot_be_read_fails_and_the_others_are_looked_at(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"empty.md": "", "good.md": VISITS}, toml_row("gone") + toml_row("empty") + toml_row("good"))
    found = check(settings, [folder])
    assert not found.good
    assert [line.split(";")[0].split(", file")[0] for line in found.lines()] == [
        f'gone: FAILS: {folder}/manifest.toml, row "gone": no file gone.md',
        "empty: FAILS: the file is empty",
        "good: new, 7 words",
    ]


def test_to_look_writes_nothing(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    check(settings, [folder])
    assert not settings.store.exists()
    run(settings, folder)
    before = {p: p.read_bytes() for p in settings.store.rglob("*") if p.is_file()}
    write(folder, {"visits.md": VISITS + "\nMore.\n"})
    check(settings, [folder])
    assert {p: p.read_bytes() for p in settings.store.rglob("*") if p.is_file()} == before


def test_a_manifest_that_is_wrong_is_told_as_an_ingest_would(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="colour"):
        check(settings, [write(tmp_path / "a", {}, toml_row("a", colour="blue"))])


def test_one_id_in_two_folders_is_told_as_an_ingest_would(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="rename one"):
        check(settings, [write(tmp_path / name, {"visits.md": VISITS}) for name in ("a", "b")])


def test_files_without_a_row_are_given_one_that_is_valid_once_filled_in(tmp_path: Path) -> None:
    (tmp_path / "a" / "below").mkdir(parents=True)
    folder = write(
        tmp_path / "a",
        {
            "named.md": VISITS,
            "Visits \"in\" threes.md": '# A "title" \\ of it\n\nWords.\n',
            "paper.pdf": pdf([Line(50, 790, "The paper", 18), *lines("Words of the paper.")]),
            "below/deep.txt": "No heading, only words that go on for far more than twenty words in all, so that the title has to be cut somewhere on its way.",
            "README.md": "# For people",
            ".hidden.md": "hidden",
            "picture.png": b"\x89PNG",
        },
        toml_row("named"),
    )  # fmt: skip
    stub = suggest(folder)
    rows = tomllib.loads(stub)["source"]
    assert [(r["id"], r["path"], r["title"]) for r in rows] == [
        ("visits-in-threes", 'Visits "in" threes.md', 'A "title" \\ of it'),
        ("deep", "below/deep.txt", "No heading, only words that go on for far more than twenty words in all, so that the title has"),
        ("paper", "paper.pdf", "The paper"),
    ]
    (folder / "manifest.toml").write_text(toml_row("named") + stub, encoding="utf-8")
    with pytest.raises(ManifestError, match="organisation"):  # for a person to fill in
        read_manifest(folder, load_model())
    (folder / "manifest.toml").write_text(
        toml_row("named") + stub.replace('organisation = ""', 'organisation = "Larkfield"'), encoding="utf-8"
    )
    assert len(read_manifest(folder, load_model())) == 4
    assert suggest(folder) == ""


def test_a_file_that_cannot_be_read_is_a_comment_with_why(tmp_path: Path) -> None:
    stub = suggest(write(tmp_path / "a", {"empty.md": "", "fine.md": VISITS}, ""))
    assert stub.startswith("# empty.md: the file is empty")
    assert [r["id"] for r in tomllib.loads(stub)["source"]] == ["fine"]


def test_a_folder_without_a_manifest_may_be_asked_for_rows(tmp_path: Path) -> None:
    (tmp_path / "visits.md").write_text(VISITS, encoding="utf-8")
    assert tomllib.loads(suggest(tmp_path))["source"][0]["title"] == "Visits"


def test_a_manifest_that_is_no_toml_is_told_before_rows_are_made(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match=r"manifest\.toml"):
        suggest(write(tmp_path / "a", {"visits.md": VISITS}, "[[source"))


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="nowhere"):
        suggest(tmp_path / "nowhere")


def test_no_two_rows_have_one_id(tmp_path: Path) -> None:
    rows = tomllib.loads(suggest(write(tmp_path / "a", {"visits.md": VISITS, "visits.txt": "Other words."}, "")))["source"]
    assert len({r["id"] for r in rows}) == 2
