"""A person's own trust in a few figures, and which case studies are near to it. It orders and marks what is shown; it never
decides what counts as evidence."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.feedback import Base
from assistant.names import PHASES, of_phase, of_regions
from assistant.size import number_in
from assistant.wording import NEAR, name_of
from hub.domain import CASE_STUDY, Source
from hub.places import REGIONS

MOST_SCHOOLS, MOST_PUPILS = 500, 500_000
ABOUT = 2.0
"""A number is about another where neither is more than so many times the other."""


@dataclass(frozen=True)
class Profile:
    """What a person says of their own trust or school; "" and 0 where they do not."""

    phase: str = ""
    region: str = ""
    schools: int = 0
    pupils: int = 0

    def __bool__(self) -> bool:
        return any(asdict(self).values())


NOWHERE = Profile()


def near(profile: Profile, source: Source) -> tuple[str, ...]:
    """In what a case study is near to a person's own trust, in a few words each; empty where in nothing, or nothing is set."""
    if source.kind != CASE_STUDY:
        return ()
    c = source.context
    found = []
    if profile.phase and of_phase([source], profile.phase):
        found.append(profile.phase)
    if profile.region and of_regions([source], (profile.region,)):
        found.append(profile.region)
    if _about(profile.schools, number_in(c.schools)):
        found.append("a similar number of schools")
    if _about(profile.pupils, number_in(c.pupils)):
        found.append("a similar number of pupils")
    return tuple(found)


def near_line(profile: Profile, sources: Iterable[Source]) -> str:
    """One line that names those of the sources that are near, and in what; "" where none is."""
    told = {name_of(source): ", ".join(in_what) for source in sources if (in_what := near(profile, source))}
    return f"*{NEAR.capitalize()}: {'; '.join(f'{name} ({in_what})' for name, in_what in told.items())}.*" if told else ""


def _about(own: int, theirs: float | None) -> bool:
    return bool(own and theirs) and max(own, theirs or 0) <= ABOUT * min(own, theirs or 0)


def read_profile(said: dict[str, Any]) -> Profile:
    """A profile of what was kept or typed; what cannot be is left out."""
    phase, region = str(said.get("phase", "")), str(said.get("region", ""))
    return Profile(
        phase=phase if phase in PHASES else "",
        region=region if region in REGIONS else "",
        schools=_whole(said.get("schools"), MOST_SCHOOLS),
        pupils=_whole(said.get("pupils"), MOST_PUPILS),
    )


def _whole(said: object, most: int) -> int:
    return min(max(0, said), most) if isinstance(said, int) else 0


class _Profile(Base):
    __tablename__ = "profiles"
    person: Mapped[str] = mapped_column(String(200), primary_key=True)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)


class Profiles:
    """The store: one profile a person. `session` opens one whose errors are plain."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self._session = session

    def of(self, person: str) -> Profile:
        """What a person said; an empty profile where they said nothing."""
        with self._session() as session:
            held = session.get(_Profile, person)
            return read_profile(held.said) if held else Profile()

    def keep(self, person: str, profile: Profile) -> None:
        """Keep it in place of what was said before; an empty one is forgotten."""
        with self._session() as session, session.begin():
            if profile:
                session.merge(_Profile(person=person, said=asdict(profile)))
            elif held := session.get(_Profile, person):
                session.delete(held)
