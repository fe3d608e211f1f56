"""What goes wrong in an ingest: told plainly, and never at the cost of what was held."""

import os
import re
import socket
from pathlib import Path

import pytest
from ingest_worlds import counts, faults_of, found, run, silent, texts, toml_row, write

from hub.embedder import Embedder
from hub.library import Library
from hub.settings import Settings
from ingest.errors import IngestError, ManifestError
from ingest.run import forget, ingest, is_empty, loaded_text, rebuild

VISITS = "# Visits\n\nHeads visit one another in threes.\n"
LUNCH = "# Lunch\n\nThe second till opened in May.\n"


@pytest.mark.parametrize(
    ("break_it", "reason"),
    [
        (lambda f: (f / "visits.md").write_bytes(b""), "is empty"),
        (lambda f: (f / "visits.md").unlink(), "no file visits.md; put it beside the manifest or remove the row"),
        (lambda f: (f / "visits.md").write_bytes(b"\x00\x01binary"), "is not text"),
    ],
    ids=["empty", "gone", "binary"],
)
def test_one_bad_document_is_named_the_others_go_on_and_its_old_version_stays(
    settings: Settings, tmp_path: Path, embedder: Embedder, break_it: object, reason: str
) -> None:
    folder = write(tmp_path / "a", {"lunch.md": LUNCH, "visits.md": VISITS})
    run(settings, folder)
    write(folder, {"lunch.md": LUNCH.replace("May", "June"), "visits.md": VISITS, "new.md": "# New\n\nA new one.\n"})
    break_it(folder)  # type: ignore[operator]
    report = run(settings, folder)
    assert counts(report) == (1, 1, 0, 0, 1)
    failure = report.failed[0]
    assert (failure.source, failure.path, reason in failure.reason) == ("visits", str(folder / "visits.md"), True)
    assert {id: held[0] for id, held in texts(settings).items()} == {
        "lunch": "The second till opened in June.",
        "new": "A new one.",
        "visits": "Heads visit one another in threes.",
    }
    assert "Heads visit one another in threes." in found(settings, embedder, "visits in threes")
    assert faults_of(settings, embedder) == []


def test_a_document_that_is_mended_is_read_the_next_time(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"lunch.md": LUNCH, "visits.md": b""})
    assert counts(run(settings, folder)) == (1, 0, 0, 0, 1)
    assert counts(run(settings, folder)) == (0, 0, 1, 0, 1)
    write(folder, {"lunch.md": LUNCH, "visits.md": VISITS})
    assert counts(run(settings, folder)) == (1, 0, 1, 0, 0)


@pytest.mark.parametrize(
    "manifest", [toml_row("visits", colour="blue"), "[[source", toml_row("visits") * 2, toml_row("visits", path="../x.md")]
)
def test_a_manifest_error_writes_nothing(settings: Settings, tmp_path: Path, manifest: str) -> None:
    good, bad = write(tmp_path / "a", {"lunch.md": LUNCH}), write(tmp_path / "b", {"visits.md": VISITS}, manifest)
    with pytest.raises(ManifestError):
        run(settings, good, bad)
    assert not settings.store.exists()
    run(settings, good)
    with pytest.raises(ManifestError):
        run(settings, good, bad)
    assert list(texts(settings)) == ["lunch"]


