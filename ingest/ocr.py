"""Reads the picture of a page by tesseract, where it is installed: lines with their places, as a PDF's own text has them.

The program itself is called, with a time limit and without a shell: a wrapper would only write the picture to a file and do the same.
"""

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import pypdfium2
from lxml import etree  # type: ignore[import-untyped]

from ingest.pdf_segments import Segment

PAGE_SECONDS = 120
"""The most that one page may take: three are usual, more where the machine is busy."""
LONGEST_SIDE = 3500
"""Pixels: A4 at 300 dots an inch. A page that says it is larger is drawn at this size all the same."""
SURE = 60
"""Of 100: where tesseract trusts its words less than this on the whole page, the page is named in a warning."""
_LEAST_SURE = 30
"""A word less sure than this is a speck or a drawing."""
_ANGLE = re.compile(rb"textangle (\d+)")
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_BASE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")


@dataclass(slots=True)
class PageText:
    """What was read off a page's picture: its lines, in points from the left and the foot, and how sure of 100 its words are."""

    segments: list[Segment]
    sure: float


@cache
def find_program() -> str | None:
    """Where tesseract is, or None."""
    return shutil.which("tesseract")


@cache
def _turns(program: str) -> bool:
    """Whether it can tell which way up a picture is."""
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=PAGE_SECONDS, check=False)
    return "osd" in listed.stdout.split()


def read_picture(document: pypdfium2.PdfDocument, number: int) -> PageText | None:
    """The text of a page's picture; `number` counts from 0. None where tesseract is missing, fails, or takes too long."""
    program = find_program()
    if not program:
        return None
    page = document[number]
    try:
        width, height = page.get_size()
        scale = min(300 / 72, LONGEST_SIDE / max(width, height, 1.0))
        hocr = _run(program, page, scale, 0)
        turned = _turned(hocr)
        if turned:  # the places of lines that are not upright are of little use
            hocr = _run(program, page, scale, turned)
            height = width if turned in (90, 270) else height
    except (pypdfium2.PdfiumError, subprocess.TimeoutExpired, OSError):
        return None
    finally:
        page.close()
    return _lines(hocr, scale, height) if hocr else None


def _run(program: str, page: pypdfium2.PdfPage, scale: float, turned: int) -> bytes:
    """What tesseract says of a page, turned by so many degrees to the right; empty where it fails."""
    bitmap = page.render(scale=scale, rotation=turned, grayscale=True)
    rows = memoryview(bitmap.buffer).cast("B")
    # Rows may be longer than their pixels.
    pixels = b"".join(rows[n * bitmap.stride : n * bitmap.stride + bitmap.width] for n in range(bitmap.height))
    picture = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + pixels
    order = [program, "stdin", "stdout", "--dpi", str(round(72 * scale)), "-l", "eng", "--psm", "1" if _turns(program) else "3", "hocr"]
    # One thread: the pages of several documents are read at once.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    ran = subprocess.run(order, input=picture, capture_output=True, timeout=PAGE_SECONDS, check=False, env=environment)
    return ran.stdout if ran.returncode == 0 else b""


def _turned(hocr: bytes) -> int:
    """By how many degrees to the right most lines must be turned to be upright."""
    lines = hocr.count(b"class='ocr_line'")
    angles = Counter(int(angle) for angle in _ANGLE.findall(hocr))
    angle, count = angles.most_common(1)[0] if angles else (0, 0)
    return angle % 360 if angle in (90, 180, 270) and 2 * count > lines else 0


def _lines(hocr: bytes, scale: float, height: float) -> PageText:
    """hOCR → segments: a line is parted where the room between two words is that of columns."""
    root = etree.fromstring(hocr, etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False))
    segments: list[Segment] = []
    trusted: list[int] = []
    for line in root.iter("{*}span") if root is not None else []:
        if line.get("class") not in ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"):
            continue
        title = line.get("title", "")
        box, size = _BOX.search(title), _SIZE.search(title)
        if not box or not size:
            continue
        words = [(w, sure) for w in line.iter("{*}span") if w.get("class") == "ocrx_word" and (sure := _sure(w)) >= _LEAST_SURE]
        trusted += [sure for _, sure in words]
        left, foot = int(box[1]), int(box[4])
        base = _BASE.search(title)
        slope, rise = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
        held: list[tuple[str, int, int]] = []
        for word, _ in words:
            at, text = _BOX.search(word.get("title", "")), "".join(word.itertext()).strip()
            if not at or not text:
                continue
            if held and int(at[1]) - held[-1][2] > 1.6 * float(size[1]):
                segments.append(_segment(held, left, foot, slope, rise, float(size[1]), scale, height))
                held = []
            held.append((text, int(at[1]), int(at[3])))
        if held:
            segments.append(_segment(held, left, foot, slope, rise, float(size[1]), scale, height))
    return PageText(_even_sizes(segments), sum(trusted) / len(trusted) if trusted else 0.0)


def _sure(word: Any) -> int:
    found = _SURE.search(word.get("title", ""))
    return int(found[1]) if found else 0


def _segment(
    words: list[tuple[str, int, int]], left: int, foot: int, slope: float, rise: float, size: float, scale: float, height: float
) -> Segment:
    base = foot + rise + slope * (words[0][1] - left)
    # Tesseract's size of a line is from its descenders to its ascenders, which is nearly the type's own size.
    return Segment(
        " ".join(w for w, _, _ in words), words[0][1] / scale, height - base / scale, words[-1][2] / scale, size / scale, False, True
    )


def _even_sizes(segments: list[Segment]) -> list[Segment]:
    """Sizes that are measured vary from line to line: those near the usual one are that one."""
    if segments:
        usual = median(s.size for s in segments for _ in range(len(s.text)))
        for segment in segments:
            if 0.82 < segment.size / usual < 1.22:
                segment.size = usual
    return segments
