"""What the steps of an answer hand to one another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from assistant.profile import NOWHERE, Profile
from assistant.size import Size
from hub.domain import Chunk, Citation, Claim, Nearest, Passage, Sentence, Source, Status

WITHHELD = "[not kept]"
"""Stands for a question that must not be kept."""
_SHORTENED = re.compile(r"\b(who|what|where|when|how|why|which)['’]s\b", re.IGNORECASE)
Route = Literal[
    "define",
    "examples",
    "list",
    "explain",
    "how_others",
    "overview",
    "compare",
    "find",
    "lookup",
    "out_of_scope",
    "blocked",
    "unclear",
    "about",
    "none",
]


@dataclass(frozen=True)
class Filters:
    """What a person has set to be asked of; each "" where it is not set. See `filters`."""

    kind: str = ""
    trust: str = ""
    """An organisation as its sources name it, without the mark of an invented one."""
    phase: str = ""
    region: str = ""
    component: str = ""
    """A component's id."""

    def __bool__(self) -> bool:
        return any((self.kind, self.trust, self.phase, self.region, self.component))


@dataclass(frozen=True)
class Ask:
    """A question with what limits it."""

    question: str
    history: tuple[str, ...] = ()
    """The conversation's earlier questions, oldest first."""
    component: str = ""
    organisation: str = ""
    filters: Filters = Filters()
    near: Profile = NOWHERE
    """The person's own trust: what is near to it is shown first and marked."""


class JourneyEnds(Exception):
    """A step ends the journey with a named status. Not an error: the engine turns it into an Answer."""

    def __init__(self, status: Status, reason: str, text: str, route: Route = "none", keep_question: bool = True) -> None:
        super().__init__(reason)
        self.status, self.reason, self.text, self.route = status, reason, text, route
        self.keep_question = keep_question
        """False where the words must not be kept: a disclosure."""


@dataclass(frozen=True)
class Understood:
    """What a question is about, and which way it is answered."""

    question: str
    """Standalone: it can be read without the conversation."""
    route: Route
    components: tuple[str, ...] = ()
    strands: tuple[str, ...] = ()
    sources: frozenset[str] | None = None
    """The sources of the organisations named; None where none is."""
    names: tuple[str, ...] = ()
    """The organisations' words as the sources write them."""
    phase: str = ""
    regions: tuple[str, ...] = ()
    size: Size | None = None
    premise: str = ""
    """What the question takes for granted and the model contradicts."""
    carried: str = ""
    """What was carried over from the conversation, to be said."""
    own: str = ""
    """A follow-up by itself: it weighs as much in the search as the question that it was joined to."""
    near: Profile = NOWHERE

    @property
    def asked(self) -> str:
        """What is asked by itself, in whole words: "who's" is "who is"."""
        return _SHORTENED.sub(r"\1 is", self.own or self.question)


def sets_components_side_by_side(understood: Understood) -> bool:
    """Whether components are to be compared, not organisations."""
    return understood.route == "compare" and len(understood.names) < 2 and len(understood.components) > 1


@dataclass(frozen=True, eq=False)
class Candidate:
    """A sentence that may be quoted."""

    chunk: Chunk
    sentence: Sentence
    source: Source
    text: str
    score: float
    vector: np.ndarray
    features: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Evidence:
    """What was retrieved: chunks by rank, and their sentences by score."""

    chunks: tuple[Chunk, ...]
    passages: tuple[Passage, ...]
    candidates: tuple[Candidate, ...]
    signals: Mapping[str, float]
    elsewhere: frozenset[str] = frozenset()
    """The source of another organisation that answers best to the question's words; see the signal of that name."""
    others: tuple[Chunk, ...] = ()
    """The nearest passages of case studies that the question does not ask about, where those it asks about may not speak of the matter."""


@dataclass(frozen=True)
class Draft:
    """An answer before its citations are checked."""

    status: Status
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    reason: str = ""
    follow_ups: tuple[str, ...] = ()
    llm: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
