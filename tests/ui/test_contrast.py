"""The theme's colours, light and dark, measured as WCAG does."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from hub.settings import ROOT

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
CSS = (ROOT / "ui" / "frame.css").read_text(encoding="utf-8")
CAPTION = 0.6
"""The strength of the text's colour in Streamlit's captions."""
COLOURS = ("blue", "orange", "yellow", "violet", "gray")
TEXT, EDGE = 4.5, 3.0
"""WCAG 1.4.3 and 1.4.11."""


def channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))  # type: ignore[return-value]


def luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, behind: str, strength: float = 1.0) -> float:
    seen = tuple(f * strength + b * (1 - strength) for f, b in zip(channels(front), channels(behind), strict=True))
    light, dark = sorted((luminance(seen), luminance(channels(behind))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def of_css(name: str, scheme: str) -> str:
    found = re.search(rf"--hub-{name}: light-dark\((#[0-9a-f]{{6}}), (#[0-9a-f]{{6}})\)", CSS)
    assert found, name
    return found[1] if scheme == "light" else found[2]


def pairs(scheme: str) -> Iterator[tuple[str, float, float]]:
    """What is read or looked for, its contrast, and the least that it may have."""
    theme = THEME[scheme]
    grounds = {
        "page": theme["backgroundColor"],
        "box": theme["secondaryBackgroundColor"],
        "sidebar": theme["sidebar"]["backgroundColor"],
        "box in the sidebar": theme["sidebar"]["secondaryBackgroundColor"],
    }
    for where, ground in grounds.items():
        yield f"text on the {where}", contrast(theme["textColor"], ground), TEXT
        yield f"caption on the {where}", contrast(theme["textColor"], ground, CAPTION), TEXT
        yield f"link on the {where}", contrast(theme["linkColor"], ground), TEXT
        yield f"chosen on the {where}", contrast(theme["primaryColor"], ground), TEXT
        yield f"focus on the {where}", contrast(of_css("focus", scheme), ground), EDGE
        yield f"edge of a box on the {where}", contrast(of_css("edge", scheme), ground), EDGE
        for colour in COLOURS:
            yield f"{colour} on the {where}", contrast(theme[f"{colour}TextColor"], ground), TEXT
    for colour in COLOURS:
        yield f"{colour} on its own ground", contrast(theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]), TEXT
    for shade in theme["chartCategoricalColors"]:
        yield f"{shade} in a chart", contrast(shade, theme["backgroundColor"]), EDGE
    yield "words on a filled button", contrast(of_css("on-primary", scheme), theme["primaryColor"]), TEXT


def test_the_measure_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") < TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_the_theme_can_be_read(scheme: str) -> None:
    poor = {what: round(held, 2) for what, held, least in pairs(scheme) if held < least}
    assert poor == {}
