"""Conversations are kept, whole and in order, for the person whose they are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from assistant_making import answer_to

from assistant import conversations as module
from assistant.conversations import TITLE_CHARACTERS, Conversations
from assistant.engine import Assistant
from assistant.journey import Ask


def test_a_real_answer_opens_again_exactly_as_it_was(real: Assistant, kept: Conversations) -> None:
    answers = [real.answer(Ask("How have others handled Connect?")), real.answer(Ask("Why did Hilltop scrap its email rules?"))]
    conversation = kept.start()
    assert [kept.add(conversation, answer) for answer in answers] == [True, True]
    assert kept.turns(conversation) == answers


def test_turns_come_oldest_first(kept: Conversations) -> None:
    conversation = kept.start()
    for n in range(12):
        kept.add(conversation, answer_to(f"Question {n}?"))
    assert [a.question for a in kept.turns(conversation)] == [f"Question {n}?" for n in range(12)]


def test_a_conversation_with_no_turn_is_not_kept(kept: Conversations) -> None:
    assert kept.turns(kept.start()) == []
    assert kept.list() == []


def test_it_is_there_when_the_program_starts_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'c.db'}"
    first = Conversations(url)
    first.add("a", answer_to("Why?"))
    first.close()
    second = Conversations(url)
    assert [c.title for c in second.list()] == ["Why?"]
    second.close()


def test_the_same_answer_is_not_doubled(kept: Conversations) -> None:
    conversation, answer = kept.start(), answer_to()
    kept.add(conversation, answer)
    kept.add(conversation, answer)
    assert kept.turns(conversation) == [answer]
    assert len(kept.list()) == 1


def test_the_same_question_asked_twice_is_two_turns(kept: Conversations) -> None:
    for _ in range(2):
        kept.add("a", answer_to("Why?"))
    assert len(kept.turns("a")) == 2


@pytest.mark.parametrize(
    ("question", "title"),
    [("Why?", "Why?"), ("x" * TITLE_CHARACTERS, "x" * TITLE_CHARACTERS), ("word " * 30, "word " * 10 + "word …")],
)
def test_the_list_shows_a_short_title(kept: Conversations, question: str, title: str) -> None:
    kept.add("a", answer_to(question))
    [listed] = kept.list()
    assert (listed.id, listed.title) == ("a", title)
    assert len(listed.title) <= TITLE_CHARACTERS + 1


def test_the_list_gives_no_more_than_asked(kept: Conversations) -> None:
    for n in range(5):
        kept.add(f"c{n}", answer_to())
    assert len(kept.list(most=3)) == 3


class Clock(datetime):
    """A clock that moves on by as much as it is told at each look."""

    at, step = 0.0, 3600.0

    @classmethod
    def now(cls, tz=None) -> datetime:
        cls.at += cls.step
        return datetime.fromtimestamp(cls.at, UTC)


def order_after(kept: Conversations, monkeypatch: pytest.MonkeyPatch, turns: str, seconds: float) -> str:
    """The order in which conversations are listed, after turns in those of these letters, so many seconds apart."""
    monkeypatch.setattr(module, "datetime", type("Moved", (Clock,), {"at": 1000.0, "step": seconds}))
    for conversation in turns:
        kept.add(conversation, answer_to())
    return "".join(c.id for c in kept.list())


ORDERS = pytest.mark.parametrize(("turns", "order"), [("ab", "ba"), ("aba", "ab"), ("abcb", "bca")])


@ORDERS
def test_the_newest_comes_first(kept: Conversations, monkeypatch: pytest.MonkeyPatch, turns: str, order: str) -> None:
    assert order_after(kept, monkeypatch, turns, 3600) == order


def test_the_newest_comes_first_within_a_second(kept: Conversations, monkeypatch: pytest.MonkeyPatch) -> None:
    assert order_after(kept, monkeypatch, "abcb", 0.001) == "bca"


def test_another_persons_conversations_are_not_shown_nor_added_to_nor_deleted(kept: Conversations) -> None:
    kept.add("a", answer_to("Amy's"), person="amy")
    assert kept.list(person="ben") == []
    assert kept.turns("a", person="ben") == []
    assert kept.add("a", answer_to("Ben's"), person="ben") is False
    kept.delete("a", person="ben")
    kept.delete_all(person="ben")
    assert [a.question for a in kept.turns("a", person="amy")] == ["Amy's"]


def test_deleting_one_leaves_the_others(kept: Conversations) -> None:
    kept.add("a", answer_to())
    kept.add("b", answer_to())
    kept.delete("a")
    kept.delete("never-there")
    assert ([c.id for c in kept.list()], kept.turns("a")) == (["b"], [])


def test_deleting_all_leaves_other_people(kept: Conversations) -> None:
    for conversation, person in (("a", "amy"), ("b", "amy"), ("c", "ben")):
        kept.add(conversation, answer_to(), person=person)
    kept.delete_all(person="amy")
    assert (kept.list(person="amy"), kept.turns("a", person="amy")) == ([], [])
    assert [c.id for c in kept.list(person="ben")] == ["c"]
