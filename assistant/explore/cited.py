"""A citation in a line of text or a row of a table: the words, and where they stand."""

from assistant.citing import shown
from hub.domain import Citation

INVENTED = "invented example: do not cite"


def quoted(citation: Citation) -> str:
    """The quote in quotation marks, after what introduces it where it stands."""
    lead = f"({shown(citation.lead)}) " if citation.lead and citation.tag_method != "row" else ""
    return f"{lead}“{' '.join(shown(citation.quote).split())}”"


def place(citation: Citation) -> str:
    """The page, or the heading."""
    return f"page {citation.page_label or citation.page}" if citation.page else citation.heading


def cited_line(citation: Citation) -> str:
    """Where it stands, in brackets: "[3: Title, Organisation, 2024, page 4]"."""
    parts = [citation.title, citation.organisation, citation.published[:4], place(citation), INVENTED if citation.illustrative else ""]
    return f"[{citation.marker}: {', '.join(p for p in parts if p)}]"
