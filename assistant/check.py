"""The seventh step: nothing leaves that does not stand in its source.

Every quote is found again, word for word, in the text that the library holds, at the offsets that it names. What fails is taken
out of the answer: the citation, its marker and the claims that rested on it alone. An answer with none left is a refusal.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.choose import Quote
from assistant.journey import Draft
from hub.domain import Citation
from hub.library import Library
from hub.quotes import canonical, numbers_in, stands_at

_MARKER = re.compile(r"\s?\[(\d+)\]")


def check(draft: Draft, library: Library) -> Draft:
    """The draft with only the citations that stand, renumbered in the order of the text."""
    good = {c.marker: c for c in draft.citations if _stands(c, library)}
    if len(good) == len(draft.citations):
        return draft
    order = [int(m) for m in dict.fromkeys(_MARKER.findall(draft.text)) if int(m) in good]
    renumbered = {old: new for new, old in enumerate(order, 1)}
    text = "\n".join(_line(line, renumbered) for line in draft.text.split("\n") if _keeps(line, good))
    return Draft(
        status=draft.status if renumbered else "no_evidence",
        text=text,
        claims=tuple(c.model_copy(update={"markers": _renumber(c.markers, renumbered)}) for c in draft.claims if any(m in renumbered for m in c.markers)),
        citations=tuple(good[old].model_copy(update={"marker": new}) for old, new in renumbered.items()),
        nearest=draft.nearest, reason=draft.reason, follow_ups=draft.follow_ups, llm=draft.llm, prompts=draft.prompts, notices=draft.notices,
    )  # fmt: skip


def _stands(citation: Citation, library: Library) -> bool:
    held = library.held(citation.source)
    return held is not None and stands_at(citation.quote, held.loaded, citation.start, citation.end)


def _keeps(line: str, good: dict[int, Citation]) -> bool:
    """A line that rests on quotes goes when none of them stands."""
    markers = [int(m) for m in _MARKER.findall(line)]
    return not markers or any(m in good for m in markers)


def _line(line: str, renumbered: dict[int, int]) -> str:
    return _MARKER.sub(lambda m: f"{m[0][0] if m[0][0] == ' ' else ''}[{renumbered[int(m[1])]}]" if int(m[1]) in renumbered else "", line)


def _renumber(markers: Sequence[int], renumbered: dict[int, int]) -> tuple[int, ...]:
    return tuple(renumbered[m] for m in markers if m in renumbered)


class Unsupported(ValueError):
    """A sentence says what its quotes do not."""


_NAME = re.compile(r"(?<![.!?:“\"] )(?<!^)\b[A-Z][\w’'-]+(?:\s+(?:of|and|the|&)?\s*[A-Z][\w’'-]+)*")
_QUOTED = re.compile(r"[“\"]([^”\"]{3,})[”\"]")
_ALWAYS = re.compile(r"^(?:the )?(?:model|paper|guide|ceo|cst|i)$", re.IGNORECASE)


def check_sentence(text: str, ids: Sequence[str], quotes: Mapping[str, Quote]) -> None:
    """Raises Unsupported unless every id was issued, and every figure, name and quoted word of the sentence stands in its quotes.

    A name may also stand in what introduces a quote, or be the source's own: its organisation, school, place or title.
    """
    if not ids or any(id not in quotes for id in ids):
        raise Unsupported("no id, or one that was never given")
    cited = [quotes[id] for id in ids]
    words = " ".join(f"{q.lead} {q.text}" for q in cited)
    if not numbers_in(text) <= numbers_in(words) | numbers_in(" ".join(_about(q) for q in cited)):
        raise Unsupported("a figure that is not in the quote")
    known = canonical(words + " " + " ".join(_about(q) for q in cited))
    for name in _NAME.findall(text):
        if canonical(name) not in known and not _ALWAYS.match(name) and not all(canonical(w) in known for w in name.split()):
            raise Unsupported(f"a name that is not in the quote: {name}")
    for quoted in _QUOTED.findall(text):
        if canonical(quoted) not in canonical(words):
            raise Unsupported("words in quotation marks that are not in the quote")


def _about(quote: Quote) -> str:
    s = quote.source
    return f"{s.title} {s.organisation} {s.trust} {' '.join(str(v) for v in s.context.model_dump().values())} {s.published} {quote.chunk.place.heading}"
