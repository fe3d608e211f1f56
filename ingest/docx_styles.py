"""What Word's styles, and the paragraphs and runs themselves, say of how they are set: headings, lists, hidden words."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.font import Font

SMALLEST_HALF_POINTS = 3
"""Nobody reads smaller type: it is hidden."""
_DEPTH = 20
"""Styles that rest on each other; damaged ones may do so in a ring."""


class Styles:
    """The styles of a document, each with those that it rests on."""

    def __init__(self, document: Document) -> None:
        elements = {style.style_id: style.element for style in document.styles}
        self._chains = {id: self._chain(elements, id) for id in elements}
        default = next((id for id, e in elements.items() if e.get(qn("w:default")) == "1" and e.get(qn("w:type")) == "paragraph"), None)
        self._default = default

    @staticmethod
    def _chain(elements: dict[str, Any], id: str | None) -> list[Any]:
        chain: list[Any] = []
        while id in elements and len(chain) < _DEPTH:
            chain.append(elements[id])
            based = elements[id].find(qn("w:basedOn"))
            id = based.get(qn("w:val")) if based is not None else None
        return chain

    def _of(self, part: Any) -> list[Any]:
        """The styles of a paragraph or run, its own first."""
        return self._chains.get(part.style or (self._default if part.tag == qn("w:p") else None), [])

    def level(self, paragraph: Any) -> int:
        """A heading's level, 1 being the title's; 0 for what is none."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if own is not None:
            return _outline(own)
        for style in self._of(paragraph):
            name = style.find(qn("w:name"))
            said = (name.get(qn("w:val")) or "").lower() if name is not None else ""
            if said == "title":
                return 1
            if said.startswith("heading") and (said[7:].strip().isdigit() or said == "heading"):
                return int(said[7:].strip() or 1) + 1
            outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                return _outline(outline)
        return 0

    def is_item(self, paragraph: Any) -> bool:
        """Whether it stands in a list."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if own is not None:
            return _is_numbered(own)
        for style in self._of(paragraph):
            name = style.find(qn("w:name"))
            if name is not None and (name.get(qn("w:val")) or "").lower().startswith("list"):
                return True
            numbering = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbering is not None:
                return _is_numbered(numbering)
        return False

    def hides(self, run: Any) -> bool:
        """Whether a reader of the document does not see a run. What it says of itself comes before its styles."""
        font = Font(run)
        if font.strike or font.double_strike:  # taken back
            return True
        if font.hidden is not None:
            return bool(font.hidden)
        paragraph = next(run.iterancestors(qn("w:p")), None)
        parts = [run] if paragraph is None else [run, paragraph]
        if any(_says(style, "w:vanish") for part in parts for style in self._of(part)):
            return True
        size = font.size
        if size is not None and size.pt * 2 <= SMALLEST_HALF_POINTS:
            return True
        return self._is_white(run, paragraph)

    @staticmethod
    def _is_white(run: Any, paragraph: Any) -> bool:
        """White on the page's white. In a table or a text box the ground may be dark, and the table's style says so elsewhere."""
        colour = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
        if colour is None or (colour.get(qn("w:val")) or "").upper() != "FFFFFF" or colour.get(qn("w:themeColor")):
            return False
        if next(run.iterancestors(qn("w:tc"), qn("w:txbxContent")), None) is not None:
            return False
        return not any(
            shade is not None and (shade.get(qn("w:fill")) or "auto").upper() not in ("AUTO", "FFFFFF")
            for shade in (
                run.find(f"{qn('w:rPr')}/{qn('w:shd')}"),
                paragraph.find(f"{qn('w:pPr')}/{qn('w:shd')}") if paragraph is not None else None,
            )
        )

    def all_bold(self, part: Any) -> bool:
        """Whether every word of a paragraph or cell is bold."""
        runs = [run for run in part.iter(qn("w:r")) if run.text.strip()]
        return bool(runs) and all(self._is_bold(run) for run in runs)

    def _is_bold(self, run: Any) -> bool:
        own = Font(run).bold
        if own is not None:
            return bool(own)
        paragraph = next(run.iterancestors(qn("w:p")), None)
        return any(_says(style, "w:b") for part in (run, paragraph) if part is not None for style in self._of(part))


def _outline(element: Any) -> int:
    said = element.get(qn("w:val")) or ""
    return int(said) + 2 if said.isdigit() and int(said) < 9 else 0


def _is_numbered(numbering: Any) -> bool:
    id = numbering.find(qn("w:numId"))
    return id is not None and id.get(qn("w:val")) != "0"  # nought takes away what the style gave


def _says(style: Any, name: str) -> bool:
    said = style.find(f"{qn('w:rPr')}/{qn(name)}")
    return said is not None and said.get(qn("w:val")) not in ("0", "false", "off")
