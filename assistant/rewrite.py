"""The second step: a follow-up becomes a question that stands alone, by carrying over what the conversation is about.

The conversation is replayed: each earlier question is read as this one is, so that "And Barr Beacon?" after "How did Kensington cut
marking?" leaves "How did Barr Beacon cut marking?" in play for the question after it.
"""

import re
from dataclasses import dataclass, replace

from assistant.journey import Ask, JourneyEnds
from assistant.leaning import dangling_pronoun, leans, without_filler
from assistant.names import Names, organisations_in, phase_in
from assistant.spelling import spelt
from assistant.subjects import Subject, subjects_of, swap, without_context
from hub.components import Model
from hub.places import regions_in
from hub.plain import clean

MOST_REPLAYED = 12
"""Earlier questions that are looked back on."""
UNCLEAR_TEXT = 'I can\'t tell what "{word}" refers to. Which of these do you mean: a component of the model, a trust or school, or something they tried?'
_OPENER = re.compile(
    r"^(?:what about|how about|what of|(?:is|are) there (?:one|any|some)|any(?: others?)?|only|just|or)\b[\s,]*", re.IGNORECASE
)
_BARE_PHASE = re.compile(r"^(?:the )?(primary|secondary|special)(?: ones?)?$", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:who|what|when|where|why|how|which|is|are|do|does|did|has|have|can|find|list|show|compare|tell|give)\b", re.IGNORECASE
)
MOST_CONTEXT_WORDS = 8
MOST_TOPIC_WORDS = 4
_OBJECT = re.compile(
    r"\b(handl\w+|approach\w*|tackl\w+|done|do|does|did|tried|use[ds]?|using|adopt\w*|about|with|of|for|than|like|compare|introduc\w+|mean by) (?:it|this|that|them)(?=\s*[?.!,]|\s+(?:with|to|and|in|at|well|before|so)\b|$)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(compare|than|like|differ from) (?:it|this|that|them)\b", re.IGNORECASE)
