"""A deed that a question takes for granted - that something was given up, taken up again, turned down, went wrong, rose or fell - looked for
in what those asked about say.
"""

import re
from dataclasses import dataclass

from assistant.journey import Candidate, Evidence, Understood
from assistant.retrieve import near_sentences, question_words
from assistant.shelf import Shelf
from vectorstore.lexical import tokenize

OF_THE_MATTER = 0.25
"""The share, by weight, of what a deed is said to have been done to that a sentence about such a deed has."""
OFTEN = 3
"""Near sentences with the very word for the deed from which it is told of, whatever else they say."""
_NEAREST = 25
_WHY = r"\b(?:now that\b.{0,40}\b(?:has|have|had)|(?:why|how come) (?:did|was|were|has|have|had)|how come(?! (?:do|does|is|are)\b)|what (?:made|led|caused|prompted|persuaded|forced))\b.{0,60}(?<!\bto )"


@dataclass(frozen=True)
class _Deed:
    """A deed: what presumes it, and what tells of it."""

    asked: re.Pattern[str]
    told: re.Pattern[str]
    said: str
    """What nothing says, of `{who}`."""
    of_somebody: bool = False
    """Presumed of whoever is named alone."""


def _deed(asked: str, told: str, said: str, of_somebody: bool = False) -> _Deed:
    return _Deed(re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE), said, of_somebody)


_AGAINST = r"\b(?:turn\w* (?:.{0,40} )?down|refus|reject|veto|vot\w* (?:.{0,40} )?(?:down|against)|block|oppos|object(?:ed|ion|ions)?\b|ruled? out|resist|reluctan|against|declin|complain|critic|dislike|worr|concern|no longer|instead of)\w*"
_DEEDS = (
    _deed(
        r"\b(?:why|how come|when|what (?:made|led|caused|prompted))\b.{0,60}\b(?:go(?:ne|ing)? back (?:to|on)|went back (?:to|on)|return(?:ed|ing)? to|revert\w*|re-?introduc\w*|(?:bring|brought) back|re-?instat\w*)\b",
        r"\b(?:(?:go|gone|going|went) back|return|revert|re-?introduc|(?:bring|brought) back|re-?instat|once (?:more|again))\w*",
        "{who} took it up again",
    ),
    _deed(
        rf"{_WHY}\b(?:turn(?:ed)? (?!.*\b(?:up|out|to|into)\b).{{0,40}}?\bdown\b|turn(?:ed)? down|refus\w*|reject\w*|veto\w*|vot(?:e|ed) (?:.{{0,40}} )?(?:down|against)|block(?:ed)?(?! (?:out|timetabl))|oppos\w*|object(?:ed)? to|rul(?:e|ed) out)\b",
        _AGAINST,
        "{who} turned it down",
    ),
    _deed(
        r"\bwhat did (?:[\w’'-]+ ){1,6}?(?:object to|complain about|reject|refuse|oppose|dislike)\b",
        _AGAINST,
        "{who} objected to it",
        of_somebody=True,
    ),
    _deed(
        rf"{_WHY}\b(?:abandon\w*|scrap\w*|stop\w*|drop(?!-in)\w*|end|ended|withdr[ae]w\w*|discontinu\w*|close[ds]?|cancel\w*|call(?:ed)? (?:.{{2,40}} )?off|shelv\w*|halt\w*|ceas\w*|ditch\w*|give up|gave up|given up|disband\w*|dissolv\w*|revers\w*|dismantl\w*|suspend\w*|axe[ds]?|wind (?:up|down)|wound (?:up|down)|pull(?:ed)? (?:out|the plug)|(?:take|took|taken|taking|leave|left) .{{2,40}} out|walk(?:ed)? (?:out|away)|storm(?:ed)? out|quit|resign\w*|step(?:ped)? down|stand down|stood down|let .{{2,40}} go(?! (?:to|on|into|home|early|out|ahead)\b)|la(?:y|id) off|ma(?:ke|de) .{{2,40}} redundant|sack\w*|dismiss\w*|remov\w*|g[eo]t rid|did away with|do away with|fail\w*)\b"
        r"|\b(?:abandoned|scrapped|dropped|axed|ditched|disbanded|stood .{2,40} down|wound .{2,40} (?:up|down)|gave .{2,30} up|did away with)\b[^?]*[.,;:–-] (?:so )?(?:what|where) (?:went wrong|did it go wrong|happened|was (?:the|wrong))",
        r"\b(?:abandon|abolish|scrap|stop|drop|no longer|(?:has|have|had) not (?!only\b).{1,40} since\b|(?<=\w )went (?=(?:in|at|after|because|when)\b(?! (?:detail|depth)))|ended|withdr|discontinu|closed|cancel|called .{0,40}off|shelv|halt|ceas|ditch|gave up|given up|got rid|reject|fail|removed|instead of|(?:stood|stand|standing) .{0,40}down|disband|dissolv|revers|dismantl|suspend|axed|wound (?:up|down)|pulled (?:out|the plug)|(?:took|taken|left) .{2,40} out|walked (?:out|away)|quit|resign|stepped down|let .{2,40} go\b|redundan|dismiss|sacked|did away)\w*",
        "{who} gave it up",
    ),
    _deed(
        r"\b(?:which|who|how many|where)\b(?!.*\b(?:should|would|could)\b).{0,60}\b(?:piloted|trialled|trialed|field-tested)\b(?= (?:the|its|their|this|in|by)\b)(?=.*\bbefore\b)|\b(?:trusts?|schools?) (?:that|which|who) (?:piloted|trialled|trialed|tested) (?:it|the (?:\w+ )?(?:model|helix|framework))\b|\b(?:model|paper|framework|helix|toolkit|draft) (?:first )?(?:piloted|trialled|trialed|field-tested)\b",
        r"\b(?:pilot|trial|test|tried|first used)\w*",
        "it was tried out",
    ),
    _deed(
        r"\bwhat (?:has |had )?(?:went|gone|goes|was going|did .{2,60} go) wrong\b|\bwhere did .{2,60} go wrong\b|\bwhy did .{2,80} (?:go wrong|backfire|flop|fall apart|come unstuck)\b",
        r"\b(?:wrong|problem|difficult|challeng|struggl|fail|barrier|drawback|mistake|setback|complain|disappoint|unexpected|resist|however|obstacle|hard(?:er)? (?:to|than)|hardest|too (?:many|much|few|little|long|late|soon|fast)|(?:did|does|do|was|were|had|could)(?: not|n[’']t)|never|worse|stopped|abandon|dropped|lost|trouble|against|less than|fewer than)\w*",
        "anything went wrong with it",
    ),
)
_ROSE, _FELL = (
    r"climb\w*|ris(?:e|es|en|ing)|rose|increas\w*|gr[eo]w\w*|g(?:o|oes|one|oing) (?:back )?up|went (?:back )?up|soar\w*|jump\w*",
    r"fall\w*|fell|drop\w*|decreas\w*|declin\w*|reduc\w*|g(?:o|oes|one|oing) (?:back )?down|went (?:back )?down|c[ao]me (?:back )?down|shr[aiu]nk\w*",
)
_UP, _DOWN = rf"{_ROSE}|higher|worsen\w*|got worse|more", rf"{_FELL}|cut\w*|lower\w*|less|fewer|low"
_MOVED = re.compile(
    rf"\b(?:why|how come|what (?:made|led|caused|drove)|when|after|once)\b.{{0,40}}?\b(?P<what>turnover|absence|sickness|workload|retention|attainment|attendance|results?|morale|stress|exclusions?|suspensions?|emails?|complaints?|numbers?)\b.{{0,25}}?\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b",
    re.IGNORECASE,
)


