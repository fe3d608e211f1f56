"""Asks a judge llm the same question n times, and keeps every verdict with its reason.

Untrusted text goes in between fences that it cannot hold, and a verdict that its own reason contradicts is flagged, never mended.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.ledger import Ledger
from assistant.llm import Llm, LlmError
from assistant.prompts import fill, load_prompt

_OBJECT = re.compile(r"\{[^{}]*\}", re.DOTALL)
_DENIES = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bno)\s+(?:\w+\s+){0,2}?(?:support\w*|say|says|said|state[sd]?|mention\w*|follow\w*|told|tells?|answer\w*|found|given|contain\w*|evidence|entail\w*)\b"
    r"|\b(?:fails? to|lacks?|omits?|drops? (?:the|a|its)|contradicts?|unsupported|goes beyond|stronger than|more than the quotes?)\b",
    re.IGNORECASE,
)
_AFFIRMS = re.compile(
    r"\b(?:(?:fully|clearly|directly|exactly|entirely|completely)\s+(?:supported|supports?|states?|says?|follows|answers?|tells?)|is supported|says exactly|follows from|answers the question)\b",
    re.IGNORECASE,
)


class AnyJudge(Protocol):
    """Whatever gives a reply to a prompt: an llm, or a queue of replies in a test."""

    @property
    def name(self) -> str:
        """What it is called."""

    def reply(self, prompt: str) -> str:
        """The whole reply. LlmError where there is none."""


@dataclass
class LlmJudge:
    """A judge by its litellm name, paced."""

    llm: Llm
    seconds: float
    pace: Callable[[], None]
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def name(self) -> str:
        """Its litellm name."""
        return self.llm.name

    def reply(self, prompt: str) -> str:
        """The whole reply, within the time limit."""
        self.pace()
        return self.llm.complete(prompt, self.ledger, "judge", self.seconds)


@dataclass(frozen=True)
class Verdicts:
    """What a judge said, each time it was asked."""

    verdicts: tuple[str, ...]
    """Those that could be read."""
    reasons: tuple[str, ...]
    contradicted: int
    """How many verdicts their own reasons contradict."""
    unread: int
    """Replies that held no verdict."""

    @property
    def most(self) -> str:
        """The verdict given most often, the first of equals; "" where none could be read."""
        return Counter(self.verdicts).most_common(1)[0][0] if self.verdicts else ""

    @property
    def spread(self) -> float:
        """The share of verdicts that differ from the most frequent: 0 is of one mind."""
        return 1 - self.verdicts.count(self.most) / len(self.verdicts) if self.verdicts else 0.0

    def mean(self, worth: dict[str, float]) -> float:
        """The verdicts' mean worth."""
        return sum(worth[v] for v in self.verdicts) / len(self.verdicts)


def fence(text: str) -> str:
    """Untrusted text between two lines that name its hash: it cannot hold its own."""
    mark = hashlib.sha256(text.encode()).hexdigest()[:10]
    lines = "\n".join(f"| {line}" for line in text.splitlines() or [""])
    return f"<data {mark}>\n{lines}\n</data {mark}>"


def ask(judge: AnyJudge, prompt: str, allowed: Sequence[str], repeats: int, **slots: str) -> Verdicts:
    """Ask `repeats` times. What fills the slots is fenced. `allowed` are the verdicts, the affirming ones first, the denying one last."""
    filled = fill(load_prompt(prompt)[0], **{name: fence(text) for name, text in slots.items()})
    verdicts: list[str] = []
    reasons: list[str] = []
    unread = contradicted = 0
    for _ in range(repeats):
        try:
            verdict, reason = read_reply(judge.reply(filled), allowed)
        except (LlmError, ValueError):
            unread += 1
            continue
        verdicts.append(verdict)
        reasons.append(reason)
        contradicted += contradicts(reason, affirms=verdict == allowed[0], denies=verdict == allowed[-1])
    return Verdicts(tuple(verdicts), tuple(reasons), contradicted, unread)


def read_reply(reply: str, allowed: Sequence[str]) -> tuple[str, str]:
    """(verdict, reason) of a judge's reply. ValueError where it holds none that is allowed."""
    for found in reversed(_OBJECT.findall(reply)):
        try:
            row = json.loads(found)
        except ValueError:
            continue
        verdict = str(row.get("verdict", "")).strip().lower().replace("_", " ")
        if verdict in allowed:
            return verdict, " ".join(str(row.get("reason", "")).split())
    raise ValueError("no verdict in the reply")


def contradicts(reason: str, affirms: bool, denies: bool) -> bool:
    """Whether a reason says the other thing than its verdict: it denies under a yes, or affirms and denies nothing under a no."""
    if affirms:
        return bool(_DENIES.search(reason))
    return denies and bool(_AFFIRMS.search(reason)) and not _DENIES.search(reason)
