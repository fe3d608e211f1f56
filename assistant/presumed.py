"""What a question takes for granted, looked for before it is answered.

A near miss shares most of its words with what is held: no similarity can tell it from a good question. What tells it is the thing
that it presumes and that nobody says: the trust, the place, the document, the deed, the figure, or the very thing that it asks for.
"""

import re
from collections.abc import Iterator

from assistant.amounts import amount_in_vain
from assistant.answer_forms import asks_for_a_form
from assistant.answer_kinds import kind_in_vain
from assistant.asked_for import acronym_in_vain, name_in_vain, person_in_vain, thing_in_vain, topic_in_vain
from assistant.documents import document_in_vain
from assistant.far_down import figure_far_down
from assistant.holder import not_told_of
from assistant.journey import Evidence, Understood
from assistant.members import group_unheard_of, members_in_vain
from assistant.names import Names, organisations_in
from assistant.particulars import never_spoken_of
from assistant.retrieve import in_context, near_sentences, question_words
from assistant.shelf import Shelf
from assistant.size import size_words
from hub.numbers import WORDS
from hub.places import regions_in
from vectorstore.lexical import tokenize

OF_WHAT_STOPPED = 0.25
"""The share of what is said to have been stopped, by weight, that a sentence about stopping has."""
_STOPPING = re.compile(
    r"\b(?:why|how come|what (?:made|led|caused|prompted))\b.{0,60}\b(?:abandon\w*|scrap\w*|stop\w*|drop\w*|end|ended|withdr[ae]w\w*|discontinu\w*|close[ds]?|cancel\w*|ditch\w*|give up|gave up|given up|disband\w*|dissolv\w*|revers\w*|dismantl\w*|suspend\w*|axe[ds]?|wind (?:up|down)|wound (?:up|down)|pull(?:ed)? out|(?:take|took|taken|taking|leave|left) .{2,40} out|remov\w*|g[eo]t rid|reject\w*|fail\w*)\b"
    r"|\b(?:abandoned|scrapped|dropped|axed|ditched|disbanded|stood .{2,40} down|wound .{2,40} (?:up|down)|gave .{2,30} up|did away with)\b[^?]*[.,;:–-] (?:so )?(?:what|where) (?:went wrong|did it go wrong|happened|was (?:the|wrong))",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:abandon|scrap|stop|drop|no longer|ended|withdr|discontinu|closed|cancel|ditch|gave up|given up|got rid|reject|fail|removed|instead of|(?:stood|stand|standing) .{0,40}down|disband|dissolv|revers|dismantl|suspend|axed|wound (?:up|down)|pulled out|(?:took|taken|left) .{2,40} out)\w*",
    re.IGNORECASE,
)
_RETURNING = re.compile(
    r"\b(?:why|how come|when|what (?:made|led|caused|prompted))\b.{0,60}\b(?:go(?:ne|ing)? back (?:to|on)|went back (?:to|on)|return(?:ed|ing)? to|revert\w*|re-?introduc\w*|(?:bring|brought) back|re-?instat\w*)\b",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"\b(?:(?:go|gone|going|went) back|return|revert|re-?introduc|(?:bring|brought) back|re-?instat|once (?:more|again))\w*", re.IGNORECASE
)
_RIGHT_AFTER = re.compile(
    r"(?:['’]s)?,?(?: (?:up|down|over|out|the (?:one|school)))? (?:in|near|of|from) (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+)*"
)
""" "Elm Park up in Leeds": where a name that says no kind of organisation is said to be."""
_NUMBER = rf"(\d{{1,3}}|{'|'.join(WORDS[2:])})"
_COUNTED = re.compile(
    rf"\b(?:(?:the|its|their|those|these|all|(?<!trust )(?<!mat )(?<!group )(?<!school )(?<!team )of)|\w+['’]s?) {_NUMBER} ((?:[a-z-]+ ){{0,2}}?[a-z-]{{3,}}s)\b(?! (?:old|ago|later)\b)"
)
_ANY_COUNT = re.compile(rf"\b{_NUMBER} (?=((?:[a-z-]+ ){{0,3}}[a-z-]+))")
_UP, _DOWN = (
    r"climb\w*|ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|g(?:o|oes|one|oing) up|went up|soar\w*|jump\w*|higher|worsen\w*|got worse|more",
    r"fall\w*|fell|drop\w*|decreas\w*|declin\w*|reduc\w*|g(?:o|oes|one|oing) down|went down|c[ao]me down|shr[aiu]nk\w*|cut\w*|lower\w*|less|fewer|low",
)
_MOVED = re.compile(
    rf"\b(?:why|how come|what (?:made|led|caused|drove))\b.{{0,40}}?\b(?P<what>turnover|absence|sickness|workload|retention|attainment|attendance|results?|morale|stress|exclusions?|suspensions?|emails?|complaints?|numbers?)\b.{{0,25}}?\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b",
    re.IGNORECASE,
)


def presumed_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf, names: Names) -> tuple[str, str]:
    """(which check, what is missing) of the first thing that the question presumes and the library does not hold, or ("", "")."""
    for reason, missing in _missing(understood, evidence, shelf, names):
        if missing:
            return reason, missing
    return "", ""


