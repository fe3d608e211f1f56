"""Answers as Markdown that is safe to show: what a document says never becomes a link, a picture, a formula or a colour."""

import re
from collections.abc import Collection, Sequence

from assistant.tables import cells_of
from hub.domain import Answer, Claim, Verdict

_MARKS: dict[Verdict, str] = {"supported": "judged", "not_verified": "not verified"}
"""A small word after each sentence of a language model. A quote needs none: its quotation marks and its number say what it is."""
_MARKER = re.compile(r"\\\[(\d+)\\\]")
_ACTIVE = re.compile(r"([\\`$<>~|\[\]_:#])")


def escape(text: str) -> str:
    """Text as itself: nothing in it is Markdown."""
    return re.sub(r"([\\`$<>~|\[\]_:#*!+\-.()])", r"\\\1", text)


def whole_markdown(answer: Answer, id: str) -> str:
    """A whole answer. `id`: what its markers name it by."""
    own = {str(m) for c in answer.claims if c.voice == "model" for m in c.markers}
    return answer_markdown(answer.text, id, answer.claims if answer.llm else (), own)


def answer_markdown(text: str, answer: str, claims: Sequence[Claim] = (), own: Collection[str] = ()) -> str:
    """An answer's text with its emphasis and bullets kept, and each marker a link that opens its citation's card.

    `claims`: an llm's sentences; each is followed by its verdict in small grey words. `own`: the markers that lead to the model's own
    documents; what rests on nothing else is set in, so that the two voices are told apart at a glance.
    """
    safe = "\n".join(_set_in([_safe(line) for line in text.split("\n")], set(own)))
    at = 0
    for claim in claims:
        said = _ACTIVE.sub(r"\\\1", f"{claim.text} {''.join(f'[{m}]' for m in claim.markers)}")
        if (found := safe.find(said, at)) < 0:
            continue
        at = found + len(said)
        if mark := _MARKS.get(claim.verdict):
            safe = f"{safe[:at]} :gray[:small[{mark}]]{safe[at:]}"
    return _MARKER.sub(lambda m: f"[\\[{m[1]}\\]](#source-{answer}-{m[1]})", safe)


def _set_in(lines: list[str], own: set[str]) -> list[str]:
    """The lines, those of the model's own voice as a quotation, with what leads into them and the gaps between them."""
    held = [set(_MARKER.findall(line)) for line in lines]
    speaks = [bool(marks) and marks <= own and not line.startswith("|") for marks, line in zip(held, lines, strict=True)]
    for n in range(len(lines) - 2, -1, -1):
        leads = lines[n].endswith(":") and not held[n]
        speaks[n] = speaks[n] or (speaks[n + 1] and (leads or (not lines[n].strip() and n > 0 and speaks[n - 1])))
    shown: list[str] = []
    for n, line in enumerate(lines):
        if n and speaks[n - 1] and not speaks[n] and line.strip():
            shown.append("")  # else the line would go on in the quotation
        shown.append(f"> {line}" if speaks[n] else line)
    return shown


def _safe(line: str) -> str:
    """One line of an answer: a table's keeps its bars, and nothing in its cells makes another."""
    cells = cells_of(line)
    if cells == []:
        return line.strip()
    safe = [_ACTIVE.sub(r"\\\1", cell) for cell in cells or [line]]
    return safe[0] if cells is None else f"| {' | '.join(safe)} |"
