"""The second step: a follow-up becomes a question that stands alone, by carrying over what the conversation is about."""

import re
from dataclasses import dataclass

from assistant.journey import Ask, JourneyEnds
from assistant.names import Names, phase_in
from hub.components import Model
from hub.plain import clean

_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|that|those|these|this|there)\b", re.IGNORECASE)
_CONTINUES = re.compile(
    r"^(?:and|but|so|or|also|what about|how about|what else|anything else|any others?|which ones?|why\?|how so|for example|more\b|tell me more|go on|who\?|when\?|where\?)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"^(?:what|who|when|where|why|how|which|is|are|do|does|did|can|find|list|show|compare|define|explain|tell)\b.*\w{3,}.*\?$",
    re.IGNORECASE,
)
"""A short question that is whole all the same: "What is PDSA?"."""
_FILLER = re.compile(r"^(?:and|but|so|or|also|then|ok(?:ay)?|thanks|right)[,\s]+", re.IGNORECASE)
_CONTENT = re.compile(r"[A-Za-z][\w’'-]{3,}")
_OWN_REFERENT = re.compile(
    r"\b(?:how many|are|is|were|was) [\w ]{0,30}\bthere\b|\b(?:schools?|trusts?|emails?|things?|people|those|one|ones|initiatives?|practices?|staff|teachers?|leaders?|number of \w+|\w+s) that\b|\bthat (?:they|we|it)\b|\b(?:this|that|these|those) (?:school|trust|case study|paper|guide|model|library|hub|component|strand)s?\b|\b(?:is|are) there\b|\bthat\b(?= (?:is|are|was|were|has|have|do|does|did|use|uses|used|plays?|shares?|cut|can))",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"(?:(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|how|why|when|where|what)\s+){1,2}(?P<word>it|they|them|those|these)\b|(?:and )?what about (?P<other>the other|that|this|the first|the second|another)(?: one)?\b",
    re.IGNORECASE,
)
"""A question whose very subject is a pronoun."""
MOST_CONTENT_OF_DANGLING = 3
UNCLEAR_TEXT = 'I can\'t tell what "{word}" refers to. Which of these do you mean: a component of the model, a trust or school, or something they tried?'


@dataclass(frozen=True)
class Standalone:
    """A question that can be read without the conversation."""

    question: str
    carried: str = ""
    """What came over from the conversation, in a few words."""
    own: str = ""
    """The follow-up by itself, where something came over."""


def rewrite(ask: Ask, question: str, model: Model, names: Names) -> Standalone:
    """The question with what it leans on put in. JourneyEnds (`unclear`) where a pronoun has nothing to hold on to."""
    known = model.named_in(question) or model.strands_named_in(question) or names.find(question)
    leans = _leans(question)
    if not ask.history:
        pronoun = _DANGLING.match(question) or _PRONOUN.search(question)
        dangles = bool(_DANGLING.match(question)) and len(_CONTENT.findall(question)) <= MOST_CONTENT_OF_DANGLING
        bare = _is_bare(question) and not _OWN_REFERENT.search(question) if pronoun else False
        if pronoun and not known and (dangles or bare):
            raise JourneyEnds("unclear", "pronoun", UNCLEAR_TEXT.format(word=_referring(pronoun)), "unclear")
        return Standalone(question)
    if not leans or (known and not _CONTINUES.match(question) and not _PRONOUN.search(question)):
        return Standalone(question)
    return _carry(ask.history, question, model, names)


def _referring(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return (groups.get("word") or groups.get("other") or match.group()).lower()


def _leans(question: str) -> bool:
    """Whether a question leans on the one before: it begins as a continuation, its subject is a pronoun, or it is a fragment."""
    if _CONTINUES.match(question) or _DANGLING.match(question):
        return True
    if _PRONOUN.search(_OWN_REFERENT.sub(" ", question)):
        return True
    return len(_CONTENT.findall(question)) <= 2 and not _WHOLE.match(question)


def _is_bare(question: str) -> bool:
    """Few words of its own beside the pronoun."""
    words = [w.lower() for w in _CONTENT.findall(question)]
    return (
        sum(
            w
            not in (
                "what",
                "when",
                "where",
                "which",
                "does",
                "about",
                "tell",
                "more",
                "they",
                "that",
                "this",
                "those",
                "these",
                "there",
                "their",
                "have",
                "with",
                "work",
                "mean",
                "examples",
                "example",
            )
            for w in words
        )
        <= 1
    )


def _carry(history: tuple[str, ...], question: str, model: Model, names: Names) -> Standalone:
    """Put the subject in play before the follow-up: the last component or organisation named, else the last full question."""
    own = clean(_FILLER.sub("", question))
    own = own[:1].upper() + own[1:]
    base = next((h for h in reversed(history) if not _leans(h) or model.named_in(h) or names.find(h)), history[-1])
    phase = phase_in(question)
    if phase and len(_CONTENT.findall(own)) <= 5:
        kept = re.sub(r"\b(?:primary|secondary|special)(?: (schools?))?\b", r"\1", base, flags=re.IGNORECASE)
        kept = re.sub(r"\bin schools?\b", "", kept)
        return Standalone(f"{clean(kept).rstrip('?.! ')} in {phase} schools?", f"{_topic(base, model, names)}, {phase} schools")
    topic = _topic(base, model, names)
    if model.named_in(own) or names.find(own):  # "And Kensington?": the old question with the new subject
        return Standalone(f"{own.rstrip('?')}: {base}", "")
    return Standalone(f"{base.rstrip('?.! ')}: {own}", topic, own)


def _topic(question: str, model: Model, names: Names) -> str:
    named = [n.name for n in names.find(question)] + [model.component(id).name for id in model.named_in(question)]
    return ", ".join(dict.fromkeys(named)) or question.rstrip("?")