def _missing(understood: Understood, evidence: Evidence, shelf: Shelf, names: Names) -> Iterator[tuple[str, str]]:
    yield "holder", not_told_of(understood, shelf, names)
    yield "place", _place(understood, shelf, names)
    yield "context", _context(understood, shelf)
    yield "document", document_in_vain(understood, evidence, shelf, names)
    yield "deed", _deed(understood, evidence, shelf)
    yield "deed", _movement(understood, evidence)
    yield "number", _number(understood, evidence)
    if understood.route not in ("overview", "compare") and not understood.components:
        yield "acronym", acronym_in_vain(understood, shelf)
        yield "topic", topic_in_vain(understood, evidence, shelf)
        if understood.sources is None or not asks_for_a_form(understood.asked):
            yield "focus", thing_in_vain(understood, evidence, shelf)
        yield "figure", amount_in_vain(understood, evidence)
        yield "kind", figure_far_down(understood, evidence)
        yield "kind", kind_in_vain(understood, evidence, shelf)
        yield "name", name_in_vain(understood, evidence)
        yield "name", person_in_vain(understood, evidence)
        yield "list", members_in_vain(understood, evidence)
        yield "topic", group_unheard_of(understood, evidence, shelf)
        if understood.sources:
            own = (c.text for c in shelf.chunks.values() if c.source in understood.sources)
            yield "particular", never_spoken_of(understood.asked, own)


def _place(understood: Understood, shelf: Shelf, names: Names) -> str:
    """A place that the organisation named is not in: another of the same name is meant."""
    organisations = organisations_in(understood.question)
    if not understood.sources:
        return ""
    beside = understood.question
    for name in organisations:
        if names.is_of_a_name(name):  # "Bedford Academy" is a name: its place may be another
            beside = beside.replace(name, " ")
    if not organisations:
        spans = [span for name in understood.names if (span := names.where(understood.question, name))]
        beside = " ".join(said[0] for _, end in spans if (said := _RIGHT_AFTER.match(understood.question[end:])))
    asked = set(regions_in(beside))
    if not asked:
        return ""
    held = {
        r
        for id in understood.sources
        if id in shelf.sources
        for r in regions_in(f"{shelf.sources[id].context.region}, {shelf.sources[id].context.location}")
    }
    return f"{understood.names[0]} there" if held and not asked & held else ""


def _context(understood: Understood, shelf: Shelf) -> str:
    """A phase, region or size that no case study held is of."""
    if (
        understood.route not in ("find", "how_others")
        or not (understood.phase or understood.regions or understood.size)
        or in_context(understood, shelf)
    ):
        return ""
    where = f" in {' or '.join(map(_with_article, understood.regions))}" if understood.regions else ""
    before, after = size_words(understood.size)
    return f"no {before}{understood.phase + ' ' if understood.phase else ''}case study{where}{after}"


def _with_article(region: str) -> str:
    return f"the {region}" if re.match("North|South|East|West", region) and region != "Northern Ireland" else region


def _movement(understood: Understood, evidence: Evidence) -> str:
    """That something rose or fell, where those named only say that it went the other way."""
    moved = _MOVED.search(understood.asked)
    if not moved or not understood.sources:
        return ""
    same, other = (_UP, _DOWN) if moved["up"] else (_DOWN, _UP)
    stem = tokenize([moved["what"]])[0][0]
    near = [c.text for c in near_sentences(understood, evidence) if stem in tokenize([c.text])[0]]
    told = [text for text in near if re.search(rf"\b(?:{other})\b", text, re.IGNORECASE)]
    if not told or any(re.search(rf"\b(?:{same})\b", text, re.IGNORECASE) for text in near if text not in told):
        return ""
    return f"{moved['what'].lower()} {'rose' if moved['up'] else 'fell'} at {' or '.join(understood.names)}"


def _number(understood: Understood, evidence: Evidence) -> str:
    """That there are so many of something, where those who count it count another number."""
    near = [f"{c.sentence.lead} {c.text}".lower() for c in near_sentences(understood, evidence)]
    for match in _COUNTED.finditer(understood.asked.lower()):
        number, stem = match[1], tokenize([match[2]])[0]
        same = {
            number,
            *(str(WORDS.index(w)) for w in WORDS if w == number),
            *(WORDS[int(n)] for n in (number,) if n.isdigit() and int(n) < len(WORDS)),
        }
        counts = {found[1] for text in near for found in _ANY_COUNT.finditer(text) if stem and stem[-1] in tokenize([found[2]])[0]}
        if counts and not counts & same:
            return f"there are {match[0].split(maxsplit=1)[1]}"
    return ""


def _deed(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """That something was stopped, or taken up again, where no near sentence tells of that."""
    question = understood.asked
    told = _RETURNED if _RETURNING.search(question) else _STOPPED if _STOPPING.search(question) else None
    if not told:
        return ""
    what = question_words(understood) & set(tokenize([told.sub(" ", question)])[0]) - set(tokenize(list(understood.names) or [""])[0])
    near = [c.text for c in near_sentences(understood, evidence)[:25] if told.search(c.text)]
    if any(shelf.words.coverage(what, set(stems)) > OF_WHAT_STOPPED for stems in tokenize(near)):
        return ""
    return f"{' or '.join(understood.names) or 'anybody'} did so"