def deed_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """The deed that the question presumes and that no near sentence tells of, to be said after "nothing says that"; else ""."""
    return _done_in_vain(understood, evidence, shelf) or _moved_in_vain(understood, evidence)


def _done_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    question = understood.asked
    deed = next((deed for deed in _DEEDS if deed.asked.search(question)), None)
    if not deed or (deed.of_somebody and not understood.sources):
        return ""
    matter = question_words(understood) & set(tokenize([deed.told.sub(" ", question)])[0])
    matter -= set(tokenize(list(understood.names) or [""])[0])
    near = [
        f"{c.sentence.lead} {c.chunk.place.heading.rpartition(' › ')[2]} {_before(c)} {c.text}"
        for c in near_sentences(understood, evidence)[:_NEAREST]
        if deed.told.search(c.text)
    ]
    said = tokenize(near)
    itself = {stem for match in deed.told.finditer(question) for stem in tokenize([match[0]])[0]}
    if (
        any(shelf.words.coverage(matter, set(stems)) > OF_THE_MATTER for stems in said)
        or sum(bool(itself & set(stems)) for stems in said) >= OFTEN
    ):
        return ""
    return deed.said.format(who=" or ".join(understood.names) or "anybody")


def _before(candidate: Candidate) -> str:
    """The sentence before it in the passage, which may say what "it" or "she" is."""
    chunk = candidate.chunk
    before = max((s for s in chunk.sentences if s.end <= candidate.sentence.start), key=lambda s: s.start, default=None)
    return chunk.text[before.start - chunk.start : before.end - chunk.start] if before else ""


def _moved_in_vain(understood: Understood, evidence: Evidence) -> str:
    """That something rose or fell, where those named only say that it went the other way."""
    moved = _MOVED.search(understood.asked)
    if not moved or not understood.sources:
        return ""
    (moving, same), other = ((_ROSE, _UP), _DOWN) if moved["up"] else ((_FELL, _DOWN), _UP)
    stem = tokenize([moved["what"]])[0][0]
    near = [c.text for c in near_sentences(understood, evidence) if stem in tokenize([c.text])[0]]
    told = [text for text in near if re.search(rf"\b(?:{other})\b", text, re.IGNORECASE)]
    itself = re.compile(
        rf"\b(?:{moving})(?:\s+\w+){{0,4}}\s+{moved['what']}|\b{moved['what']}(?:\s+\w+){{0,4}}\s+(?:{moving})\b", re.IGNORECASE
    )
    if not told or any(itself.search(text) if text in told else re.search(rf"\b(?:{same})\b", text, re.IGNORECASE) for text in near):
        return ""
    return f"{moved['what'].lower()} {'rose' if moved['up'] else 'fell'} at {' or '.join(understood.names)}"
