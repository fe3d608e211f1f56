"""A conversation's name: its topic in a few words."""

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.topic import MOST_CHARACTERS, topic
from hub.components import load_model
from hub.domain import Answer


@pytest.mark.parametrize(
    ("question", "route", "named"),
    [
        ("What does De-implement mean?", "define", "De-implement: what it means"),
        ("How have other secondary schools handled de-implementation?", "how_others", "De-implement: how others handled it, secondary"),
        ("What examples does the model give of Connect?", "examples", "Connect: examples"),
        ("How does Use evidence differ from Evaluate insights?", "compare", "Use evidence and Evaluate insights compared"),
        ("Is there a primary that has cut workload?", "find", "Primary that has cut workload"),
        ("Please could you tell me about reading ages?", "lookup", "Reading ages"),
        ("Why?", "lookup", "Why"),
        ("?", "lookup", "?"),
    ],
)
def test_a_question_is_named_by_its_topic(question: str, route: str, named: str) -> None:
    answer = Answer(id="1" * 32, question=question, standalone_question=question, route=route, status="answered", text="So.")
    assert topic(answer, load_model(), {}) == named


def test_the_organisation_that_is_asked_about_names_it(own: Assistant) -> None:
    answer = own.answer(Ask("What did Wickenstead Academy Trust do, and what changed?"))
    assert topic(answer, own.model, own.shelf.sources) == "Wickenstead Academy Trust: what they did"


def test_a_long_question_is_cut_at_a_word() -> None:
    question = "How do heads of small rural federations decide together which of their many separate routines to give up first?"
    answer = Answer(id="1" * 32, question=question, standalone_question=question, route="lookup", status="answered", text="So.")
    named = topic(answer, load_model(), {})
    assert len(named) <= MOST_CHARACTERS
    assert named.endswith(" …")
