"""Running text of a PDF: lines that stand below each other become paragraphs, headings and list items."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from hub.domain import BlockKind
from hub.quotes import canonical
from ingest.capitals import in_capitals
from ingest.line_ends import SOFT, join_lines, join_parts, soft_end
from ingest.pdf_segments import BULLETS, Segment

_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.)]|[a-z]\)|[a-h]\.|[ivx]{1,4}[.)])\s+")
_QUOTED = re.compile(r"^[“\"‘'](?:\S+\s+){5,}\S*[”\"’'][.!?]?$")
_SAID = re.compile(r"[.!?…][”\"’']$|[”\"’'][.!?]$")
"""A whole sentence in quotation marks; a name in them may head a section."""
_LEADERS = re.compile(r"\s*(?:[.·…_]\s?){4,}\s*(?=\d{1,4}$)")
"""The dots that lead the eye from a line of a contents page to its number."""
_CLOSED = re.compile(r"[.!?:;][\"'”’)\]]*$")


@dataclass(slots=True)
class PageBlock:
    """A block on one page. A row's text holds its cells, parted by CELL."""

    kind: BlockKind
    text: str
    size: float = 0.0
    bold: bool = False
    header: str = ""
    closed: bool = True
    """Whether it ends with a sentence's end; an open one may go on over the page end."""
    full: bool = True
    """Whether its last line fills the column."""
    aside: bool = False
    """Whether it stands in a box beside the text."""
    depth: int = 0
    """Of a heading that the outline names: how deep it stands there, from 1."""


@dataclass(slots=True)
class Setting:
    """How a document is set."""

    body: float
    """The type size that most of its text is set in, points."""
    words: set[str]
    """The words that it holds whole."""
    titles: Mapping[str, int] = field(default_factory=dict)
    """The headings that its outline names on the page: depth by bare letters."""
    prose: set[tuple[int, ...]] = field(default_factory=set)
    """Where the columns of its running text begin."""


@dataclass(slots=True)
class Held(Segment):
    """Stands, as wide as its table or box, for a line of one, so that it keeps its place among the columns."""

    blocks: list[PageBlock] = field(default_factory=list)

    def take(self) -> list[PageBlock]:
        """All that is in it, to the first of its lines that asks."""
        taken = self.blocks[:]
        self.blocks.clear()
        return taken


def goes_on(before: PageBlock, after: PageBlock) -> bool:
    """Whether the text after a page or column end continues the sentence before it."""
    if before.kind not in ("paragraph", "item") or after.kind != "paragraph" or before.closed:
        return False
    return before.full or after.text[:1].islower()


def strip_bullet(text: str) -> tuple[str, bool]:
    """The text without its bullet, and whether it had one."""
    head, _, rest = text.partition(" ")
    return (rest, True) if head and rest and all(c in BULLETS for c in head) else (text, False)


def column_blocks(lines: list[Segment], setting: Setting) -> list[PageBlock]:
    """The blocks of one column, from the top."""
    blocks: list[PageBlock] = []
    left, right = min((s.x for s in lines), default=0.0), max((s.x_end for s in lines), default=0.0)
    ordered = sorted(lines, key=lambda s: (-s.y, s.x))
    for is_table, run in groupby(ordered, key=lambda s: isinstance(s, Held)):
        if is_table:
            blocks += [block for line in run if isinstance(line, Held) for block in line.take()]
            continue
        groups: list[list[Segment]] = []
        for line in run:
            if groups and not _breaks(groups[-1], line, setting):
                groups[-1].append(line)
            else:
                groups.append([line])
        for group, below in pairwise([*groups, []]):
            over_text = bool(below) and not in_capitals(below[0].text) and below[0].size <= 1.05 * group[0].size
            blocks.append(_block(group, setting, over_text))
            blocks[-1].full = group[-1].x_end - left > 0.8 * (right - left)
    return _join_round_quotes(blocks, setting)


def _join_round_quotes(blocks: list[PageBlock], setting: Setting) -> list[PageBlock]:
    """A sentence quoted large amid the text is no heading: the paragraph that it stands in goes on below it."""
    found: list[PageBlock] = []
    for block in blocks:
        before = found[-2] if len(found) > 1 else None
        if before and found[-1].aside and found[-1].kind == "paragraph" and goes_on(before, block):
            before.text, before.closed, before.full = join_parts(before.text, block.text, setting.words), block.closed, block.full
            continue
        if (
            block.kind == "heading"
            and not block.depth
            and _QUOTED.match(block.text)
            and (_SAID.search(block.text) or (found and not found[-1].closed))
        ):
            block.kind, block.aside = "paragraph", True
        found.append(block)
    return found


def _breaks(group: list[Segment], line: Segment, setting: Setting) -> bool:
    last = group[-1]
    if abs(last.size - line.size) > 0.12 * setting.body or (last.bold != line.bold and (last.words < 12 or line.words < 12)):
        return True
    if strip_bullet(line.text)[1] or (_NUMBERED.match(line.text) and (line.x <= group[0].x + 2 or line.x > last.x + 6)):
        return True
    if _LEADERS.search(line.text) or _LEADERS.search(last.text):
        return True
    if in_capitals(last.text) != in_capitals(line.text) and (in_capitals(last.text) or _CLOSED.search(last.text)):
        return True
    if setting.titles and (canonical(line.text) in setting.titles or canonical(" ".join(s.text for s in group)) in setting.titles):
        return True
    gap = last.y - line.y
    leading = (group[0].y - last.y) / (len(group) - 1) if len(group) > 1 else 1.45 * last.size
    return gap > max(1.25 * leading, 1.55 * line.size if len(group) == 1 else 0.0)


def _block(group: list[Segment], setting: Setting, over_text: bool) -> PageBlock:
    size, bold = group[0].size, all(s.bold for s in group)
    text, marked = strip_bullet(group[0].text)
    numbered = bool(_NUMBERED.match(text))
    joined = join_lines([text, *(s.text for s in group[1:])], setting.words)
    depth = setting.titles.get(canonical(joined), 0) if setting.titles and not marked else 0
    short = len(joined.split()) <= 20 and not joined.endswith((".", ";", ","))
    if _LEADERS.search(joined):
        return PageBlock("item", _LEADERS.sub(" ", joined), size, bold)
    stands_out = size >= 1.12 * setting.body or (bold and not joined.endswith(":"))
    capitals = over_text and len(group) < 3 and size >= 0.9 * setting.body and all(in_capitals(s.text) for s in group)
    if depth or (not marked and short and (stands_out or capitals)):
        return PageBlock("heading", joined, size, bold, depth=depth)
    kind: BlockKind = "item" if marked or (numbered and len(group) < 6) else "paragraph"
    # A soft hyphen at its end goes when what comes after the column or page end is joined to it.
    return PageBlock(kind, joined + (SOFT if soft_end(group[-1].text) else ""), size, bold, closed=bool(_CLOSED.search(joined)))
