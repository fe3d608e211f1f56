"""Staff decide on a passage: the row in `tags.toml`, the tags in force at once, undone again, and the next ingest agrees."""

import json
from pathlib import Path

import pytest
from ingest_worlds import counts, faults_of, run, write

from hub.components import load_model
from hub.embedder import Embedder
from hub.library import Library
from hub.settings import Settings
from hub.writer import writing
from ingest.deciding import Deciding
from ingest.errors import IngestError
from ingest.tags_file import can_write
from ingest.tally import as_labels, tally

VISITS = "# Visits\n\n## Why\n\nHeads visit one another in threes.\n\n## How\n\nWe will de-implement the old observations.\n"
WHY, HOW = "Heads visit one another in threes.", "We will de-implement the old observations."


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    made = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, made)
    return made


@pytest.fixture
def deciding(settings: Settings, embedder: Embedder) -> Deciding:
    return Deciding(settings, load_model(), embedder)


def chunk(settings: Settings, words: str) -> str:
    with Library(settings.store) as library:
        return next(c.id for c in library.chunks_of("visits") if c.text == words)


def tags(settings: Settings, words: str) -> list[tuple[str, str]]:
    with Library(settings.store) as library:
        return next([(t.component, t.method) for t in c.tags] for c in library.chunks_of("visits") if c.text == words)


def state(settings: Settings) -> tuple[str, str, str]:
    """The digest of chunks and tags, the decisions kept, and the generation."""
    with Library(settings.store) as library:
        return library.digest(), library.decisions()["visits"], library.fact("generation")


def test_a_decision_is_in_force_at_once_and_the_next_ingest_agrees(
    settings: Settings, folder: Path, deciding: Deciding, embedder: Embedder
) -> None:
    generation = state(settings)[2]
    no = deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", "A. Person")
    deciding.keep("visits", chunk(settings, WHY), "connect", "yes", "  B.\n Person ")
    assert tags(settings, HOW) == []
    assert ("connect", "confirmed") in tags(settings, WHY)
    assert (no.by, no.decision, len(no.text_hash)) == ("A. Person", "no", 64)
    assert '"B. Person"' in (folder / "tags.toml").read_text()
    before = state(settings)
    assert before[2] == generation
    assert counts(run(settings, folder)) == (0, 0, 1, 0, 0)
    assert state(settings) == before
    assert faults_of(settings, embedder) == []


def test_a_fresh_store_comes_to_the_same_tags(settings: Settings, folder: Path, deciding: Deciding, tmp_path: Path) -> None:
    deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", "A")
    deciding.keep("visits", chunk(settings, WHY), "connect", "yes", "A")
    fresh = Settings(store=tmp_path / "fresh")
    run(fresh, folder)
    assert state(fresh)[:2] == state(settings)[:2]


def test_undone_it_is_as_it_was_and_the_file_too(settings: Settings, folder: Path, deciding: Deciding) -> None:
    before = state(settings)[:2]
    decision = deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", "A")
    deciding.undo(decision)
    assert state(settings)[:2] == before
    assert not (folder / "tags.toml").exists()
    with pytest.raises(IngestError, match="nothing was undone"):
        deciding.undo(decision)


def test_what_stands_in_the_file_is_kept_to_the_letter(settings: Settings, folder: Path, deciding: Deciding) -> None:
    deciding.keep("visits", chunk(settings, WHY), "connect", "yes", "A")
    path = folder / "tags.toml"
    mine = b"\xef\xbb\xbf# ours: keep\r\n" + path.read_bytes().replace(b"\n", b"\r\n") + b"# the end"
    path.write_bytes(mine)
    decision = deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", 'the "A" team\\')
    assert path.read_bytes().startswith(mine)
    assert tags(settings, HOW) == []
    assert ("connect", "confirmed") in tags(settings, WHY)
    deciding.undo(decision)
    assert path.read_bytes() == mine + b"\n"


def test_a_wrong_file_is_left_alone_and_nothing_changes(settings: Settings, folder: Path, deciding: Deciding) -> None:
    before = state(settings)
    (folder / "tags.toml").write_text("[[tag")
    with pytest.raises(IngestError, match=r"tags\.toml: not valid TOML"):
        deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", "A")
    assert (folder / "tags.toml").read_text() == "[[tag"
    assert state(settings) == before


def test_while_another_writes_nothing_is_kept(
    settings: Settings, folder: Path, deciding: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.deciding.WAIT_SECONDS", 0)
    with writing(settings.store, "an ingest"), pytest.raises(IngestError, match=r"an ingest .* is writing"):
        deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", "A")
    assert not (folder / "tags.toml").exists()
    assert tags(settings, HOW) == [("de-implement", "named")]


def test_where_the_library_cannot_be_changed_the_file_is_as_it_was(
    settings: Settings, folder: Path, deciding: Deciding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Library, "retag", fail)
    with pytest.raises(RuntimeError):
        deciding.keep("visits", chunk(settings, HOW), "de-implement", "no", "A")
    assert not (folder / "tags.toml").exists()


@pytest.mark.parametrize(("passage", "by", "says"), [("visits-gone", "A", "not in it any more"), ("", " \u200b ", "name or initials")])
def test_what_cannot_be_kept_says_why(settings: Settings, folder: Path, deciding: Deciding, passage: str, by: str, says: str) -> None:
    with pytest.raises(IngestError, match=says):
        deciding.keep("visits", passage or chunk(settings, HOW), "de-implement", "no", by)
    assert not (folder / "tags.toml").exists()


def test_a_folder_that_is_gone_is_said(folder: Path, tmp_path: Path) -> None:
    assert can_write(folder) == ""
    assert "is not there" in can_write(tmp_path / "gone")


def test_the_tagger_is_scored_on_what_staff_decided(settings: Settings, folder: Path, deciding: Deciding) -> None:
    how, why = chunk(settings, HOW), chunk(settings, WHY)
    deciding.keep("visits", how, "de-implement", "no", "A. Person")
    deciding.keep("visits", how, "de-implement", "yes", "A. Person")  # a second thought: it counts once
    deciding.keep("visits", how, "use-evidence", "yes", "A. Person")  # the program gave no such tag
    deciding.keep("visits", why, "connect", "no", "A. Person")
    write(folder, {"visits.md": VISITS.replace("threes", "thirds")})
    run(settings, folder)
    with Library(settings.store) as library:
        told = tally(library, deciding)
    assert (len(told.decided), len(told.tagged), told.right, told.stale) == (2, 1, 1, 1)
    rows = [json.loads(line) for line in as_labels(told.decided).splitlines()]
    assert [(r["component"], r["label"], r["tagged"], r["method"]) for r in rows] == [
        ("de-implement", "yes", True, "named"),
        ("use-evidence", "yes", False, ""),
    ]
    assert not any("A. Person" in str(r) or "observations" in str(r) for r in rows)
