"""One ingest after another: what is read, embedded, kept and dropped."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from ingest_pdfs import lines, pdf
from ingest_worlds import counts, faults_of, found, run, texts, toml_row, write

import ingest.look as ingest_look
from hub.embedder import Embedder
from hub.library import Library, vector_key
from hub.settings import Settings

VISITS = "# Visits\n\n## Why\n\nHeads visit one another in threes.\n\n## How\n\nThey agree what to look for.\n\n## Then\n\nThey write one page.\n"
LUNCH = "# Lunch\n\nThe second till opened in May.\n"


def test_documents_are_added_and_found(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    report = run(settings, write(tmp_path / "a", {"visits.md": VISITS, "lunch.html": "<h1>Lunch</h1><p>The second till opened.</p>"}))
    assert (counts(report), report.chunks, report.embedded, report.warnings) == ((2, 0, 0, 0, 0), 4, 8, [])
    assert texts(settings)["visits"] == ["Heads visit one another in threes.", "They agree what to look for.", "They write one page."]
    assert found(settings, embedder, "queue for the till")[0] == "The second till opened."
    assert faults_of(settings, embedder) == []
    with Library(settings.store) as library:
        assert list(library.vectors([vector_key(embedder.name, "They write one page.")])) == [
            vector_key(embedder.name, "They write one page.")
        ]
    assert report.seconds > 0


def test_a_second_ingest_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS, "lunch.md": LUNCH})
    run(settings, folder)
    with Library(settings.store) as library:
        before = (library.fact("generation"), library.digest(), library.last_read())
    report = run(settings, folder)
    assert (counts(report), report.chunks, report.embedded) == ((0, 0, 2, 0, 0), 4, 0)
    with Library(settings.store) as library:
        assert (library.fact("generation"), library.digest(), library.last_read()) == before


def test_only_the_chunks_that_changed_are_embedded(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS, "lunch.md": LUNCH})
    run(settings, folder)
    with Library(settings.store) as library:
        before = [c.id for c in library.chunks_of("visits")]
    write(folder, {"visits.md": VISITS.replace("what to look for", "which lessons to see"), "lunch.md": LUNCH})
    report = run(settings, folder)
    assert (counts(report), report.embedded) == ((0, 1, 1, 0, 0), 2)  # one chunk and its one sentence
    with Library(settings.store) as library:
        after = [c.id for c in library.chunks_of("visits")]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, True]
    assert "They agree what to look for." not in found(settings, embedder, "what to look for")
    assert faults_of(settings, embedder) == []


def test_a_changed_row_counts_as_much_as_a_changed_file(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    write(folder, {"visits.md": VISITS}, toml_row("visits", kind="case-study", published="2025"))
    report = run(settings, folder)
    assert counts(report) == (0, 1, 0, 0, 0)
    with Library(settings.store) as library:
        assert (library.sources()["visits"].kind, library.sources()["visits"].published) == ("case-study", "2025")


def test_a_file_renamed_with_its_row_is_the_same_source_and_embeds_nothing(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    (folder / "visits.md").rename(folder / "renamed.md")
    (folder / "manifest.toml").write_text(toml_row("visits", path="renamed.md"), encoding="utf-8")
    report = run(settings, folder)
    assert (counts(report), report.embedded, report.chunks) == ((0, 1, 0, 0, 0), 0, 3)
    assert report.warnings == ['"visits" moved from visits.md to renamed.md']
    with Library(settings.store) as library:
        assert library.sources()["visits"].path == "renamed.md"


def test_the_same_file_under_another_id_is_the_same_document_moved(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    (folder / "visits.md").rename(folder / "trips.md")
    (folder / "manifest.toml").write_text(toml_row("trips", title="Title of visits"), encoding="utf-8")
    report = run(settings, folder)
    assert (counts(report), report.embedded) == ((1, 0, 0, 1, 0), 0)
    assert report.warnings == ['"visits" is now "trips": the same document; what cites the one opens the other']
    with Library(settings.store) as library:
        assert library.readings.withdrawn({"visits"}) == set()
    assert faults_of(settings, embedder) == []


def test_a_row_that_changes_alone_reads_no_file_again(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    monkeypatch.setattr(ingest_look, "load", lambda name, data: pytest.fail(f"{name} was read again"))
    report = run(settings, write(folder, {"visits.md": VISITS}, toml_row("visits", published="2025")))
    assert (counts(report), report.embedded) == ((0, 1, 0, 0, 0), 0)


def test_the_same_words_in_two_files_are_said_too(settings: Settings, tmp_path: Path) -> None:
    report = run(settings, write(tmp_path / "a", {"visits.md": VISITS, "again.html": "<h1>Lunch</h1>", "copy.md": VISITS + "\n\n"}))
    assert report.warnings == ["the same document stands under copy and visits"]


def test_warnings_and_failures_come_in_the_order_of_the_rows(settings: Settings, tmp_path: Path) -> None:
    paper = pdf(lines("Heads visit one another in threes."), [])
    report = run(settings, write(tmp_path / "a", {"z.md": b"", "y.pdf": paper, "x.pdf": pdf(lines("More."), [], []), "w.md": b"\x00"}))
    assert [f.source for f in report.failed] == ["z", "w"]
    assert report.warnings == ["y: page 2 has no text", "x: page 2 has no text", "x: page 3 has no text"]


def test_a_row_that_is_gone_is_removed_with_all_that_came_of_it(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS, "lunch.md": LUNCH})
    run(settings, folder)
    write(folder, {"visits.md": VISITS})
    report = run(settings, folder)
    assert (counts(report), report.chunks) == ((0, 0, 1, 1, 0), 3)
    assert list(texts(settings)) == ["visits"]
    assert "The second till opened in May." not in found(settings, embedder, "the second till")
    with Library(settings.store) as library:
        assert library.original("lunch") is None
        assert library.vectors([vector_key(embedder.name, "The second till opened in May.")]) == {}
    assert faults_of(settings, embedder) == []


def test_a_folder_that_is_not_named_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    a, b = write(tmp_path / "a", {"visits.md": VISITS}), write(tmp_path / "b", {"lunch.md": LUNCH})
    run(settings, a, b)
    report = run(settings, a)
    assert counts(report) == (0, 0, 1, 0, 0)
    assert sorted(texts(settings)) == ["lunch", "visits"]


def test_a_source_that_moves_to_another_folder_is_said_and_held_once(settings: Settings, tmp_path: Path, embedder: Embedder) -> None:
    a, b = write(tmp_path / "a", {"visits.md": VISITS, "lunch.md": LUNCH}), write(tmp_path / "b", {})
    run(settings, a, b)
    (a / "visits.md").rename(b / "visits.md")
    write(a, {"lunch.md": LUNCH})
    write(b, {}, toml_row("visits"))
    report = run(settings, a, b)
    assert (counts(report), report.embedded) == ((0, 1, 1, 0, 0), 0)
    assert report.warnings == [f'"visits" moved from {a} to {b}']
    with Library(settings.store) as library:
        assert library.folders() == {"visits": str(b), "lunch": str(a)}
    assert faults_of(settings, embedder) == []


def test_the_same_document_twice_is_said(settings: Settings, tmp_path: Path) -> None:
    report = run(settings, write(tmp_path / "a", {"visits.md": VISITS, "again.md": VISITS}))
    assert counts(report) == (2, 0, 0, 0, 0)
    assert report.warnings in ([f"the same document stands under {ids}"] for ids in ("again and visits", "visits and again"))


def test_what_a_loader_says_of_a_document_reaches_the_report(settings: Settings, tmp_path: Path) -> None:
    report = run(settings, write(tmp_path / "a", {"visits.pdf": pdf(lines("Heads visit one another in threes."), [])}))
    assert report.warnings == ["visits: page 2 has no text"]


def test_an_unchanged_ingest_finds_the_index_gone_and_makes_it_anew_without_embedding(
    settings: Settings, tmp_path: Path, embedder: Embedder
) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    with Library(settings.store) as library:
        (settings.store / "index" / library.fact("generation") / "lexical" / "ids.txt").unlink()
    report = run(settings, folder)
    assert (counts(report), report.embedded) == ((0, 0, 1, 0, 0), 0)
    assert len(found(settings, embedder, "visits")) == 3


def test_old_generations_are_dropped_but_for_the_one_before(settings: Settings, tmp_path: Path) -> None:
    kept = []
    for n in range(4):
        run(settings, write(tmp_path / "a", {"visits.md": f"{VISITS}\nNumber {n}.\n"}))
        with Library(settings.store) as library:
            kept.append(library.fact("generation"))
    assert sorted(p.name for p in (settings.store / "index").iterdir()) == sorted(kept[-2:])


def originals(settings: Settings) -> list[bytes]:
    """The bytes of every document that the store still holds."""
    with closing(sqlite3.connect(settings.store / "library.db")) as database:
        return [row[0] for row in database.execute("SELECT bytes FROM originals")]


def test_the_bytes_of_an_old_version_are_dropped(settings: Settings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS + "\nA name that must go.\n"})
    run(settings, folder)
    write(folder, {"visits.md": VISITS})
    run(settings, folder)
    assert originals(settings) == [VISITS.encode()]
