"""What staff decided on single passages: `tags.toml`, beside a manifest.

One `[[tag]]` a decision: source, start and end (offsets in the text that `--text` prints), text_hash (of the words there), component,
decision ("yes" or "no"), by, when. A "yes" is a tag by the method "confirmed", a "no" takes the machine's tag off; neither is ever
mixed up with what the machine finds. A decision holds only while its words stand where they stood.
"""

import hashlib
import json
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from hub.components import Model
from hub.domain import Chunk, Loaded, Noun, Tag, Words
from ingest.errors import ManifestError
from ingest.manifest import explain

NAME = "tags.toml"
CONFIRMED = "confirmed"


def _as_date(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    datetime.fromisoformat(str(value))
    return str(value)


class Decision(Noun):
    """One row of `tags.toml`."""

    source: Words
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text_hash: str = Field(pattern=r"^[0-9a-f]{16,64}$")
    """The sha256 of text[start:end] as UTF-8, or its first 16 digits or more."""
    component: str
    decision: Literal["yes", "no"]
    by: Words
    when: Annotated[str, BeforeValidator(_as_date)]
    """A date, or a date and a time."""
    name: str = Field(default="", pattern="^$")
    """The file and the row, for errors; no key of the file."""

    @property
    def stale(self) -> str:
        """What to say where its words no longer stand."""
        return f"{self.name}: its words no longer stand at {self.start} to {self.end}, so it does not count; decide anew"

    def stands(self, loaded: Loaded) -> bool:
        """Whether the words that were decided on stand where they stood."""
        words = loaded.text[self.start : self.end]
        return bool(words) and hashlib.sha256(words.encode()).hexdigest().startswith(self.text_hash)


def read_decisions(folder: Path, model: Model) -> list[Decision]:
    """The decisions beside a folder's manifest; none where there is no file. ManifestError names the row that is wrong."""
    path = folder / NAME
    if not path.is_file():
        return []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: not valid TOML ({error}); mend it, or move it away") from error
    unknown = [key for key in data if key != "tag"]
    rows = data.get("tag", [])
    if unknown or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        what = f'unknown table or key "{unknown[0]}"; it' if unknown else "it"
        raise ManifestError(f"{path}: {what} holds [[tag]] rows only, each with two brackets")
    return [_read_row(path, number, row, model) for number, row in enumerate(rows, 1)]


def _read_row(path: Path, number: int, row: dict[str, Any], model: Model) -> Decision:
    name = f"{path}, row {number}" + (f' ("{row["source"]}")' if row.get("source") else "")
    try:
        decision = Decision.model_validate(row).model_copy(update={"name": name})
    except ValidationError as error:
        raise ManifestError(f"{name}: {explain(error)}") from error
    known = [c.id for c in model.components]
    if decision.component not in known:
        raise ManifestError(f'{name}: no component has the id "{decision.component}"; use one of {", ".join(sorted(known))}')
    if decision.end <= decision.start:
        raise ManifestError(f"{name}: end = {decision.end} is not behind start = {decision.start}; mend the offsets")
    return decision


def as_kept(decisions: Sequence[Decision]) -> str:
    """A source's decisions as the library keeps them: whatever changes in them is noticed; "" for none."""
    return json.dumps([d.model_dump_json(exclude={"name"}) for d in decisions]) if decisions else ""


def from_kept(kept: str, source: str) -> tuple[Decision, ...]:
    """The decisions that the library keeps on a source."""
    return tuple(
        Decision.model_validate_json(d).model_copy(update={"name": f'"{source}", decision {n}'})
        for n, d in enumerate(json.loads(kept or "[]"), 1)
    )


def decide(chunks: Sequence[Chunk], loaded: Loaded, decisions: Sequence[Decision]) -> tuple[list[Chunk], list[str]]:
    """The chunks with what staff decided on them, and a warning for each decision whose words do not stand any more.

    Of two decisions on one chunk and component the later one holds.
    """
    told: dict[tuple[int, str], Decision] = {}
    warnings = []
    for decision in sorted(decisions, key=lambda d: d.when):
        number = holder(chunks, decision) if decision.stands(loaded) else None
        if number is None:
            warnings.append(decision.stale)
        else:
            told[number, decision.component] = decision
    by_chunk: dict[int, list[Decision]] = {}
    for (number, _), decision in told.items():
        by_chunk.setdefault(number, []).append(decision)
    return [_decided(chunk, by_chunk.get(n, [])) for n, chunk in enumerate(chunks)], warnings


def holder(chunks: Sequence[Chunk], decision: Decision) -> int | None:
    """The chunk that holds most of the span, or None where it stands in none."""
    shared = [min(c.end, decision.end) - max(c.start, decision.start) for c in chunks]
    best = max(range(len(chunks)), key=lambda n: shared[n], default=None)
    return best if best is not None and shared[best] > 0 else None


def _decided(chunk: Chunk, decisions: Sequence[Decision]) -> Chunk:
    if not decisions:
        return chunk
    about = {d.component for d in decisions}
    machine = [t for t in chunk.tags if t.component not in about]
    staff = [Tag(component=d.component, score=1.0, method=CONFIRMED) for d in decisions if d.decision == "yes"]
    return chunk.model_copy(update={"tags": tuple(sorted([*staff, *machine], key=lambda t: -t.score))})
