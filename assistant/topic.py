"""What a conversation is called in the list: its topic in a few words, by code."""

import re
from collections.abc import Iterable, Mapping

from assistant.names import phase_in
from assistant.wording import join_names, plain_organisation
from hub.components import Model
from hub.domain import Answer, Source
from hub.places import regions_in

MOST_CHARACTERS = 60
MOST_NAMED = 2
_ASKED: dict[str, str] = {
    "define": "what it means",
    "examples": "examples",
    "how_others": "how others handled it",
    "compare": "compared",
    "overview": "what they did",
}
"""What is asked of a topic, by route."""
_SCAFFOLD = re.compile(
    r"^(?:and|so|but|please|hello|hi|can you|could you|would you|tell me|show me|find me|give me|i(?:'d| would) like to know|do you know|"
    r"what(?:'s| is| are| do| does| did| can| has| have)?|how (?:do|does|did|can|could|should|have|has|are|is|might)|"
    r"(?:is|are|was|were) there|which|who|why (?:do|does|did|is|are)|where|when|do|does|did|has|have|are|is|can|should|could|"
    r"we|you|i|any|a|an|the|some|other|schools|trusts|about|of|for|to)\b[\s,:]*",
    re.IGNORECASE,
)
_LEAST_WORDS = 1


def topic(answer: Answer, model: Model, sources: Mapping[str, Source]) -> str:
    """The components and organisations that the question names, and what was asked of them; else its own words without their scaffold."""
    question = answer.standalone_question or answer.question
    components = [model.component(id).name for id in model.named_in(question)[:MOST_NAMED]]
    if not components and answer.route in ("define", "examples", "how_others"):
        components = [model.component(id).name for id in answer.components[:1] if model.component(id).name.lower() in question.lower()]
    organisations = _named(question, (sources[c.source] for c in answer.citations if c.source in sources))[:MOST_NAMED]
    if organisations and components:
        return _cut(f"{join_names(components)}: {join_names(organisations)}")
    if organisations:
        return _cut(_with(join_names(organisations), answer.route if answer.route in ("compare", "overview") else ""))
    if components:
        within = "".join(f", {word}" for word in (phase_in(question), *regions_in(question)[:1]) if word)
        return _cut(f"{_with(join_names(components), answer.route)}{within}")
    return _cut(_bare(question) or question.strip() or "Untitled")


def _named(question: str, sources: Iterable[Source]) -> list[str]:
    """The schools and organisations of the sources that the question names, each once; the school before the trust it is in."""
    found: dict[str, None] = {}
    for source in sources:
        names = (source.context.school, plain_organisation(source), source.trust)
        if name := next((n for n in names if n and n.lower() in question.lower()), ""):
            found[name] = None
    return list(found)


def _with(name: str, route: str) -> str:
    said = _ASKED.get(route, "")
    if route == "compare":
        return f"{name} {said}" if " and " in name else name
    return f"{name}: {said}" if said else name


def _bare(question: str) -> str:
    words = question.strip().rstrip("?.! ")
    while len(shorter := _SCAFFOLD.sub("", words, count=1)) < len(words) and len(shorter.split()) >= _LEAST_WORDS:
        words = shorter
    return words[:1].upper() + words[1:]


def _cut(words: str) -> str:
    return words if len(words) <= MOST_CHARACTERS else words[: MOST_CHARACTERS - 1].rsplit(" ", 1)[0] + " …"
