"""Where each glyph of a PDF page stands, which way it reads, and whether a reader sees it.

pypdf's public visitor reports a table's cells merged where they share a line, so this follows the text operators itself.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ingest.pdf_matrix import UNIT, Box, Matrix, matrix_of, multiply, number, unit_box
from ingest.pdf_operations import IMAGE, UNREADABLE, Font, Ink, Operation

_WIDE_GAP = re.compile(rb"\x01{3,}")
"""Of what is 1 where a letter is the space."""
_INVISIBLE = 3
_FAKE_BOLD = 2
"""Text rendering modes: neither filled nor stroked, and both."""
LONGEST_ACTUAL = 4
"""Letters of a replacement text that is taken at its word: a ligature, a soft hyphen. A longer one may say what nobody sees."""


@dataclass(slots=True)
class Glyph:
    """One text-showing operation: often a single character. Points, from its start to its end; y grows upwards."""

    text: str
    x: float
    y: float
    x_end: float
    y_end: float
    size: float
    space: float
    """The width of a space in its font and size."""
    bold: bool
    invisible: bool = False
    """Drawn neither filled nor stroked: what a scanner's OCR lays under its picture."""
    white: bool = False
    readable: bool = True
    artifact: bool = False
    """The file itself says that it is a running header, footer or page number."""
    at: int = 0
    """The number of the operation that drew it."""


@dataclass(slots=True)
class _Text:
    """What a text operator needs of the graphics state."""

    matrix: Matrix = UNIT
    font: Font = field(default_factory=lambda: UNREADABLE)
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    white: bool = False
    unseen: bool = False
    """Whether what is filled is as clear as glass."""

    def copy(self) -> "_Text":
        return _Text(
            self.matrix,
            self.font,
            self.size,
            self.character_space,
            self.word_space,
            self.scale,
            self.leading,
            self.rise,
            self.mode,
            self.white,
            self.unseen,
        )


