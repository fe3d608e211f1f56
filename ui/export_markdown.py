"""An export as Markdown: notes are footnotes, as most programs that read Markdown know them."""

import re
from collections.abc import Iterator

from ui.export import INVENTED, LEGEND, Cell, Note, Paper, Part, Run, Section
from ui.reference import DO_NOT_CITE

_ACTIVE = re.compile(r"([\\`*_<>\[\]|~$])")
_OPENS = re.compile(r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|\d+(?=[.)]\s)|=+$|-+$)")


def paper_markdown(paper: Paper) -> str:
    """The whole file. Nothing that a document says is active in it."""
    lines = [f"# {_plain(paper.title)}", "", f"*Exported from the School Improvement Hub assistant on {paper.date}.*"]
    if paper.evidence:
        lines += ["", _plain(paper.evidence)]
    if paper.illustrative:
        lines += ["", f"> **{_plain(INVENTED)}**"]
    for section in paper.sections:
        lines += ["", *_section(section, len(paper.sections) == 1)]
    words = {r.text for s in paper.sections for p in s.parts for row in p.rows for cell in row for r in cell if r.verdict}
    if words:
        lines += ["", "## How far the sentences were checked", "", *(f"- {LEGEND[w]}" for w in sorted(words))]
    if any(s.notes for s in paper.sections):
        lines += ["", "## How to cite this", "", _plain(paper.how_to_cite), "", "## Notes"]
    for section in paper.sections:
        for note in section.notes:
            lines += ["", _note(note)]
    return "\n".join(lines) + "\n"


def _section(section: Section, single: bool) -> Iterator[str]:
    if not single:
        yield f"## {_plain(section.question)}"
    for before, part in zip((None, *section.parts), section.parts, strict=False):
        if before is None or not (before.kind == part.kind == "bullet"):
            yield ""
        yield from _part(part)
    for notice in section.notices:
        yield from ("", f"*{_plain(notice)}*")
    if section.made_by:
        yield from ("", f"*{_plain(section.made_by)}*")


def _part(part: Part) -> Iterator[str]:
    if part.kind == "table":
        head, *rows = part.rows
        yield f"| {' | '.join(map(_cell, head))} |"
        yield f"|{' --- |' * len(head)}"
        yield from (f"| {' | '.join(map(_cell, row))} |" for row in rows)
        return
    words = _cell(part.rows[0][0])
    if part.kind == "heading":
        yield f"### {words}"
        return
    yield f"- {words}" if part.kind == "bullet" else _OPENS.sub(r"\1\\\2", words)


def _cell(cell: Cell) -> str:
    return "".join(map(_run, cell))


def _run(run: Run) -> str:
    if run.note:
        return f"[^{run.note}]"
    if run.verdict:
        return f"*({_plain(run.text)})*"
    words = _plain(run.text)
    bare = words.strip()
    mark = f"{'**' if run.bold else ''}{'*' if run.italic else ''}"
    return words.replace(bare, f"{mark}{bare}{mark[::-1]}", 1) if bare and mark else words


def _note(note: Note) -> str:
    parts = [DO_NOT_CITE if note.illustrative else "", note.quote, note.reference, *note.facts]
    address = [f"<{note.url}>"] if note.url else []
    return f"[^{note.number}]: {' '.join([*(_plain(p) for p in parts if p), *address])}"


def _plain(text: str) -> str:
    return _ACTIVE.sub(r"\\\1", re.sub(r"\s+", " ", text))
