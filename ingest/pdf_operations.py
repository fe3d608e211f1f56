"""What a PDF page draws, as one flat list of operations: those of the forms that it places stand in theirs, and fonts and images are found.

Fonts are pypdf's own reading of them, a private class: this is the only file that touches it, and the version is pinned.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject
from pypdf.generic._font import Font as PdfFont

from ingest.pdf_fields import filled_in

Operation = tuple[Any, bytes]
"""Operands and operator. After Tf the first operand is a Font; IMAGE stands for a picture, in the unit square."""
IMAGE = b"a picture"
MAX_OPERATIONS = 1_500_000
"""On one page, forms included: a form that places a form that places a form can be drawn without end."""
MAX_FORMS = 2000
MAX_FORM_DEPTH = 12
_FORCE_BOLD = 1 << 18
READ_ERRORS = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError, OverflowError, NotImplementedError)
"""What pypdf raises over bytes that are not what they should be."""


@dataclass(slots=True)
class Font:
    """What a font makes of codes. Widths in thousandths of its size."""

    bold: bool = False
    readable: bool = True
    """Whether it says which letters its codes are."""
    space_width: float = 250.0
    _read: PdfFont | None = None
    _scale: float = 1.0
    _known: dict[str, tuple[str, float, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, resource: DictionaryObject) -> "Font":
        """The font of a page's resource."""
        read = PdfFont.from_font_resource(resource)
        name = read.name.lower()
        composite = resource.get("/Subtype") == "/Type0"
        # Codes of a composite font are its own glyphs' numbers, unless it maps them to letters.
        readable = read.interpretable and not (
            composite and not read.character_map and str(resource.get("/Encoding")).startswith("/Identity")
        )
        scale = 1.0
        if resource.get("/Subtype") == "/Type3" and "/FontMatrix" in resource:
            matrix: Any = resource["/FontMatrix"]
            scale = abs(float(matrix[0])) * 1000 or 1.0
        heavy = any(w in name for w in ("bold", "black", "heavy", "demi")) or bool(read.font_descriptor.flags & _FORCE_BOLD)
        return cls(heavy, readable, float(read.space_width) * scale, read, scale)

    def letters(self, codes: bytes) -> list[tuple[str, float, bool]]:
        """(text, width, whether it is the space) of each code in a shown string."""
        font = self._read
        if font is None:
            return [("", 500.0, False)] * len(codes)
        raw = (
            codes.decode(font.encoding, "replace" if len(codes) % 2 else "surrogatepass")
            if isinstance(font.encoding, str)
            else codes.decode("latin-1")
        )
        known = self._known
        found = []
        for code in raw:
            letter = known.get(code)
            if letter is None:
                letter = known[code] = self._letter(font, code)
            found.append(letter)
        return found

    def _letter(self, font: PdfFont, code: str) -> tuple[str, float, bool]:
        decoded = code if isinstance(font.encoding, str) else font.encoding.get(ord(code), code)
        text = "".join(font.character_map.get(c, c) for c in decoded)
        space = code == font.space_char
        width = font.space_width if space else font.get_text_width(code)
        return text, float(width) * self._scale, space


UNREADABLE = Font(readable=False)