class _Reader:
    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []
        self.images: list[Box] = []
        self._now = _Text()
        self._saved: list[_Text] = []
        self._line: Matrix = UNIT
        self._at: Matrix = UNIT
        self._marks: list[tuple[str | None, bool, int]] = []
        """Of each marked content: its replacement text, whether it is an artifact, and how many glyphs stood before it."""
        self._artifacts = 0
        self.at = 0

    def follow(self, operands: Any, op: bytes) -> None:
        """One operation."""
        now = self._now
        match op:
            case b"TJ" if operands and isinstance(operands[0], list):
                for item in operands[0]:
                    if isinstance(item, bytes):
                        self._show(item)
                    else:
                        self._advance(-number(item) / 1000 * now.size * now.scale)
            case b"Tj" if operands:
                self._show(operands[0])
            case b"'" if operands:
                self._next_line(0.0, -now.leading)
                self._show(operands[0])
            case b'"' if len(operands) > 2:
                now.word_space, now.character_space = number(operands[0]), number(operands[1])
                self._next_line(0.0, -now.leading)
                self._show(operands[2])
            case b"Td" | b"TD" if len(operands) > 1:
                x, y = number(operands[0]), number(operands[1])
                if op == b"TD":
                    now.leading = -y
                self._next_line(x, y)
            case b"T*":
                self._next_line(0.0, -now.leading)
            case b"Tm":
                self._line = self._at = matrix_of(operands)
            case b"BT":
                self._line = self._at = UNIT
            case b"Tf" if operands and isinstance(operands[0], Font):
                now.font = operands[0]
                now.size = number(operands[1], now.size) if len(operands) > 1 else now.size
            case b"q":
                self._saved.append(now.copy())
            case b"Q" if self._saved:
                self._now = self._saved.pop()
            case b"cm":
                now.matrix = multiply(matrix_of(operands), now.matrix)
            case b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr" if operands:
                self._set(op, number(operands[0]))
            case b"gs" if operands and isinstance(operands[0], Ink) and operands[0].strength is not None:
                now.unseen = operands[0].strength < 0.03
            case b"BDC" | b"BMC":
                self._open(operands)
            case b"EMC" if self._marks:
                self._close()
            case _ if op == IMAGE:
                self.images.append(unit_box(now.matrix))
            case _:
                now.white = is_white(operands, op, now.white)

    def _set(self, op: bytes, value: float) -> None:
        now = self._now
        match op:
            case b"Tc":
                now.character_space = value
            case b"Tw":
                now.word_space = value
            case b"Tz":
                now.scale = value / 100
            case b"TL":
                now.leading = value
            case b"Ts":
                now.rise = value
            case b"Tr":
                now.mode = int(value)

    def _next_line(self, x: float, y: float) -> None:
        self._line = self._at = multiply((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _advance(self, by: float) -> None:
        a, b, c, d, e, f = self._at
        self._at = a, b, c, d, e + by * a, f + by * b

    def _show(self, codes: Any) -> None:
        if not isinstance(codes, bytes) or not codes:
            return
        now = self._now
        letters = now.font.letters(codes)
        if len(letters) > 2 and _WIDE_GAP.search(spaces := bytes([space for _, _, space in letters])):
            # Columns set by runs of spaces.
            start = 0
            for gap in [*_WIDE_GAP.finditer(spaces), None]:
                self._place(letters[start : gap.start() if gap else None])
                if gap:
                    self._advance(sum(self._width(letter) for letter in letters[gap.start() : gap.end()]))
                    start = gap.end()
        else:
            self._place(letters)

    def _width(self, letter: tuple[str, float, bool]) -> float:
        now = self._now
        return (letter[1] / 1000 * now.size + now.character_space + (now.word_space if letter[2] else 0.0)) * now.scale

    def _place(self, letters: list[tuple[str, float, bool]]) -> None:
        if not letters:
            return
        now, at = self._now, self._at
        texts, widths, spaces = zip(*letters, strict=True)
        text = "".join(texts)
        width = sum(widths) / 1000 * now.size + len(letters) * now.character_space
        if now.word_space:
            width += sum(spaces) * now.word_space
        # The room after the last letter is not its own.
        ink = (width - max(now.character_space, 0.0)) * now.scale
        a, b, c, d, e, f = multiply(at, now.matrix)
        along = (a * a + b * b) ** 0.5
        if along and text:
            size = abs(a * d - b * c) / along * abs(now.size)
            x, y = e + now.rise * c, f + now.rise * d
            self.glyphs.append(
                Glyph(
                    text.translate(_BULLET_CODES), x, y, x + ink * a, y + ink * b, size,
                    max(now.font.space_width / 1000 * abs(now.size) * now.scale * along, 0.1),
                    now.font.bold or now.mode == _FAKE_BOLD, now.unseen or now.mode == _INVISIBLE, now.white, now.font.readable, self._artifacts > 0,
                    self.at,
                )
            )  # fmt: skip
        self._advance(width * now.scale)

    def _open(self, operands: Any) -> None:
        said = operands[1] if len(operands) > 1 and isinstance(operands[1], dict) else {}
        artifact = bool(operands) and operands[0] == "/Artifact" and said.get("/Type") == "/Pagination"
        actual = said.get("/ActualText")
        self._artifacts += artifact
        self._marks.append((_decoded(actual) if actual is not None else None, artifact, len(self.glyphs)))

    def _close(self) -> None:
        actual, artifact, before = self._marks.pop()
        self._artifacts -= artifact
        drawn = self.glyphs[before:]
        if actual is not None and len(actual) <= LONGEST_ACTUAL and drawn:
            drawn[0].text, drawn[0].x_end, drawn[0].y_end, drawn[0].readable = actual, drawn[-1].x_end, drawn[-1].y_end, True
            del self.glyphs[before + 1 :]


def _decoded(text: Any) -> str:
    if isinstance(text, bytes):
        return text[2:].decode("utf-16-be", "replace") if text.startswith(b"\xfe\xff") else text.decode("latin-1")
    return str(text)


_BULLET_CODES = {0x7F: "•", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "▪", 0xF0FC: "▪"}
"""Bullets that keep a font's own code: reportlab's in PDF's own fonts, Symbol's and Wingdings'."""


def is_white(operands: Any, op: bytes, before: bool) -> bool:
    """Whether what is filled from here on is white. `before`: whether it was."""
    if op == b"g" and operands:
        return number(operands[0]) > 0.97
    if op == b"rg" and len(operands) > 2:
        return min(number(v) for v in operands[:3]) > 0.97
    if op == b"k" and len(operands) > 3:
        return max(number(v, 1.0) for v in operands[:4]) < 0.03
    if op in (b"sc", b"scn"):
        values = [number(v, -1.0) for v in operands]
        return (len(values) == 3 and min(values) > 0.97) or (len(values) == 4 and min(values) >= 0 and max(values) < 0.03)
    return before and op not in (b"cs", b"sh")


def read_glyphs(operations: Iterable[Operation]) -> tuple[list[Glyph], list[Box]]:
    """The page's glyphs in the order of its operations, and the boxes of its pictures."""
    reader = _Reader()
    for reader.at, (operands, op) in enumerate(operations):
        reader.follow(operands, op)
    return reader.glyphs, reader.images
