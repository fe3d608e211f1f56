"""Puts a document's blocks together into one text, and keeps where each stands."""

from collections.abc import Callable, Sequence

from hub.domain import Block, BlockKind, Loaded

AskTime = Callable[[float], None]
"""What a loader calls with how many seconds more its document may take."""


def no_more_time(seconds: float) -> None:
    """For a reading that nobody limits."""


class TextBuilder:
    """Collects blocks in reading order; `finish` gives the Loaded document."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[tuple[int, int, str]] = []
        self._headings: list[tuple[int, str]] = []
        self._anchors: list[tuple[int, str]] = []
        self.warnings: list[str] = []

    @property
    def heading(self) -> str:
        """The heading path in force."""
        return " › ".join(text for _, text in self._headings)

    def add(
        self, kind: BlockKind, pieces: str | list[tuple[str, int | None, str]], level: int = 0, header: str = "", anchor: str = ""
    ) -> None:
        """Add one block. `pieces` is its text, or (text, page, label) for each page that it stands on. Empty text adds nothing.

        `anchor`: the name by which a link opens the document there.
        """
        if isinstance(pieces, str):
            pieces = [(pieces, None, "")]
        pieces = [p for p in pieces if p[0]]
        if not pieces:
            return
        whole = " ".join(text for text, _, _ in pieces)
        if kind == "heading":
            while self._headings and self._headings[-1][0] >= level:
                self._headings.pop()
            self._headings.append((level, whole))
        if self._parts:
            previous = self._blocks[-1].kind
            self._push("\n" if kind in ("item", "row") and previous in ("item", "row", "paragraph") else "\n\n")
        start = self._length
        if anchor or (kind == "heading" and self._anchors):
            self._anchors.append((start, anchor))
        for number, (text, page, label) in enumerate(pieces):
            if number:
                self._push(" ")
            if page is not None and (not self._pages or self._pages[-1][1] != page):
                self._pages.append((self._length, page, label))
            self._push(text)
        self._blocks.append(Block(kind=kind, start=start, end=self._length, level=level, heading=self.heading, header=header))

    def _push(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def finish(self, ocr_pages: Sequence[int] = ()) -> Loaded:
        """The document as read; `ocr_pages` were read off their pictures."""
        return Loaded(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            pages=tuple(self._pages),
            warnings=tuple(self.warnings),
            anchors=tuple(self._anchors),
            ocr=bool(ocr_pages),
            ocr_pages=tuple(ocr_pages),
        )
