"""The questions that a team works through, component by component: our own, read from `sources/questions.toml`."""

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from hub.components import Model, ModelError
from hub.domain import Noun, Words
from hub.settings import ROOT

QUESTIONS_FILE = ROOT / "sources" / "questions.toml"


class Return(Noun):
    """A way from one component back to another."""

    to: str
    why: Words


class Asking(Noun):
    """What to ask of one component, and where the answers may lead back to."""

    id: str
    questions: tuple[Words, ...]
    signs: tuple[Words, ...] = ()
    """Words by which a strategy speaks of it."""
    sure_signs: tuple[Words, ...] = ()
    """Those that settle it, however unlike the rest of the sentence is."""
    returns: tuple[Return, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches a sign. `*` is the rest of a word, ` .. ` up to five words between, `#` a number."""
        return _any_of(self.signs)

    @cached_property
    def sure(self) -> re.Pattern[str]:
        """Matches a sign that settles it."""
        return _any_of(self.sure_signs)


def _any_of(signs: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_as_pattern, signs)) or r"(?!)", re.IGNORECASE)


def _as_pattern(sign: str) -> str:
    parts = []
    for part in sign.split(" .. "):
        words = re.escape(part)
        for escaped, plain in (
            (r"\*", r"[\w,.]*"),
            (r"\ ", r"\s+"),
            (r"\(", "(?:"),
            (r"\)", ")"),
            (r"\|", "|"),
            (r"\?", "?"),
            (r"\#", r"\d[\d,.]*"),
        ):
            words = words.replace(escaped, plain)
        parts.append(words)
    head = r"(?<!\w)" if sign[0].isalnum() or sign[0] == "(" else ""
    tail = r"(?!\w)" if sign[-1].isalnum() or sign[-1] == ")" else ""
    return head + r"\W+(?:[\w%£,.’'-]+\W+){0,5}?".join(parts) + tail


def load_questions(model: Model, path: Path = QUESTIONS_FILE) -> dict[str, Asking]:
    """The questions by component, in the model's order. ModelError on an unreadable file, a missing, doubled or unknown component."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path}: {error}") from error
    rows = data.get("component")
    if list(data) != ["component"] or not isinstance(rows, list):
        raise ModelError(f"{path}: use [[component]] rows, and nothing else")
    known = [c.id for c in model.components]
    asked: dict[str, Asking] = {}
    for row in rows:
        name = row.get("id", "?") if isinstance(row, dict) else "?"
        try:
            asking = Asking.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            raise ModelError(f'{path}, component "{name}": {".".join(map(str, first["loc"]))}: {first["msg"]}') from error
        strange = [id for id in (asking.id, *(r.to for r in asking.returns)) if id not in known]
        if strange or asking.id in asked or not asking.questions:
            what = (
                f'no component has the id "{strange[0]}"'
                if strange
                else "the row stands twice"
                if asking.id in asked
                else "it has no questions"
            )
            raise ModelError(f'{path}, component "{name}": {what}')
        asked[asking.id] = asking
    if missing := [id for id in known if id not in asked]:
        raise ModelError(f'{path}: no row for the component "{missing[0]}"')
    return {id: asked[id] for id in known}
