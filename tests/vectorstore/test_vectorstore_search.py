"""One search over vectors and words: what is found, in which order, and of which sources."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from vectorstore_makers import build, make_chunk, unit

from hub.embedder import Embedder
from vectorstore.index import LEXICAL_WEIGHT, Index, fuse
from vectorstore.lexical import tokenize

TEXTS = {
    "larkfield": ["Heads visit each other to review teaching.", "Marking takes an hour less each week."],
    "larkfield-two": ["The premortem named three risks.", "Lunch queues are shorter."],
    "moss": ["Pupils read for twenty minutes a day.", "The quokka project ended in June."],
}


@pytest.mark.parametrize(
    ("dense", "lexical", "weight", "expected"),
    [
        ([1, 0.5, 0], [0, 2, 4], 0.3, [0.7, 0.5, 0.3]),
        ([0.9, 0.8], [0, 0], 0.3, [0.7, 0]),  # no words: the dense order alone
        ([0.4, 0.4], [3, 1], 0.3, [0.3, 0]),
        ([0.4, 0.4], [1, 1], 0.3, [0, 0]),
        ([-1, 1], [0, 0], 1.0, [0, 0]),
        ([-1, 0, 1], [5, 5, 5], 0.0, [0, 0.5, 1]),
        ([0.2], [9], 0.3, [0]),
        ([], [], 0.3, []),
    ],
)
def test_scores_are_scaled_and_weighed(dense: list[float], lexical: list[float], weight: float, expected: list[float]) -> None:
    fused = fuse(np.array(dense), np.array(lexical), weight)
    assert fused.tolist() == pytest.approx(expected)


def test_the_weight_of_words_is_the_stated_one() -> None:
    assert fuse(np.array([0, 1]), np.array([1, 0])).tolist() == pytest.approx([LEXICAL_WEIGHT, 1 - LEXICAL_WEIGHT])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Index]:
    chunks = [make_chunk(source, n, text) for source, texts in TEXTS.items() for n, text in enumerate(texts)]
    store = tmp_path_factory.mktemp("search")
    index = Index(store, build(store, chunks, embedder.embed([c.embed_text for c in chunks])))
    yield index
    index.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("school leaders observe lessons in partner schools", "larkfield-00000000000000000000"),
        ("teachers spend less time on feedback", "larkfield-00000000000000000001"),
        ("what could go wrong", "larkfield-two-00000000000000000000"),
        ("quokkas", "moss-00000000000000000001"),
        ("reads", "moss-00000000000000000000"),
    ],
)
def test_the_best_chunk_is_found_by_meaning_or_by_word(index: Index, embedder: Embedder, query: str, expected: str) -> None:
    assert index.search(embedder.embed([query])[0], query, 1)[0].chunk == expected


def test_every_chunk_is_found_once_best_first(index: Index, embedder: Embedder) -> None:
    hits = index.search(embedder.embed(["marking"])[0], "marking", 100)
    assert sorted(h.chunk for h in hits) == sorted(f"{s}-{n:020x}" for s, texts in TEXTS.items() for n in range(len(texts)))
    assert [h.fused for h in hits] == sorted((h.fused for h in hits), reverse=True)
    assert [h.chunk for h in hits if h.lexical > 0] == ["larkfield-00000000000000000001"]


@pytest.mark.parametrize("k", [1, 2, 5])
def test_no_more_than_k_are_given_and_they_are_the_first_of_all(index: Index, embedder: Embedder, k: int) -> None:
    vector = embedder.embed(["reading"])[0]
    assert index.search(vector, "reading", k) == index.search(vector, "reading", 6)[:k]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["moss"], {"moss": 2}),
        (["larkfield"], {"larkfield": 2}),  # and not "larkfield-two"
        (["larkfield-two", "moss"], {"larkfield-two": 2, "moss": 2}),
        (["unknown"], {}),
        (["unknown", "moss"], {"moss": 2}),
        ([], {}),
    ],
)
def test_a_search_within_sources_finds_theirs_alone(index: Index, embedder: Embedder, sources: list[str], expected: dict[str, int]) -> None:
    query = "quokka marking premortem"  # words of every source
    found = [h.chunk.rsplit("-", 1)[0] for h in index.search(embedder.embed([query])[0], query, 10, sources)]
    assert {source: found.count(source) for source in found} == expected


def test_a_cosine_is_given_as_it_is(tmp_path: Path) -> None:
    chunks = [make_chunk("a", n, f"word{n}") for n in range(4)]
    index = Index(tmp_path, build(tmp_path, chunks, unit([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]])))
    hits = index.search(np.array([1, 0], dtype=np.float32), "", 4)
    index.close()
    assert [h.dense for h in hits] == pytest.approx([1, 0.6, 0, -1], abs=1e-6)
    assert [h.chunk for h in hits] == [c.id for c in chunks]


def test_a_chunk_far_off_in_meaning_is_found_by_its_word(tmp_path: Path) -> None:
    chunks = [make_chunk("a", n, "common words") for n in range(200)]
    chunks.append(make_chunk("a", 200, "the rare zygote"))
    vectors = unit([[1, 0]] * 3 + [[0.1, 1 + 0.001 * n] for n in range(197)] + [[-1, 0]])
    index = Index(tmp_path, build(tmp_path, chunks, vectors))
    hits = index.search(np.array([1, 0], dtype=np.float32), "zygote", 10)
    index.close()
    found = next(h for h in hits if h.chunk == chunks[200].id)
    assert (found.dense, found.lexical > 0) == (0, True)
    assert found.fused == pytest.approx(LEXICAL_WEIGHT)
    assert hits.index(found) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Reviewing the reviews", ["review", "review"]),
        ("The and of a", []),
        ("KS2 2023–24", ["ks2", "2023", "24"]),
        ("", []),
    ],
)
def test_words_are_stemmed_and_stop_words_left_out(text: str, words: list[str]) -> None:
    assert tokenize([text])[0] == words


@pytest.mark.parametrize("query", ["", "the of and", "zzz unknown"])
def test_a_query_without_known_words_goes_by_meaning_alone(index: Index, embedder: Embedder, query: str) -> None:
    vector = embedder.embed(["lunch"])[0]
    hits = index.search(vector, query, 10)
    assert [h.lexical for h in hits] == [0] * 6
    assert [h.dense for h in hits] == sorted((h.dense for h in hits), reverse=True)
    assert hits[0].chunk == "larkfield-two-00000000000000000001"
