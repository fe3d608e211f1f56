"""What the engine tells while it works: the stream that `Assistant.ask` gives ends in one Finished."""

from dataclasses import dataclass

from hub.domain import Answer


@dataclass(frozen=True)
class Step:
    """A step has begun; the text is for the reader."""

    text: str


@dataclass(frozen=True)
class Delta:
    """More of the answer's text, from an llm as it writes."""

    text: str


@dataclass(frozen=True)
class Restart:
    """What was streamed so far does not count; the answer begins anew."""


@dataclass(frozen=True)
class Finished:
    """The answer, whole and checked."""

    answer: Answer


Event = Step | Delta | Restart | Finished
