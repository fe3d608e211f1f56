"""Questions about the library itself are answered by code; those about what stands in it are not."""

import pytest

from assistant.engine import Assistant
from assistant.holdings import asks_of_holdings
from assistant.journey import Ask


@pytest.mark.parametrize(
    "question",
    [
        "How many case studies do you hold?",
        "What documents are in this library?",
        "Which organisations are in the hub?",
        "What is in the library?",
        "What can I ask you?",
        "what can this do",
        "Who made you?",
        "What are you?",
        "How does this work?",
        "Hello",
    ],
)
def test_it_is_about_the_library(question: str) -> None:
    assert asks_of_holdings(question)


@pytest.mark.parametrize(
    "question",
    [
        "How many case studies are about marking?",
        "Which trusts have cut meetings?",
        "What documents does Larkendale Trust share with its schools?",
        "What can trusts do about attendance?",
        "How does this work in small schools?",
        "Who made the policy at Greenside?",
        "What is the School Improvement Hub?",
        "How do schools in the hub share evidence?",
        "What is this component about?",
    ],
)
def test_it_is_about_what_stands_in_it(question: str) -> None:
    assert not asks_of_holdings(question)


def test_what_is_held_is_counted_and_named(own: Assistant) -> None:
    answer = own.answer(Ask("How many case studies do you hold?"))
    studies = own.shelf.case_studies()
    assert (answer.route, answer.status, answer.citations, answer.claims) == ("about", "answered", (), ())
    assert f"{len(own.shelf.sources)} documents" in answer.text
    assert f"{len(studies)} case studies" in answer.text
    assert all(s.context.trust in answer.text for s in studies)
    assert "invented examples" in answer.text
