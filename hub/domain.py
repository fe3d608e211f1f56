"""The nouns of the hub, frozen. Every other package speaks in these; `../docs` and the pages use the same words."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Kind = Literal["model-paper", "guide", "case-study", "research", "news", "opinion", "policy"]
Show = Literal["page", "quote", "link"]
Voice = Literal["model", "practice", "other"]
Verdict = Literal["quoted", "supported", "not_verified"]
Purpose = Literal["rewrite", "answer", "judge"]
"""What a language model was asked for."""
Status = Literal["answered", "partial", "no_evidence", "out_of_scope", "unclear", "blocked", "error"]
BlockKind = Literal["heading", "paragraph", "item", "row", "footnote"]

ANSWERED: frozenset[Status] = frozenset({"answered", "partial"})
CASE_STUDY: Kind = "case-study"


def text_hash(text: str) -> str:
    """Names a text: the first 32 hexadecimal digits of its sha256, as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Noun(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that says something."""


class Context(Noun):
    """Where a case study happened, in the manifest's own words."""

    school: str = ""
    trust: str = ""
    schools: str = ""
    phase: str = ""
    location: str = ""
    region: str = ""
    pupils: str = ""


class Source(Noun):
    """One document in a manifest."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    """Stable name, in lower case with hyphens; unique in a store."""
    title: Words
    kind: Kind
    organisation: Words
    """Whose practice or position the document states: the unit in which evidence is counted."""
    path: Words
    """The file, relative to its manifest."""
    trust: str = ""
    url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    """Opened in the reader's browser: nothing but a web address."""
    authors: tuple[str, ...] = ()
    published: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")
    """Year, year and month, or date."""
    licence: str = ""
    show: Show = "page"
    """What a reader may see: the page, the quote in its surroundings, or the quote and a link."""
    components: tuple[str, ...] = ()
    """Component ids that staff confirmed for the whole document."""
    illustrative: bool = False
    """Invented, for a first look: never counted beside real sources."""
    context: Context = Context()

    @property
    def voice(self) -> Voice:
        """Whether the document speaks for the model, tells of practice, or neither."""
        if self.kind in ("model-paper", "guide"):
            return "model"
        return "practice" if self.kind == CASE_STUDY else "other"


class Place(Noun):
    """Where in a source a piece of its text stands."""

    page: int | None = None
    """Counts from 1; None where the format has no pages."""
    page_label: str = ""
    """The number printed on the page, where it differs."""
    heading: str = ""
    """The headings above, outermost first, joined by " › "."""


class Block(Noun):
    """A paragraph, heading, list item, table row or footnote in a loaded text."""

    kind: BlockKind
    start: int
    end: int
    """Offsets into the loaded text."""
    level: int = 0
    """Of a heading: 1 is the title's."""
    heading: str = ""
    """The heading path that it stands under."""
    header: str = ""
    """Of a row: the table's header cells, joined by " | "."""


class Loaded(Noun):
    """A document as read: one text, its blocks, and which page each offset is on."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[tuple[int, int, str], ...] = ()
    """(offset, page, label) where each page begins, in order of offset; empty where the format has none."""
    anchors: tuple[tuple[int, str], ...] = ()
    """(offset, name) of the headings that a link can open; the name is empty where a heading has none."""
    warnings: tuple[str, ...] = ()
    ocr: bool = False
    """Whether any of it was read off a picture of the page."""
    ocr_pages: tuple[int, ...] = ()
    """The pages that were."""

    def address(self, url: str, offset: int) -> str:
        """The document's address, at the heading over an offset where that can be opened."""
        name = ""
        for start, anchor in self.anchors:
            if start > offset:
                break
            name = anchor
        return f"{url}#{name}" if url and name and "#" not in url else url

    def read_by_ocr(self, offset: int) -> bool:
        """Whether the text at an offset was read off a picture of its page."""
        return self.ocr and self.place(offset).page in (*self.ocr_pages, None)

    def place(self, offset: int, heading: str = "") -> Place:
        """The place of an offset."""
        page, label = None, ""
        for start, number, printed in self.pages:
            if start > offset:
                break
            page, label = number, printed
        return Place(page=page, page_label=label, heading=heading)


class Tag(Noun):
    """That a chunk is about a component, how sure, and by which method."""

    component: str
    score: float
    method: str
    """"confirmed" by staff, else how the machine found it: "named", "row", "heading", "cue", "meaning"."""


class Sentence(Noun):
    """One quotable unit of a chunk: a sentence, a list item, or a table row."""

    start: int
    end: int
    """Offsets into the source's text."""
    lead: str = ""
    """The words that introduce it: a list's opening line, a row's header."""
    row: bool = False


class Chunk(Noun):
    """A piece of a source as stored, with its place; it knows its sentences."""

    id: str
    """From its content: source, text and how often that text came before in the source."""
    source: str
    kind: BlockKind
    """Of its first block: a row and a footnote are chunks of their own."""
    start: int
    end: int
    place: Place
    text: str
    """text[start:end] of the source."""
    sentences: tuple[Sentence, ...]
    embed_text: str
    """What is embedded: the title and heading path, then the text. Never quoted."""
    tags: tuple[Tag, ...] = ()


class Passage(Noun):
    """A chunk retrieved for one question."""

    chunk: str
    source: str
    page: int | None
    start: int
    end: int
    rank: int
    scores: Mapping[str, float]


class Claim(Noun):
    """One asserted sentence of an answer."""

    text: str
    markers: tuple[int, ...]
    voice: Voice
    verdict: Verdict
    note: str = ""
    """Why it is not verified, in words for the reader; "" where there is nothing to say."""


class Citation(Noun):
    """A quote that stands in a source, found again there by code."""

    marker: int
    source: str
    title: str
    organisation: str
    kind: Kind
    published: str
    illustrative: bool
    ocr: bool
    page: int | None
    page_label: str
    heading: str
    components: tuple[str, ...]
    tag_method: str
    quote: str
    start: int
    end: int
    url: str
    licence: str
    lead: str = ""
    """What introduces the quote where it stands: a list's opening line or a table's header."""
    text_hash: str = ""
    """Names the text of the source that `start` and `end` count in; "" in answers from before it was kept."""


class Nearest(Noun):
    """A source that comes near to a question it does not answer."""

    source: str
    title: str
    organisation: str
    quote: str
    marker: int | None = None


class LlmCall(Noun):
    """One call of a language model."""

    purpose: Purpose
    llm: str
    """Its litellm name."""
    total_ms: float
    first_token_ms: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    """As the provider counts, or litellm where the provider does not say."""
    cost_usd: float | None = None
    """By litellm's price list as it is installed; None where the list does not know the model."""
    error: str = ""
    """Why it gave nothing, in plain words."""


class Answer(Noun):
    """What one question got: the contract that the command line prints, the store keeps and evals score."""

    id: str
    question: str
    standalone_question: str
    route: str
    status: Status
    reason: str = ""
    text: str
    notices: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    components: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    llm: str | None = None
    prompts: Mapping[str, str] = {}
    timings_ms: Mapping[str, float] = {}
    usage: tuple[LlmCall, ...] = ()
    """Every call of a language model that was made for it, those that failed too."""
    generation: str = ""
    """The index generation that it was made from."""

    def as_json(self) -> dict[str, Any]:
        """The answer in plain JSON types."""
        return self.model_dump(mode="json")
