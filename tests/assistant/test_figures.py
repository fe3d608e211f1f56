"""Figures in digits and in words are the same figures; what they count and are a share of tells them apart."""

import pytest

from assistant.figures import figures_in

TOKENS = {
    "digits and words are one": ("twelve schools, 12 pupils", ["12", "12"]),
    "one is a word": ("one school and one more", []),
    "compound": ("twenty-five visits, one hundred and twenty days", ["25", "120"]),
    "thousands": ("1,250 hours, 18,000 and two thousand", ["1250", "18000", "2000"]),
    "a dozen": ("a dozen schools", ["12"]),
    "per cent": ("28%, 28 per cent and twelve per cent", ["28%", "28%", "12%"]),
    "percentage points are no per cent": ("28 percentage points", ["28"]),
    "money": ("£3m, £3 million and $5", ["£3000000", "£3000000", "$5"]),
    "signs": ("−0.32 and +0.1, or -0.32", ["-0.32", "+0.1", "-0.32"]),
    "parts": ("a third, two-thirds, half, three quarters, one tenth", ["1/3", "2/3", "1/2", "3/4", "1/10"]),
    "parts in signs": ("1/2 and ½ and ⅓", ["1/2", "1/2", "1/3"]),
    "places in an order": ("the third term, the 3rd, in Year 3", ["3th", "3th", "3"]),
    "times as much": ("doubled, twice, halved, trebled", ["x2", "x2", "1/2", "x3"]),
    "ranges": ("10–12 weeks", ["10", "12"]),
    "two in a row": ("two or three", ["2", "3"]),
    "none": ("Marking fell.", []),
}


@pytest.mark.parametrize(("text", "tokens"), TOKENS.values(), ids=TOKENS)
def test_figures_are_read(text: str, tokens: list[str]) -> None:
    assert [f.token for f in figures_in(text)] == tokens


@pytest.mark.parametrize(
    ("text", "units"),
    [("40 minutes", ["minute"]), ("a 40-minute visit", ["minute"]), ("two of its schools", ["school"]), ("28% of staff", [""])],
)
def test_what_a_figure_counts_is_read(text: str, units: list[str]) -> None:
    assert [f.unit for f in figures_in(text)] == units
