"""What kind of thing a question asks for - a date, a length of time, how often, who does it, which of them - and whether it is given.

A question's words say what kind its answer is of, and each kind has a form that its answers take. A sentence that speaks of the matter
and holds nothing of that form is no answer, however near it lies; one of that form about another matter is none either.
"""

import re
from collections.abc import Sequence

from assistant.amounts import has_figure
from assistant.answer_forms import CONTACT_ASKED, KINDS, TOOL_ASKED, UNITS_ASKED, gives_contact, products_in, spans_in
from assistant.asked_for import SAME_SENSE, partners
from assistant.journey import Candidate, Evidence, Understood
from assistant.retrieve import near_sentences, question_words
from assistant.shelf import Shelf
from vectorstore.lexical import tokenize

ABOUT_IT = 0.3
"""The share of the question's weight, the names aside, from which a sentence is about the same matter ..."""
NEAREST = 3
"""Sentences that may be about it whatever their words."""
NAMED_NEAR = 20
"""Sentences among which the name of a tool is looked for."""
NEAR_IT = 0.5
"""... or the cosine from which it is, whatever its words."""
_DOER_ASKED = re.compile(
    r"(?:^\W*|[,;:–-] |\b(?:and|but|so) |\b(?:was|is) it .{3,60} )who (?:else )?(?:(?:normally|usually|actually|then|first|now) )?([a-z]+)\b",
    re.IGNORECASE,
)
_LIGHT = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "can",
        "could",
        "should",
        "would",
        "will",
        "may",
        "might",
        "must",
        "gets",
        "get",
        "got",
        "gives",
        "give",
        "gave",
        "takes",
        "take",
        "took",
        "puts",
        "put",
        "makes",
        "make",
        "made",
        "goes",
        "go",
        "went",
        "comes",
        "come",
        "came",
        "sits",
        "sit",
        "sat",
        "else",
    ]
)
"""Verbs that say little: what they stand for has many other words."""
_GROUP = r"((?:[a-z]+ )?(?:[a-z]{3,}s|staff|people|children|board|governing body|public|press))"
_REACTION_ASKED = re.compile(
    rf"\b(?:how|what) (?:did|do|have|has|does|were|are) (?:the |their |its |some |most |other )?{_GROUP}\b.{{0,40}}?\b(?:react|respond|respons\w+|feel|felt|think|thought|make of|made of|take (?:it|to|kindly)|taken (?:it|to))\b"
    rf"|\b(?:react\w*|feedback|objections?|complaints?|resistance|reluctance|response) (?:of|from|by|among) (?:the |their |its )?{_GROUP}\b"
    rf"|\b(?:persuad|convinc|reassur)\w* (?:the |their |its |other )?{_GROUP}\b|\bw(?:in|on) (?:the |their |its )?{_GROUP} (?:over|round)\b",
    re.IGNORECASE,
)
_VOICED = re.compile(r"\b(?:feedback|objections?|complaints?|resistance|reluctance)\b", re.IGNORECASE)
"""A reaction that is asked for by its own name."""
_CAUSE_ASKED = re.compile(
    r"\bwhat (?:had |has |have |was it that )?(?:caused|led to|lay behind|lies behind|triggered|brought about|brought on|drove|sparked|prompted)\b|\b(?:what (?:is|was|were)|for what) the (?:causes?|reasons?) (?:of|for|behind)\b",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:because|caus\w+|due to|owing to|led to|result(?:ed|s|ing)? (?:of|in|from)|reasons?|as a (?:result|consequence)|since|so that|after|following|thanks to|drove|driven|prompt\w*|in response|wanted|realis\w+|found that|felt|concern\w*|worr\w+|notic\w+|recognis\w+|acknowledg\w+|predict\w*|consider(?:ed|ing)|to (?:address|reduce|improve|help|support|make|give|tackle|avoid|ensure)|in order|meant)\b",
    re.IGNORECASE,
)
_MOVED_BY = re.compile(
    r"\bby how much (?:did|has|have|had) (?:the |their |its |staff )?((?:[\w’'-]+ ){0,3}?[\w-]+) (?:falle?n?|fell|drop\w*|ris\w+|rose|increase\w*|decrease\w*|decline\w*|improve\w*|change\w*|grow\w*|shr[iu]nk|go (?:up|down)|gone (?:up|down)|c[ao]me down)\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(
    r"\b(?:the|an?|our|its|their|who(?:ever)? (?:will|should|can|could|may|might|would|is to|is going to|needs to)) [a-z]+", re.IGNORECASE
)
"""Whoever it is that does it, "the chair", and that somebody has yet to, "decide who will chair"."""
UNLIKE = 0.45
"""Cosine under which no word held comes near to what somebody is asked to have done."""


