"""Whether what a question asks of a school or trust is held, where no source is of it: named in passing is not told of."""

import re

from assistant.doers import doers_in, is_a_name
from assistant.journey import Understood
from assistant.names import Names
from assistant.retrieve import question_words
from assistant.shelf import Shelf
from hub.domain import Chunk
from vectorstore.lexical import tokenize

SAID_OF_IT = 0.5
"""The share of the question's weight, the name aside, that a passage has which names somebody and tells of what is asked."""

OPENING = 1_500
"""Characters of a case study in which it says whom it is of."""
_COMPARED = re.compile(r"\bcompare\b", re.IGNORECASE)


def not_told_of(understood: Understood, shelf: Shelf, names: Names) -> str:
    """The school or trust that a question asks about and that nothing held tells of; or ""."""
    question = understood.question
    name = names.not_held(question)
    if name and re.search(rf"{re.escape(name)}(?:['’]s)? case stud", question, re.IGNORECASE):
        return name
    if name and understood.sources is None and _COMPARED.search(question):
        return name  # whatever names it in passing sets nothing side by side
    if name:
        return "" if tells_of(name, understood, shelf) or _opens_with(name, shelf) else name
    texts = [chunk.text for chunk in shelf.chunks.values()]
    for doer in doers_in(question):
        if re.fullmatch("[A-Z]+s", doer):  # "MATs": many, not one
            continue
        unknown = not any(shelf.words.known(word) for word in tokenize([doer])[0])
        if names.find(doer) or names.is_of_a_name(doer) or not (unknown or (not doer.isupper() and is_a_name(doer, texts))):
            continue
        if not tells_of(doer, understood, shelf):
            return doer
    return ""


def mentioning(name: str, shelf: Shelf) -> list[Chunk]:
    """The passages that name somebody, in order of their sources."""
    return [c for c in shelf.chunks.values() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", c.text)]


def _opens_with(name: str, shelf: Shelf) -> bool:
    """Whether a case study that says of no school of its own begins with this one: it is told of a school of the trust."""
    studies = {s.id for s in shelf.case_studies() if s.context.school in ("", s.context.trust)}
    return any(chunk.source in studies and chunk.start < OPENING for chunk in mentioning(name, shelf))


def tells_of(name: str, understood: Understood, shelf: Shelf) -> bool:
    """Whether some sentence that has the name, or the one after it, tells of what is asked."""
    rest = question_words(understood) - set(tokenize([name])[0])
    told = [words for chunk in mentioning(name, shelf) for words in _sentences_on(name, chunk)]
    return any(shelf.words.coverage(rest, set(stems)) >= SAID_OF_IT for stems in tokenize(told))


def _sentences_on(name: str, chunk: Chunk) -> list[str]:
    """Each sentence that names somebody, with the one after it; a name in a heading speaks for the whole passage."""
    texts = [chunk.text[s.start - chunk.start : s.end - chunk.start] for s in chunk.sentences]
    found = [" ".join(texts[n : n + 2]) for n, text in enumerate(texts) if name in text]
    return found or [chunk.text]
