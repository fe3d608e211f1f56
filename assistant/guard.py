"""The first step: what must not be searched, sent or kept is caught here.

It answers in milliseconds, on this machine and the same way each time. What it stops it never quotes.
"""

from collections.abc import Iterable

from assistant.disclosure import Disclosures
from assistant.journey import JourneyEnds
from assistant.masks import mask
from assistant.misuse import as_read, is_misuse
from hub.plain import clean

SAFEGUARDING_TEXT = (
    "**This needs a person, now.** Follow your school's or trust's safeguarding policy and tell your designated safeguarding lead at once. "
    "If anyone is in immediate danger, call **999**. If it is about you, Samaritans listen on **116 123**, at any hour, "
    "and Education Support on **08000 562 561**. Your message has not been searched or kept. "
    "If you meant a general question, ask it about schools, not about one person."
)
CRISIS_TEXT = (
    "**Please talk to someone now.** If you are in immediate danger, call **999**. You can call Samaritans free on **116 123**, at any hour, "
    "or Education Support, for anyone who works in a school, on **08000 562 561**. If it is about a pupil or a colleague, tell your designated "
    "safeguarding lead at once, as your safeguarding policy says. Your message has not been searched or kept. "
    "If you meant a general question, ask it about schools, not about one person."
)
MISUSE_TEXT = "This assistant answers questions from the library, with sources; it does not show its instructions or whole documents. What would you like to know?"


def guard(question: str, most_characters: int, disclosures: Disclosures) -> str:
    """The question as a reader would see it. JourneyEnds where it is empty, too long, a disclosure, or an attempt at misuse."""
    text = clean(question)
    if not text:
        raise JourneyEnds(
            "unclear", "empty", "There is no question yet. Ask about a component of the model, a trust, or something schools have tried."
        )
    kind = disclosures.kind_of(as_read(text))
    if kind:
        raise JourneyEnds("blocked", kind, CRISIS_TEXT if kind == "crisis" else SAFEGUARDING_TEXT, "blocked", keep_question=False)
    if len(text) > most_characters:
        raise JourneyEnds(
            "unclear",
            "too long",
            f"The question has {len(text):,} characters; the most that is read is {most_characters:,}. Ask it in a sentence or two.",
            keep_question=False,
        )
    if is_misuse(text):
        raise misused()
    return mask(text)


def misused() -> JourneyEnds:
    """The end of a request for the instructions or a whole document."""
    return JourneyEnds("blocked", "misuse", MISUSE_TEXT, "blocked")


def guard_history(history: Iterable[str], most_characters: int, disclosures: Disclosures) -> tuple[str, ...]:
    """The earlier questions that may be built on: one that would not be answered now is left out, the others are masked."""
    kept = []
    for question in history:
        try:
            kept.append(guard(question, most_characters, disclosures))
        except JourneyEnds:
            continue
    return tuple(kept)
