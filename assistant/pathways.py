"""Strategies that a person walks through the model: the text as it may be kept, their trust, their notes. One person's alone, never part of the library.

The walk itself is not kept: it is traced anew from the library in force each time it is opened, so every quote in it stands now.
"""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Integer, String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.feedback import Base
from assistant.masks import mask
from hub.plain import HIDDEN, clean

MOST_TITLE_CHARACTERS = 120
MOST_NOTE_CHARACTERS = 5_000
UNTITLED = "A strategy"


class _Pathway(Base):
    __tablename__ = "pathways"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(String(200))
    begun_at: Mapped[str] = mapped_column(String(40))
    updated_at: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    phase: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(60))
    schools: Mapped[int] = mapped_column(Integer)


class _Note(Base):
    __tablename__ = "pathway_notes"
    pathway: Mapped[str] = mapped_column(ForeignKey("pathways.id", ondelete="CASCADE"), primary_key=True)
    component: Mapped[str] = mapped_column(String(60), primary_key=True)
    words: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True)
class Listed:
    """A pathway as the list shows it."""

    id: str
    title: str
    updated_at: str


@dataclass(frozen=True)
class KeptPathway:
    """One person's pathway."""

    id: str
    title: str
    text: str
    """Masked; offsets into it are what the walk's own quotes count in."""
    phase: str
    region: str
    schools: int
    begun_at: str
    updated_at: str
    notes: dict[str, str] = field(default_factory=dict)
    """By component id."""


class Pathways:
    """The store. `session` opens one whose errors are plain. What is not the person's is not there for them."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self._session = session

    def begin(self, text: str, person: str, title: str = "", phase: str = "", region: str = "", schools: int = 0) -> str:
        """Keep a strategy's text, which the guard has let in; returns the pathway's id."""
        id, now = uuid.uuid4().hex, _now()
        row = _Pathway(
            id=id, person=person, title=_title(title) or title_of(text), begun_at=now, updated_at=now, text=text, phase=phase, region=region, schools=schools
        )  # fmt: skip
        with self._session() as session, session.begin():
            session.add(row)
        return id

    def get(self, id: str, person: str) -> KeptPathway | None:
        """A person's pathway with its notes; None where there is none."""
        with self._session() as session:
            p = session.get(_Pathway, id)
            if p is None or p.person != person:
                return None
            notes = {n.component: n.words for n in session.scalars(select(_Note).where(_Note.pathway == id))}
            return KeptPathway(p.id, p.title, p.text, p.phase, p.region, p.schools, p.begun_at, p.updated_at, notes)

    def list(self, person: str, most: int = 50) -> list[Listed]:
        """A person's pathways, newest first."""
        wanted = select(_Pathway).where(_Pathway.person == person).order_by(_Pathway.updated_at.desc(), _Pathway.id).limit(most)
        with self._session() as session:
            return [Listed(p.id, p.title, p.updated_at) for p in session.scalars(wanted)]

    def rename(self, id: str, title: str, person: str) -> bool:
        """Give it another title. False, and nothing is changed, where it is not the person's or the title is empty."""
        title = _title(title)
        with self._session() as session, session.begin():
            held = session.get(_Pathway, id)
            if held is None or held.person != person or not title:
                return False
            held.title = title
        return True

    def place(self, id: str, person: str, phase: str, region: str, schools: int) -> bool:
        """Say of what trust it is."""
        with self._session() as session, session.begin():
            held = session.get(_Pathway, id)
            if held is None or held.person != person:
                return False
            held.phase, held.region, held.schools, held.updated_at = phase, region, schools, _now()
        return True

    def note(self, id: str, component: str, words: str, person: str) -> bool:
        """Keep the person's note on a component, masked, in place of the one before; an empty one is forgotten."""
        words = mask(HIDDEN.sub("", words[:MOST_NOTE_CHARACTERS])).strip()
        with self._session() as session, session.begin():
            held = session.get(_Pathway, id)
            if held is None or held.person != person:
                return False
            held.updated_at = _now()
            if words:
                session.merge(_Note(pathway=id, component=component, words=words))
            else:
                session.execute(delete(_Note).where(_Note.pathway == id, _Note.component == component))
        return True

    def delete(self, id: str, person: str) -> None:
        """Forget the text and the notes."""
        with self._session() as session, session.begin():
            held = session.get(_Pathway, id)
            if held is not None and held.person == person:
                session.execute(delete(_Note).where(_Note.pathway == id))
                session.delete(held)


def title_of(text: str) -> str:
    """A title from the text's first line."""
    first = next((line for line in text.splitlines() if line.strip(" #*-")), UNTITLED)
    words = _title(first.lstrip(" #*-"))
    return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + " …"


def _title(words: str) -> str:
    return mask(clean(words))[:MOST_TITLE_CHARACTERS]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
