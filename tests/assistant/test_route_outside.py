"""What the library is not for ends with a named reason that points somewhere else; its near neighbours do not."""

import pytest
from assistant_making import understand

from assistant.engine import Assistant
from assistant.journey import JourneyEnds


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the current Ofsted grade of St Mary's, Leeds?", "inspection"),
        ("Was Kensington rated outstanding by Ofsted?", "inspection"),
        ("What did the last inspection report say?", "inspection"),
        ("How did Ofsted rate Barr Beacon?", "inspection"),
        ("Is Barr Beacon still Requires Improvement?", "inspection"),
        ("Has Kensington come out of special measures yet?", "inspection"),
        ("Has Kensington hung on to its Outstanding?", "inspection"),
        ("Would we be liable if the audit went in late?", "legal"),
        ("Where do we stand on liability if she leaves?", "legal"),
        ("can u write our year 5 fractions plan", "writing task"),
        ("pls draft me a letter to parents", "writing task"),
        ("Which schools were rated outstanding by Ofsted?", "inspection"),
        ("When is Notre Dame's next inspection?", "inspection"),
        ("Is Kensington rated outstanding?", "inspection"),
        ("How much are supply teachers paid?", "pay"),
        ("Can we lawfully dismiss a teacher who refuses coaching?", "legal"),
        ("Can we sack a teacher?", "legal"),
        ("Is it against the law to ban phones?", "legal"),
        ("What is the salary of a trust's chief executive?", "pay"),
        ("How much is the head paid?", "pay"),
        ("Which is the best trust in England?", "ranking"),
        ("Rank the trusts by results", "ranking"),
        ("Will the trust win next year?", "prediction"),
        ("What did the inspectors give Elm Park School?", "inspection"),
        ("Put our schools in order, best to worst", "ranking"),
        ("Predict our results", "prediction"),
        ("Which multi-academy trust will come first next summer?", "prediction"),
        ("Can we make a teaching assistant redundant in March?", "legal"),
        ("If we refuse, could we be open to a discrimination claim?", "legal"),
        ("Write me a press statement", "writing task"),
        ("Could you draft a letter to parents", "writing task"),
        ("Knock up a reference for our deputy head, would you", "writing task"),
        ("Put together a short speech for the governors", "writing task"),
        ("Who won the football?", "everyday"),
        ("Tell me a joke", "everyday"),
    ],
)
def test_what_the_library_is_not_for_ends_with_its_reason(real: Assistant, question: str, reason: str) -> None:
    with pytest.raises(JourneyEnds) as caught:
        understand(real, question)
    end = caught.value
    assert (end.status, end.reason, end.route) == ("out_of_scope", reason, "out_of_scope")
    assert end.text.count("**") == 2
    assert "!" not in end.text


def test_each_reason_points_somewhere_else(real: Assistant) -> None:
    texts = set()
    for question in (
        "Ofsted grade of Elm?",
        "Can we sue?",
        "What is the salary?",
        "Rank us",
        "Predict it",
        "Write a speech",
        "Tell me a joke",
    ):
        with pytest.raises(JourneyEnds) as caught:
            understand(real, question)
        texts.add(caught.value.text)
    assert len(texts) == 7


@pytest.mark.parametrize(
    "question",
    [
        "How do schools write feedback?",
        "How have trusts dealt with falling rolls?",
        "How do schools prepare for inspection?",
        "How did a school get out of special measures?",
        "How do schools leave special measures behind them?",
        "Are schools in special measures supported differently?",
        "Are leaders clear about what requires improvement in their trust?",
        "Is peer review used where practice requires improvement?",
        "How do trusts make sure trustees are not personally liable?",
        "Did staff feel jointly liable for what came of it?",
        "What did staff earn back in time?",
    ],
)
def test_a_question_near_the_edge_is_let_through(real: Assistant, question: str) -> None:
    assert understand(real, question).route in ("lookup", "how_others")


@pytest.mark.parametrize(
    "question",
    [
        "Do schools rank pupils by reading test?",
        "How do schools forecast pupil numbers?",
        "Which schools have used football to connect pupils?",
    ],
)
def test_a_question_about_practice_is_not_out_of_scope_for_one_word(real: Assistant, question: str) -> None:
    assert understand(real, question).route in ("lookup", "how_others", "find")


@pytest.mark.parametrize(
    "question",
    [
        "How much do schools that paid for coaching spend?",
        "Which schools share their marking scheme with the outcome of an Ofsted report in mind?",
        "How did schools prepare for their last inspection?",
        "Do leaders write their own plans after an Ofsted report?",
        "How do leaders predict which initiatives will fail?",
        "Can you write out what De-implement means?",
    ],
)
def test_a_question_about_practice_is_not_out_of_scope_for_two_words(real: Assistant, question: str) -> None:
    assert understand(real, question).route in ("lookup", "how_others", "find", "define")
