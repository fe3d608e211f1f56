"""The library as a list: one row a document, with how it stands. What is in trouble comes first."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hub.domain import Citation, Kind, Source
from hub.stock import Figures
from ingest.last import Unread
from ui.words import KINDS

State = Literal["failed", "waiting", "leaving", "warnings", "read", "set aside", "withdrawn"]
STATES: dict[State, str] = {
    "failed": "Could not be read",
    "waiting": "Waiting to be read",
    "leaving": "Being removed",
    "warnings": "Read, with warnings",
    "read": "Read",
    "set aside": "Invented, set aside",
    "withdrawn": "Withdrawn",
}
MARKS: dict[State, tuple[str, Literal["red", "orange", "gray", "green", "blue"]]] = {
    "failed": (":material/error:", "red"),
    "waiting": (":material/schedule:", "blue"),
    "leaving": (":material/delete:", "blue"),
    "warnings": (":material/warning:", "orange"),
    "read": (":material/check:", "green"),
    "set aside": (":material/science:", "gray"),
    "withdrawn": (":material/visibility_off:", "gray"),
}
"""Told apart by a shape, a colour and their words."""
_ORDER: dict[State, int] = {"failed": 0, "waiting": 1, "leaving": 1}


@dataclass(frozen=True)
class Row:
    """One document, held or not."""

    id: str
    title: str
    organisation: str
    kind: Kind
    published: str
    state: State
    illustrative: bool = False
    told: tuple[str, ...] = ()
    """What to know of it: why it failed and what to do, or what its reader warned of."""
    read_at: str = ""
    """When the library read what it holds; "" where it holds nothing of it."""
    pages: int = 0
    chunks: int = 0
    words: str = ""
    """What a search looks in."""
    reported: bool = False
    """Whether a reader has reported a problem with it."""

    @property
    def held(self) -> bool:
        """Whether the library holds a text of it."""
        return bool(self.read_at)


def list_rows(
    held: Mapping[str, Figures],
    unread: Iterable[Unread],
    uploads: Sequence[Source],
    uploads_folder: str,
    withdrawn: Iterable[Citation],
    illustrative: bool,
    reported: Collection[str] = (),
) -> list[Row]:
    """Every document that is held, should be, or was.

    `illustrative`: whether answers rest on invented ones even beside real ones. `reported`: those that a reader reported a problem with.
    """
    failed, uploaded = {u.source: u for u in unread}, {s.id for s in uploads}
    aside = not illustrative and any(not f.source.illustrative for f in held.values())
    rows = []
    for id, figures in held.items():
        leaving = figures.folder == uploads_folder and id not in uploaded
        rows.append(_of_held(figures, failed.get(id), leaving, aside))
    rows += [_of_unread(u) for id, u in failed.items() if id not in held]
    rows += [_of_waiting(s) for s in uploads if s.id not in held and s.id not in failed]
    rows += [_of_withdrawn(c) for c in {c.source: c for c in withdrawn}.values()]
    rows = [replace(r, reported=r.id in reported) for r in rows]
    return sorted(rows, key=lambda r: (_ORDER.get(r.state, 2 if r.reported else 3), r.title.lower(), r.id))


def _of_held(figures: Figures, unread: Unread | None, leaving: bool, aside: bool) -> Row:
    source, told = figures.source, figures.warnings
    state: State = "warnings" if told else "read"
    if aside and source.illustrative:
        state = "set aside"
    if unread:
        state, told = "failed", (f"{unread.reason}. What was read before stays in use.",)
    if leaving:
        state = "leaving"
    return Row(
        source.id, source.title, source.organisation, source.kind, source.published, state, source.illustrative, told,
        figures.read_at, figures.pages, figures.chunks, f"{source.title} {source.organisation} {' '.join(source.context.model_dump().values())}".lower(),
    )  # fmt: skip


def _of_unread(unread: Unread) -> Row:
    words = f"{unread.title} {unread.organisation}".lower()
    return Row(unread.source, unread.title, unread.organisation, unread.kind, "", "failed", told=(f"{unread.reason}.",), words=words)


def _of_waiting(source: Source) -> Row:
    words = f"{source.title} {source.organisation}".lower()
    return Row(source.id, source.title, source.organisation, source.kind, source.published, "waiting", source.illustrative, words=words)


def _of_withdrawn(citation: Citation) -> Row:
    words = f"{citation.title} {citation.organisation}".lower()
    told = ("It is no longer in the library. Answers that cite it stay; its quotes in them are withheld.",)
    return Row(
        citation.source, citation.title, citation.organisation, citation.kind, citation.published, "withdrawn", citation.illustrative,
        told, words=words,
    )  # fmt: skip


def find(rows: Sequence[Row], words: str = "", kind: str = "", state: str = "") -> list[Row]:
    """Those that have all the words, and are of that kind and state where one is named. What was withdrawn is shown only where it is asked for."""
    wanted = words.lower().split()
    return [
        r
        for r in rows
        if all(word in r.words for word in wanted) and kind in ("", r.kind) and (state == r.state or (not state and r.state != "withdrawn"))
    ]


def kinds_of(rows: Sequence[Row]) -> list[str]:
    """The kinds that there are, in the order that pages name them in."""
    return [kind for kind in KINDS if any(r.kind == kind for r in rows)]


def states_of(rows: Sequence[Row]) -> dict[State, int]:
    """How many are in each state, of the states that there are."""
    counts = Counter(r.state for r in rows)
    return {state: counts[state] for state in STATES if counts[state]}
