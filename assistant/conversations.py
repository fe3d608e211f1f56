"""Conversations and their turns, kept by SQLAlchemy: SQLite beside the library unless the settings name another database.

A turn holds the whole Answer, so it opens again exactly as it was. A disclosure is never kept.
"""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import JSON, Engine, ForeignKey, Integer, String, create_engine, delete, event, func, or_, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.begun import BegunQuestions
from assistant.feedback import Base, Feedback
from assistant.masks import mask
from assistant.pathways import Pathways
from assistant.profile import Profiles
from hub.domain import ANSWERED, Answer, Citation
from hub.plain import clean

LOCAL_PERSON = "local"
"""Whose conversations they are until there is a sign-in."""
NEVER_KEPT = frozenset({"safeguarding", "crisis"})
TITLE_CHARACTERS = 60
MOST_TITLE_CHARACTERS = 120
"""Of a title that a person gives."""
_NEXT = "restart the chat (HUB_DATABASE_URL names the database; without it, it is conversations.db in HUB_STORE)"


class ConversationsError(RuntimeError):
    """The database of conversations cannot be used; the message says what to do, and holds no address."""


class _BegunElsewhere(Exception):
    """The conversation came into being while it was being begun."""


class _Conversation(Base):
    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(String(200))
    updated_at: Mapped[str] = mapped_column(String(40), index=True)


class _Turn(Base):
    __tablename__ = "turns"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    asked_at: Mapped[str] = mapped_column(String(40))
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)


class _Renamed(Base):
    """A conversation that a person has named: it keeps that name."""

    __tablename__ = "renamed"
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)


class _Replaced(Base):
    """A turn whose question was asked again: it is out of the conversation, and still opens by its own link."""

    __tablename__ = "replaced"
    turn: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    by: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"))


class Kept(NamedTuple):
    """One turn by itself."""

    answer: Answer
    conversation: str
    asked_at: str
    """When it was kept, in ISO form, UTC."""


class Citing(NamedTuple):
    """One turn that cites a source."""

    turn: str
    question: str
    asked_at: str
    citations: tuple[Citation, ...]
    """One of each source that was asked for."""


@dataclass(frozen=True)
class Conversation:
    """One person's conversation, as the list shows it."""

    id: str
    title: str
    updated_at: str


