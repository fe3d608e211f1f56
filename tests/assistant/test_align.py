"""Word by word: a passage answers to a question where each of its words has a partner in one place."""

import numpy as np
import pytest
from assistant_making import make_chunk

from assistant.align import HELD, WINDOW, Aligner, Alignment
from assistant.chance import chance
from hub.domain import Chunk, Source
from hub.embedder import MiniLM

SOURCE = Source(id="s", title="Attendance at Larkfield", kind="case-study", organisation="Larkfield", path="s.md")
ANSWERS = "The attendance officer telephones home by half past nine. The governors meet in May."
ON_TOPIC = "Attendance is everybody's business at our school. We talk about attendance each week."


@pytest.fixture(scope="module")
def aligner(embedder: MiniLM) -> Aligner:
    return Aligner(embedder)


def passage(text: str) -> Chunk:
    return make_chunk(text, SOURCE).model_copy(update={"id": text})  # an id comes from the words


def test_a_passage_that_answers_is_aligned_better_than_one_on_the_topic(aligner: Aligner) -> None:
    answers, on_topic = aligner.align("When does the attendance officer telephone home?", [passage(ANSWERS), passage(ON_TOPIC)])
    assert answers.mean > on_topic.mean + 0.1
    assert answers.weakest > on_topic.weakest


def test_what_is_asked_must_be_said_in_one_place(aligner: Aligner) -> None:
    question = "When does the attendance officer telephone home?"
    filler = "The hall was painted. Lunch is at noon. The car park is full. Books were bought."
    together = passage(f"The attendance officer telephones home. It is half past nine. {filler}")
    apart = passage(f"The attendance officer was appointed. {filler} Parents may telephone the school from home.")
    assert WINDOW == 2
    near, far = aligner.align(question, [together, apart])
    assert near.mean > far.mean


def test_words_left_out_are_not_looked_for(aligner: Aligner) -> None:
    question = "When does the attendance officer of Wickenstead telephone home?"
    (whole,) = aligner.align(question, [passage(ANSWERS)])
    (without,) = aligner.align(question, [passage(ANSWERS)], leave_out={"of", "wickenstead"})
    assert without.mean > whole.mean
    assert aligner.align("Wickenstead", [passage(ANSWERS)], leave_out={"wickenstead"})[0].mean > 0  # nothing else is left: all of it counts


def test_partners_tell_the_word_that_nothing_speaks_of(aligner: Aligner) -> None:
    found = aligner.partners("Which phonics scheme does the attendance officer use?", [passage(ANSWERS)])
    assert found["attendance"] > 0.7 > 0.4 > found["phonics"]


@pytest.mark.parametrize("question", ["", "?"])
def test_a_question_without_words_is_aligned_with_nothing_much(aligner: Aligner, question: str) -> None:
    (found,) = aligner.align(question, [passage(ANSWERS)])
    assert 0 <= found.mean <= 1


def test_without_passages_there_are_no_partners(aligner: Aligner) -> None:
    assert aligner.align("Who telephones?", []) == []
    assert set(aligner.partners("Who telephones?", []).values()) == {0.0}


def test_a_chunk_without_sentences_is_aligned_with_nothing(aligner: Aligner) -> None:
    assert aligner.align("Who telephones?", [passage(ANSWERS).model_copy(update={"id": "none", "sentences": ()})]) == [Alignment()]


def test_only_so_many_passages_stay_in_memory(embedder: MiniLM) -> None:
    aligner = Aligner(embedder)
    chunks = [passage(ANSWERS).model_copy(update={"id": f"s-{n}"}) for n in range(HELD + 5)]
    aligner.align("Who telephones?", chunks)
    assert len(aligner._held) == HELD
    assert chunks[-1].id in aligner._held


def test_tokens_know_where_they_stand_and_have_length_one(embedder: MiniLM) -> None:
    text = "Marking fell by half."
    tokens = embedder.read(text)
    assert [text[a:b] for a, b in tokens.spans] == ["Marking", "fell", "by", "half", "."]
    assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)


def test_the_chance_of_an_answer_rises_with_each_signal() -> None:
    low, high = {"sentence": 0.2, "aligned": 0.3, "weakest": 0.1}, {"sentence": 0.7, "aligned": 0.7, "weakest": 0.5}
    assert chance({}) < chance(low) < 0.2 < 0.8 < chance(high) < 1
    assert all(chance({**low, name: value}) > chance(low) for name, value in high.items())
