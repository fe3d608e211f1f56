"""An answer as it is put together: text with markers, the claims that it makes, and the citation behind each marker."""

import re
from collections.abc import Sequence

from assistant.choose import Quote
from assistant.journey import Candidate
from assistant.profile import NOWHERE, Profile
from assistant.shelf import Shelf
from assistant.tables import column_name, table_lines
from hub.domain import Citation, Claim, Verdict, text_hash
from hub.library import Held
from hub.plain import CELL, LINE

_BRACKETED = re.compile(r"\[\s*(\d[\d.,;\s]*)\]")
INLINE = 2
"""More quotes than this under one introduction are set as a list."""


class Page:
    """Collects the lines of an answer. A quote is cited once; said again, it gets the same marker."""

    def __init__(self, shelf: Shelf, near: Profile = NOWHERE) -> None:
        self._shelf = shelf
        self.near = near
        """The asker's own trust."""
        self._lines: list[str] = []
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []
        self._markers: dict[tuple[str, int, int], int] = {}

    def frame(self, line: str) -> None:
        """A line that asserts nothing: a heading, a count, an introduction."""
        self._lines.append(line)

    def quote(self, before: str, quotes: Sequence[Quote], bullet: bool = False) -> None:
        """A line that quotes: `before`, then each quote in quotation marks with its marker. One claim a quote."""
        parts: list[str] = []
        for quote in quotes:
            marker = self._cite(quote)
            words = f"“{shown(quote.text)}”"
            parts.append(f"{words} [{marker}]")
            self.claims.append(Claim(text=f"{before} {words}".strip(), markers=(marker,), voice=quote.source.voice, verdict="quoted"))
        if len(parts) > INLINE:
            self._lines += [before, *(f"- {part}" for part in parts), ""]
        else:
            self._lines.append(f"{'- ' if bullet else ''}{before}{' ' if before else ''}{' '.join(parts)}")

    def table(self, corner: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, Sequence[Quote]]]]]) -> None:
        """A table, a claim each quote: (label, cells) a row; a cell is framing words, quotes, or both."""
        self.gap()
        names = [column_name(column) for column in columns]  # a claim is not of the context
        lines = [[f"**{label}**", *(self._cell(f"{name}:", *cell) for name, cell in zip(names, row, strict=True))] for label, row in rows]
        self._lines += [*table_lines([corner, *columns], lines), ""]

    def _cell(self, whose: str, framing: str, quotes: Sequence[Quote]) -> str:
        parts = [framing] if framing else []
        for quote in quotes:
            marker, words = self._cite(quote), f"“{shown(quote.text)}”"
            parts.append(f"{words} [{marker}]")
            self.claims.append(Claim(text=f"{whose} {words}", markers=(marker,), voice=quote.source.voice, verdict="quoted"))
        return " ".join(parts)

    def contrast(self, before: str, sides: Sequence[tuple[str, Quote]]) -> None:
        """What different organisations say, in one line: (whose, quote) each. What is quoted on the page already is only pointed at."""
        parts = []
        for whose, quote in sides:
            known = (quote.source.id, quote.start, quote.end) in self._markers
            parts.append(f"{whose} {self.marks([quote])[0]}" if known else f"{whose}: {self._cell(whose + ':', '', [quote])}")
        self.gap()
        self._lines.append(f"{before} {'; '.join(parts)}.")

    def quotes(self, candidate: Candidate) -> bool:
        """Whether the sentence stands on the page."""
        return any(id == candidate.source.id and start <= candidate.sentence.start < end for id, start, end in self._markers)

    def marks(self, quotes: Sequence[Quote]) -> list[str]:
        """The markers of quotes that stand on the page, to be named again."""
        return [f"[{self._cite(quote)}]" for quote in quotes]

    def say(self, before: str, words: str, quotes: Sequence[Quote], verdict: Verdict) -> str:
        """A sentence of an llm with the quotes it rests on; returns what was added to the text."""
        markers = tuple(self._cite(quote) for quote in quotes)
        voices = {quote.source.voice for quote in quotes}
        self.claims.append(Claim(text=words, markers=markers, voice=voices.pop() if len(voices) == 1 else "other", verdict=verdict))
        added = f"{words} {''.join(f'[{m}]' for m in markers)}"
        if not self._lines or before != " ":
            self._lines += ["", ""] if before == "\n\n" and self._lines else [""]
            self._lines[-1] = f"{'- ' if before == chr(10) + '- ' else ''}{added}"
        else:
            self._lines[-1] += f" {added}"
        return f"{before}{added}"

    def gap(self) -> None:
        """A paragraph's end."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    @property
    def text(self) -> str:
        """The answer in Markdown."""
        return "\n".join(self._lines).strip()

    def _cite(self, quote: Quote) -> int:
        key = (quote.source.id, quote.start, quote.end)
        if key not in self._markers:
            self._markers[key] = len(self.citations) + 1
            self.citations.append(cite(self._shelf, quote, self._markers[key]))
        return self._markers[key]


def shown(quote: str) -> str:
    """A quote on one line: a row's cells and a cell's lines apart."""
    quote = _BRACKETED.sub(r"(\1)", quote)  # a note's number in the source would read as a marker
    quote = quote.replace(f":{LINE}", ": ")  # an item after the line that opens its list
    return quote.replace(CELL, " · ").replace(LINE, " · ").replace("“", "‘").replace("”", "’").replace('"', "'")


def cite(shelf: Shelf, quote: Quote, marker: int, held: Held | None = None) -> Citation:
    """The citation of a quote: its place is where it begins. `held`: its source, where the caller has read it already."""
    source, chunk = quote.source, quote.chunk
    held = held or shelf.library.held(source.id)
    place = held.loaded.place(quote.start, chunk.place.heading) if held else chunk.place
    return Citation(
        marker=marker, source=source.id, title=source.title, organisation=source.organisation, kind=source.kind, published=source.published,
        illustrative=source.illustrative, ocr=bool(held and held.loaded.read_by_ocr(quote.start)), page=place.page, page_label=place.page_label, heading=place.heading,
        components=tuple(t.component for t in chunk.tags), tag_method=chunk.tags[0].method if chunk.tags else "",
        quote=quote.text, start=quote.start, end=quote.end, url=held.loaded.address(source.url, quote.start) if held else source.url, licence=source.licence, lead=quote.lead,
        text_hash=text_hash(held.loaded.text) if held else "",
    )  # fmt: skip
