"""Conversations and their turns, kept by SQLAlchemy: SQLite beside the library unless the settings name another database.

A turn holds the whole Answer, so it opens again exactly as it was. A disclosure is never kept.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Engine, ForeignKey, Integer, String, create_engine, delete, event, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from hub.domain import Answer

LOCAL_PERSON = "local"
"""Whose conversations they are until there is a sign-in."""
NEVER_KEPT = frozenset({"safeguarding", "crisis"})
TITLE_CHARACTERS = 60


class ConversationsError(RuntimeError):
    """The database of conversations cannot be used; the message says what to do, and holds no address."""


class _Base(DeclarativeBase):
    pass


class _Conversation(_Base):
    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(String(200))
    updated_at: Mapped[str] = mapped_column(String(40), index=True)


class _Turn(_Base):
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
            self._engine: Engine = create_engine(url)
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _use_sqlite_well)
            _Base.metadata.create_all(self._engine)
        except (SQLAlchemyError, OSError, ImportError, ValueError) as error:
            raise ConversationsError(
                f"the database of conversations cannot be opened ({type(error).__name__}); check HUB_DATABASE_URL"
            ) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @staticmethod
    def start() -> str:
        """The id of a new conversation. It is kept once it has a turn."""
        return uuid.uuid4().hex

    def add(self, conversation: str, answer: Answer, person: str = LOCAL_PERSON) -> bool:
        """Keep a turn. False, and nothing is kept, where it must not be; a turn that is kept already is not doubled."""
        if answer.reason in NEVER_KEPT:
            return False
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with Session(self._engine) as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is not None and held.person != person:
                return False
            if held is None:
                session.add(_Conversation(id=conversation, person=person, title=_title(answer), updated_at=now))
                session.flush()
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
            .order_by(_Turn.ordinal)
        )
        with Session(self._engine) as session:
            return [Answer.model_validate(row) for row in session.scalars(wanted)]

    def list(self, person: str = LOCAL_PERSON, most: int = 50) -> list[Conversation]:
        """A person's conversations, newest first."""
        wanted = select(_Conversation).where(_Conversation.person == person).order_by(_Conversation.updated_at.desc()).limit(most)
        with Session(self._engine) as session:
            return [Conversation(c.id, c.title, c.updated_at) for c in session.scalars(wanted)]

    def delete(self, conversation: str, person: str = LOCAL_PERSON) -> None:
        """Delete a conversation and all its turns."""
        with Session(self._engine) as session, session.begin():
            held = session.get(_Conversation, conversation)
            if held is not None and held.person == person:
                session.execute(delete(_Turn).where(_Turn.conversation == conversation))
                session.delete(held)

    def delete_all(self, person: str = LOCAL_PERSON) -> None:
        """Delete everything that a person asked."""
        with Session(self._engine) as session, session.begin():
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
