"""A pathway taken away: every component with its quotes, the reader's own words and notes, and numbered references, as Word or Markdown."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from assistant.explore.pathway import Pathway, Practice, Stop
from assistant.pathways import KeptPathway
from hub.domain import Answer, Citation
from hub.library import Library
from ui import files, pathway_prose, session
from ui.export import Note, Paper, Part, Run, Section, clean, make_note, make_section
from ui.export_markdown import paper_markdown
from ui.export_word import MIME, paper_word
from ui.reference import quoted

NO_DRAFTS: Mapping[str, Answer] = MappingProxyType({})


def show(kept: KeptPathway, traced: Pathway) -> None:
    """A popover with the files."""
    shelf, today, drafts = session.assistant().shelf, date.today(), pathway_prose.drafts_of(kept.id)

    def paper() -> Paper:
        return make_pathway_paper(kept, traced, shelf.library, today, drafts)

    files.offer(
        "Export",
        f"pathway-{kept.id}",
        (kept, traced, shelf.state, today, drafts),
        files.File("Word", "pathway.docx", MIME, files.WORD, lambda: paper_word(paper())),
        files.File("Markdown", "pathway.md", "text/markdown", files.TEXT, lambda: paper_markdown(paper()).encode()),
        said="The whole pathway with your notes and every reference",
    )


def make_pathway_paper(
    kept: KeptPathway, traced: Pathway, library: Library, today: date, drafts: Mapping[str, Answer] = NO_DRAFTS
) -> Paper:
    """The paper: what it is, then a section a component, then what a language model wrote of some. Notes have the numbers that the page shows;
    those of the `drafts` go on from there."""
    near = "; ".join(traced.own.said)
    opening = Section(
        "How to read this",
        (
            _paragraph(Run(clean(traced.line))),
            *(_paragraph(Run(n)) for n in traced.notices),
            _paragraph(Run(f"“Near to yours” means: {near}." if near else "No phase, region or number of schools is known.")),
        ),
        (),
        "",
        (),
    )
    glance = Section("At a glance", (_at_a_glance(traced),), (), "", ())
    seen: set[int] = set()
    sections = [opening, glance, *(_section(s, kept.notes.get(s.component, ""), library, seen) for s in traced.stops)]
    for stop in traced.stops:
        if draft := drafts.get(stop.component):
            section = make_section(draft, library, 1 + sum(len(s.notes) for s in sections))
            sections.append(replace(section, question=f"{stop.name}, in prose"))
    return Paper(clean(kept.title), today, tuple(sections))


def _section(stop: Stop, note: str, library: Library, seen: set[int]) -> Section:
    cited = [c for c in (*stop.model, *(c for p in stop.practice for c in p.quotes)) if c.marker not in seen]
    seen.update(c.marker for c in cited)
    notes: tuple[Note, ...] = tuple(make_note(c, c.marker, library) for c in cited)
    return Section(f"{stop.strand}: {stop.name}", tuple(_parts(stop, note)), (), "", notes)


def _parts(stop: Stop, note: str) -> Iterator[Part]:
    yield _heading("What the model asks")
    yield from (_quote(c) for c in stop.model)
    if not stop.model:
        yield _paragraph(Run(f"{stop.gloss} (In our own words: the model paper is not held.)"))
    yield _heading("What your text says")
    yield from (_bullet(Run(f"“{clean(' '.join(s.quote.split()))}”")) for s in stop.said)
    if stop.said_line:
        yield _paragraph(Run(stop.said_line, italic=True))
    yield _heading("Questions to work through")
    yield from (_bullet(Run(q)) for q in stop.questions)
    yield _heading("Your notes")
    yield from (_paragraph(Run(clean(line))) for line in (note or "…").splitlines() if line.strip())
    yield _heading("What others did")
    yield _paragraph(Run(stop.practice_line))
    for practice in stop.practice:
        yield from _practice(practice)
    if stop.returns:
        yield _heading("Where it may send you back to")
        yield from (_bullet(Run(r.name, italic=True), Run(f": {r.why}.")) for r in stop.returns)


def _practice(practice: Practice) -> Iterator[Part]:
    near = f" Near to yours? {practice.near[:1].upper()}{practice.near[1:]}." if practice.near else ""
    by = "" if practice.confirmed else " Component found by the program."
    where = f" ({practice.context})" if practice.context else ""
    yield _paragraph(Run(clean(practice.name), italic=True), Run(clean(f"{where}.{near}{by}")))
    yield from (_quote(c) for c in practice.quotes)


def _quote(citation: Citation) -> Part:
    lead = f"({' '.join(citation.lead.split())}) " if citation.lead and citation.tag_method != "row" else ""
    return _bullet(Run(clean(f"{lead}{quoted(citation)} ")), Run("", note=citation.marker))


def _at_a_glance(traced: Pathway) -> Part:
    """A row a component: what the text says of it first, and whose practice is nearest."""
    rows = [
        (
            (Run(s.name),),
            (Run(f"“{clean(' '.join(s.said[0].quote.split()))}”" if s.said else "Nothing yet that we could find"),),
            (Run("; ".join(clean(p.name) for p in s.practice) or "Nobody held describes it"),),
        )
        for s in traced.stops
    ]
    head = ((Run("Component"),), (Run("Your text, first"),), (Run("Nearest practice held"),))
    return Part("table", (head, *rows))


def _heading(words: str) -> Part:
    return Part("heading", (((Run(words),),),))


def _paragraph(*runs: Run) -> Part:
    return Part("paragraph", ((runs,),))


def _bullet(*runs: Run) -> Part:
    return Part("bullet", ((runs,),))
