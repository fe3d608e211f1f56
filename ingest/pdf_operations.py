"""What a PDF page draws, as one flat list of operations: those of the forms that it places stand in theirs, and fonts and images are found.

Fonts are pypdf's own reading of them, a private class: this is the only file that touches it, and the version is pinned.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject
from pypdf.generic._font import Font as PdfFont

from ingest.pdf_errors import READ_ERRORS
from ingest.pdf_fields import filled_in
from ingest.pdf_layers import is_off
from ingest.pdf_matrix import number

Operation = tuple[Any, bytes]
"""Operands and operator. After Tf the first operand is a Font, after gs it is an Ink; IMAGE stands for a picture, in the unit square: its operand
says whether nothing shows through it."""
IMAGE = b"a picture"
MAX_OPERATIONS = 1_500_000
"""On one page, forms included: a form that places a form that places a form can be drawn without end."""
MAX_FORMS = 2000
MAX_FORM_DEPTH = 12
_FORCE_BOLD = 1 << 18
_DRAWN = {b"Tj": b"", b"TJ": b"", b"'": b"T*", b'"': b"T*", b"sh": b"", b"INLINE IMAGE": b"", b"Do": b""} | dict.fromkeys(
    (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), b"n"
)
"""What draws, and what stands in its place on a layer that is off: the rest of the page must not move."""


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
        for code in set(raw).difference(known):
            known[code] = self._letter(font, code)
        return [known[code] for code in raw]

    def _letter(self, font: PdfFont, code: str) -> tuple[str, float, bool]:
        decoded = code if isinstance(font.encoding, str) else font.encoding.get(ord(code), code)
        text = "".join(font.character_map.get(c, c) for c in decoded)
        space = code == font.space_char
        width = font.space_width if space else font.get_text_width(code)
        return text, float(width) * self._scale, space


UNREADABLE = Font(readable=False)


@dataclass(slots=True)
class Ink:
    """What a graphics state says of how it fills; None where it says nothing."""

    strength: float | None = None
    """From 0, which nobody sees, to 1."""
    plain: bool | None = None
    """Whether it is put on as it is, not mixed with what is under it."""

    @classmethod
    def of(cls, resource: Any) -> "Ink":
        """The ink of a page's resource."""
        state = resource.get_object() if resource is not None else None
        if not isinstance(state, DictionaryObject):
            return cls()
        strength, blend, mask = state.get("/ca"), state.get("/BM"), state.get("/SMask")
        says = [part in ("/Normal", "/Compatible", "/None") for part in (blend, mask) if part is not None]
        return cls(number(strength, 1.0) if strength is not None else None, all(says) if says else None)


class Operations:
    """Reads the operations of a document's pages; it reads each font once."""

    def __init__(self, off: frozenset[int] = frozenset()) -> None:
        self._off = off
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
        marks: list[bool] = []  # of each marked content, whether it is on a layer that is off
        for operands, op in self._parse(stream, pdf):
            self._left -= 1
            if self._left < 0:
                raise LimitReachedError("the page draws without end")
            if op in (b"BDC", b"BMC"):
                marks.append(bool(self._off) and self._is_off(operands, resources))
            elif op == b"EMC" and marks:
                marks.pop()
            elif op in _DRAWN and any(marks):
                if _DRAWN[op]:
                    yield [], _DRAWN[op]
                continue
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
            elif op == b"gs" and operands:
                yield [Ink.of(_find(resources, "/ExtGState", str(operands[0])))], op
            elif op == b"INLINE IMAGE":
                yield [False], IMAGE
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
        if not isinstance(form, DictionaryObject) or ("/OC" in form and is_off(form.raw_get("/OC"), self._off)):
            return
        if form.get("/Subtype") == "/Image":
            yield [not any(key in form for key in ("/SMask", "/Mask", "/ImageMask", "/SMaskInData"))], IMAGE
        elif form.get("/Subtype") == "/Form" and id(form) not in within and len(within) < MAX_FORM_DEPTH:
            yield from self._form(form, resources, pdf, within)

    def _is_off(self, operands: Any, resources: list[DictionaryObject]) -> bool:
        if len(operands) < 2 or operands[0] != "/OC":
            return False
        return is_off(_find(resources, "/Properties", str(operands[1])), self._off)

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
