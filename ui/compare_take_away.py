"""A comparison as a Word file: its table with numbered notes, as an answer's file has them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.explore.compared import NOT_DESCRIBED, Compared, Comparison
from assistant.explore.rows import STATE_WORDS
from hub.domain import Answer
from hub.library import Library
from ui.export import Cell, Paper, Part, Run, clean, make_paper
from ui.export_word import paper_word
from ui.reference import quoted

_NAMED = re.compile(r"\*([^*]+)\*")


def comparison_paper(found: Comparison, report: Answer, library: Library, today: date) -> Paper:
    """The paper: the table, what is alike, what differs, and every reference. `report`: the comparison as an answer."""
    paper = make_paper([report], library, today)
    parts = [_table(found)]
    for title, lines in found.said:
        parts.append(Part("paragraph", (((Run(title, bold=True),),),)))
        parts += [Part("bullet", ((_line(line),),)) for line in lines]
    section = replace(paper.sections[0], parts=tuple(parts), notices=tuple(map(clean, found.notes)))
    return replace(paper, title=clean(f"Side by side: {report.question}"), sections=(section,))


def word_file(found: Comparison, report: Answer, library: Library) -> bytes:
    """The paper as a Word file."""
    return paper_word(comparison_paper(found, report, library, date.today()))


def _table(found: Comparison) -> Part:
    head: list[Cell] = [(Run(""),), *((Run(clean(c.name + (f" ({c.context})" if c.context else ""))),) for c in found.columns)]
    rows = [(((Run(clean(row.label), bold=True),), *map(_cell, row.cells))) for row in found.told]
    return Part("table", (tuple(head), *rows))


def _cell(cell: Compared) -> Cell:
    runs: list[Run] = []
    for n, quote in enumerate(cell.quotes):
        lead = f"({' '.join(quote.lead.split())}) " if quote.lead and quote.tag_method != "row" else ""
        runs += [Run(clean(f"{' ' if n else ''}{lead}{quoted(quote)} ")), Run("", note=quote.marker)]
    if cell.state in ("mentioned", "nearest"):
        runs.append(Run(f" ({STATE_WORDS[cell.state]}; {cell.note})", italic=True))
    return tuple(runs) or (Run(NOT_DESCRIBED, italic=True),)


def _line(text: str) -> Cell:
    parts: Sequence[str] = _NAMED.split(clean(text))
    return tuple(Run(part, italic=bool(n % 2)) for n, part in enumerate(parts) if part)
