"""The embedder: the published vectors from the published weights, in the order given."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from hub.embedder import HELD, HubEmbedding, MiniLM, find_weights, prepare
from hub.minilm_graph import build_graph

PAIRS = [("That is a happy dog", 0.695), ("That is a very happy person", 0.943), ("Today is a sunny day", 0.257)]
"""Similarities to “That is a happy person”, as published with the model."""

SENTENCES = [
    "Heads of the four schools meet on the first Monday of each month.",
    "We cut written marking from daily to weekly and told parents why.",
    "Attendance rose from 91% to 94% in two years.",
    "A research lead reads for the group.",
    "Nobody visits a school without an invitation.",
    "The trust pays for the supply teacher.",
    "Subject leads plan the next half term together and share the files.",
    "What would tell us early that this is going wrong?",
    "Reading is taught every day at nine.",
    "Lunch queues are shorter since the second till.",
    "Step | Who | When",
    "Peer review in threes",
    "The pilot ran in two schools for six weeks before anyone else began.",
    "Staff said that they felt trusted.",
    "Governors ask the same three questions each term.",
    "One in, one out: nothing new starts until something old has stopped.",
    "Expertise sits in classrooms; the job is to let it travel.",
    "£12,400 was spent on release time.",
    "Yes.",
    "In the third year the maths scheme was dropped, because teachers had rewritten most of it and the rest did not fit their pupils.",
]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> MiniLM:
    """The fp32 graph of the published weights."""
    folder = tmp_path_factory.mktemp("fp32")
    weights = find_weights(None)
    build_graph(weights / "model.safetensors", folder / "fp32.onnx")
    shutil.copy(weights / "tokenizer.json", folder)
    return MiniLM(folder, graph="fp32.onnx")


@pytest.mark.parametrize(("sentence", "expected"), PAIRS)
def test_the_full_graph_gives_the_published_similarities(full: MiniLM, sentence: str, expected: float) -> None:
    first, second = full.embed(["That is a happy person", sentence])
    assert float(first @ second) == pytest.approx(expected, abs=0.002)


def test_the_small_graph_stays_near_the_full_one(full: MiniLM, embedder: MiniLM) -> None:
    cosines = (full.embed(SENTENCES) * embedder.embed(SENTENCES)).sum(axis=1)
    assert float(cosines.mean()) > 0.99
    assert float(cosines.min()) > 0.95  # “Yes.” is the farthest


def test_vectors_come_in_the_order_given_whatever_the_batches(embedder: MiniLM) -> None:
    texts = [f"{sentence} {n}" for n in (1, 2) for sentence in SENTENCES]
    together = embedder.embed(texts)
    alone = np.vstack([embedder.embed([text]) for text in texts])
    assert (together @ alone.T).argmax(axis=1).tolist() == list(range(len(texts)))
    assert np.allclose(together, alone, atol=1e-5)


def test_a_vector_does_not_depend_on_its_companions(embedder: MiniLM) -> None:
    # int8 scales are drawn from what is run together: in one batch with others it moved to a cosine of .97.
    alone = embedder.embed(["Yes."])[0]
    among = embedder.embed(["Yes.", *SENTENCES[:5]])[0]
    assert np.allclose(alone, among, atol=1e-5)


def test_every_vector_is_float32_of_length_one(embedder: MiniLM) -> None:
    vectors = embedder.embed([*SENTENCES, "", "   "])
    assert (vectors.shape, vectors.dtype) == ((len(SENTENCES) + 2, 384), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: MiniLM) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_texts_count_up_to_256_tokens_and_no_further(embedder: MiniLM) -> None:
    start = "school " * 150
    short, longer = embedder.embed([start, start + "volcano " * 90])
    assert float(short @ longer) < 0.9  # the tokenizer's own file would cut both at 128
    one, other = embedder.embed(["school " * 260 + "volcano " * 50, "school " * 260 + "teacher " * 50])
    assert float(one @ other) == pytest.approx(1, abs=1e-4)


def test_the_prepared_folder_holds_the_small_graph_alone_and_is_made_once(tmp_path: Path, embedder: MiniLM) -> None:
    folder = prepare(tmp_path / "made" / "here")
    assert sorted(p.name for p in folder.iterdir() if not p.name.startswith(".")) == ["minilm-int8-v4.onnx", "tokenizer.json"]
    assert np.allclose(MiniLM(folder).embed(SENTENCES[:3]), embedder.embed(SENTENCES[:3]), atol=1e-5)
    made = (folder / "minilm-int8-v4.onnx").stat()
    assert prepare(folder, tmp_path / "no weights") == folder
    assert (folder / "minilm-int8-v4.onnx").stat() == made


def test_llama_index_gets_the_same_vectors(embedder: MiniLM) -> None:
    adapter = HubEmbedding(embedder)
    ours = embedder.embed(SENTENCES[:2])
    assert np.allclose(adapter.get_text_embedding_batch(SENTENCES[:2]), ours, atol=1e-6)
    assert np.allclose(adapter.get_query_embedding(SENTENCES[0]), embedder.embed(SENTENCES[:1])[0], atol=1e-6)
    assert adapter.model_name == embedder.name


def test_a_text_read_before_is_not_read_again_and_only_the_last_few_are_held(embedder: MiniLM) -> None:
    text = "A question that the guard, the search and the reading share."
    alone = embedder.embed([text])
    tokens = embedder.read(text)
    assert embedder.read(text) is tokens
    assert np.array_equal(alone[0], embedder.embed([text, *SENTENCES[:4]])[0])
    for n in range(HELD):
        embedder.embed([f"{text} {n}"])
    assert embedder.read(text) is not tokens
