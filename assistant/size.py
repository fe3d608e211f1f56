"""How large a school or trust a question asks for, and which case studies are of one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hub.domain import Context, Source

SMALL_PUPILS, SMALL_SCHOOLS = 250, 5
LARGE_PUPILS, LARGE_SCHOOLS = 1000, 10
"""A small school has so many pupils at most, a small trust so many schools; a large one so many at least."""
_PLACE = r"(?:schools?|trusts?|primar(?:y|ies)|secondar(?:y|ies)|academ(?:y|ies)|specials?|mats?|infants?|juniors?)"
_WORD = re.compile(rf"(?<!\bhow )\b(?:(small|smaller|tiny)|(large|larger|big))\b(?:[\s-]+\w+){{0,3}}?\s+({_PLACE})\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b(?:(under|below|fewer than|less than|up to|at most|no more than)|(over|above|more than|at least))\s+(\d[\d,]*)\s+(pupils|students|children|schools|academies)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Size:
    """What a question says of size."""

    words: str
    """As it is said before "case studies": "small", or after them: "with over 5,000 pupils"."""
    rule: str
    """What the word is taken to mean, to be said; "" where the question gives a number."""
    of_school: tuple[float, float]
    """Pupils, least and most."""
    of_trust: tuple[float, float]
    """Schools, least and most."""
    of_each: bool = False
    """Asked of schools, not of trusts: a trust of seven village primaries has small primaries."""

    def fits(self, context: Context) -> bool:
        """Whether a case study is of that size; not where its row does not say."""
        schools, pupils = number_in(context.schools), number_in(context.pupils)
        if self.of_each and schools and pupils and self.of_school[0] <= pupils / schools <= self.of_school[1]:
            return True
        if schools is not None and schools > 1 and self.of_trust != _ANY:
            return self.of_trust[0] <= schools <= self.of_trust[1]
        return pupils is not None and self.of_school != _ANY and self.of_school[0] <= pupils <= self.of_school[1]


_ANY = (0.0, float("inf"))


def size_in(question: str) -> Size | None:
    """The size that a question asks for, or None."""
    if match := _NUMBER.search(question):
        below, _, number, what = match.groups()
        limit = float(number.replace(",", ""))
        span = (0.0, limit) if below else (limit, float("inf"))
        schools = what.lower() in ("schools", "academies")
        return Size(f"with {match.group().lower()}", "", _ANY if schools else span, span if schools else _ANY)
    if match := _WORD.search(question):
        of_each = not re.match("trust|mat", match[3], re.IGNORECASE)
        on_average = " in a school on average" if of_each else ""
        if match[1]:
            rule = f"small: up to {SMALL_PUPILS} pupils{on_average}, or {SMALL_SCHOOLS} schools"
            return Size("small", rule, (0.0, SMALL_PUPILS), (0.0, SMALL_SCHOOLS), of_each)
        rule = f"large: from {LARGE_PUPILS:,} pupils{on_average}, or {LARGE_SCHOOLS} schools"
        return Size("large", rule, (LARGE_PUPILS, float("inf")), (LARGE_SCHOOLS, float("inf")), of_each)
    return None


def size_words(size: Size | None) -> tuple[str, str]:
    """What is said of size before and after "case studies", each with its space."""
    if size is None:
        return "", ""
    return (f"{size.words} ", "") if size.rule else ("", f" {size.words}")


def of_size(sources: Iterable[Source], size: Size) -> set[str]:
    """Ids of the sources whose context is of that size."""
    return {s.id for s in sources if size.fits(s.context)}


def number_in(said: str) -> float | None:
    """The first number of a manifest's words: "Less than 100" is 99."""
    match = re.search(r"\d[\d,]*", said)
    if not match:
        return None
    return float(match.group().replace(",", "")) - (1 if re.match(r"(?:less|fewer|under|below)", said, re.IGNORECASE) else 0)
