"""The conceptual model as data: strands and components, read from `sources/components.toml`."""

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from hub.domain import Noun
from hub.settings import ROOT

T = TypeVar("T", bound=Noun)

REMEMBERED = 8192
"""Texts whose names are remembered."""
LEAST_LETTERS = 4
"""Of a word by which a strand may be called."""
MODEL_FILE = ROOT / "sources" / "components.toml"


class ModelError(ValueError):
    """The model's file cannot be used; the message names the row."""


class Strand(Noun):
    """One of the three."""

    id: str
    name: str
    gloss: str
    variants: tuple[str, ...] = ()


class Component(Noun):
    """One of the twelve."""

    id: str
    name: str
    strand: str
    gloss: str
    variants: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    """Pairs of words by which a sentence shows that something of the kind is done; `ingest/signs.py` reads them."""
    examples: tuple[str, ...] = ()
    """Sentences of our own that are about the component."""
    everyday: tuple[str, ...] = ()
    """Forms of the name that are everyday words: alone, in lower case, they do not name the component."""


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the phrases as whole words; "and" and "&", and hyphens and spaces, stand for each other."""
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        words = re.split(r"[\s\-‐‑–]+", phrase.strip().lower())
        parts.append(r"[\s\-‐‑–]+".join(r"(?:and|&)" if w in ("and", "&") else re.escape(w) for w in words))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else re.compile(r"(?!)")


def describe(component: Component) -> str:
    """What a component is compared by: its gloss, and phrases by which people speak of it."""
    return f"{component.name}: {component.gloss} {'; '.join(component.cues[:8])}"


class Model(Noun):
    """The strands and components, each once, in the model's order."""

    strands: tuple[Strand, ...]
    components: tuple[Component, ...]
    none: tuple[str, ...] = ()
    """Sentences of school life that are about no component."""

    def component(self, id: str) -> Component:
        """The component of that id; KeyError where there is none."""
        return self._by_id[id]

    def strand(self, id: str) -> Strand:
        """The strand of that id; KeyError where there is none."""
        return {s.id: s for s in self.strands}[id]

    def of_strand(self, id: str) -> tuple[Component, ...]:
        """The components of one strand, in order."""
        return tuple(c for c in self.components if c.strand == id)

    @cached_property
    def _by_id(self) -> dict[str, Component]:
        return {c.id: c for c in self.components}

    @cached_property
    def _names(self) -> list[tuple[Component, re.Pattern[str], re.Pattern[str]]]:
        rows = []
        for c in self.components:
            plain = [p for p in (c.name, *c.variants) if p.lower() not in c.everyday]
            proper = [p for p in (c.name, *c.variants) if p.lower() in c.everyday]
            # An everyday word counts only as the model writes it: "Connect", inside a sentence or in quotation marks.
            capital = "|".join(re.escape(p[0].upper() + p[1:]) for p in proper)
            rows.append(
                (
                    c,
                    phrase_pattern(plain),
                    re.compile(rf"(?<=[a-z,:“‘\"'(*] )(?:{capital})(?![\w’'])|[“‘\"'](?:{capital})[”’\"']")
                    if capital
                    else re.compile("(?!)"),
                )
            )
        return rows

    def named_in(self, text: str) -> tuple[str, ...]:
        """Ids of the components that a text names, in order of first mention."""
        read = self._read
        if (known := read.get(text)) is None:
            if len(read) >= REMEMBERED:
                read.clear()
            known = read[text] = self._find(text)
        return known

    @cached_property
    def _read(self) -> dict[str, tuple[str, ...]]:
        """What was found in texts of late: each question looks through the same sentences again."""
        return {}

    def _find(self, text: str) -> tuple[str, ...]:
        found = []
        for component, plain, proper in self._names:
            match = plain.search(text) or proper.search(text)
            if match:
                found.append((match.start(), component.id))
        return tuple(id for _, id in sorted(found))

    def called(self, label: str) -> tuple[str, ...]:
        """The component whose name or variant a label is, whole: a table's cell, a heading, a bare question."""
        bare = _bare(label)
        return tuple(id for id, names in self._bare_names if bare and bare in names)

    @cached_property
    def _bare_names(self) -> list[tuple[str, frozenset[str]]]:
        return [(c.id, frozenset(_bare(p) for p in (c.name, *c.variants))) for c in self.components]

    def cue_in(self, id: str, text: str) -> bool:
        """Whether a text names the component or has one of its cue phrases."""
        return bool(self._cues[id].search(text)) or id in self.named_in(text)

    @cached_property
    def _cues(self) -> dict[str, re.Pattern[str]]:
        return {c.id: phrase_pattern(c.cues) for c in self.components}

    def strands_named_in(self, text: str) -> tuple[str, ...]:
        """Ids of the strands that a text names, by name or by a word of its own: "the goals strand", "the strand on capability"."""
        return tuple(s.id for s in self.strands if self._strand_names[s.id].search(text))

    @cached_property
    def _strand_names(self) -> dict[str, re.Pattern[str]]:
        words = {s.id: {w for w in _bare(s.name).split() if len(w) >= LEAST_LETTERS} for s in self.strands}
        patterns = {}
        for strand in self.strands:
            stems = [re.escape(w.removesuffix("s")) for w in words[strand.id] if not any(w in words[o] for o in words if o != strand.id)]
            own = rf"(?:{'|'.join(sorted(stems))})\w*"
            loosely = (
                rf"\b{own} (?:\w+ )?strand\b|\bstrand (?:on|about|for|of|called|named) (?:[\w’'-]+ ){{0,3}}?{own}" if stems else "(?!)"
            )
            patterns[strand.id] = re.compile(f"{phrase_pattern((strand.name, *strand.variants)).pattern}|{loosely}", re.IGNORECASE)
        return patterns


def _bare(label: str) -> str:
    return " ".join(re.findall(r"\w+", label.lower().replace("&", "and").replace("-", " ")))


def load_model(path: Path = MODEL_FILE) -> Model:
    """Read the model. ModelError on an unreadable file, an unknown key, a duplicate or a dangling id."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{path}: {error}") from error
    none = data.pop("none", {"examples": []})
    if not isinstance(none, dict) or list(none) != ["examples"] or not all(isinstance(s, str) for s in none["examples"]):
        raise ModelError(f"{path}: [none] holds a list of sentences, examples, and nothing else")
    for key in data:
        if key not in ("strand", "component"):
            raise ModelError(f"{path}: unknown table [{key}]; use [[strand]], [[component]] and [none]")
        if not isinstance(data[key], list):
            raise ModelError(f"{path}: write [[{key}]] with two brackets")
    strands = tuple(_row(path, "strand", Strand, row) for row in data.get("strand", []))
    components = tuple(_row(path, "component", Component, row) for row in data.get("component", []))
    seen: set[str] = set()
    for id in (*(s.id for s in strands), *(c.id for c in components)):
        if id in seen:
            raise ModelError(f'{path}: the id "{id}" stands twice')
        seen.add(id)
    for component in components:
        if component.strand not in {s.id for s in strands}:
            raise ModelError(f'{path}, component "{component.id}": no strand has the id "{component.strand}"')
    return Model(strands=strands, components=components, none=tuple(none["examples"]))


def _row(path: Path, kind: str, noun: type[T], row: dict[str, object]) -> T:
    try:
        return noun.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(f'{path}, {kind} "{row.get("id", "?")}": {".".join(map(str, first["loc"]))}: {first["msg"]}') from error
