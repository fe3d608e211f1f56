"""Reads a PDF's pages one by one: what each draws, its text where it has any, else its picture through OCR."""

from dataclasses import dataclass, field

import pypdfium2
from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError

from hub.plain import clean
from ingest.ocr import PAGE_SECONDS, SURE, find_program, read_picture
from ingest.pdf_covers import covered, read_covers
from ingest.pdf_drawing import Rule, read_drawing, turn_rules
from ingest.pdf_errors import READ_ERRORS
from ingest.pdf_glyphs import Glyph, read_glyphs
from ingest.pdf_layers import layers_off
from ingest.pdf_matrix import Box, inside
from ingest.pdf_notes import count_comments, typed_notes
from ingest.pdf_operations import Operation, Operations
from ingest.pdf_segments import Segment, bullets_of, group_segments
from ingest.pdf_sight import seen, turn_upright
from ingest.text import AskTime

MAX_INFLATED_BYTES = 300_000_000
"""Of all that a document's pages draw. Pages after that are not read."""
MAX_OCR_PAGES = 300
SCAN_SHARE = 0.6
"""A picture over so much of a page may be a scan of it."""
SCAN_LETTERS = 200
"""A page with more letters of its own is none."""
ASIDE_WORDS = 12
"""Fewer words that run another way than the rest of a page are a stamp or a label."""


@dataclass(slots=True)
class Page:
    """One page as it was read."""

    segments: list[Segment] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    asides: list[list[Segment]] = field(default_factory=list)
    """What is written another way round than the rest, upright."""
    ocr: bool = False
    blank: bool = False
    """Whether it draws nothing at all."""
    covered: bool = False
    """Whether some of its words are under something."""

    @property
    def legible(self) -> bool:
        """Whether it has a letter or a digit."""
        return any(c.isalnum() for s in self.segments for c in s.text)

    @property
    def letters(self) -> int:
        """How many letters and digits."""
        return sum(c.isalnum() for s in self.segments for c in s.text)


class Pages:
    """Reads the pages of one document in turn, and keeps what there is to say of them."""

    def __init__(self, reader: PdfReader, data: bytes, ask_time: AskTime) -> None:
        self._reader = reader
        self._data = data
        self._ask_time = ask_time
        self._operations = Operations(layers_off(reader))
        self._pictures: pypdfium2.PdfDocument | None = None
        self._scans = 0
        self._said_why = ""
        self.warnings: list[str] = []
        self.cut_at = 0
        """The page from which on nothing was read, or 0."""

    def read_all(self) -> list[Page]:
        """Every page. Raises what pypdf raises where the document itself is damaged."""
        pages = []
        try:
            for number in range(len(self._reader.pages)):
                if self._operations.inflated_bytes > MAX_INFLATED_BYTES:
                    self.cut_at = number + 1
                    self.warnings.append(
                        f"from page {number + 1} on nothing was read: the pages unpack to over {MAX_INFLATED_BYTES // 1_000_000} MB"
                    )
                    pages += [Page() for _ in range(number, len(self._reader.pages))]
                    break
                pages.append(self._read(number))
                if not pages[-1].segments:
                    self.warnings.append(f"page {number + 1} has no text{self._said_why}")
        finally:
            if self._pictures:
                self._pictures.close()
        return pages

    def _read(self, number: int) -> Page:
        self._said_why = ""
        page = self._reader.pages[number]
        try:
            operations, whole = self._operations.read(page)
            if not whole:
                self.warnings.append(f"page {number + 1} is damaged: it was read as far as it goes")
            read, share, garbled = _lay(page, operations)
            self._say_what_is_left_out(page, number, read)
        except LimitReachedError:
            self._said_why = ": it draws more than can be read"
            return Page()
        except READ_ERRORS:
            read, share, garbled = self._plainly(page, number), 0.0, False
        if garbled:
            self._said_why = ": its fonts do not say which letters they hold"
            if read.segments:
                self.warnings.append(f"page {number + 1} is not read whole{self._said_why}")
        if read.blank or (read.legible and not garbled and (share < SCAN_SHARE or read.letters > SCAN_LETTERS)):
            return read
        return self._through_ocr(number, read, share)

    def _say_what_is_left_out(self, page: PageObject, number: int, read: Page) -> None:
        comments = count_comments(page)
        if comments:
            self.warnings.append(
                f"page {number + 1} has {comments} comment{'s' if comments > 1 else ''} that {'were' if comments > 1 else 'was'} not read"
            )
        if read.covered:
            self.warnings.append(f"page {number + 1} has words under a picture or a box, which were not read")

    def _plainly(self, page: PageObject, number: int) -> Page:
        """pypdf's own plain extraction, line by line."""
        try:
            plain = page.extract_text()
        except READ_ERRORS:
            self._said_why = ": it is damaged"
            return Page()
        self.warnings.append(f"page {number + 1} was read without its layout: columns and tables may be out of order")
        return Page(
            [Segment(clean(line), 0, 100_000.0 - 12 * i, 400, 10, False) for i, line in enumerate(plain.splitlines()) if line.strip()]
        )

    def _through_ocr(self, number: int, read: Page, share: float) -> Page:
        if not find_program():
            if not read.segments:
                self._said_why = self._said_why or ": it is a picture, and tesseract is not installed to read it"
            elif share >= SCAN_SHARE and read.letters < SCAN_LETTERS / 2:
                self.warnings.append(
                    f"page {number + 1} is mostly a picture; only its {sum(s.words for s in read.segments)} words of text were read"
                )
            return read
        self._scans += 1
        if self._scans > MAX_OCR_PAGES:
            self._said_why = f": more than {MAX_OCR_PAGES} pages of it are pictures"
            return read
        self._ask_time(PAGE_SECONDS)
        try:
            if self._pictures is None:
                self._pictures = pypdfium2.PdfDocument(self._data)
            found = read_picture(self._pictures, number)
        except pypdfium2.PdfiumError:
            found = None
        if found is None:
            self._said_why = self._said_why or ": its picture could not be read"
            return read
        scan = Page(found.segments, ocr=True)
        if scan.letters <= 2 * read.letters + 20 and (read.segments or not scan.letters):
            return read
        if found.sure < SURE:
            self.warnings.append(f"page {number + 1} was hard to read through OCR; compare its quotes with the page")
        return scan


