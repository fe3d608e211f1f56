"""The three strands told apart: each has a colour of the theme and a shape, so that neither is needed to see the other."""

from typing import Literal, NamedTuple

from hub.components import Model
from ui.markdown import escape


class Look(NamedTuple):
    """How a strand and its components are marked."""

    shape: str
    colour: Literal["blue", "orange", "violet"]
    """As Streamlit's Markdown and badges name it; the theme sets what it looks like, in light and dark: its blue is our teal."""


LOOKS = (Look("●", "blue"), Look("■", "orange"), Look("▲", "violet"))
"""In the model's order."""


def look_of(model: Model, strand: str) -> Look:
    """How a strand is marked, by its id."""
    return LOOKS[[s.id for s in model.strands].index(strand) % len(LOOKS)]


def strand_label(model: Model, strand: str) -> str:
    """A strand's shape in its colour, and its name, as Markdown."""
    look = look_of(model, strand)
    return f":{look.colour}[{look.shape}] {escape(model.strand(strand).name)}"


def component_badge(model: Model, component: str) -> str:
    """A component's name as a badge with its strand's shape and colour, as Markdown."""
    held = model.component(component)
    look = look_of(model, held.strand)
    return f":{look.colour}-badge[{look.shape} {escape(held.name)}]"
