"""A name or a set phrase of the question that only other documents have than those it is asked of.

"How does Larkfield use Tallybook?", where Penhallow alone speaks of Tallybook; "How do secondaries run pause and plan meetings?", where only
a primary does. A single word may be said in other words; a product's name is not, nor often a phrase of four words and more that begins
and ends with an uncommon one.
"""

import re
from collections.abc import Collection, Iterator

from assistant.asked_for import MEASURES, names_in
from assistant.journey import Evidence, Understood
from assistant.retrieve import in_context
from assistant.shelf import Shelf
from vectorstore.lexical import tokenize

LEAST_WORDS, MOST_WORDS = 4, 8
"""Of a set phrase."""
_SAYS_LITTLE = frozenset(tokenize([f"{MEASURES} same"])[0])


def only_elsewhere(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """The source that speaks of what the question speaks of, where nobody that it asks about does; or ""."""
    asked_of = _asked_of(understood, shelf)
    said = list(dict.fromkeys(map(_plain, _set_words(understood, shelf)))) if asked_of and evidence.others else []
    if not said:
        return ""
    inside = " ".join(_plain(c.embed_text) for c in shelf.chunks.values() if c.source in asked_of)
    unsaid = [words for words in said if not _has(inside, words)]
    return next((c.source for c in evidence.others if any(_has(_plain(c.embed_text), words) for words in unsaid)), "")


def _asked_of(understood: Understood, shelf: Shelf) -> Collection[str]:
    """The sources that the question keeps to: of whoever it names, or of a phase, region or size."""
    if understood.sources is not None:
        return understood.sources if any(shelf.sources[id].voice == "practice" for id in understood.sources if id in shelf.sources) else ()
    kept = understood.phase or understood.regions or understood.size
    return in_context(understood, shelf) if kept and not understood.components else ()


def _set_words(understood: Understood, shelf: Shelf) -> Iterator[str]:
    """Names of things, where somebody is named, and runs of words that begin and end with one that says something."""
    question = understood.asked
    if understood.sources is not None:
        own = set(re.findall(r"\w+", " ".join(understood.names).lower()))
        yield from (name for name in names_in(question) if not own & set(re.findall(r"\w+", name.lower())))
    words = [m.span() for m in re.finditer(r"[\w’'-]+", question)]
    stems = [set(tokenize([question[start:end]])[0]) - _SAYS_LITTLE for start, end in words]
    telling = [any(map(shelf.words.is_uncommon, found)) for found in stems]
    for length in range(LEAST_WORDS, min(MOST_WORDS, len(words)) + 1):
        for first, last in zip(range(len(words)), range(length - 1, len(words)), strict=False):
            run = question[words[first][0] : words[last][1]]
            if telling[first] and telling[last] and not re.search(r"[.?!;:]", run):
                yield run


def _plain(text: str) -> str:
    return " ".join(re.sub(r"'s\b|[,‘’“”\"']", "", text.lower().replace("’s", "")).split())


def _has(text: str, words: str) -> bool:
    return words in text and bool(re.search(rf"(?<![\w-]){re.escape(words)}(?![\w-])", text))
