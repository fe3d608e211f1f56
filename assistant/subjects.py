"""What a question is about by name, and how one subject, phase or place in it gives way to another."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.names import PHASES, Names, organisations_in
from hub.components import Model, phrase_pattern
from hub.places import places_in

_REST_OF_NAME = re.compile(
    r"(?:\s+(?:CofE|CE|RC|First|Middle|Infant|Junior|Primary|Secondary|High|Community|Grammar|Free|Special|and|School|Academy|College|Academies|Trust|Federation|Schools|school|academy))*\s+(?:School|Academy|College|Academies|Trust|Federation|Schools|Primary|High|Infant|Infants|Juniors?|Secondary|school|academy|trust)\b"
)
"""What may follow the words by which an organisation was known: "Kensington" of "Kensington Primary School"."""


@dataclass(frozen=True)
class Subject:
    """A component or an organisation, by the name that it has here."""

    kind: Literal["component", "organisation"]
    name: str


def subjects_of(text: str, model: Model, names: Names) -> list[Subject]:
    """The components and organisations that a text names, the last ones named last within their kind."""
    components = [Subject("component", model.component(id).name) for id in model.named_in(text) or model.called(text)]
    held = [named.name for named in names.find(text)]
    others = [name for name in organisations_in(text) if names.not_held(name)]
    return [*components, *(Subject("organisation", name) for name in dict.fromkeys((*held, *others)))]


def swap(text: str, old: Subject, new: str, model: Model, names: Names) -> str:
    """The text with `new` in the place of the old subject; as it is where the old one cannot be found."""
    if old.kind == "component":
        component = next(c for c in model.components if c.name == old.name)
        return phrase_pattern((component.name, *component.variants)).sub(new, text, count=1)
    if old.name in text:
        return text.replace(old.name, new, 1)
    span = names.where(text, old.name)
    if not span:
        return text
    start, end = span
    rest = _REST_OF_NAME.match(text, end)
    return f"{text[:start]}{new}{text[rest.end() if rest else end :]}"


def without_context(text: str, phase: bool, place: bool) -> str:
    """The text without its phase, and without the places that it names."""
    if phase:
        text = re.sub(r"\b(?:primary|secondary|special) (?=schools?\b|trusts?\b|academies\b|case studies\b)", "", text, flags=re.IGNORECASE)
        for pattern in PHASES.values():
            text = pattern.sub("schools", text)
        text = re.sub(r"\bin schools?\b", "", text)
    if place:
        for name in places_in(text):
            text = re.sub(rf"\s*\b(?:in|from|of|near|across) (?:the )?{re.escape(name)}(?!\w)|{re.escape(name)}(?!\w)", "", text)
    return " ".join(text.split()).strip(", ")
