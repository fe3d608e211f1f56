"""The names in a claim: each stands in what the claim cites, or is the source's own."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from assistant.choose import Quote
from vectorstore.lexical import tokenize

_WORD = re.compile(r"[^\W_][\w’'-]*")
_JOINS = frozenset(["of", "and", "the", "&", "for", "in", "upon", "on", "with"])
_WORDS = """the model paper guide ceo cst i it its in on at by for from a an and both each most some many none no one two three four five six staff schools school
    trusts trust teachers teacher pupils pupil leaders leader this that these those there where when while they their them other others another heads head however but so
    after before since with within without of to as if all every then connections leadership marking feedback time work people parents governors trustees lessons
    planning meetings workload surveys results support visits improvement expertise evidence culture capacity goals change changes attendance behaviour silos
    according among amid because during through throughout under until unlike like over between beyond across alongside following rather instead such only also
    still yet once now here what who why how which whether children students colleagues governance executives directors subject central teams team research
    documents document case study studies source sources passage passages examples example component components strand strands organisation organisations
    multi-academy academies academy local national half we you your our he she his her
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
    spring summer autumn winter england english british"""
_ORDINARY = frozenset(_WORDS.split())
"""Words that may stand with a capital and name nobody."""
_FACTS = "england english british monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december spring summer autumn winter"
_NOT_AT_THE_HEAD = frozenset(_FACTS.split())
"""Of these, the ones that are facts wherever they stand: they must be the source's."""


def unknown_name(text: str, cited: Sequence[Quote]) -> str:
    """A name in the text that neither the quotes nor their sources carry, or ""."""
    texts = [_words(part) for q in cited for part in (q.lead, q.text, q.chunk.place.heading) if part]
    fields = [_words(f) for q in cited for f in fields_of(q)]
    stems = set(tokenize([" ".join(q.text + " " + q.lead for q in cited)])[0])
    for run in _runs(text):
        if not _known(run, texts, fields, stems):
            return " ".join(word for word, _ in run)
    return ""


def fields_of(quote: Quote) -> list[str]:
    """What is known of a quote's source, each by itself."""
    s = quote.source
    tags = [t.component.replace("-", " ") for t in quote.chunk.tags] + [t.component for t in quote.chunk.tags]
    return [
        f
        for f in (s.title, s.organisation, s.trust, *(str(v) for v in s.context.model_dump().values()), s.published, *s.authors, *tags)
        if f
    ]


def names_of(quote: Quote) -> list[str]:
    """What the organisation behind a quote is called."""
    s = quote.source
    return [n.removesuffix("(illustrative)").strip() for n in (s.organisation, s.trust, s.context.school, s.context.trust) if n]


Run = list[tuple[str, bool]]
"""Words in a row, and whether each begins a sentence."""


def _runs(text: str) -> list[Run]:
    """The words with capitals that stand side by side, joined by "of", "and" and the like; a possessive ends a run."""
    text = unicodedata.normalize("NFC", text)
    runs: list[Run] = []
    run: Run = []
    end = 0
    for match in _WORD.finditer(text):
        word, between = match.group(), text[end : match.start()]
        head = not text[: match.start()].strip("“”\"'‘’*_( ") or bool(re.search(r"[.!?:]\s+[“\"'(*]*$", text[: match.start()]))
        broken = bool(between.strip()) and between.strip() not in ("&", ".")
        if word[0].isupper():
            if broken and run:
                runs.append(run)
                run = []
            run.append((word, head))
            if re.search(r"[’']s?$", word):
                runs.append(run)
                run = []
        elif run and not broken and word.lower() in _JOINS:
            run.append((word, False))
        elif run:
            runs.append(run)
            run = []
        end = match.end()
    return [trimmed for r in [*runs, run] if (trimmed := _trimmed(r))]


def _trimmed(run: Run) -> Run:
    while run and (run[-1][0].lower() in _JOINS):
        run = run[:-1]
    return run


def _known(run: Run, texts: list[list[str]], fields: list[list[str]], stems: set[str]) -> bool:
    """Whether a name stands as it is in one text, or is a shorter form of one of a source's own; each half of "A and B" may."""
    while run and _is_ordinary(run[0], stems):
        run = _trimmed_left(run[1:])
    if not run:
        return True
    words = [_bare(word) for word, _ in run]
    if any(_within(words, text) for text in texts) or any(_shortens(words, field) for field in fields):
        return True
    for at, word in enumerate(words):
        if word in _JOINS and 0 < at < len(words) - 1:
            return _known(run[:at], texts, fields, stems) and _known(_trimmed_left(run[at:]), texts, fields, stems)
    # "Year Leaders", "CST Trust Leaders": a known name with ordinary words after it.
    return len(run) > 1 and _is_ordinary(run[-1], stems) and run[-1][0].lower() not in _PROPER and _known(run[:-1], texts, fields, stems)


_PROPER = frozenset(["school", "schools", "trust", "trusts", "academy", "academies", "local", "national", "england"])
"""Ordinary words that, after a name, are part of it."""


def _trimmed_left(run: Run) -> Run:
    while run and run[0][0].lower() in _JOINS:
        run = run[1:]
    return run


def _is_ordinary(word: tuple[str, bool], stems: set[str]) -> bool:
    """Whether a capital names nobody: a small word, or a sentence's first that the quotes have in some form."""
    own, head = _bare(word[0]), word[1]
    if own in _ORDINARY:
        return own not in _NOT_AT_THE_HEAD
    if not head:
        return False
    if own.endswith("ly") and not own.endswith("ley") and len(own) > 5:
        return True
    found = tokenize([own])[0]
    return not found or found[0] in stems


def _within(words: list[str], text: list[str]) -> bool:
    """Whether the words stand side by side in the text."""
    return any(text[i : i + len(words)] == words for i in range(len(text) - len(words) + 1))


def _shortens(words: list[str], field: list[str]) -> bool:
    """Whether the words are those of a name, in order, from its first word of its own on."""
    rest = iter(field)
    if not all(any(word == other for other in rest) for word in words):
        return False
    own = [w for w in field if w not in _ORDINARY]
    return len(words) == 1 or not own or own[0] in words


def _words(text: str) -> list[str]:
    return [_bare(w) for w in _WORD.findall(unicodedata.normalize("NFC", text))]


def _bare(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.lower()).replace("’", "'").strip("-'")


def mentions(text: str, names: Iterable[str]) -> bool:
    """Whether a text mentions one of the names, by the words that are the name's own."""
    words = set(_words(text))
    for name in names:
        own = [w for w in _words(name) if w not in _ORDINARY and w not in _JOINS]
        if own and own[0] in words and all(w in words for w in own[: 1 + (len(own[0]) < 4)]):
            return True
    return False


def new_names(text: str, known: Iterable[str], own: Iterable[str] = ()) -> str:
    """A name in the text that none of the known texts has, nor is one of `own`; or ""."""
    known = list(known)
    texts = [_words(k) for k in known]
    fields = [_words(n) for n in own]
    stems = set(tokenize([" ".join(known)])[0])
    first = True
    for run in _runs(text):
        # A question's first word is a question word or a verb.
        kept = run[1:] if first and run[0][1] else run
        first = False
        if kept and not _known(_trimmed_left(kept), texts, fields, stems):
            return " ".join(word for word, _ in kept)
    return ""