class Operations:
    """Reads the operations of a document's pages; it reads each font once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Font] = {}
        self._held: list[Any] = []  # an id stays one object's own only while the object lives
        self.inflated_bytes = 0
        """Of all the streams read so far."""

    def read(self, page: PageObject) -> tuple[list[Operation], bool]:
        """The page's operations, and whether they are all of them: a damaged stream is read as far as it goes."""
        found: list[Operation] = []
        self._whole = True
        self._left, self._forms_left = MAX_OPERATIONS, MAX_FORMS
        resources = _resources(page)
        if "/Contents" in page:
            found.extend(self._flat(page["/Contents"].get_object(), resources, page.pdf, ()))
        try:
            for form, matrix in filled_in(page):
                found += [([], b"q"), (matrix, b"cm"), *self._form(form, resources, page.pdf, ()), ([], b"Q")]
        except LimitReachedError:
            raise
        except READ_ERRORS:
            self._whole = False
        return found, self._whole

    def _flat(self, stream: Any, resources: list[DictionaryObject], pdf: Any, within: tuple[int, ...]) -> Iterator[Operation]:
        depth = 0
        for operands, op in self._parse(stream, pdf):
            self._left -= 1
            if self._left < 0:
                raise LimitReachedError("the page draws without end")
            if op == b"q":
                depth += 1
            elif op == b"Q":
                if not depth:  # it would give back what its caller saved
                    continue
                depth -= 1
            if op == b"Tf" and operands:
                yield [self._font(str(operands[0]), resources), *operands[1:]], op
            elif op == b"Do" and operands:
                yield from self._placed(str(operands[0]), resources, pdf, within)
            elif op == b"INLINE IMAGE":
                yield [], IMAGE
            else:
                yield operands, op
        yield from ([([], b"Q")] * depth)

    def _parse(self, stream: Any, pdf: Any) -> list[Operation]:
        # "bytes": decoded operands would no longer match the fonts' own encodings.
        content = ContentStream(stream, pdf, "bytes")
        self.inflated_bytes += len(content._data)
        try:
            return content.operations
        except LimitReachedError:
            raise
        except READ_ERRORS:
            self._whole = False
            return content._operations

    def _placed(self, name: str, resources: list[DictionaryObject], pdf: Any, within: tuple[int, ...]) -> Iterator[Operation]:
        form = _find(resources, "/XObject", name)
        form = form.get_object() if form is not None else None
        if not isinstance(form, DictionaryObject):
            return
        if form.get("/Subtype") == "/Image":
            yield [], IMAGE
        elif form.get("/Subtype") == "/Form" and id(form) not in within and len(within) < MAX_FORM_DEPTH:
            yield from self._form(form, resources, pdf, within)

    def _form(self, form: DictionaryObject, resources: list[DictionaryObject], pdf: Any, within: tuple[int, ...]) -> Iterator[Operation]:
        self._forms_left -= 1
        if self._forms_left < 0:
            raise LimitReachedError("the page places forms without end")
        own = form.get("/Resources")
        own = own.get_object() if own is not None else None
        yield [], b"q"
        matrix = form.get("/Matrix")
        if matrix is not None and len(matrix) == 6:
            yield list(matrix), b"cm"
        yield from self._flat(form, [own, *resources] if isinstance(own, DictionaryObject) else resources, pdf, (*within, id(form)))
        yield [], b"Q"

    def _font(self, name: str, resources: list[DictionaryObject]) -> Font:
        reference = _find(resources, "/Font", name)
        if reference is None:
            return UNREADABLE
        key = (reference.idnum, reference.generation) if isinstance(reference, IndirectObject) else (-1, id(reference))
        if key not in self._fonts:
            self._held.append(reference)
            resource = reference.get_object()
            try:
                self._fonts[key] = Font.of(resource) if isinstance(resource, DictionaryObject) else UNREADABLE
            except READ_ERRORS:
                self._fonts[key] = UNREADABLE
        return self._fonts[key]


def _resources(page: PageObject) -> list[DictionaryObject]:
    """The page's own, then those that it inherits."""
    found: list[DictionaryObject] = []
    holder: Any = page
    for _ in range(50):
        own = holder.get("/Resources")
        own = own.get_object() if own is not None else None
        if isinstance(own, DictionaryObject):
            found.append(own)
        holder = holder.get("/Parent")
        holder = holder.get_object() if holder is not None else None
        if not isinstance(holder, DictionaryObject):
            break
    return found


def _find(resources: list[DictionaryObject], kind: str, name: str) -> Any:
    """A resource by its name, as a reference where it is one."""
    for held in resources:
        group = held.get(kind)
        group = group.get_object() if group is not None else None
        if isinstance(group, DictionaryObject) and name in group:
            return group.raw_get(name)
    return None
