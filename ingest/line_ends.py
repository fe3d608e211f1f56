"""Lines made one again: what a line end broke, or hid, is mended."""

import re

from hub.plain import clean

SOFT = "\u00ad"
"""A hyphen that stands only where the line ends."""
_HYPHENS = ("-", "\u2010")
_BOTH = frozenset(["and", "or", "to", "nor", "versus"])
"""What follows "pre-" in "pre- and post-tests"."""


def join_lines(lines: list[str], words: set[str]) -> str:
    """Lines as one, hyphenation mended: the hyphen goes where the document, whose whole words `words` are, has the word without it."""
    text, soft = "", False
    for line in lines:
        soft, soft_before = soft_end(line), soft
        line = clean(line)
        if soft_before:
            text += line
        elif text.endswith(_HYPHENS) and line[:1].islower():
            head = re.search(r"[A-Za-z]+$", text[:-1])
            tail = re.match(r"[a-z]+", line)
            first = line.split()[0]
            if head and tail and f"{head[0]}-{tail[0]}".lower() not in words and (head[0] + tail[0]).lower() in words:
                text = text[:-1]
            text += f" {line}" if first in _BOTH else line
        elif text.endswith("/"):
            text += line
        else:
            text = f"{text} {line}" if text else line
    return text


def soft_end(line: str) -> bool:
    """Whether its last word goes on in the next line."""
    return line.rstrip().endswith(SOFT)


def join_parts(before: str, after: str, words: set[str]) -> str:
    """A paragraph and what goes on from it in the next column, box or page; a soft hyphen at its end is kept for what comes then."""
    return join_lines([before, after], words) + (SOFT if soft_end(after) else "")
