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
from assistant.cited_works import work_in_vain
from assistant.deeds import deed_in_vain
from assistant.documents import document_in_vain
from assistant.far_down import figure_far_down
from assistant.holder import not_told_of
from assistant.journey import Evidence, Understood
from assistant.kinds_of_school import kind_not_held
from assistant.members import group_unheard_of, members_in_vain
from assistant.names import Names, organisations_in
from assistant.occasions import occasion_in_vain
from assistant.other_people import others_in_vain
from assistant.particulars import never_spoken_of
from assistant.reasons import reason_in_vain
from assistant.retrieve import in_context, near_sentences
from assistant.shelf import Shelf
from assistant.size import size_words
from hub.numbers import WORDS
from hub.places import regions_in
from vectorstore.lexical import tokenize

_RIGHT_AFTER = re.compile(
    r"(?:['’]s)?,?(?: (?:up|down|over|out|the (?:one|school)))? (?:in|near|of|from) (?:the )?[\w’'-]+(?: [A-Z][\w’'-]+)*"
)
""" "Elm Park up in Leeds": where a name that says no kind of organisation is said to be."""
_NUMBER = rf"(\d{{1,3}}|{'|'.join(WORDS[2:])})"
_COUNTED = re.compile(
    rf"\b(?:(?:the|its|their|those|these|all|(?<!trust )(?<!mat )(?<!group )(?<!school )(?<!team )of)|\w+['’]s?) {_NUMBER} ((?:[a-z-]+ ){{0,2}}?[a-z-]{{3,}}s)\b(?! (?:old|ago|later)\b)"
)
_ANY_COUNT = re.compile(rf"\b{_NUMBER} (?=((?:[a-z-]+ ){{0,3}}[a-z-]+))")


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
    yield "work", work_in_vain(understood.asked, shelf)
    yield "deed", deed_in_vain(understood, evidence, shelf)
    yield "number", _number(understood, evidence)
    yield "occasion", occasion_in_vain(understood, evidence)
    if understood.route not in ("overview", "compare") and not understood.components:
        yield "acronym", acronym_in_vain(understood, shelf)
        yield "topic", topic_in_vain(understood, evidence, shelf)
        if understood.sources is None or not asks_for_a_form(understood.asked):
            yield "focus", thing_in_vain(understood, evidence, shelf)
        yield "figure", amount_in_vain(understood, evidence)
        yield "kind", figure_far_down(understood, evidence)
        yield "kind", kind_in_vain(understood, evidence, shelf)
        yield "kind", reason_in_vain(understood, evidence, shelf)
        yield "name", name_in_vain(understood, evidence)
        yield "name", person_in_vain(understood, evidence)
        yield "list", members_in_vain(understood, evidence)
        yield "topic", group_unheard_of(understood, evidence, shelf)
        yield "topic", others_in_vain(understood, evidence)
        own = (c.text for c in shelf.chunks.values() if not understood.sources or c.source in understood.sources)
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
    """A kind of school, a phase, region or size that no case study held is of."""
    if understood.route not in ("find", "how_others"):
        return ""
    if not understood.names and (kind := kind_not_held(understood.asked, shelf.case_studies(), shelf.chunks.values())):
        return f"no case study that says it is of {kind}"
    if not (understood.phase or understood.regions or understood.size) or in_context(understood, shelf):
        return ""
    where = f" in {' or '.join(map(_with_article, understood.regions))}" if understood.regions else ""
    before, after = size_words(understood.size)
    return f"no {before}{understood.phase + ' ' if understood.phase else ''}case study{where}{after}"


def _with_article(region: str) -> str:
    return f"the {region}" if re.match("North|South|East|West", region) and region != "Northern Ireland" else region


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
