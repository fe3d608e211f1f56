"""Recognises the organisations, schools, phases and places of the library in a question."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.spelling import Spelt, put_right, spelt
from hub.domain import CASE_STUDY, Source
from hub.places import regions_in

_GENERIC = frozenset(
    [
        "school",
        "schools",
        "academy",
        "academies",
        "trust",
        "trusts",
        "primary",
        "secondary",
        "high",
        "community",
        "the",
        "of",
        "and",
        "a",
        "an",
        "co",
        "ce",
        "cofe",
        "c",
        "e",
        "rc",
        "church",
        "england",
        "catholic",
        "st",
        "saint",
        "first",
        "middle",
        "infant",
        "junior",
        "special",
        "college",
        "learning",
        "multi",
        "partnership",
        "education",
        "federation",
        "group",
        "nursery",
        "grammar",
        "upper",
        "lower",
        "for",
        "illustrative",
        "department",
        "university",
        "foundation",
        "free",
        "all",
        "studio",
        "technical",
    ]
)
PHASES = {
    "primary": re.compile(r"\b(?:primar(?:y|ies)|infants?|juniors?|first schools?|nurser(?:y|ies)|early years)\b", re.IGNORECASE),
    "secondary": re.compile(
        r"\b(?:secondar(?:ies|y(?! (?:effects?|data|sources?|research|analysis)))|high schools?|sixth[- ]forms?|upper schools?)\b",
        re.IGNORECASE,
    ),
    "special": re.compile(
        r"\b(?:special (?:schools?|academ\w+|trusts?|settings?)|specials|semh|pupil referral|alternative provision)\b|^(?:and |what about |in )?special\b|^secondary special",
        re.IGNORECASE,
    ),
}

LEAST_OF_TITLE, MORE_IN_TITLE = 3, 2
"""Words of a title by which a document is known, and words that may stand beside them: "the 13-page example travel policy"."""


@dataclass(frozen=True)
class Named:
    """An organisation or school that a question names, with the sources that are about it."""

    name: str
    sources: frozenset[str]


class Names:
    """The names in force, made from the sources. A name counts by its distinctive words; "St Edward's" needs both of its own."""

    def __init__(self, sources: Mapping[str, Source], texts: Iterable[str] = ()) -> None:
        """`texts`: what the sources say, which tells a misspelt name from a word; without it nothing is put right."""
        words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}
        self._known = {word.lower() for word in words}
        self._plain = {word for word in words if word.islower()}
        by_name: dict[str, set[str]] = defaultdict(set)
        for source in sources.values():
            if source.kind != CASE_STUDY and not source.context.trust:
                continue
            for name in (source.organisation, source.context.school, source.context.trust):
                if name:
                    by_name[name.removesuffix("(illustrative)").strip()].add(source.id)
        self._titles = [(s.title, s.id, _words_of(s.title)) for s in sources.values()]
        self._words = [_own_words(name) for name in by_name] + [_own_words(s.organisation) for s in sources.values()]
        self._telling = [spelt(" ".join(telling), proper=True) for name in by_name if (telling := _telling_words(name))]
        self._patterns = [(name, frozenset(ids), pattern) for name, ids in by_name.items() if (pattern := _pattern(name))]

    def put_right(self, text: str, others: Iterable[Spelt] = ()) -> str:
        """The text with misspelt names put right, the `others` too, and "hilltop" with its capital where somebody's deed is asked for."""
        if not self._known:
            return text
        for name in self._telling:
            if len(name.words) == 1 and name.words[0] not in self._plain:
                deed = re.compile(
                    rf"(?<=\b(?:did|has|had) )({name.words[0]})(?=(?:['’]s)? [a-z])|(?<=\bat )({name.words[0]})\b|(?<=\babout )({name.words[0]})(?=\W*$)"
                )
                text = deed.sub(name.written, text)
        unfound = [name for name, (_, _, pattern) in zip(self._telling, self._patterns, strict=True) if not pattern.search(text)]
        return put_right(text, (*others, *unfound), lambda word: word.lower() in self._known)

    def find(self, text: str) -> list[Named]:
        """The organisations that a text names, longest name first where one holds another's words."""
        found = [(m.start(), Named(name, ids)) for name, ids, pattern in self._patterns if (m := pattern.search(text))]
        return [named for _, named in sorted(found, key=lambda f: f[0])]

    def titled(self, titles: Iterable[str]) -> list[Named]:
        """The documents whose whole title stands in one of these, with few words more; none where several are so called."""
        asked = [words for words in map(_words_of, titles) if words]
        found = [
            Named(title, frozenset([id]))
            for title, id, words in self._titles
            if len(words) >= LEAST_OF_TITLE and any(words <= said and len(said - words) <= MORE_IN_TITLE for said in asked)
        ]
        return found if len(found) == 1 else []

    def where(self, text: str, name: str) -> tuple[int, int] | None:
        """Offsets of the words by which a text names the organisation of that name; None where it does not."""
        match = next((m for own, _, pattern in self._patterns if own == name and (m := pattern.search(text))), None)
        return match.span() if match else None

    def is_of_a_name(self, text: str) -> bool:
        """Whether all the telling words of a text stand in one name that is held."""
        words = _own_words(text)
        return any(words <= held for held in self._words)

    def not_held(self, text: str) -> str:
        """A school or trust that a text names and no source is of, though its name be like one that is; or ""."""
        for name in organisations_in(text):
            parts = re.split(r"\s+(?:and|&)\s+", name)
            # "Kensington and St Peter's School": two, where one of them is held
            for part in parts if len(parts) > 1 and any(self.find(p) for p in parts) and not self.is_of_a_name(name) else [name]:
                if _own_words(part) and not self.is_of_a_name(part):
                    return part
        return ""