_DIFFERS = re.compile(
    r"\b(is|does|do|are) (?:it|this|that|they)(?= (?:differ|compare|similar|like\b|unlike\b|better|worse|bigger|smaller))", re.IGNORECASE
)
_WHO_ELSE = re.compile(
    r"^(?:who|which (?:other )?(?:trusts?|schools?)|(?:has |have |did |does |do )?(?:any(?:one|body)(?: else)?|(?:any )?other(?:s| trusts?| schools?)"
    r"|(?:any )?(?:other )?(?P<phase>primar(?:y|ies)|secondar(?:y|ies)|special)(?: schools?| ones?)?))"
    r"(?: (?:has|have|did|does|else|others?|do|done|doing|tried|try|it|that|so|this|the same|some(?:thing)?|anything|like|similar|of|the|kind|sort|likewise|then|too|as well|instead))*\W*$",
    re.IGNORECASE,
)
"""Asks who did the thing in play, whoever it was asked of: "Who has, then?"."""
_TAIL = re.compile(r"^(.*\b(?:on|about|regarding)) ((?:(?!on\b|about\b|regarding\b)[\w’'-]+ ?){1,5})\?*$", re.IGNORECASE)
"""A question that ends in what it is about: "Compare A and B on marking"."""
_DOCUMENT = re.compile(r"\bthe (?:conceptual )?(?:model|paper|inquiry|guide|hub|toolkit)\b", re.IGNORECASE)
_MADE = re.compile(
    r"^(?:who (?:wrote|made|published|developed|created|is behind) it\b|(?:when|where|how|why|by whom) was it (?:first )?(?:written|made|published|developed|created|launched)\b)",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(which of|between|compare|do|are|have|did) (?:them|they|these two|the two|both|these)(?: two| both)?\b|\b(which one)\b(?=.*\b(?:more|less|\w+er)\b)",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(r"\b(?:which of|which one|between|compare\w*|differ\w*|alike|similar|in common|more|less|than)\b", re.IGNORECASE)
_OF_ANYBODY = re.compile(
    r"\b(?:schools|trusts|academies|others?|another|any(?:body|one)|who else|elsewhere|case stud\w+|model|paper|hub|guide|library|we|our|us|i|my|you)\b",
    re.IGNORECASE,
)
"""Asks of others than the organisation in play, or of nobody's practice."""
_ORDINAL = re.compile(r"\bthe (first|second|third|last) (strand|one)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Standalone:
    """A question that can be read without the conversation."""

    question: str
    carried: str = ""
    """What came over from the conversation, in a few words."""
    own: str = ""
    """The follow-up by itself, where something came over."""
    of: str = ""
    """Who was spoken of last, where a question that stands alone speaks of nobody: it may still be asked of them."""


@dataclass(frozen=True)
class _Play:
    """What a conversation is about."""

    root: str
    """The last question that was whole, with what later ones put in its place; without phase and place."""
    context: str = ""
    """The phase and place that a follow-up asked for: "primaries in Kent"."""
    subjects: tuple[Subject, ...] = ()
    """The components and organisations spoken of, oldest first, each once."""

    @property
    def organisation(self) -> str:
        """The one spoken of last, or ""."""
        return next((s.name for s in reversed(self.subjects) if s.kind == "organisation"), "")

    @property
    def question(self) -> str:
        """The root in its context."""
        return f"{self.root.rstrip('?.! ')} in {self.context}?" if self.context else self.root


def rewrite(ask: Ask, question: str, model: Model, names: Names) -> Standalone:
    """The question with what it leans on put in. JourneyEnds (`unclear`) where a pronoun has nothing to hold on to."""
    reader = _Reader(model, names)
    if not ask.history:
        read = reader.ordinal(reader.put_right(question), None)
        word = dangling_pronoun(read)
        if word and not reader.names_something(read):
            raise JourneyEnds("unclear", "pronoun", UNCLEAR_TEXT.format(word=word), "unclear")
        return Standalone(read, read_as(read) if read.lower() != question.lower() else "")
    play: _Play | None = None
    for earlier in ask.history[-MOST_REPLAYED:]:
        play = reader.read(earlier, play)[1]
    alone, after = reader.read(question, play)
    of_anybody = alone.own or reader.names_something(alone.question) or _OF_ANYBODY.search(alone.question)
    return alone if of_anybody else replace(alone, of=after.organisation)


class _Reader:
    """Reads a question in the light of what is in play."""

    def __init__(self, model: Model, names: Names) -> None:
        self._model, self._names = model, names

        phrases = [
            *(p for c in model.components for p in (c.name, *c.variants) if p.lower() not in c.everyday),
            *(p for s in model.strands for p in (s.name, *s.variants)),
        ]
        self._spelt = [spelt(p, proper=False) for p in sorted(phrases, key=len, reverse=True)]

    def put_right(self, question: str) -> str:
        """The question with the names in it spelt as they are."""
        return self._names.put_right(question, self._spelt)

    def names_something(self, question: str) -> bool:
        """Whether it names a component, a strand or an organisation, held or not."""
        return bool(
            self._model.named_in(question)
            or self._model.strands_named_in(question)
            or self._names.find(question)
            or organisations_in(question)
        )

    def read(self, question: str, play: _Play | None) -> tuple[Standalone, _Play]:
        """The question by itself, and what is in play after it."""
        said, question = question, self.ordinal(self.put_right(question), play)
        if play is None or not leans(question, self.names_something(question)):
            carried = read_as(question) if question.lower() != said.lower() else ""
            return Standalone(question, carried), self._with(_Play(question, "", play.subjects if play else ()), question)
        own = clean(without_filler(question))
        for way in (self._side_by_side, self._context, self._new_subject, self._who_else, self._object, self._new_topic):
            found = way(own, play)
            if found:
                return found
        head = play.question
        return Standalone(f"{head.rstrip('?.! ')}: {own}", self._topic(play), own), self._with(play, own)

    def ordinal(self, question: str, play: _Play | None) -> str:
        """ "the second strand" by its name; "the second one" too, where strands are spoken of."""

        def named(match: re.Match[str]) -> str:
            if match[2].lower() == "one" and not (play and re.search(r"\bstrands?\b", play.root, re.IGNORECASE)):
                return match[0]
            place = {"first": 0, "second": 1, "third": 2, "last": -1}[match[1].lower()]
            strands = self._model.strands
            return strands[place].name if place < len(strands) else match[0]

        return _ORDINAL.sub(named, question)

    def _side_by_side(self, own: str, play: _Play) -> tuple[Standalone, _Play] | None:
        """ "How do they differ?" of the last two that were spoken of."""
        pair = _last_two(play.subjects)
        if not pair or not _BOTH.search(own) or not _SIDE_BY_SIDE.search(own) or self.names_something(own):
            return None
        both = f"{pair[0].name} and {pair[1].name}"
        asked = _BOTH.sub(lambda m: f"{m[1] or 'which of'} {both}", own, count=1)
        if pair[0].kind == "component":
            return Standalone(asked, read_as(asked)), self._with(_Play(asked, "", play.subjects), asked)
        return Standalone(f"{play.question.rstrip('?.! ')}: {asked}", f"{both}, {self._about(play)}"), play

    def _context(self, own: str, play: _Play) -> tuple[Standalone, _Play] | None:
        """ "And secondary schools?", "Any in Kent?": the same question of another phase or place."""
        asked = re.sub(r"^(?:in|at|from|of|for|the ones in) ", "", _OPENER.sub("", own.rstrip("?.! ")), flags=re.IGNORECASE).strip()
        asked = asked[:1].lower() + asked[1:] if not regions_in(asked[: asked.find(" ")] if " " in asked else asked) else asked
        asked = re.sub(r"^in (?=the |[A-Z])", "", _BARE_PHASE.sub(r"\1 schools", asked))
        phase, regions = bool(phase_in(asked)), bool(regions_in(asked))
        if not (phase or regions) or _ASKS.match(asked) or self.names_something(asked) or len(asked.split()) > MOST_CONTEXT_WORDS:
            return None
        kept = play
        for subject in play.subjects:
            if subject.kind == "organisation":
                kept = replace(kept, root=swap(kept.root, subject, "schools", self._model, self._names))
        root = without_context(kept.root, phase, regions)
        old = without_context(kept.context, phase, regions)
        old = re.sub(r"^(?:the )?(?:\w+ )?schools?(?: in )?", "", old) if phase else old
        context = " in ".join(c for c in (old, asked) if c)
        after = _Play(f"{root.rstrip('?.! ')}?", context, kept.subjects)
        named = self._named(root)
        said = f"{named}, {context}" if named else f"{context[:1].upper()}{context[1:]}, {self._about(kept)}"
        return Standalone(after.question, said), after

    def _new_subject(self, own: str, play: _Play) -> tuple[Standalone, _Play] | None:
        """ "And Align strategy?", "What about Harris Federation?": the same question of another component or organisation."""
        bare = re.sub(r"^(?:in|at|for|with|of|the) ", "", _OPENER.sub("", own.rstrip("?.! ")), flags=re.IGNORECASE)
        found = subjects_of(bare, self._model, self._names)
        if len(found) != 1 or len(bare.split()) > len(found[0].name.split()) + 2 or _ASKS.match(bare):
            return None
        [new] = found
        asked = play.root
        old = [s for s in subjects_of(play.root, self._model, self._names) if s.kind == new.kind and s.name != new.name]
        if old:
            asked = swap(play.root, old[-1], new.name, self._model, self._names)
        elif new.kind == "organisation":
            asked = re.sub(
                r"\b(?:(?:the|other|most|some|any|many|primary|secondary|special) )*(?:others|trusts|schools|academies)\b",
                new.name,
                play.root,
                count=1,
            )
        if asked == play.root:
            return Standalone(f"{bare}: {play.root}", f"{new.name}, {self._about(play)}"), self._with(play, own)
        after = _Play(asked, "" if new.kind == "organisation" else play.context, play.subjects)
        return Standalone(after.question, read_as(after.question)), self._with(after, asked)

    def _object(self, own: str, play: _Play) -> tuple[Standalone, _Play] | None:
        """ "How have others handled it?", "Compare it with B", "Who wrote it?": what "it" stands for is put in."""
        document = _DOCUMENT.search(play.root)
        if document and (_MADE.match(own)):
            asked = re.sub(r"\bit\b", document[0].lower(), own, count=1)
            return Standalone(asked, read_as(asked)), self._with(_Play(asked, "", play.subjects), asked)
        in_play = subjects_of(play.root, self._model, self._names)
        if len({s.name for s in in_play}) != 1:
            return None
        [subject] = in_play[:1]
        pattern = _OBJECT if subject.kind == "component" else _BESIDE
        asked = _DIFFERS.sub(rf"\1 {subject.name}", pattern.sub(lambda m: f"{m[1]} {subject.name}", own, count=1), count=1)
        if asked == own:
            return None
        return Standalone(asked, subject.name, asked), self._with(_Play(asked, play.context, play.subjects), asked)

    def _who_else(self, own: str, play: _Play) -> tuple[Standalone, _Play] | None:
        """ "Who has, then?", "Anyone else?" after a question about one organisation."""
        asked_of = [s for s in subjects_of(play.root, self._model, self._names) if s.kind == "organisation"]
        match = _WHO_ELSE.match(own.replace(",", ""))
        if len(asked_of) != 1 or not match:
            return None
        whom = f"{phase_in(match['phase'] + ' schools')} schools" if match["phase"] else "others"
        root = swap(play.root, asked_of[0], whom, self._model, self._names)
        after = replace(play, root=re.sub(rf"\b(?:(has)|(does)) (?={whom})", lambda m: "have " if m[1] else "do ", root))
        return Standalone(after.question, read_as(after.question)), after

    def _new_topic(self, own: str, play: _Play) -> tuple[Standalone, _Play] | None:
        """ "And marking?" after "Compare A and B on wellbeing": the same question on something else."""
        tail = _TAIL.match(play.root)
        topic = re.sub(r"^(?:on|about) |,? then\W*$", "", _OPENER.sub("", own.rstrip("?.! ")), flags=re.IGNORECASE)
        if (
            not tail
            or _ASKS.match(topic)
            or not 0 < len(topic.split()) <= MOST_TOPIC_WORDS
            or leans(f"What is {topic}?", names_something=False)
        ):
            return None
        after = replace(
            play,
            root=f"{tail[1]} {topic[:1].lower() if topic[1:].islower() else topic[:1]}{topic[1:]}{'?' if play.root.endswith('?') else ''}",
        )
        return Standalone(after.question, read_as(after.question)), after

    def _with(self, play: _Play, said: str) -> _Play:
        """The play with the subjects of what was said; the newest last."""
        new = subjects_of(said, self._model, self._names)
        return replace(play, subjects=(*(s for s in play.subjects if s not in new), *new))

    def _topic(self, play: _Play) -> str:
        named = self._named(play.root)
        if not named:
            about = self._about(play)
            return about[:1].upper() + about[1:]
        return f"{named}, {play.context}" if play.context else named

    def _named(self, question: str) -> str:
        return ", ".join(dict.fromkeys(s.name for s in subjects_of(question, self._model, self._names)))

    def _about(self, play: _Play) -> str:
        return f"following “{play.question}”"


def asked_of(standalone: Standalone) -> Standalone:
    """The question as one asked of who was spoken of last."""
    return Standalone(f"{standalone.question.rstrip('?.! ')} at {standalone.of}?", standalone.of, standalone.question)


def read_as(question: str) -> str:
    """Says how a follow-up was understood."""
    return f"Read as “{question}”"


def _last_two(subjects: tuple[Subject, ...]) -> tuple[Subject, Subject] | None:
    for kind in (s.kind for s in reversed(subjects)):
        same = [s for s in subjects if s.kind == kind]
        return (same[-2], same[-1]) if len(same) > 1 else None
    return None