def test_one_id_in_two_folders_names_both(settings: Settings, tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", {"visits.md": VISITS}), write(tmp_path / "b", {"visits.md": VISITS})
    with pytest.raises(ManifestError) as caught:
        run(settings, a, b)
    assert [s for s in (str(a), str(b), '"visits"', "rename one") if s not in str(caught.value)] == []
    assert not settings.store.exists()


def test_the_second_of_two_ingests_at_once_is_told_where_the_first_writes(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    told: list[str] = []

    def meanwhile(step: str, done: int, total: int) -> None:
        for try_it in (lambda: run(settings, folder), lambda: rebuild(settings, silent), lambda: forget(settings, folder, silent)):
            with pytest.raises(IngestError) as caught:
                try_it()
            told.append(str(caught.value))

    assert counts(ingest(settings, [folder], meanwhile)) == (1, 0, 0, 0, 0)
    assert len(told) >= 9  # while reading, embedding and indexing
    said = rf"an ingest \(process {os.getpid()} on {socket.gethostname()}, since \d\d:\d\d UTC on \d+ \w+ \d{{4}}\) is writing to {settings.store}; wait until it has ended"
    assert [t for t in told if not re.fullmatch(said, t)] == []
    assert counts(run(settings, folder)) == (0, 0, 1, 0, 0)


def test_a_folder_is_forgotten_with_all_that_came_of_it(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    a, b = write(tmp_path / "a", {"visits.md": VISITS}), write(tmp_path / "b", {"lunch.md": LUNCH})
    run(settings, a, b)
    report = forget(settings, b, silent)
    assert (counts(report), report.chunks) == ((0, 0, 0, 1, 0), 1)
    assert list(texts(settings)) == ["visits"]
    assert found(settings, embedder, "the second till") == ["Heads visit one another in threes."]
    with Library(settings.store) as library:
        assert library.original("lunch") is None
    assert faults_of(settings, embedder) == []


def test_a_folder_that_nothing_came_from_cannot_be_forgotten_and_those_held_are_named(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    with pytest.raises(IngestError, match=f"it holds: {folder}"):
        forget(settings, tmp_path / "b", silent)
    assert list(texts(settings)) == ["visits"]


def test_a_rebuild_makes_a_new_index_without_reading_or_embedding(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS, "lunch.md": LUNCH})
    run(settings, folder)
    for path in [*folder.iterdir(), *(p for p in (settings.store / "index").rglob("*") if p.is_file())]:
        path.unlink()
    report = rebuild(settings, silent)
    assert (counts(report), report.chunks, report.embedded) == ((0, 0, 2, 0, 0), 2, 0)
    assert found(settings, embedder, "the second till")[0] == "The second till opened in May."
    assert faults_of(settings, embedder) == []


def test_an_empty_store_cannot_be_rebuilt_and_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(IngestError, match=r"holds nothing; run `python -m ingest`"):
        rebuild(settings, silent)


def test_a_store_is_empty_until_something_is_held(settings: Settings, tmp_path: Path) -> None:
    assert is_empty(settings)
    assert not settings.store.exists()  # to ask makes nothing
    with Library(settings.store):
        assert is_empty(settings)
    run(settings, write(tmp_path / "a", {"visits.md": VISITS}))
    assert not is_empty(settings)


def test_the_text_of_a_source_is_what_was_loaded_and_an_unknown_id_is_named(settings: Settings, tmp_path: Path) -> None:
    run(settings, write(tmp_path / "a", {"visits.md": VISITS}))
    assert loaded_text(settings, "visits").text == "Visits\n\nHeads visit one another in threes."
    with pytest.raises(IngestError, match='"lunch"'):
        loaded_text(settings, "lunch")


def test_the_last_folder_can_be_forgotten(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    assert forget(settings, folder, silent).removed == 1
    assert is_empty(settings)


@pytest.mark.parametrize("documents", [{}, {"visits.md": b""}], ids=["no rows", "one bad document"])
def test_a_first_ingest_that_reads_nothing_is_reported(settings: Settings, tmp_path: Path, documents: dict[str, bytes]) -> None:
    report = run(settings, write(tmp_path / "a", documents))
    assert counts(report) == (0, 0, 0, 0, len(documents))


def test_the_store_says_what_made_it(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    run(settings, write(tmp_path / "a", {"visits.md": VISITS}))
    with Library(settings.store) as library:
        assert library.fact("embedder") == embedder.name
        assert [part for part in (embedder.name, "pypdf", "words") if part not in library.fact("made_by")] == []
