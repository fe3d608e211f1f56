"""A store that was made otherwise: with another embedder, another model or another reading, it is made anew."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from ingest_worlds import counts, faults_of, run, silent, texts, write

import ingest.run
from hub.embedder import Embedder
from hub.library import Library, chunk_texts, vector_key
from hub.settings import Settings
from ingest.run import rebuild

VISITS = "# Visits\n\nHeads visit one another in threes.\n"
LUNCH = "# Lunch\n\nThe second till opened in May.\n"


class Renamed:
    """The real embedder under another name, its vectors' numbers in another order."""

    name = "another embedder"

    def __init__(self, real: Embedder) -> None:
        self.real = real

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return np.ascontiguousarray(self.real.embed(texts)[:, ::-1])


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> Renamed:
    """From here on the settings name another embedder."""
    renamed = Renamed(embedder)
    monkeypatch.setattr(ingest.run, "make_embedder", lambda settings: renamed)
    return renamed


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> list[Path]:
    """Two folders that the store was made of with the real embedder."""
    made = [write(tmp_path / "a", {"visits.md": VISITS}), write(tmp_path / "b", {"lunch.md": LUNCH})]
    run(settings, *made)
    return made


def use(request: pytest.FixtureRequest) -> Renamed:
    renamed: Renamed = request.getfixturevalue("another")
    return renamed


def test_another_embedder_makes_every_vector_anew(settings: Settings, folders: list[Path], request: pytest.FixtureRequest) -> None:
    renamed = use(request)
    report = run(settings, *folders)
    assert (counts(report), report.embedded) == ((0, 2, 0, 0, 0), 4)
    with Library(settings.store) as library:
        wanted = {vector_key(renamed.name, text) for chunk in library.all_chunks() for text in chunk_texts(chunk)}
        assert set(library.vectors(list(wanted))) == wanted
        assert library.fact("embedder") == renamed.name
    assert faults_of(settings, renamed) == []
    assert counts(run(settings, *folders)) == (0, 0, 2, 0, 0)


def test_a_rebuild_never_mixes_the_vectors_of_two_embedders_and_names_what_is_set(
    settings: Settings, folders: list[Path], request: pytest.FixtureRequest, embedder: Embedder
) -> None:
    use(request)
    report = rebuild(settings, silent)
    assert (counts(report), report.embedded, len(report.warnings)) == ((0, 0, 2, 0, 0), 0, 1)
    assert [s for s in (embedder.name, "another embedder is set", "python -m ingest") if s not in report.warnings[0]] == []
    with Library(settings.store) as library:
        assert library.fact("embedder") == embedder.name
    assert faults_of(settings, embedder) == []


def test_a_folder_that_is_not_named_is_made_anew_from_what_is_held_of_it(
    settings: Settings, folders: list[Path], request: pytest.FixtureRequest
) -> None:
    renamed = use(request)
    for path in folders[1].iterdir():
        path.unlink()
    report = run(settings, folders[0])
    assert (report.changed, report.embedded, report.failed) == (1, 4, [])
    assert faults_of(settings, renamed) == []
    assert texts(settings)["lunch"] == ["The second till opened in May."]


def said_otherwise(settings: Settings) -> None:
    """The store as an older version of the reading would have left it."""
    with Library(settings.store) as library:
        library.set_fact("made_by", library.fact("made_by").replace("reading v", "reading v0."))


def test_another_reading_reads_every_document_anew_and_embeds_nothing(settings: Settings, folders: list[Path]) -> None:
    said_otherwise(settings)
    report = run(settings, *folders)
    assert (counts(report), report.embedded) == ((0, 2, 0, 0, 0), 0)
    assert counts(run(settings, *folders)) == (0, 0, 2, 0, 0)


def test_another_reading_reaches_every_folder_when_one_is_named(settings: Settings, folders: list[Path]) -> None:
    said_otherwise(settings)
    with Library(settings.store) as library, library.transaction():  # as an older splitting would have left it
        held, data = library.held("lunch"), library.original("lunch")
        assert held is not None
        assert data is not None
        chunk = library.chunks_of("lunch")[0]
        library.put_source(held, data, [chunk.model_copy(update={"id": "lunch-old", "text": "The second"})])
    assert counts(run(settings, folders[0]))[4] == 0
    assert texts(settings) == {"visits": ["Heads visit one another in threes."], "lunch": ["The second till opened in May."]}


def test_one_bad_document_does_not_stop_a_store_from_being_made_anew(
    settings: Settings, folders: list[Path], request: pytest.FixtureRequest
) -> None:
    renamed = use(request)
    write(folders[1], {"lunch.md": b""})
    report = run(settings, *folders)
    assert counts(report) == (0, 1, 0, 0, 1)
    assert faults_of(settings, renamed) == []