def _words_of(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title.lower()))


def _own_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others: "Free" of a Free School, "High" of a High School; not "School" itself."""
    words = {re.sub(r"[’']s$", "", w.lower()) for w in re.findall(r"[\w’']+", name)}
    return frozenset(
        words - {"the", "of", "and", "school", "schools", "academy", "academies", "trust", "illustrative", "cofe", "ce", "rc", "multi"}
    )


_ORGANISATION = re.compile(
    r"(?<![\w’'])(?:(?:St\.?|[A-Z][\w]+(?:[’']s)?)\s+(?:(?:of|the|and|&)\s+)?){1,5}(?:School|Schools|Academy|Academies|College|Trust|Federation|Learning|Partnership|Primary|High|Grammar|MAT)\b(?:\s+(?:School|Academy|College|Trust|Schools))?"
)
_TWO_NAMES = re.compile(r"\b(Schools?|Academy|Academies|College|Trust|Federation|Partnership|MAT)\s+(?:and|&)\s+(?=[A-Z])")
"""Two organisations side by side, not one with "and" in its name."""
_NOT_NAMES = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "can",
        "compare",
        "conceptual",
        "cst",
        "cst's",
        "confederation",
        "could",
        "did",
        "do",
        "does",
        "contrast",
        "describe",
        "explain",
        "find",
        "for",
        "give",
        "put",
        "set",
        "summarise",
        "from",
        "hub",
        "has",
        "have",
        "how",
        "improvement",
        "in",
        "is",
        "list",
        "of",
        "school",
        "show",
        "tell",
        "the",
        "this",
        "trust",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
    ]
)


def organisations_in(text: str) -> list[str]:
    """What looks like the name of a school or trust: words with capitals that end in "School", "Academy", "Trust" and the like."""
    found = []
    for match in _ORGANISATION.finditer(text):
        for name in _TWO_NAMES.sub(r"\1\n", match.group()).splitlines():
            words = name.split()
            while words and words[0].lower() in _NOT_NAMES:
                words = words[1:]
            if len(words) > 1:
                found.append(" ".join(words))
    return found


def _telling_words(name: str) -> list[str]:
    """The words by which a name is known: "Barr Beacon", "St Edward’s"; none where all of them are everyday ones."""
    words = re.findall(r"[\w’']+", name)
    own = [w for w in words if w.lower().rstrip("’'s") not in _GENERIC and w.lower() not in _GENERIC and len(w) > 1]
    if not own:
        return []
    head = words[: words.index(own[-1]) + 1]
    if head[0].lower() in ("the", "a"):
        head = head[1:]
    return head if head[0].lower() in ("st", "saint") else [w for w in head if w in own]


def _pattern(name: str) -> re.Pattern[str] | None:
    parts = [_word(w) for w in _telling_words(name)]
    if not parts:
        return None
    # One distinctive word is enough where it is rare as a word; it must be written as a name.
    pattern = r"(?<!\w)" + r"[\s\-]+(?:\w+[\s\-]+){0,2}?".join(parts) + r"(?!\w)"
    return re.compile(pattern, re.IGNORECASE if len(parts) > 1 else 0)  # one word alone may be an everyday one


def _word(word: str) -> str:
    bare = re.escape(re.sub(r"[’']s?$", "", word))
    if word.lower() in ("st", "saint"):
        return r"(?:St\.?|Saint)"
    return rf"(?:{bare}|{bare.upper()})(?:[’']?s)?"


def phase_in(text: str) -> str:
    """The phase that a text speaks of, or ""."""
    return next((phase for phase, pattern in PHASES.items() if pattern.search(text)), "")


def of_regions(sources: Iterable[Source], regions: tuple[str, ...]) -> set[str]:
    """Ids of the sources whose context lies in one of the regions; a county or town knows its region."""
    return {s.id for s in sources if set(regions) & set(regions_in(f"{s.context.region}, {s.context.location}"))}


def of_phase(sources: Iterable[Source], phase: str) -> set[str]:
    """Ids of the sources whose context is of that phase; a mixed trust is of none."""
    return {
        s.id
        for s in sources
        if not s.context.phase.lower().startswith("mixed") and PHASES[phase].search(f"{s.context.phase} {s.context.school}")
    }
