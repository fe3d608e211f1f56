"""How a citation is written as a reference, wherever a reader takes it with them."""

from hub.domain import Citation
from hub.plain import CELL, LINE
from ui.words import place_of

DO_NOT_CITE = "INVENTED EXAMPLE: DO NOT CITE."


def quoted(citation: Citation) -> str:
    """The quote on one line, in quotation marks."""
    return f"“{citation.quote.replace(CELL, ' | ').replace(LINE, ' / ')}”"


def cite_as(citation: Citation) -> str:
    """Organisation (year) title, place, address: the reference without the quote."""
    parts = [
        citation.organisation,
        f"({citation.published[:4] or 'n.d.'})",
        f"{', '.join(x for x in (citation.title, place_of(citation)) if x)}.",
        citation.url,
    ]
    reference = " ".join(p for p in parts if p)
    return f"{DO_NOT_CITE} {reference}" if citation.illustrative else reference


def reference_of(citation: Citation) -> str:
    """The quote and where it comes from."""
    said = f"{quoted(citation)} — {cite_as(citation.model_copy(update={'illustrative': False}))}"
    return f"{DO_NOT_CITE} {said}" if citation.illustrative else said
