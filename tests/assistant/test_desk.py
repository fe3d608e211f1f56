"""Questions while they are answered: kept once, stopped, asked again in place, whatever looks on."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from assistant.desk import BROKEN_OFF, TROUBLE, Asking, Desk
from assistant.engine import Assistant
from assistant.events import Delta, Event, Finished, Restart, Step
from assistant.journey import WITHHELD, Ask
from hub.domain import Answer

WAIT = 30.0


@dataclass
class Gated:
    """The engine with a gate: it stands before each answer's end until it is let through."""

    real: Assistant
    gate: threading.Event = field(default_factory=threading.Event)
    asked: list[Ask] = field(default_factory=list)
    breaks: int = 0
    """So many questions fail."""

    @property
    def model(self) -> object:
        return self.real.model

    @property
    def shelf(self) -> object:
        return self.real.shelf

    def ask(self, ask: Ask) -> Iterator[Event]:
        self.asked.append(ask)
        yield Step("Looking")
        yield Delta("They ")
        if self.breaks:
            self.breaks -= 1
            raise KeyError("secret words")
        yield Restart()
        yield Delta("They say so.")
        assert self.gate.wait(WAIT)
        yield Finished(self.real.answer(ask))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Conversations]:
    store = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    yield store
    store.close()


@pytest.fixture
def engine(own: Assistant) -> Iterator[Gated]:
    engine = Gated(own)
    yield engine
    engine.gate.set()


@pytest.fixture
def desk(engine: Gated, store: Conversations) -> Desk:
    return Desk(engine, store)  # type: ignore[arg-type]


def until(asking: Asking, ready: Callable[[], bool]) -> None:
    """Wait for a state, woken by each change."""
    with asking.changed:
        assert asking.changed.wait_for(ready, WAIT)


def ended(asking: Asking) -> Asking:
    until(asking, lambda: asking.ended)
    return asking


CONNECT, USE = Ask("What does Connect mean?"), Ask("What does Use evidence mean?")


def test_an_answer_is_kept_once_though_it_was_asked_for_twice_and_nobody_looks_on(desk: Desk, engine: Gated, store: Conversations) -> None:
    first, again = desk.begin("c", CONNECT), desk.begin("c", CONNECT)
    assert first is again
    until(first, lambda: first.text == "They say so.")
    assert (first.shown, first.step) == (CONNECT.question, "Looking")
    engine.gate.set()
    assert ended(first).state == "kept"
    assert [t.question for t in store.turns("c")] == [CONNECT.question]
    assert desk.of("c") == []
    assert store.list()[0].title == "Connect: what it means"


def test_a_question_asked_meanwhile_comes_next_and_knows_what_went_before(desk: Desk, engine: Gated, store: Conversations) -> None:
    first, second = desk.begin("c", CONNECT), desk.begin("c", USE)
    until(first, lambda: first.text != "")
    assert [a.state for a in desk.of("c")] == ["running", "waiting"]
    engine.gate.set()
    ended(second)
    assert [t.question for t in store.turns("c")] == [CONNECT.question, USE.question]
    assert engine.asked[1].history == (CONNECT.question,)


def test_a_stopped_answer_is_not_kept_and_can_be_asked_again(desk: Desk, engine: Gated, store: Conversations) -> None:
    asking = desk.begin("c", CONNECT)
    until(asking, lambda: asking.text == "They say so.")
    asking.stop()
    engine.gate.set()
    assert [a.state for a in desk.of("c")] == ["stopped"]
    again = ended(desk.begin("c", CONNECT))
    assert again.state == "kept"
    assert len(store.turns("c")) == 1
    assert desk.of("c") == []


def test_a_conversation_that_is_deleted_meanwhile_does_not_come_back(desk: Desk, engine: Gated, store: Conversations) -> None:
    asking = desk.begin("c", CONNECT)
    until(asking, lambda: asking.text != "")
    desk.drop("c")
    engine.gate.set()
    ended(desk.begin("other", USE))
    assert [c.id for c in store.list()] == ["other"]
    assert asking.state == "stopped"


