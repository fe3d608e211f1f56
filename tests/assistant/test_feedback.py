"""Thumbs and reports: tied to the stored turn and to the source, one a person, gone with the conversation, free of personal details."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from hub.domain import Answer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Conversations]:
    store = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    yield store
    store.close()


def turn(id: str = "a" * 32, question: str = "How do heads visit?") -> Answer:
    return Answer(id=id, question=question, standalone_question=question, route="lookup", status="answered", text="So.")


def test_a_thumb_is_kept_with_its_reason_and_a_second_takes_its_place(store: Conversations) -> None:
    store.add("c" * 32, turn())
    assert store.feedback.given("a" * 32, "local") is None
    assert store.feedback.give("a" * 32, "up", "local")
    assert store.feedback.give("a" * 32, "down", "local", "Something is missing", "No figures.")
    given = store.feedback.given("a" * 32, "local")
    assert given
    assert (given.thumb, given.reason, given.comment) == ("down", "Something is missing", "No figures.")
    assert len(store.feedback.all_given()) == 1
    store.feedback.take_back("a" * 32, "local")
    assert store.feedback.all_given() == []


def test_nobody_judges_a_turn_that_is_not_theirs(store: Conversations) -> None:
    store.add("c" * 32, turn(), "anna")
    assert not store.feedback.give("a" * 32, "up", "local")
    assert not store.feedback.give("f" * 32, "up", "anna")
    assert store.feedback.all_given() == []


def test_a_thumb_goes_with_its_conversation_and_a_report_stays(store: Conversations) -> None:
    store.add("c" * 32, turn())
    store.feedback.give("a" * 32, "up", "local")
    store.feedback.report("larkfield", "A fact is wrong", "We have seven schools.", "We have nine schools.")
    store.delete("c" * 32)
    assert store.feedback.all_given() == []
    [report] = store.feedback.reports("larkfield")
    assert (report.reason, report.comment, report.quote) == ("A fact is wrong", "We have seven schools.", "We have nine schools.")
    assert store.feedback.reports("mossgate") == []


def test_deleting_everything_takes_every_thumb(store: Conversations) -> None:
    store.add("c" * 32, turn())
    store.feedback.give("a" * 32, "up", "local")
    store.delete_all()
    assert store.feedback.all_given() == []


def test_a_comment_keeps_no_address_and_no_more_than_it_may(store: Conversations) -> None:
    store.add("c" * 32, turn())
    store.feedback.give("a" * 32, "down", "local", comment="Write to jo.bloggs@larkfield.example " + "x" * 5000)
    given = store.feedback.given("a" * 32, "local")
    assert given
    assert "jo.bloggs" not in given.comment
    assert len(given.comment) <= 2_000 + 40
    store.feedback.report("larkfield", "Other", "Ring 07700 900123")
    assert "900123" not in store.feedback.reports()[0].comment


@pytest.mark.parametrize(
    ("words", "found"),
    [("visit", {"c", "d"}), ("VISIT heads", {"c"}), ("100%", {"e"}), ("%", {"e"}), ("_", set()), ("", {"c", "d", "e"}), ("'; --", set())],
)
def test_conversations_are_found_by_their_title_and_their_questions(store: Conversations, words: str, found: set[str]) -> None:
    store.add("c", turn("1", "How do heads meet?"))
    store.add("c", turn("2", "And do they visit?"))
    store.add("d", turn("3", "Who pays for a visit?"))
    store.add("e", turn("4", "Who reached 100%?"))
    store.add("f", turn("5", "Who may visit heads?"), "anna")
    assert {c.id for c in store.search(words)} == found


def test_a_conversation_is_renamed_by_its_owner_alone_and_keeps_its_place(store: Conversations) -> None:
    store.add("c", turn("1"))
    store.add("d", turn("2"))
    assert store.rename("c", "  Board, March ")
    assert [c.title for c in store.list()] == ["How do heads visit?", "Board, March"]
    assert not store.rename("c", "   ")
    assert not store.rename("c", "Mine now", "anna")
    assert not store.rename("nothing", "x")
    store.add("c", turn("3", "Another?"))
    assert store.list()[0].title == "Board, March"
