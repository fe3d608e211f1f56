"""What an export holds, whichever file it becomes: questions, answers in runs of text, and numbered notes with their references."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.conversations import NEVER_KEPT
from assistant.tables import cells_of
from assistant.wording import NEAR, context_of, counted, found_again
from hub.domain import Answer, Citation, Claim
from hub.library import Library
from hub.plain import HIDDEN
from ui.reference import DO_NOT_CITE, cite_as, quoted
from ui.words import KINDS, count_explained, dated

INVENTED = f"{DO_NOT_CITE} This rests on invented examples, made for a first look; no such trust exists."
WITHDRAWN_NOTE = "Withdrawn: this document is no longer in the library, so its words are withheld. Do not rely on it."
CHANGED_NOTE = "The document has changed since the answer was given; these are its earlier words."
LEGEND = {
    "judged": "Judged: written by a language model; a second one found the sentence in the quotes of its notes. It can be wrong.",
    "not verified": "Not verified: written by a language model; its figures and names stand in the quotes of its notes, and nobody has checked its meaning.",
}
_VERDICTS = {"supported": "judged", "not_verified": "not verified"}
_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*|(?<!\w)\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*(?!\w)|\[(?P<note>\d{1,3})\]|⟦(?P<verdict>[^⟧]+)⟧"
)

_NEAR = re.compile(rf" – \*{NEAR}: [^*\n]*\*(?=:)|^\*{NEAR.capitalize()}: [^*\n]*\*$\n*", re.MULTILINE)
"""What is near to the asker's own trust is no business of a paper's readers."""


@dataclass(frozen=True)
class Run:
    """Words in one setting; with `note`, the number of a note; with `verdict`, what is known of the sentence before."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int = 0
    verdict: bool = False


Cell = tuple[Run, ...]


@dataclass(frozen=True)
class Part:
    """A paragraph, bullet or heading within a section (one row of one cell), or a table."""

    kind: Literal["paragraph", "bullet", "heading", "table"]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Note:
    """One numbered note: the words, then where they stand."""

    number: int
    quote: str
    """In quotation marks; "" where it is withheld."""
    reference: str
    facts: tuple[str, ...]
    """Kind and date, context, licence, and what a reader must know before relying on it."""
    url: str
    illustrative: bool


@dataclass(frozen=True)
class Section:
    """A question with its answer."""

    question: str
    parts: tuple[Part, ...]
    notices: tuple[str, ...]
    made_by: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Paper:
    """What is exported."""

    title: str
    exported: date
    sections: tuple[Section, ...]
    evidence: str = ""
    """From when the evidence is, in a sentence."""

    @property
    def illustrative(self) -> bool:
        """Whether any of it rests on an invented example."""
        return any(n.illustrative for s in self.sections for n in s.notes)

    @property
    def date(self) -> str:
        """When it was exported, as a reader writes it."""
        return f"{self.exported.day} {self.exported:%B %Y}"

    @property
    def how_to_cite(self) -> str:
        """What to name in a paper."""
        return (
            "Cite the documents, not this export: each note gives the words, the organisation, the date and the place. "
            f"Open each before you rely on it. To name the search itself: “{self.title}”, School Improvement Hub assistant, exported on {self.date}."
        )


def make_paper(answers: Sequence[Answer], library: Library, today: date) -> Paper:
    """The paper of one answer or of a conversation: notes are numbered through. Disclosures are never part of it."""
    kept = [a for a in answers if a.reason not in NEVER_KEPT]
    sections: list[Section] = []
    for answer in kept:
        sections.append(make_section(answer, library, 1 + sum(len(s.notes) for s in sections)))
    title = kept[0].question if len(kept) == 1 else f"From the improvement library: {counted(len(kept), 'question')}"
    return Paper(clean(title), today, tuple(sections), evidence_dates([c for a in kept for c in a.citations]))


def evidence_dates(citations: Sequence[Citation]) -> str:
    """From when what is cited is, in a sentence; "" where nothing is."""
    months = sorted({c.published for c in citations if c.published})
    undated = len({c.source for c in citations if not c.published})
    if not months:
        return "The evidence is undated." if citations else ""
    first, last = dated(months[0]), dated(months[-1])
    told = f"Evidence published in {first}" if first == last else f"Evidence published from {first} to {last}"
    return f"{told}; {counted(undated, 'document')} undated." if undated else f"{told}."


