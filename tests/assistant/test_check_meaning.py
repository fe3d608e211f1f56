"""What code can tell of a sentence's meaning: whose practice it is, a rank, what it leaves out, and whether it is its quote's words."""

from collections.abc import Mapping

import pytest
from assistant_making import make_quote

from assistant.check_sentence import Unsupported, check_sentence, is_quoted
from assistant.choose import Quote

QUOTES: Mapping[str, Quote] = {
    "1.1": make_quote("Marking time fell by 40 minutes a week in twelve schools, about a third of the trust."),
    "1.2": make_quote("Some teachers may keep written comments for the youngest classes."),
    "1.3": make_quote("We do not believe that attendance rose because of the visits."),
    "2.1": make_quote("Heads made 18 visits and shared what they saw.", "Penhallow Schools"),
    "3.1": make_quote("Trusts should align their strategy with their goals.", "Confederation of Examples", kind="model-paper"),
    "4.1": make_quote("Ours is the best trust in England for attendance.", "Mossgate Trust"),
    "5.1": make_quote("The programme did not reduce staff turnover in the first year.", "Fernhill Trust"),
}  # fmt: skip


def reason(text: str, *ids: str) -> str:
    try:
        check_sentence(text, ids, QUOTES)
    except Unsupported as why:
        return str(why)
    return ""


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Larkfield Learning Trust cut marking by 40 minutes a week in 12 schools.", ["1.1"]),
        ("At Larkfield, marking time fell in twelve of the schools, about one third of them.", ["1.1"]),
        ("Some teachers there may still keep written comments for the youngest.", ["1.2"]),
        ("Larkfield saved 40 minutes a week, while Penhallow made 18 visits.", ["1.1", "2.1"]),
        ("Two trusts describe this work.", ["1.1", "2.1"]),
        ("The model paper says that trusts should align strategy with goals.", ["3.1"]),
        ("Fernhill reports that turnover did not fall in the first year.", ["5.1"]),
        ("Heads at Penhallow shared what they saw on visits.", ["2.1"]),
    ],
)  # fmt: skip
def test_what_the_quotes_bear_may_be_said(text: str, ids: list[str]) -> None:
    assert reason(text, *ids) == ""


@pytest.mark.parametrize(
    ("why", "text", "ids"),
    [
        ("hours for minutes", "Marking fell by 40 hours a week.", ["1.1"]),
        ("pupils for schools", "Marking time fell for twelve pupils.", ["1.1"]),
        ("a quarter for a third", "It fell in about a quarter of the trust.", ["1.1"]),
        ("a percentage worked out", "It fell in about 33% of the trust.", ["1.1"]),
        ("a rise for a fall", "Marking time rose in twelve schools.", ["1.1"]),
        ("another's figure", "Penhallow saved 40 minutes a week, and Larkfield made 18 visits.", ["1.1", "2.1"]),
        ("another's figure, carried on", "Larkfield cut marking, and made 18 visits.", ["1.1", "2.1"]),
        ("figures in one row", "Larkfield and Penhallow report 40 and 18 respectively.", ["1.1", "2.1"]),
        ("one trust's words cited for another", "Larkfield heads shared what they saw.", ["1.1", "2.1"]),
        ("three for two", "Three trusts describe this work.", ["1.1", "2.1"]),
        ("a some left out", "Teachers keep written comments for the youngest classes.", ["1.2"]),
        ("a may left out", "Some teachers keep written comments for the youngest classes.", ["1.2"]),
        ("a not left out", "The programme reduced staff turnover in the first year.", ["5.1"]),
        ("a not left out behind a belief", "Attendance rose because of the visits.", ["1.3"]),
        ("a not of its own", "Heads never made visits.", ["2.1"]),
        ("practice as the model's", "The model says that heads make visits.", ["2.1"]),
        ("one trust's practice as all trusts'", "Trusts make visits and share what they see.", ["2.1"]),
        ("many for one", "Many trusts share what they see.", ["2.1"]),
        ("a ranking, though the source says it", "Mossgate is the best trust in England for attendance.", ["4.1"]),
        ("a ranking in other words", "Mossgate is among the leading trusts.", ["4.1"]),
        ("one above another", "Larkfield is more effective than Penhallow.", ["1.1", "2.1"]),
        ("one outperforms", "Larkfield outperforms Penhallow.", ["1.1", "2.1"]),
        ("an address", "Read more at https://evil.example/x.", ["2.1"]),
    ],
)  # fmt: skip
def test_what_they_do_not_bear_is_not_said(why: str, text: str, ids: list[str]) -> None:
    assert reason(text, *ids) != "", why


@pytest.mark.parametrize(
    "text",
    [
        "Heads shared best practice on visits.",
        "Heads at Penhallow made visits at their best.",
        "Heads made 18 visits, leading to shared work.",
    ],
)
def test_everyday_superlatives_rank_nobody(text: str) -> None:
    assert reason(text, "2.1") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Heads made 18 visits and shared what they saw.",
        "“Heads made 18 visits and shared what they saw.”",
        "Penhallow Schools reports: “Heads made 18 visits and shared what they saw.”",
        "In its own words: “Heads made 18 visits and shared what they saw”.",
    ],
)
def test_a_sentence_that_is_its_quote_is_quoted(text: str) -> None:
    assert is_quoted(text, [QUOTES["2.1"]])


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("attendance rose because of the visits.", "1.3"),
        ("Larkfield says “attendance rose because of the visits”.", "1.3"),
        ("teachers may keep written comments for the youngest classes.", "1.2"),
        ("reduce staff turnover in the first year.", "5.1"),
        ("Penhallow proves its worth: “Heads made 18 visits and shared what they saw.”", "2.1"),
        ("Heads made 18 visits.", "1.1"),
        ("Heads made 18 visits and shared all that they saw.", "2.1"),
        ("Penhallow made visits.", "2.1"),
    ],
)
def test_part_of_a_quote_without_what_qualifies_it_is_not_quoted(text: str, id: str) -> None:
    assert not is_quoted(text, [QUOTES[id]])
