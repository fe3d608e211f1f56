"""What readers say of answers and of case studies: a thumb with its reason, tied to the stored turn; a problem, tied to the source.

A thumb goes with its turn when the conversation is deleted. A report is about the document and stays; it holds nothing of who asked what.
"""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from assistant.masks import mask
from hub.plain import clean

Thumb = Literal["up", "down"]
MOST_CHARACTERS = 2_000
"""Of a comment; the rest is left out."""


class Base(DeclarativeBase):
    """The tables of what people do with the assistant."""


class _Feedback(Base):
    __tablename__ = "feedback"
    turn: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    person: Mapped[str] = mapped_column(String(200), primary_key=True)
    thumb: Mapped[str] = mapped_column(String(4))
    reason: Mapped[str] = mapped_column(String(200))
    comment: Mapped[str] = mapped_column(Text)
    given_at: Mapped[str] = mapped_column(String(40))


class _Report(Base):
    __tablename__ = "reports"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    source: Mapped[str] = mapped_column(String(200), index=True)
    reason: Mapped[str] = mapped_column(String(200))
    comment: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[str] = mapped_column(String(40))


@dataclass(frozen=True)
class Given:
    """What one person said of one turn."""

    turn: str
    thumb: Thumb
    reason: str
    comment: str
    given_at: str


@dataclass(frozen=True)
class Report:
    """A problem with a source."""

    source: str
    reason: str
    comment: str
    quote: str
    """The words it is about; "" where it is about the whole."""
    reported_at: str


class Feedback:
    """The store. `session` opens one whose errors are plain; `owns` says whether a turn is a person's."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]], owns: Callable[[str, str], bool]) -> None:
        self._session, self._owns = session, owns

    def give(self, turn: str, thumb: Thumb, person: str, reason: str = "", comment: str = "") -> bool:
        """Keep it in place of what the person said before. False, and nothing is kept, where the turn is not theirs."""
        if not self._owns(turn, person):
            return False
        with self._session() as session, session.begin():
            session.merge(
                _Feedback(turn=turn, person=person, thumb=thumb, reason=_kept(reason)[:200], comment=_kept(comment), given_at=_now())
            )
        return True

    def take_back(self, turn: str, person: str) -> None:
        """Forget what the person said of a turn."""
        with self._session() as session, session.begin():
            if held := session.get(_Feedback, (turn, person)):
                session.delete(held)

    def given(self, turn: str, person: str) -> Given | None:
        """What the person said of a turn, or None."""
        with self._session() as session:
            held = session.get(_Feedback, (turn, person))
            return _given(held) if held else None

    def all_given(self) -> list[Given]:
        """What everybody said, newest first."""
        with self._session() as session:
            return [_given(row) for row in session.scalars(select(_Feedback).order_by(_Feedback.given_at.desc()))]

    def report(self, source: str, reason: str, comment: str = "", quote: str = "") -> None:
        """Keep a problem with a source."""
        row = _Report(
            id=uuid.uuid4().hex,
            source=source,
            reason=_kept(reason)[:200],
            comment=_kept(comment),
            quote=quote[:MOST_CHARACTERS],
            reported_at=_now(),
        )
        with self._session() as session, session.begin():
            session.add(row)

    def reports(self, source: str = "") -> list[Report]:
        """The problems with a source, or with any, newest first."""
        wanted = select(_Report).order_by(_Report.reported_at.desc())
        if source:
            wanted = wanted.where(_Report.source == source)
        with self._session() as session:
            return [Report(r.source, r.reason, r.comment, r.quote, r.reported_at) for r in session.scalars(wanted)]


def _kept(words: str) -> str:
    """Words without e-mail addresses and the like: a comment is no place for them, and they would be kept."""
    return mask(clean(words[:MOST_CHARACTERS]))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _given(row: _Feedback) -> Given:
    return Given(row.turn, "up" if row.thumb == "up" else "down", row.reason, row.comment, row.given_at)
