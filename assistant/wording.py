"""The words that code writes around quotes."""

from collections.abc import Sequence

from hub.domain import Kind, Source

_KINDS: dict[Kind, str] = {
    "model-paper": "model paper",
    "guide": "guide",
    "case-study": "case study",
    "research": "research summary",
    "news": "news page",
    "opinion": "opinion piece",
    "policy": "policy",
}

NOT_DESCRIBED = "*not described in what we hold*"
"""A table's cell for which nothing was found."""
ALIKE, DIFFERENT = "**Alike**", "**Where they differ**"
"""How a line begins that sets cited words side by side: it stands whole or not at all."""


def kind_of(source: Source) -> str:
    """A source's kind, as a reader would say it."""
    return _KINDS[source.kind]


def name_of(source: Source) -> str:
    """Whose practice a source tells of: the school where one is named, else the organisation."""
    organisation = source.organisation
    school = source.context.school
    if not school or school == organisation:
        return organisation
    invented = " (illustrative)" if source.illustrative else ""
    return f"{school} ({organisation})" if not invented else f"{school}, {organisation}"


def plain_organisation(source: Source) -> str:
    """An organisation's name without the mark of an invented one."""
    return source.organisation.removesuffix("(illustrative)").strip()


def who_says(source: Source) -> str:
    """How a source that is not a case study is introduced."""
    if source.kind == "model-paper":
        return "The model paper says"
    date = f", {source.published[:4]}" if source.published else ""
    return f"*{source.title}* ({source.organisation.replace(' (illustrative)', ', illustrative')}{date}) says"


def context_of(source: Source) -> str:
    """Where a case study happened, in a few words: what a reader looks for is "a trust like mine"."""
    c = source.context
    parts = [c.phase[:1].lower() + c.phase[1:] if c.phase[1:2].islower() else c.phase]
    if c.schools:
        parts.append(f"{c.schools} schools" if c.schools != "1" else "1 school")
    parts.append(c.location or c.region)
    if c.pupils:
        pupils = f"{int(c.pupils):,}" if c.pupils.isdigit() else c.pupils[:1].lower() + c.pupils[1:]
        parts.append(f"{pupils} pupils")
    if source.published:
        parts.append(source.published[:4])
    return ", ".join(p for p in parts if p)


NEAR = "near to yours"


def near_mark(in_what: Sequence[str]) -> str:
    """What stands after an organisation's name that is near to the asker's own; "" where nothing is."""
    return f" – *{NEAR}: {', '.join(in_what)}*" if in_what else ""


def counted(n: int, one: str, many: str = "") -> str:
    """ "1 case study", "3 case studies"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def join_names(names: list[str], last: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def in_words(n: int) -> str:
    """Small numbers as words."""
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return words[n] if 0 <= n < len(words) else str(n)


def found_again(quotes: int) -> str:
    """So many quotes, and that the program found them."""
    return f"{counted(quotes, 'quote')}, {'each ' * (quotes > 1)}found again in its source"