def test_a_bug_becomes_a_plain_line_without_the_readers_words_and_the_next_attempt_works(
    desk: Desk, engine: Gated, store: Conversations, caplog: pytest.LogCaptureFixture
) -> None:
    engine.breaks = 1
    engine.gate.set()
    failed = ended(desk.begin("c", CONNECT))
    assert (failed.state, failed.trouble) == ("failed", TROUBLE)
    assert "secret words" not in caplog.text
    assert ended(desk.begin("c", CONNECT)).state == "kept"
    assert len(store.turns("c")) == 1


def test_what_must_not_be_kept_is_handed_over_and_its_words_are_let_go(own: Assistant, store: Conversations) -> None:
    desk = Desk(own, store)
    asking = ended(desk.begin("c", Ask("A Year 8 boy called Tom told me he is being hurt at home.")))
    assert asking.state == "unkept"
    assert asking.answer
    assert asking.answer.question == WITHHELD
    assert "Tom" not in f"{asking.ask}{asking.shown}{asking.text}"
    assert store.turns("c") == []
    desk.dismiss(asking)
    assert desk.of("c") == []


def test_an_answer_asked_again_takes_the_others_place_and_the_others_link_still_opens(own: Assistant, store: Conversations) -> None:
    desk = Desk(own, store)
    first = ended(desk.begin("c", CONNECT)).answer
    ended(desk.begin("c", USE))
    assert first
    again = ended(desk.begin("c", CONNECT, upto=first.id, replaces=first.id)).answer
    assert again
    assert next(t.id for t in store.turns("c")) == again.id
    assert [t.question for t in store.turns("c")] == [CONNECT.question, USE.question]
    kept = store.turn(first.id)
    assert kept
    assert (kept.answer, kept.conversation) == (first, "c")
    store.delete_turn("c", again.id)
    assert next(t.id for t in store.turns("c")) == first.id


def test_a_conversation_takes_its_name_from_the_first_answer_unless_a_person_names_it(own: Assistant, store: Conversations) -> None:
    desk = Desk(own, store)
    for conversation in ("c", "named"):
        ended(desk.begin(conversation, Ask("What is the weather forecast for tomorrow?")))
    store.rename("named", "Board, March")
    for conversation in ("c", "named"):
        ended(desk.begin(conversation, CONNECT))
        ended(desk.begin(conversation, USE))
    assert {c.id: c.title for c in store.list()} == {"c": "Connect: what it means", "named": "Board, March"}


def test_another_persons_turn_is_not_opened(store: Conversations) -> None:
    turn = Answer(id="1" * 32, question="Q", standalone_question="Q", route="define", status="answered", text="So.")
    store.add("c", turn, person="anna")
    assert store.turn(turn.id, "anna")
    assert store.turn(turn.id) is None


def test_a_question_whose_answer_the_end_of_the_program_cut_off_is_there_to_be_asked_again(
    desk: Desk, engine: Gated, store: Conversations
) -> None:
    began = desk.begin("c", CONNECT, upto="t1", replaces="t2")
    until(began, lambda: began.text == "They say so.")
    after = Desk(engine, store)  # type: ignore[arg-type]  # as the server that is started next has it
    [found] = after.of("c")
    assert (found.state, found.shown, found.trouble, found.upto, found.replaces) == ("failed", CONNECT.question, BROKEN_OFF, "t1", "t2")
    assert after.of("d") == []
    engine.gate.set()
    again = after.begin("c", found.ask)
    assert ended(again).state == "kept"
    assert after.of("c") == []


@pytest.mark.parametrize("end", ["kept", "failed", "deleted", "all deleted"])
def test_a_question_that_has_ended_or_was_deleted_is_not_taken_for_one_that_was_cut_off(
    desk: Desk, engine: Gated, store: Conversations, end: str
) -> None:
    engine.breaks = end == "failed"
    began = desk.begin("c", CONNECT)
    if "deleted" in end:
        until(began, lambda: began.text == "They say so.")
        desk.drop("c") if end == "deleted" else desk.drop_all()
    engine.gate.set()
    ended(began)
    for worker in [t for t in threading.enumerate() if t.name == "hub-asking"]:
        worker.join(WAIT)
    assert store.begun.of("c") is None


def test_what_is_kept_of_a_question_under_way_is_masked(store: Conversations) -> None:
    store.begun.keep("c", "Why did jo@example.org  ask?")
    begun = store.begun.of("c")
    assert begun is not None
    assert "jo@" not in begun.question
