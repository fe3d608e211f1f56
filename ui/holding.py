"""What the library holds, in a sentence."""

from assistant.held import Held
from assistant.wording import counted
from ui.words import dated


def holding_line(shelf: Held) -> str:
    """How many sources, of how many organisations, how recent, and when they were read in."""
    sources = shelf.sources.values()
    organisations = {s.organisation for s in sources}
    dates = sorted(s.published for s in sources if s.published)
    newest = f"; the newest is from {dated(dates[-1])}" if dates else ""
    read = dated(shelf.library.last_read()[:7])
    studies = counted(len(shelf.case_studies()), "case study", "case studies")
    return f"{counted(len(shelf.sources), 'source')} held, {studies} among them, from {counted(len(organisations), 'organisation')}{newest}. Read in: {read}."


def illustrative_only(shelf: Held) -> bool:
    """Whether everything in force is invented."""
    return bool(shelf.sources) and all(s.illustrative for s in shelf.sources.values())