def _lay(page: PageObject, operations: list[Operation]) -> tuple[Page, float, bool]:
    """The page, the share of it that its largest picture covers, and whether much of its text is in letters that nobody knows."""
    glyphs, images = read_glyphs(operations)
    drawing = read_drawing(operations)
    box = _box(page)
    if box and 2 * sum(inside(box, g.x, g.y, 2.0) for g in glyphs) < len(glyphs):
        box = None  # it cannot be what is shown
    glyphs, hidden_under = _uncovered(glyphs, operations, box)
    visible = [g for g in seen(glyphs, box, drawing.painted, images) if not g.artifact]
    readable = [g for g in visible if g.readable]
    hidden = sum(len(g.text) for g in visible) - sum(len(g.text) for g in readable)
    ways = turn_upright(readable)
    share = max((_share(image, box) for image in images), default=0.0) if box else float(bool(images))
    blank = not operations or (not visible and not images and not drawing.painted and len(drawing.rules) < 20)
    if not ways:
        return Page(typed_notes(page), blank=blank), share, hidden > 0
    main, *others = ways
    asides = [group_segments(t.glyphs) for t in others]
    upright = not main.degrees
    bullets = bullets_of(drawing.dots, main.glyphs) if upright else []
    read = Page(
        [*group_segments([*main.glyphs, *bullets]), *typed_notes(page)], turn_rules(drawing.rules, main.degrees), drawing.boxes if upright else [],
        [aside for aside in asides if sum(s.words for s in aside) >= ASIDE_WORDS],
        # Letters without ink are those of a scan that was read by OCR before.
        ocr=sum(len(g.text) for g in main.glyphs if g.invisible) > 0.5 * sum(len(g.text) for g in main.glyphs), covered=hidden_under,
    )  # fmt: skip
    return read, 0.0 if read.ocr else share, hidden > sum(len(g.text) for g in readable)


def _uncovered(glyphs: list[Glyph], operations: list[Operation], box: Box | None) -> tuple[list[Glyph], bool]:
    """The glyphs without those that a box or a picture was drawn over, and whether there are any.

    A scan lies over the words that were read off it. Where most would go, what the page draws is more than is understood here.
    """
    covers = [c for c in read_covers(operations) if not box or _share(c.box, box) < SCAN_SHARE]
    under = {n for n in covered(glyphs, covers) if not glyphs[n].invisible} if covers else set()  # words without ink are a picture's own
    if not under:
        return glyphs, False
    letters = [sum(c.isalnum() for c in g.text) for g in glyphs]
    lost = sum(letters[n] for n in under)
    if not lost or 2 * lost > sum(letters):
        return glyphs, False
    return [g for n, g in enumerate(glyphs) if n not in under], True


def _box(page: PageObject) -> Box | None:
    """What is shown of the page, or None where it says nothing sensible."""
    try:
        crop, media = page.cropbox, page.mediabox
        left, foot = max(float(crop.left), float(media.left)), max(float(crop.bottom), float(media.bottom))
        right, head = min(float(crop.right), float(media.right)), min(float(crop.top), float(media.top))
    except READ_ERRORS:
        return None
    return (left, foot, right, head) if right - left > 20 and head - foot > 20 else None


def _share(image: Box, box: Box) -> float:
    wide = min(image[2], box[2]) - max(image[0], box[0])
    high = min(image[3], box[3]) - max(image[1], box[1])
    return max(wide, 0.0) * max(high, 0.0) / ((box[2] - box[0]) * (box[3] - box[1]))
