"""Conversations and their turns, kept by SQLAlchemy: SQLite beside the library unless the settings name another database.

A turn holds the whole Answer, so it opens again exactly as it was. A disclosure is never kept.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import JSON, Engine, ForeignKey, Integer, String, create_engine, delete, event, func, or_, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.feedback import Base, Feedback
from assistant.masks import mask
from hub.domain import Answer
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

    def add(self, conversation: str, answer: Answer, person: str = LOCAL_PERSON) -> bool:
        """Keep a turn. False, and nothing is kept, where it must not be; a turn that is kept already is not doubled."""
        if answer.reason in NEVER_KEPT:
            return False
        try:
            return self._add(conversation, answer, person)
        except _BegunElsewhere:  # a second tab of the same conversation: it is there now
            return self._add(conversation, answer, person)

    def _add(self, conversation: str, answer: Answer, person: str) -> bool:
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._session() as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is not None and held.person != person:
                return False
            if held is None:
                session.add(_Conversation(id=conversation, person=person, title=_title(answer), updated_at=now))
                try:
                    session.flush()
                except IntegrityError:
                    raise _BegunElsewhere from None
            else:
                held.updated_at = now
            if session.get(_Turn, answer.id) is None:
                last = session.scalar(select(func.max(_Turn.ordinal)).where(_Turn.conversation == conversation))
                session.add(_Turn(id=answer.id, conversation=conversation, ordinal=(last or 0) + 1, asked_at=now, answer=answer.as_json()))
        return True

    def turns(self, conversation: str, person: str = LOCAL_PERSON) -> list[Answer]:
        """A person's conversation, oldest turn first; empty where there is none."""
        wanted = (
            select(_Turn.answer)
            .join(_Conversation, _Conversation.id == _Turn.conversation)
            .where(_Turn.conversation == conversation, _Conversation.person == person)
            .order_by(_Turn.ordinal, _Turn.asked_at)
        )
        with self._session() as session:
            return [Answer.model_validate(row) for row in session.scalars(wanted)]

    def cited(self) -> set[tuple[str, str]]:
        """The source and the name of its text (`text_hash`) of every citation that is kept, whoever asked."""
        with Session(self._engine) as session:
            rows = session.scalars(select(_Turn.answer).execution_options(yield_per=100))
            return {(c["source"], c["text_hash"]) for row in rows for c in row.get("citations", ()) if c.get("text_hash")}

    def unanswered(self) -> Iterator[str]:
        """The questions of every turn that found no evidence, oldest first, whoever asked; as they were kept, so mask them before they are shown."""
        wanted = select(_Turn.answer).order_by(_Turn.asked_at, _Turn.id).execution_options(yield_per=100)
        with self._session() as session:
            for row in session.scalars(wanted):
                if row.get("status") == "no_evidence":
                    yield row.get("standalone_question") or row.get("question") or ""

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
                session.execute(delete(_Turn).where(_Turn.conversation == conversation))
                session.delete(held)

    def delete_all(self, person: str = LOCAL_PERSON) -> None:
        """Delete everything that a person asked."""
        with self._session() as session, session.begin():
            own = select(_Conversation.id).where(_Conversation.person == person)
            session.execute(delete(_Turn).where(_Turn.conversation.in_(own)))
            session.execute(delete(_Conversation).where(_Conversation.person == person))


def _title(answer: Answer) -> str:
    words = answer.standalone_question or answer.question
    return words if len(words) <= TITLE_CHARACTERS else words[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0] + " …"


def _use_sqlite_well(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # a deleted conversation is gone from the file too
    cursor.close()
