"""Questions while they are answered, apart from the page that shows them.

A page may be drawn anew, reloaded or closed while an answer is written: the work goes on, the answer is kept once, and whoever
looks at the conversation next finds it where it is.
"""

import logging
import threading
import time
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.conversations import Conversations, ConversationsError
from assistant.engine import Assistant
from assistant.events import Delta, Finished, Restart, Step
from assistant.held import ShelfError
from assistant.journey import WITHHELD, Ask
from assistant.topic import topic
from hub.domain import Answer
from hub.embedder import EmbedderError

State = Literal["waiting", "running", "kept", "unkept", "failed", "stopped"]
ENDED: frozenset[State] = frozenset({"kept", "unkept", "failed", "stopped"})
TROUBLE = "Something went wrong while this was answered. Nothing is lost: your question is here, and can be asked again."
BROKEN_OFF = "The program stopped while this was answered. Your question is here, and can be asked again."
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class Asking:
    """One question on its way to an answer. What changes is read through `now` and `wait`."""

    conversation: str
    ask: Ask
    upto: str = ""
    """The turn before which the conversation is looked at; "" for all of it."""
    replaces: str = ""
    """The turn whose place the answer takes."""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: State = "waiting"
    step: str = ""
    shown: str = ""
    """The question once it may be shown: the guard may say that it must not."""
    text: str = ""
    """What has been streamed."""
    answer: Answer | None = None
    trouble: str = ""
    """Why it failed, for the reader."""
    began: float = 0.0
    """On the monotonic clock, in seconds."""
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDED

    def wait(self, version: int, seconds: float) -> int:
        """Wait until it differs from `version`, but no longer than so many seconds; returns what it is at now."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version

    def stop(self) -> None:
        """Stop it, unless it has ended: what comes after is neither shown nor kept."""
        self._set("stopped")

    def _set(self, state: State, **fields: object) -> bool:
        """Go to another state, unless it has ended. Whether it did."""
        with self.changed:
            if self.ended:
                return False
            for name, value in fields.items():
                setattr(self, name, value)
            self.state = state
            self.version += 1
            self.changed.notify_all()
            return True


class Desk:
    """Every conversation's questions, one at a time each, in the order in which they were asked. One desk a server."""

    def __init__(self, assistant: Assistant, conversations: Conversations) -> None:
        self._assistant, self._conversations = assistant, conversations
        self._lock = threading.Lock()
        self._held: dict[str, list[Asking]] = {}
        self._at_work: set[str] = set()
        self._looked: set[str] = set()
        """Conversations whose question of before this server's start has been looked for."""

    def begin(self, conversation: str, ask: Ask, upto: str = "", replaces: str = "") -> Asking:
        """Put a question down; the same one twice at a time is one. What had failed or was stopped makes room for it."""
        with self._lock:
            self._looked.add(conversation)  # what broke off before makes room too
            held = [a for a in self._held.get(conversation, []) if not a.ended]
            for asking in held:
                if asking.ask.question == ask.question and asking.replaces == replaces:
                    return asking
            asking = Asking(conversation, ask, upto, replaces)
            self._held[conversation] = [*held, asking]
            if conversation not in self._at_work:
                self._at_work.add(conversation)
                threading.Thread(target=self._work, args=(conversation,), daemon=True, name="hub-asking").start()
            return asking

    def of(self, conversation: str) -> list[Asking]:
        """What of a conversation is not among its kept turns: questions under way, and the last one where it failed or was stopped."""
        with self._lock:
            if conversation not in self._looked:
                self._looked.add(conversation)
                self._find_broken_off(conversation)
            return [a for a in self._held.get(conversation, []) if a.state != "kept"]

    def _find_broken_off(self, conversation: str) -> None:
        """The question that was being answered when the program stopped, as one that failed."""
        if begun := self._conversations.begun.of(conversation):
            asking = Asking(conversation, Ask(begun.question), begun.upto, begun.replaces, state="failed", shown=begun.question)
            asking.trouble = BROKEN_OFF
            self._held[conversation] = [asking]

    def dismiss(self, asking: Asking) -> None:
        """Forget one that has ended."""
        with self._lock:
            self._held[asking.conversation] = [a for a in self._held.get(asking.conversation, []) if a is not asking]

    def drop(self, conversation: str) -> None:
        """Stop and forget a conversation's questions: nothing of them will be kept."""
        with self._lock:
            held = self._held.pop(conversation, [])
        for asking in held:
            asking.stop()
        self._conversations.begun.forget(conversation)

    def drop_all(self) -> None:
        """Stop and forget everybody's."""
        for conversation in list(self._held):
            self.drop(conversation)
        self._conversations.begun.forget()

    def _work(self, conversation: str) -> None:
        while True:
            with self._lock:
                held = self._held.get(conversation, [])
                asking = next((a for a in held if a.state == "waiting"), None)
                if asking is None:
                    self._at_work.discard(conversation)
                    self._held = {c: rest for c, own in self._held.items() if (rest := [a for a in own if a.state != "kept"])}
                    return
            if asking._set("running", began=time.monotonic()):
                self._answer(asking)
                with suppress(ConversationsError):  # told to the reader already
                    self._conversations.begun.forget(conversation)

    def _answer(self, asking: Asking) -> None:
        try:
            kept = self._conversations.turns(asking.conversation)
            places = [n for n, turn in enumerate(kept) if turn.id == asking.upto]
            history = tuple(t.question for t in kept[: places[0] if places else len(kept)] if t.question != WITHHELD)
            with closing(self._assistant.ask(replace(asking.ask, history=history))) as events:
                for event in events:
                    match event:
                        case Step(step):
                            if not asking.shown:  # the guard has let it through
                                self._conversations.begun.keep(asking.conversation, asking.ask.question, asking.upto, asking.replaces)
                            going = asking._set("running", step=step, shown=asking.ask.question)
                        case Delta(more):
                            going = asking._set("running", text=asking.text + more)
                        case Restart():
                            going = asking._set("running", text="")
                        case Finished(answer):
                            self._finish(asking, answer)
                            return
                    if not going:
                        return
        except (ShelfError, EmbedderError, ConversationsError) as error:
            asking._set("failed", trouble=str(error))
        except Exception as error:  # a bug must not leave the reader before a page that waits for ever
            _LOG.error("a question could not be answered: %s", type(error).__name__, exc_info=_LOG.isEnabledFor(logging.DEBUG))
            asking._set("failed", trouble=TROUBLE)

    def _finish(self, asking: Asking, answer: Answer) -> None:
        """Keep the answer, unless the reader has stopped it. One that must not be kept is handed to the page, and its question is let go."""
        if not asking._set("running", answer=answer):  # known before it is kept: a page that sees both shows it once
            return
        named = topic(answer, self._assistant.model, self._assistant.shelf.sources)
        if self._conversations.add(asking.conversation, answer, title=named, replaces=asking.replaces):
            if not asking._set("kept"):
                self._conversations.delete_turn(asking.conversation, answer.id)
        else:
            asking._set("unkept", answer=answer, ask=replace(asking.ask, question=""), shown="", text="")
