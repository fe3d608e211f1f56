"""What an llm's sentence may say: only what its quotes bear.

Plain code, so it sees the surface: ids, figures and what they count, names, whose practice it is, quoted words, a rank, a "not" or
"may" left out. What passes may still say more than its quote; that is why it is marked as not verified unless a judge has said more.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.choose import Quote
from assistant.claim_names import fields_of, mentions, names_of, unknown_name
from assistant.figures import Figure, figures_in
from assistant.qualifiers import omits_a_qualifier, unqualified
from assistant.rankings import ranks
from hub.quotes import canonical
from hub.sentences import split_sentences


class Unsupported(ValueError):
    """A sentence says what its quotes do not."""


_QUOTED = re.compile(r"[“”\"]([^“”\"]{3,})(?:[“”\"]|$)|(?<!\w)(?:‘((?:[^‘’]|’(?=\w)){3,})’|'((?:[^‘’']|'(?=\w)){3,})')(?!\w)")
_HALF_QUOTED = re.compile(r"^([^“”\"]{3,})”")
_CLAUSE = re.compile(r"[,;]\s+(?:and|but|while|whereas|whilst|yet)?\s*|\s+(?:while|whereas|whilst|but)\s+")
_ADDRESS = re.compile(r"://|\bwww\.|\b[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
_MODEL_SAYS = re.compile(
    r"\b(?:the|cst[’']?s?) (?:conceptual )?(?:model|paper|model paper|guide|framework)\b(?: paper)?[^.]{0,30}?\b(?:says?|asks?|names?|defines?|states?|advises|expects|describes?|lists?|sets out|suggests?|recommends|warns|argues|calls)\b",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(
    r"^(?:[^,]{0,40}, )?(?:(?:most|many|several|all|other|successful|effective|good|these|the) )?(?P<who>trusts|schools|academies|MATs|multi-academy trusts)\b(?! (?:in|of|at|within|across) (?:the|this|that|its|[A-Z]))",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"\b(?:another|others?|both|elsewhere|a (?:second|third)|one|each|similarly|too|also)\b", re.IGNORECASE)
_COUNTED = re.compile(r"^\W*(?:these |the )?(?:\w+ )?(?:trusts|schools|organisations|case studies|sources|academies)\b", re.IGNORECASE)
_WORDS = """the a an model paper guide summary page case study says say said asks ask reports report reported writes wrote notes noted describes described states stated adds added
    explains explained records recorded puts put it is in its their own words this way as that of to for and at from by school trust team leaders head staff according one organisation
    document research news policy opinion they define defines defined lists listed names named gives example among examples"""
_SAYING = frozenset(_WORDS.split())


def check_sentence(text: str, ids: Sequence[str], quotes: Mapping[str, Quote]) -> None:
    """Raises Unsupported, with the reason, unless every id was issued and the sentence says only what its quotes bear.

    A name may also be the source's own: its organisation, school, place or title. A figure may not: the number of pupils of a
    school is no result.
    """
    if not ids or any(id not in quotes for id in ids):
        raise Unsupported("no id, or one that was never given")
    cited = [quotes[id] for id in ids]
    said = [_said(q) for q in cited]
    if _ADDRESS.search(text) and not any(
        canonical(found) in canonical(" ".join(said)) for found in re.findall(r"\S*(?:://|www\.|@)\S+", text)
    ):
        raise Unsupported("an address that is not in the quote")
    if ranks(text, " ".join(n for q in cited for n in names_of(q))):
        raise Unsupported("a ranking")
    _check_figures(text, cited)
    if name := unknown_name(text, cited):
        raise Unsupported(f"a name that is not in the quote: {name}")
    _check_quoted(text, said)
    _check_whose(text, cited)
    if what := unqualified(text, said):
        raise Unsupported(what)


def is_quoted(text: str, cited: Sequence[Quote]) -> bool:
    """Whether a sentence is its quote's words: the quote whole or a whole sentence of it, or so much of one that nothing which
    qualifies it is left out. Words in quotation marks may have an introduction that says no more than whose they are."""
    said = [q.text for q in cited]
    if any(_is_all_of(text, one) for one in said):
        return True
    marked = list(_marked(text))
    if not marked or not all(any(_is_all_of(words, one) for one in said) for words in marked):
        return False
    outside = text
    for words in marked:
        outside = outside.replace(words, " ")
    known = {w for q in cited for f in fields_of(q) for w in _plain_words(f)} | _SAYING
    return all(w in known for w in _plain_words(outside))


def _is_all_of(words: str, quote: str) -> bool:
    wanted = canonical(words)
    whole = [quote[a:b] for a, b in split_sentences(quote)]
    if len(wanted) < 3 or wanted not in canonical(quote):
        return False
    if wanted == canonical(quote) or any(wanted == canonical(one) for one in whole):
        return True
    inside = next((one for one in whole if wanted in canonical(one)), "")
    if not inside:
        return False
    kept = set(_plain_words(words))
    left_out = " ".join(w for w in re.findall(r"[\w’'-]+", inside) if w.lower() not in kept)
    return not omits_a_qualifier(left_out) and len(wanted) > len(canonical(inside)) / 2


def _plain_words(text: str) -> list[str]:
    return [re.sub(r"[’']s?$", "", w.lower()) for w in re.findall(r"[\w’'-]+", text)]


def _said(quote: Quote) -> str:
    return f"{quote.lead} {quote.text}".strip()


# Figures: each in a quote of the organisation that it is said of.


def _check_figures(text: str, cited: Sequence[Quote]) -> None:
    years = {q.source.published[:4] for q in cited if q.source.published}
    dated = re.sub(r"\b[Ii]n (\d{4})\b", lambda m: "" if m[1] in years else m[0], text)  # when it was published may be said
    groups: dict[str, list[Quote]] = {}
    for quote in cited:
        groups.setdefault(quote.source.organisation, []).append(quote)
    if len(groups) > 1 and figures_in(dated) and re.search(r"\brespectively\b", dated, re.IGNORECASE):
        raise Unsupported("figures of several organisations in one row")
    for clause, bearers in _by_clause(dated, groups):
        held = [f for q in bearers for f in figures_in(_said(q))]
        for figure in figures_in(clause):
            if _is_count_of(figure, clause, len(groups)):
                continue
            if not _bears(held, figure):
                raise Unsupported("a figure that is not in the quote")


def _by_clause(text: str, groups: Mapping[str, list[Quote]]) -> Iterator[tuple[str, list[Quote]]]:
    """Each clause with the quotes that may bear its figures: of the organisations it mentions, or the clause before it did."""
    everyone = [q for group in groups.values() for q in group]
    speaking: list[Quote] = []
    if len(groups) == 1:
        yield text, everyone
        return
    for clause in _CLAUSE.split(text):
        here = [
            q for group in groups.values() for q in group if mentions(clause, names_of(group[0]) + [n for g in group for n in names_of(g)])
        ]
        speaking = here or speaking
        yield clause, speaking or everyone


def _bears(held: Sequence[Figure], figure: Figure) -> bool:
    same = [f for f in held if f.token == figure.token]
    # 40 minutes are not 40 hours; where either says no unit, the figure alone counts.
    return any(not figure.unit or not f.unit or f.unit == figure.unit for f in same)


def _is_count_of(figure: Figure, clause: str, organisations: int) -> bool:
    """Whether a figure only counts the organisations that are cited: "Two trusts describe this"."""
    return figure.token == str(organisations) and organisations > 1 and figure.start == 0 and bool(_COUNTED.match(clause))


# Quoted words, and whose practice it is.


def _marked(text: str) -> Iterator[str]:
    for found in _QUOTED.findall(text):
        yield next(filter(None, found))
    yield from _HALF_QUOTED.findall(text)


def _check_quoted(text: str, said: Sequence[str]) -> None:
    """Words in quotation marks, single ones too, stand in one of the quotes."""
    for words in _marked(text):
        if not any(canonical(words) in canonical(one) for one in said):
            raise Unsupported("words in quotation marks that are not in the quote")


def _check_whose(text: str, cited: Sequence[Quote]) -> None:
    """The two voices apart, and one organisation's practice said of that one."""
    voices = {q.source.voice for q in cited}
    if _MODEL_SAYS.search(text) and "model" not in voices:
        raise Unsupported("practice said to be the model's")
    practice = [q for q in cited if q.source.voice == "practice"]
    organisations = {q.source.organisation for q in practice}
    everybody = _ALL_OF_THEM.match(text)
    if everybody and voices == {"practice"} and len(organisations) == 1:
        who = everybody["who"].split()[-1].lower()
        if not any(re.search(rf"\b{who}\b", _said(q), re.IGNORECASE) for q in practice):
            raise Unsupported("one organisation's practice said of all")
    if len(organisations) > 1 and not _ANOTHER.search(text):
        named = {o for o in organisations if any(mentions(text, names_of(q)) for q in practice if q.source.organisation == o)}
        if named and named != organisations and not _COUNTED.match(text):
            raise Unsupported("one organisation's words cited for another")