def clean(text: str) -> str:
    """Without characters that no reader sees: a Word file cannot hold some of them."""
    return HIDDEN.sub("", text)


def make_section(answer: Answer, library: Library, first: int) -> Section:
    """An answer with its notes, numbered from `first`."""
    numbers = {c.marker: first + n for n, c in enumerate(answer.citations)}
    notes = tuple(make_note(c, numbers[c.marker], library) for c in answer.citations)
    made = f"Written by a language model ({answer.llm}) from the notes below." if answer.llm else ""
    if not made and notes:
        made = f"{found_again(len(notes))} by the program. No language model was used."
    text = _with_verdicts(_NEAR.sub("", clean(answer.text)), answer.claims if answer.llm else ())
    told = [*answer.notices, *filter(None, [count_explained(answer)])]
    return Section(clean(answer.question), tuple(_parts(text, numbers)), tuple(map(clean, told)), made, notes)


def make_note(citation: Citation, number: int, library: Library) -> Note:
    """The note of one citation: its words, and all that a reader must know before relying on them."""
    cited = library.readings.cited(citation)
    facts = [KINDS[citation.kind], f"published {dated(citation.published)}" if citation.published else "undated"]
    if cited.source is not None and citation.kind == "case-study":
        facts.append(context_of(cited.source.model_copy(update={"published": ""})))
    if citation.lead and cited.source is not None:
        facts.append(f"stands under “{citation.lead}”")
    if citation.ocr:
        facts.append("read off a picture of the page")
    facts.append(f"licence: {citation.licence}" if citation.licence else "licence not stated: ask before you reprint more than a quotation")
    lines = ["; ".join(f for f in facts if f) + "."]
    if cited.source is None:
        lines.append(WITHDRAWN_NOTE)
    elif cited.standing == "older":
        lines.append(CHANGED_NOTE)
    quote = quoted(citation) if cited.source is not None and citation.quote else ""
    reference = cite_as(citation.model_copy(update={"url": "", "illustrative": False}))
    return Note(number, clean(quote), clean(reference), tuple(map(clean, lines)), citation.url, citation.illustrative)


def _with_verdicts(text: str, claims: Sequence[Claim]) -> str:
    """The text with a small word after each sentence of a language model that is no quote."""
    text = text.replace("⟦", "").replace("⟧", "")
    at = 0
    for claim in claims:
        said = f"{clean(claim.text)} {''.join(f'[{m}]' for m in claim.markers)}"
        if (found := text.find(said, at)) < 0:
            continue
        at = found + len(said)
        if word := _VERDICTS.get(claim.verdict):
            text = f"{text[:at]} ⟦{word}⟧{text[at:]}"
    return text


def _parts(text: str, numbers: dict[int, int]) -> Iterator[Part]:
    table: list[tuple[Cell, ...]] = []
    for line in [*text.split("\n"), ""]:
        line = line.strip()
        if (cells := cells_of(line)) is not None:
            if cells:
                table.append(tuple(_runs(cell, numbers) for cell in cells))
            continue
        if table:
            yield Part("table", tuple(table))
            table = []
        if line.startswith(("- ", "* ", "– ")):
            yield Part("bullet", ((_runs(line[2:].strip(), numbers),),))
        elif line:
            yield Part("paragraph", ((_runs(line.lstrip("#> "), numbers),),))


def _runs(text: str, numbers: dict[int, int]) -> Cell:
    runs, at = [], 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            runs.append(Run(text[at : match.start()]))
        at = match.end()
        if match["bold"]:
            runs += [Run(r.text, True, r.italic, r.note, r.verdict) for r in _runs(match["bold"], numbers)]
        elif match["italic"]:
            runs += [Run(r.text, r.bold, True, r.note, r.verdict) for r in _runs(match["italic"], numbers)]
        elif match["verdict"]:
            runs.append(Run(match["verdict"], verdict=True))
        elif int(match["note"]) in numbers:
            runs.append(Run("", note=numbers[int(match["note"])]))
        else:
            runs.append(Run(match[0]))  # a bracketed number of the source's own
    return (*runs, Run(text[at:])) if at < len(text) else tuple(runs)