def kind_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """What kind of answer the question asks for, if no near sentence about the matter has one; else ""."""
    question, near = understood.asked, near_sentences(understood, evidence)
    units = UNITS_ASKED.search(question)
    if units:
        about = [*near[:NEAREST], *about_it(near, understood, shelf)]
        return "" if any(spans_in(f"{c.sentence.lead} {c.text}", units[1]) for c in about) else f"how many {units[1].lower()}s"
    reaction = _REACTION_ASKED.search(question)
    if reaction:
        group = next(filter(None, reaction.groups())).lower()
        voiced = _VOICED.search(reaction[0])
        heard = _speaks(group.split()[-1], _said(near)) and (not voiced or _speaks(voiced[0], _said(near)))
        return "" if heard else f"what {group} made of it"
    contact = CONTACT_ASKED.search(question)
    asked_by = next(filter(None, contact.groups())) if contact else ""
    if contact and not any(gives_contact(c.text, asked_by) for c in near[:NEAREST]):
        return f"what the {asked_by.lower()} is"
    if understood.sources is None:
        return ""
    if moved := _MOVED_BY.search(question):
        what = moved[1].split()[-1].lower()
        spoken = _speaks(what, [text for text in _said(near) if has_figure(text)])
        if not spoken and partners(understood, evidence, shelf).get(what, 1.0) < SAME_SENSE:
            return f"by how much {moved[1].strip()} changed"
    asked = next((kind for kind in KINDS if kind.asked.search(question)), None)
    if asked:
        about = [*near[:NEAREST], *about_it(near, understood, shelf)]
        return "" if any(asked.given.search(f"{c.sentence.lead} {c.text}") for c in about) else asked.missing
    if _CAUSE_ASKED.search(question):
        about = [*near[:NEAREST], *about_it(near, understood, shelf)]
        return "" if any(_CAUSE.search(f"{c.sentence.lead} {c.text}") for c in about) else "what caused it"
    tool = TOOL_ASKED.search(question)
    if tool and _product_in_vain(near, understood):
        return f"which {tool[1].lower()}"
    return _doer_in_vain(question, understood, evidence, shelf)


def _said(near: Sequence[Candidate]) -> list[str]:
    return [f"{c.sentence.lead} {c.text}" for c in near]


def _speaks(word: str, texts: Sequence[str]) -> bool:
    stem = tokenize([word])[0]
    return not stem or any(stem[0] in words for words in tokenize(list(texts) or [""]))


def _product_in_vain(near: Sequence[Candidate], understood: Understood) -> bool:
    """Whether no sentence names what a thing is done with: a word that is only ever written with its capital."""
    own = set(re.findall(r"\w+", " ".join((understood.question, *understood.names))))  # "what else before Tallybook"
    plain = {word for c in near for word in re.findall(r"\b[a-z]+\b", c.text)}
    return not any(name not in own and name.lower() not in plain for c in near[:NAMED_NEAR] for name in products_in(c.text))


def _doer_in_vain(question: str, understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """ "who chairs it", if nobody who is named speaks of chairing, in this word or one near to it."""
    match = _DOER_ASKED.search(question)
    if not match or match[1].lower() in _LIGHT:
        return ""
    deed, near = match[1].lower(), near_sentences(understood, evidence)
    if _speaks(deed, [_NO_DEED.sub(" ", text) for text in _said(near)]):
        return ""
    # Named and not done, "decide who will chair": no other word stands for it.
    other = 0.0 if _speaks(deed, _said(near)) else partners(understood, evidence, shelf).get(deed, 1.0)
    return "" if other >= UNLIKE else f"who {deed} it"


def about_it(near: Sequence[Candidate], understood: Understood, shelf: Shelf) -> list[Candidate]:
    """The sentences that speak of the very matter that is asked about."""
    wanted = question_words(understood)
    stems = tokenize([f"{c.sentence.lead} {c.chunk.place.heading} {c.text}" for c in near])
    return [
        c
        for c, found in zip(near, stems, strict=True)
        if c.features["sentence"] >= NEAR_IT or shelf.words.coverage(wanted, set(found)) >= ABOUT_IT
    ]
