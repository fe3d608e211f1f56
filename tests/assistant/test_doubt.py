"""Questions that no rule knows, and that what was found does not answer. All text here is our own."""

import numpy as np
import pytest

from assistant.doubt import DOUBTED, UNDOUBTED, WORD_FOR_WORD, Doubt, Weights, kernel, load_weights
from assistant.engine import Assistant
from assistant.journey import Ask, Evidence, Understood
from assistant.outside import fingerprint
from assistant.refuse import NEAREST_TO_A_DOUBTED
from evals.benchmarks.doubt import CASES, Case, fit, read_rows, told
from hub.domain import ANSWERED


@pytest.fixture
def undoubting(own: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """The same assistant, if it doubted nothing."""
    monkeypatch.setattr(own, "_doubt", Doubt("another embedder"))
    return own


UNANSWERED = [
    "What did parents at Candlewharf say about the coaching?",
    "Which university helped Skelderby with its pre-mortem?",
]


@pytest.mark.parametrize("question", UNANSWERED)
def test_what_is_near_and_says_nothing_of_it_is_refused_with_the_nearest(own: Assistant, question: str) -> None:
    answer = own.answer(Ask(question))
    assert (answer.status, answer.reason) == ("no_evidence", "doubt")
    assert "as far as the program can tell, it does not say this" in answer.text
    assert 1 < len(answer.nearest) <= NEAREST_TO_A_DOUBTED


@pytest.mark.parametrize("question", UNANSWERED)
def test_no_other_rule_knows_them(undoubting: Assistant, question: str) -> None:
    assert undoubting.answer(Ask(question)).status in ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "How did Brindlesea choose what to change in a cycle?",
        "What did Fenlarch film, and who watched it?",
        "Why did Larkendale do away with appeals?",
        "How have trusts shared teachers across small schools?",
    ],
)
def test_what_is_answered_is_not_doubted(own: Assistant, question: str) -> None:
    assert own.answer(Ask(question)).status in ANSWERED


def test_what_is_known_to_be_held_is_never_doubted(own: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Doubt, "of", lambda *_: 1.0)
    assert own.answer(Ask("What does De-implement mean?")).status == "answered"
    assert own.answer(Ask("How did Brindlesea choose what to change in a cycle?")).reason == "doubt"


def test_the_weights_are_those_of_the_cases() -> None:
    assert load_weights().cases_sha256 == fingerprint([(r["question"], str(r["answerable"])) for r in read_rows(CASES)])


def test_without_the_embedder_that_it_was_fitted_for_nothing_is_doubted() -> None:
    question = Understood("What did it cost?", "lookup")
    assert Doubt("another").of(question, Evidence((), (), (), {}), np.zeros(384, dtype=np.float32)) == UNDOUBTED < DOUBTED


def test_what_a_passage_answers_to_word_for_word_is_not_doubted() -> None:
    question, none = Understood("Which software is used?", "lookup"), np.zeros(384, dtype=np.float32)
    doubt = Doubt(load_weights().embedder)
    apart, alike = (Evidence((), (), (), {"aligned": aligned}) for aligned in (WORD_FOR_WORD - 0.1, WORD_FOR_WORD))
    assert doubt.of(question, alike, none) == UNDOUBTED < doubt.of(question, apart, none)


def test_a_question_is_wholly_like_itself_and_less_like_another() -> None:
    [[itself, other]] = kernel(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert itself == pytest.approx(1)
    assert 0 < other < 1


def test_it_learns_from_cases_what_kind_is_seldom_answered() -> None:
    rng = np.random.default_rng(0)
    kinds = {True: np.eye(384)[0], False: np.eye(384)[1]}
    cases = [
        Case("q", answered, "a", "d", (kinds[answered] + rng.normal(0, 0.01, 384)).astype(np.float32), np.full(4, float(answered)))
        for answered in (True, False) * 20
    ]
    fitted = fit(cases, "e", "stamp")
    assert isinstance(fitted, Weights)
    found = told(cases, fitted)
    answerable = np.array([c.answerable for c in cases])
    assert found[~answerable].min() > 0 > found[answerable].max()
