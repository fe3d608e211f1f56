"""The seventh step: nothing leaves that does not stand in its source.

Every quote is found again, word for word, in the text that the library holds, at the offsets that it names. What fails is taken
out of the answer: the citation, its marker and the claims that rested on it alone. An answer with none left is a refusal.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.choose import Quote
from assistant.journey import Draft
from hub.domain import Citation
from hub.library import Library
from hub.quotes import canonical, numbers_in, stands_at

_MARKER = re.compile(r"\s?\[(\d+)\]")
_PART = re.compile(r"(?:“[^”]*”|[^\[\]“”]+)(?:\s?\[\d+\])+\s*")
"""What stands before a group of markers, as far back as the group before it: a quote, or a sentence."""


def check(draft: Draft, library: Library) -> Draft:
    """The draft with only the citations that stand, renumbered in the order of the text."""
    good = {c.marker: c for c in draft.citations if _stands(c, library)}
    if len(good) == len(draft.citations):
        return draft
    lines = [kept for line in draft.text.split("\n") if (kept := _without_fallen(line, good)) is not None]
    order = [int(m) for m in dict.fromkeys(_MARKER.findall("\n".join(lines))) if int(m) in good]
    renumbered = {old: new for new, old in enumerate(order, 1)}
    return replace(
        draft,
        status=draft.status if renumbered else "no_evidence",
        text=_MARKER.sub(lambda m: m[0].replace(m[1], str(renumbered[int(m[1])])), "\n".join(lines)),
        claims=tuple(
            c.model_copy(update={"markers": tuple(renumbered[m] for m in c.markers if m in renumbered)})
            for c in draft.claims
            if any(m in renumbered for m in c.markers)
        ),
        citations=tuple(good[old].model_copy(update={"marker": new}) for old, new in renumbered.items()),
        nearest=tuple(n.model_copy(update={"marker": renumbered[n.marker]}) for n in draft.nearest if n.marker in renumbered),
    )


def _stands(citation: Citation, library: Library) -> bool:
    held = library.held(citation.source)
    return held is not None and stands_at(citation.quote, held.loaded, citation.start, citation.end)


def _without_fallen(line: str, good: Mapping[int, Citation]) -> str | None:
    """A line without the parts whose markers fell: each quote with its marker, or each sentence. None where nothing is left of it."""
    markers = [int(m) for m in _MARKER.findall(line)]
    if all(m in good for m in markers):
        return line
    parts = _PART.findall(line)
    kept = [_without_markers(part, good) for part in parts if _rests(part, good)]
    if not kept:
        return None
    return (line[: line.find(parts[0])] + "".join(kept)).rstrip()


def _rests(part: str, good: Mapping[int, Citation]) -> bool:
    """Whether a part still rests on something: a quote on its own citation, a sentence on any of its."""
    stand = [int(m) in good for m in _MARKER.findall(part)]
    return all(stand) if part.startswith("“") else any(stand)


def _without_markers(part: str, good: Mapping[int, Citation]) -> str:
    return _MARKER.sub(lambda m: m[0] if int(m[1]) in good else "", part)


class Unsupported(ValueError):
    """A sentence says what its quotes do not."""


_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:(?:of|and|the|&)\s+)?[A-Z][\w’'-]+)*")
_QUOTED = re.compile(r"[“”\"]([^“”\"]{3,})(?:[“”\"]|$)|(?<![\w])(?:‘((?:[^‘’]|’(?=\w)){3,})’|'([^‘’']{3,})')(?!\w)")
_HALF_QUOTED = re.compile(r"^([^“”\"]{3,})”")
_FIGURE = re.compile(r"(?<![\w.,])[-−+]?[£$€]?\d[\d,]*(?:\.\d+)?\s?%?")
_IN_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
    r"|half|halved|thirds?|quarters?|double[ds]?|treble[ds]?|tripled?|twice)\b",
    re.IGNORECASE,
)
_ORDINARY = frozenset(
    [
        "the",
        "model",
        "paper",
        "guide",
        "ceo",
        "cst",
        "i",
        "it",
        "its",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "a",
        "an",
        "and",
        "both",
        "each",
        "most",
        "some",
        "many",
        "none",
        "no",
        "one",
        "two",
        "three",
        "staff",
        "schools",
        "school",
        "trusts",
        "trust",
        "teachers",
        "pupils",
        "leaders",
        "this",
        "that",
        "these",
        "those",
        "there",
        "where",
        "when",
        "while",
        "they",
        "their",
        "other",
        "others",
        "another",
        "heads",
        "however",
        "but",
        "so",
        "after",
        "before",
        "since",
        "with",
        "of",
        "to",
        "as",
        "if",
        "all",
        "every",
        "then",
        "connections",
        "leadership",
        "marking",
        "feedback",
        "time",
        "work",
        "people",
        "parents",
        "governors",
        "trustees",
        "lessons",
        "planning",
        "meetings",
        "workload",
        "surveys",
        "results",
        "support",
        "visits",
        "improvement",
        "expertise",
        "evidence",
        "culture",
        "capacity",
        "goals",
        "change",
        "changes",
        "attendance",
        "behaviour",
        "silos",
    ]
)
"""Words that may begin a sentence with a capital and name nobody."""


def check_sentence(text: str, ids: Sequence[str], quotes: Mapping[str, Quote]) -> None:
    """Raises Unsupported unless every id was issued, and every figure, name and quoted word of the sentence stands in its quotes.

    A name may also be the source's own: its organisation, school, place or title. A figure may not: the number of pupils of a
    school is no result.
    """
    if not ids or any(id not in quotes for id in ids):
        raise Unsupported("no id, or one that was never given")
    cited = [quotes[id] for id in ids]
    said = [f"{q.lead} {q.text}" for q in cited]
    years = {q.source.published[:4] for q in cited if q.source.published}
    dated = re.sub(r"\b[Ii]n (\d{4})\b", lambda m: "" if m[1] in years else m[0], text)  # when it was published may be said
    _check_figures(dated, " ".join(said))
    _check_names(text, " ".join([*said, *(_about(q) for q in cited)]))
    _check_quoted(text, said)


def _figures(words: str) -> set[str]:
    """The figures of a text with the signs beside them: 18 visits are not 18%."""
    return {re.sub(r"[\s,]", "", f).replace("−", "-") for f in _FIGURE.findall(re.sub(r"\s?per ?cent\b", "%", words))}


def _check_figures(text: str, said: str) -> None:
    if not _figures(text) <= _figures(said):
        raise Unsupported("a figure that is not in the quote")
    small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    spelt = {small[int(n)] for n in numbers_in(said) if n.isdigit() and int(n) < len(small)}  # "3" bears "three"
    if not {w.lower() for w in _IN_WORDS.findall(text)} <= {w.lower() for w in _IN_WORDS.findall(said)} | spelt:
        raise Unsupported("a figure in words that is not in the quote")


def _check_names(text: str, known: str) -> None:
    words = {_bare(w) for w in re.findall(r"[\w’'-]+", known)}
    for name in _NAME.findall(text):
        for word in name.split():
            if word[0].isupper() and _bare(word) not in words | _ORDINARY and not (text.startswith(word) and _is_plain(word)):
                raise Unsupported(f"a name that is not in the quote: {name}")


def _is_plain(word: str) -> bool:
    """A sentence's first word that is no name, by its ending."""
    return bool(re.search(r"(?:ing|ly|ions?|ment|ness)$", word))


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.lower()).strip("-’'")


def _check_quoted(text: str, said: Sequence[str]) -> None:
    """Words in quotation marks, single ones too, stand in one of the quotes."""
    for words in [next(filter(None, found)) for found in _QUOTED.findall(text)] + _HALF_QUOTED.findall(text):
        if not any(canonical(words) in canonical(one) for one in said):
            raise Unsupported("words in quotation marks that are not in the quote")


def _about(quote: Quote) -> str:
    s = quote.source
    return f"{s.title} {s.organisation} {s.trust} {' '.join(str(v) for v in s.context.model_dump().values())} {s.published} {quote.chunk.place.heading}"
