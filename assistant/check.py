"""The seventh step: nothing leaves that does not stand in its source.

Every quote is found again, word for word, in the text that the library holds, at the offsets that it names. What fails is taken
out of the answer: the citation, its marker and the claims that rested on it alone. An answer with none left is a refusal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.journey import Draft
from assistant.tables import cells_of, table_line
from assistant.wording import ALIKE, DIFFERENT
from hub.domain import Citation
from hub.library import Library
from hub.quotes import stands_at

FALLEN = "*left out: its words no longer stand in the source*"
"""What a table's cell says whose quote fell."""
_MARKER = re.compile(r"\s?\[(\d+)\]")
_HEADING = re.compile(r"\*\*[^*]+\*\*")
_PART = re.compile(r"(?:“[^”]*”|[^\[\]“”]+)(?:\s?\[\d+\])+\s*")
"""What stands before a group of markers, as far back as the group before it: a quote, or a sentence."""


def check(draft: Draft, library: Library) -> Draft:
    """The draft with only the citations that stand, renumbered in the order of the text."""
    good = {c.marker: c for c in draft.citations if _stands(c, library)}
    if len(good) == len(draft.citations):
        return draft
    lines = list(_kept_lines(draft.text.split("\n"), good))
    order = [int(m) for m in dict.fromkeys(_MARKER.findall("\n".join(lines))) if int(m) in good]
    renumbered = {old: new for new, old in enumerate(order, 1)}
    return replace(
        draft,
        status=draft.status if renumbered else "no_evidence",
        text=_MARKER.sub(lambda m: m[0].replace(m[1], str(renumbered[int(m[1])])), "\n".join(lines)),
        claims=tuple(
            c.model_copy(update={"markers": tuple(renumbered[m] for m in c.markers if m in renumbered)})
            for c in draft.claims
            if any(m in renumbered for m in c.markers)
        ),
        citations=tuple(good[old].model_copy(update={"marker": new}) for old, new in renumbered.items()),
        nearest=tuple(n.model_copy(update={"marker": renumbered[n.marker]}) for n in draft.nearest if n.marker in renumbered),
    )


def _stands(citation: Citation, library: Library) -> bool:
    held = library.held(citation.source)
    return held is not None and stands_at(citation.quote, held.loaded, citation.start, citation.end)


def _kept_lines(lines: Sequence[str], good: Mapping[int, Citation]) -> Iterator[str]:
    """The lines without what fell, and without a heading under which nothing is left."""
    kept = [_without_fallen(line, good) for line in lines]
    for n, line in enumerate(lines):
        under = [k for k, _ in zip(kept[n + 1 :], takewhile(lambda after: after.startswith("- "), lines[n + 1 :]), strict=False)]
        bare = _HEADING.fullmatch(line) and under and not any(under)
        if (left := kept[n]) is not None and not bare:
            yield left


def _without_fallen(line: str, good: Mapping[int, Citation]) -> str | None:
    """A line without the parts whose markers fell: each quote with its marker, or each sentence. None where nothing is left of it."""
    markers = [int(m) for m in _MARKER.findall(line)]
    if all(m in good for m in markers):
        return line
    if line.startswith((ALIKE, DIFFERENT)):
        return None
    if cells := cells_of(line):
        return table_line([_without_fallen(cell, good) or FALLEN for cell in cells])
    parts = _PART.findall(line)
    kept = [_without_markers(part, good) for part in parts if _rests(part, good)]
    if not kept:
        return None
    return (line[: line.find(parts[0])] + "".join(kept)).rstrip()


def _rests(part: str, good: Mapping[int, Citation]) -> bool:
    """Whether a part still rests on something: a quote on its own citation, a sentence on any of its."""
    stand = [int(m) in good for m in _MARKER.findall(part)]
    return all(stand) if part.startswith("“") else any(stand)


def _without_markers(part: str, good: Mapping[int, Citation]) -> str:
    return _MARKER.sub(lambda m: m[0] if int(m[1]) in good else "", part)
