"""Words that pages share."""

import re
from datetime import date

from hub.domain import Answer, Citation, Kind, Verdict

KINDS: dict[Kind, str] = {
    "model-paper": "Model paper",
    "guide": "Guide",
    "case-study": "Case study",
    "research": "Research",
    "news": "News",
    "opinion": "Opinion",
    "policy": "Policy",
}
VERDICTS: dict[Verdict, str] = {
    "quoted": "Quoted word for word, and found again in the source by the program.",
    "supported": "Written by a language model; a second model judged that the quote supports it.",
    "not_verified": "Written by a language model from this quote. Its figures and names were checked; its meaning was not. Read the quote.",
}
VERDICT_LINES: dict[Verdict, str] = {
    "supported": "*Judged*: a second language model found the sentence in its quotes. It can be wrong.",
    "not_verified": "*Not verified*: the sentence's figures and names are in its quotes; nobody has checked its meaning. Select its number and read the quote.",
}
"""What the small words after a language model's sentences mean."""
METHODS = {
    "confirmed": "Component confirmed by staff.",
    "row": "Component found by the program: the component's own row in a table of the model.",
    "heading": "Component found by the program: named in a heading.",
    "named": "Component found by the program: named in the passage.",
    "cue": "Component found by the program, from the passage's wording.",
    "meaning": "Component found by the program, from the passage's meaning.",
}
COUNT_OF_COMPONENT = (
    "A case study counts once, however much it says. It counts where staff have said that it is about the component, where it names it, or "
    "where the program finds it in the wording or the meaning of its passages."
)
COUNT_OF_QUESTION = (
    "A case study counts once, however much it says. It counts where one of its sentences is nearly as close to the question as the "
    "closest sentence held. The program judges that."
)
_COUNT_LIMITS = "The count tells who speaks of it, not how well it went. Answers are short: not every case study that counts is quoted."
_COUNT = re.compile(r"\b(?:in|of) (?:the )?\d+ (?:[\w,-]+ ){0,6}case stud(?:y|ies)\b", re.IGNORECASE)
_ABOUT_THIS = re.compile(r"\bpassages about this\b")


def count_explained(answer: Answer) -> str:
    """What an answer's count of case studies means, in plain words; "" where it counts none."""
    if not _COUNT.search(answer.text.replace("*", "")):
        return ""
    named = answer.components and not _ABOUT_THIS.search(answer.text)
    return f"{COUNT_OF_COMPONENT if named else COUNT_OF_QUESTION} {_COUNT_LIMITS}"


def dated(published: str) -> str:
    """ "April 2024" of "2024-04"; "" where there is no date."""
    if len(published) >= 7:
        return date(int(published[:4]), int(published[5:7]), 1).strftime("%B %Y")
    return published


def dated_day(moment: str) -> str:
    """ "2 November 2026" of an ISO date or time."""
    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%B %Y}"


def place_of(citation: Citation) -> str:
    """A citation's page, or the last of its headings."""
    if citation.page:
        return f"page {citation.page_label or citation.page}"
    return f"under “{citation.heading.rpartition(' › ')[2]}”" if citation.heading else ""
