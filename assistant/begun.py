"""The question that a conversation is having answered, kept until that has ended: where the program stops in between, it is not lost.

It is kept once the guard has let it through, masked as a turn's question is; a disclosure never is.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple

from sqlalchemy import String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.feedback import Base
from assistant.masks import mask
from hub.plain import clean


class _Begun(Base):
    __tablename__ = "begun"
    conversation: Mapped[str] = mapped_column(String(32), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    upto: Mapped[str] = mapped_column(String(32))
    replaces: Mapped[str] = mapped_column(String(32))


class Begun(NamedTuple):
    """A question that was begun, and its place in the conversation, as the desk names it."""

    question: str
    upto: str
    replaces: str


class BegunQuestions:
    """The store: at most one question a conversation. `session` opens one whose errors are plain."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self._session = session

    def keep(self, conversation: str, question: str, upto: str = "", replaces: str = "") -> None:
        """Keep it, in place of the one before."""
        with self._session() as session, session.begin():
            session.merge(_Begun(conversation=conversation, question=mask(clean(question)), upto=upto, replaces=replaces))

    def of(self, conversation: str) -> Begun | None:
        """What was begun there and has not ended."""
        with self._session() as session:
            held = session.get(_Begun, conversation)
            return Begun(held.question, held.upto, held.replaces) if held else None

    def forget(self, conversation: str = "") -> None:
        """It has ended, or is not wanted; without a conversation, everybody's."""
        with self._session() as session, session.begin():
            session.execute(delete(_Begun).where(_Begun.conversation == conversation) if conversation else delete(_Begun))