class Conversations:
    """The store. Every method opens and closes its own session, so it may be shared between threads."""

    def __init__(self, url: str) -> None:
        try:
            self._engine: Engine = create_engine(url, pool_pre_ping=True)  # a server may have restarted since
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _use_sqlite_well)
            Base.metadata.create_all(self._engine)
        except ImportError as error:  # said apart: the address may be right
            raise ConversationsError(
                "the driver for the database that HUB_DATABASE_URL names is not installed; for PostgreSQL: pip install 'psycopg[binary]'"
            ) from error
        except (SQLAlchemyError, OSError, ValueError) as error:
            raise ConversationsError(
                f"the database of conversations cannot be opened ({type(error).__name__}); check HUB_DATABASE_URL"
            ) from error

        self.feedback = Feedback(self._session, self._owns)
        """What people said of turns and sources."""
        self.begun = BegunQuestions(self._session)
        """Questions whose answers are not there yet."""
        self.profiles = Profiles(self._session)
        """What people said of their own trusts."""
        self.pathways = Pathways(self._session)
        """Strategies that people walk through the model."""

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """A session whose errors are plain. The driver's own hold the address and what was being written, so they are not chained."""
        trouble = ""
        try:
            with Session(self._engine) as session:
                yield session
        except SQLAlchemyError as error:
            trouble = f"the database of conversations failed ({type(error).__name__}); see that it runs and has room, then {_NEXT}"
        except ValidationError:
            trouble = f"the database of conversations holds a turn that this version cannot read; update the program, or delete that conversation and {_NEXT}"
        if trouble:
            raise ConversationsError(trouble) from None

    @staticmethod
    def start() -> str:
        """The id of a new conversation. It is kept once it has a turn."""
        return uuid.uuid4().hex

    def add(self, conversation: str, answer: Answer, person: str = LOCAL_PERSON, title: str = "", replaces: str = "") -> bool:
        """Keep a turn. False, and nothing is kept, where it must not be; a turn that is kept already is not doubled.

        `title` names a conversation that begins with it, or that was named by a turn which answered nothing; without one its question does.
        `replaces`: the turn whose place it takes, where that is of this conversation.
        """
        if answer.reason in NEVER_KEPT:
            return False
        try:
            return self._add(conversation, answer, person, title, replaces)
        except _BegunElsewhere:  # a second tab of the same conversation: it is there now
            return self._add(conversation, answer, person, title, replaces)

    def _add(self, conversation: str, answer: Answer, person: str, title: str, replaces: str) -> bool:
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        title = title or _title(answer)
        with self._session() as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is not None and held.person != person:
                return False
            if held is None:
                session.add(_Conversation(id=conversation, person=person, title=title, updated_at=now))
                try:
                    session.flush()
                except IntegrityError:
                    raise _BegunElsewhere from None
            else:
                held.updated_at = now
                if answer.status in ANSWERED and _may_be_named(session, held):
                    held.title = title
            if session.get(_Turn, answer.id) is None:
                old = session.get(_Turn, replaces) if replaces else None
                last = session.scalar(select(func.max(_Turn.ordinal)).where(_Turn.conversation == conversation))
                place = old.ordinal if old is not None and old.conversation == conversation else (last or 0) + 1
                session.add(_Turn(id=answer.id, conversation=conversation, ordinal=place, asked_at=now, answer=answer.as_json()))
                if old is not None and old.conversation == conversation:
                    session.flush()
                    session.merge(_Replaced(turn=old.id, by=answer.id))
        return True

    def turn(self, id: str, person: str = LOCAL_PERSON) -> Kept | None:
        """One turn of a person's, whether or not another has taken its place; None where there is none."""
        wanted = (
            select(_Turn.answer, _Turn.conversation, _Turn.asked_at)
            .join(_Conversation, _Conversation.id == _Turn.conversation)
            .where(_Turn.id == id, _Conversation.person == person)
        )
        with self._session() as session:
            row = session.execute(wanted).first()
            return Kept(Answer.model_validate(row[0]), row[1], row[2]) if row else None

    def delete_turn(self, conversation: str, turn: str, person: str = LOCAL_PERSON) -> None:
        """Delete one turn, and the conversation where it was the only one. What it had replaced comes back."""
        with self._session() as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is None or held.person != person:
                return
            session.execute(delete(_Replaced).where(or_(_Replaced.by == turn, _Replaced.turn == turn)))
            session.execute(delete(_Turn).where(_Turn.id == turn, _Turn.conversation == conversation))
            if session.scalar(select(func.count()).where(_Turn.conversation == conversation)) == 0:
                session.delete(held)

    def turns(self, conversation: str, person: str = LOCAL_PERSON) -> list[Answer]:
        """A person's conversation, oldest turn first; empty where there is none."""
        wanted = (
            select(_Turn.answer)
            .join(_Conversation, _Conversation.id == _Turn.conversation)
            .where(_Turn.conversation == conversation, _Conversation.person == person, _Turn.id.not_in(select(_Replaced.turn)))
            .order_by(_Turn.ordinal, _Turn.asked_at)
        )
        with self._session() as session:
            return [Answer.model_validate(row) for row in session.scalars(wanted)]

    def cited(self) -> set[tuple[str, str]]:
        """The source and the name of its text (`text_hash`) of every citation that is kept, whoever asked."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_Turn.answer).execution_options(yield_per=100))
            return {(c["source"], c["text_hash"]) for row in rows for c in row.get("citations", ()) if c.get("text_hash")}

    def citing(self, sources: Collection[str] | None = None, person: str = LOCAL_PERSON) -> Iterator[Citing]:
        """A person's turns that cite one of these sources, or, with None, any; newest first."""
        wanted = (
            select(_Turn.id, _Turn.asked_at, _Turn.answer)
            .join(_Conversation, _Conversation.id == _Turn.conversation)
            .where(_Conversation.person == person)
            .order_by(_Turn.asked_at.desc(), _Turn.id)
            .execution_options(yield_per=100)
        )
        with self._session() as session:
            for id, asked_at, row in session.execute(wanted):
                cited = {c["source"]: c for c in row.get("citations", ()) if sources is None or c["source"] in sources}
                if cited:
                    yield Citing(id, row.get("question") or "", asked_at, tuple(Citation.model_validate(c) for c in cited.values()))

    def unanswered(self) -> Iterator[str]:
        """The questions of every turn that found no evidence, oldest first, whoever asked; as they were kept, so mask them before they are shown.

        Not of those that were asked within a person's own filters: the library may hold what lay outside.
        """
        wanted = select(_Turn.answer).order_by(_Turn.asked_at, _Turn.id).execution_options(yield_per=100)
        with self._session() as session:
            for row in session.scalars(wanted):
                if row.get("status") == "no_evidence" and row.get("reason") != "filters":
                    yield row.get("standalone_question") or row.get("question") or ""

    def unanswered_within_filters(self) -> int:
        """How many turns found no evidence within a person's own filters."""
        held = _Turn.answer["status"].as_string() == "no_evidence"
        with self._session() as session:
            return session.scalar(select(func.count()).where(held, _Turn.answer["reason"].as_string() == "filters")) or 0

    def disliked(self) -> Iterator[tuple[str, str]]:
        """The question and the reason of every thumbs-down on an answer that found something, whoever gave it; as they were kept."""
        down = sorted((g.turn, g.reason) for g in self.feedback.all_given() if g.thumb == "down")
        with self._session() as session:
            for id, reason in down:
                row = turn.answer if (turn := session.get(_Turn, id)) else {}
                if row and row.get("status") != "no_evidence":
                    yield row.get("standalone_question") or row.get("question") or "", reason

    def search(self, words: str, person: str = LOCAL_PERSON, most: int = 50) -> list[Conversation]:
        """A person's conversations whose title or questions hold all the words, newest first."""
        wanted = select(_Conversation).where(_Conversation.person == person)
        for word in words.split():
            asked = _Turn.answer["question"].as_string().icontains(word, autoescape=True)
            of_turn = select(_Turn.conversation).where(asked)
            wanted = wanted.where(or_(_Conversation.title.icontains(word, autoescape=True), _Conversation.id.in_(of_turn)))
        with self._session() as session:
            found = session.scalars(wanted.order_by(_Conversation.updated_at.desc()).limit(most))
            return [Conversation(c.id, c.title, c.updated_at) for c in found]

    def list(self, person: str = LOCAL_PERSON, most: int = 50) -> list[Conversation]:
        """A person's conversations, newest first."""
        wanted = select(_Conversation).where(_Conversation.person == person).order_by(_Conversation.updated_at.desc()).limit(most)
        with self._session() as session:
            return [Conversation(c.id, c.title, c.updated_at) for c in session.scalars(wanted)]

    def rename(self, conversation: str, title: str, person: str = LOCAL_PERSON) -> bool:
        """Give a conversation another title. False, and nothing is changed, where it is not the person's or the title is empty."""
        title = mask(clean(title))[:MOST_TITLE_CHARACTERS]
        with self._session() as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is None or held.person != person or not title:
                return False
            held.title = title
            session.merge(_Renamed(conversation=conversation))
        return True

    def _owns(self, turn: str, person: str) -> bool:
        wanted = (
            select(_Turn.id)
            .join(_Conversation, _Conversation.id == _Turn.conversation)
            .where(_Turn.id == turn, _Conversation.person == person)
        )
        with self._session() as session:
            return session.scalar(wanted) is not None

    def delete(self, conversation: str, person: str = LOCAL_PERSON) -> None:
        """Delete a conversation and all its turns."""
        with self._session() as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is not None and held.person == person:
                own = select(_Turn.id).where(_Turn.conversation == conversation)
                session.execute(delete(_Replaced).where(_Replaced.turn.in_(own)))
                session.execute(delete(_Turn).where(_Turn.conversation == conversation))
                session.delete(held)

    def delete_all(self, person: str = LOCAL_PERSON) -> None:
        """Delete everything that a person asked."""
        with self._session() as session, session.begin():
            own = select(_Conversation.id).where(_Conversation.person == person)
            session.execute(delete(_Replaced).where(_Replaced.turn.in_(select(_Turn.id).where(_Turn.conversation.in_(own)))))
            session.execute(delete(_Turn).where(_Turn.conversation.in_(own)))
            session.execute(delete(_Conversation).where(_Conversation.person == person))


def _may_be_named(session: Session, held: _Conversation) -> bool:
    """Whether no turn so far has answered anything, and nobody has given the conversation a name."""
    statuses = [row.get("status") for row in session.scalars(select(_Turn.answer).where(_Turn.conversation == held.id))]
    return session.get(_Renamed, held.id) is None and not any(status in ANSWERED for status in statuses)


def _title(answer: Answer) -> str:
    words = answer.standalone_question or answer.question
    return words if len(words) <= TITLE_CHARACTERS else words[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0] + " …"


def _use_sqlite_well(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted conversation is gone from the file too
    cursor.close()
