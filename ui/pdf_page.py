"""The picture of a PDF's page with a quote marked on it, made by pypdfium2; nothing of the file reaches the browser but pixels."""

import threading
from typing import NamedTuple

import numpy as np
import pypdfium2

from ui.pdf_marks import Box, find_marks

WIDTH_PIXELS = 1400
LONGEST_SIDE = 3600
_PAD = 0.003
_AROUND = 0.06
"""Of the page's height, above and below the marks, in a close-up."""
_MARK = np.array([255, 226, 92])
"""Multiplied into the page: black type on it has a contrast of more than 15 to 1."""
_EDGE = np.array([138, 90, 0])
"""Around each mark, for those who cannot tell its colour."""
_PDFIUM = threading.Lock()
"""pdfium is not for several threads at once, and each reader has one."""


class PagePicture(NamedTuple):
    """One page, drawn."""

    number: int
    """From 1."""
    pixels: np.ndarray
    """Height × width × 3, red first."""
    marks: tuple[Box, ...]


class PdfError(ValueError):
    """The file's page cannot be drawn; the message says so plainly."""


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF's."""
    return b"%PDF-" in data[:1024]


def draw_pages(data: bytes, pages: tuple[int, ...], quote: str, earlier: int = 0) -> tuple[PagePicture, ...]:
    """These pages (from 1), with the quote marked where it is found on them. PdfError where they cannot be drawn."""
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                held = tuple(p for p in pages if 1 <= p <= len(document))
                marks = find_marks(document, held, quote, earlier) if quote else {}
                return tuple(PagePicture(p, _draw(document[p - 1], marks.get(p, ())), marks.get(p, ())) for p in held)
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise PdfError("the page cannot be drawn; its words are below") from error


def close_up(picture: PagePicture) -> np.ndarray:
    """The part of a picture around its marks, for a small screen; all of it where there are none."""
    if not picture.marks:
        return picture.pixels
    height, width = picture.pixels.shape[:2]
    top, bottom = min(b.top for b in picture.marks), max(b.bottom for b in picture.marks)
    left, right = min(b.left for b in picture.marks), max(b.right for b in picture.marks)
    rows = slice(max(0, round((top - _AROUND) * height)), round((bottom + _AROUND) * height))
    return picture.pixels[rows, max(0, round((left - _AROUND / 2) * width)) : round((right + _AROUND / 2) * width)]


def count_pages(data: bytes) -> int:
    """How many pages a PDF has; 0 where it cannot be opened."""
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def _draw(page: pypdfium2.PdfPage, marks: tuple[Box, ...]) -> np.ndarray:
    width, height = page.get_size()
    scale = min(WIDTH_PIXELS / max(width, 1.0), LONGEST_SIDE / max(width, height, 1.0))
    pixels: np.ndarray = page.render(scale=scale, rev_byteorder=True, no_smoothtext=False).to_numpy()[:, :, :3].copy()
    for box in marks:
        _mark(pixels, box)
    return pixels


def _mark(pixels: np.ndarray, box: Box) -> None:
    height, width = pixels.shape[:2]
    top, bottom = round((box.top - _PAD) * height), round((box.bottom + _PAD) * height)
    left, right = round((box.left - _PAD) * width), round((box.right + _PAD) * width)
    top, left, bottom, right = max(0, top), max(0, left), min(height, bottom), min(width, right)
    inside = pixels[top:bottom, left:right]
    inside[:] = (inside.astype(np.uint16) * _MARK // 255).astype(np.uint8)
    line = max(2, width // 600)
    for edge in (inside[:line], inside[-line:], inside[:, :line], inside[:, -line:]):
        edge[:] = _EDGE
