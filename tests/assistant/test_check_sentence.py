"""An llm's sentence may say only what its quotes bear: ids, figures, names and quoted words."""

from collections.abc import Mapping

import pytest
from assistant_making import make_quote

from assistant.check_sentence import Unsupported, check_sentence
from assistant.choose import Quote

QUOTES: Mapping[str, Quote] = {
    "1.1": make_quote(
        "Marking time fell from 1,250 to 900 hours, a fall of 28%, after Year 6 teachers stopped.",
        context={"school": "Elm Lane School", "trust": "Larkfield Learning Trust", "location": "Ripon", "pupils": "310"},
        published="2023",
    ),
    "2.1": make_quote("Penhallow heads closely relate the change to 18 visits by Dr Amara Obi.", "Penhallow Schools"),
    "3.1": make_quote("Leaders ‘keep, tweak or ditch’ each plan in term one.", "Fernhill Trust", lead="What the Ashdown group decided:"),
    "5.1": make_quote("Trusts align their strategy with their goals.", "Confederation", kind="model-paper"),
    "4.1": make_quote("Progress 8 was -0.32 in the first year, when 1/2 of pupils stayed.", "Fernhill Trust"),
}


def stands(text: str, *ids: str, quotes: Mapping[str, Quote] = QUOTES) -> bool:
    try:
        check_sentence(text, ids, quotes)
    except Unsupported:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Marking time fell by 28%.", ["1.1"]),
        ("Larkfield Learning Trust reports that marking fell from 1,250 hours to 900.", ["1.1"]),
        ("Marking fell from 1250 hours.", ["1.1"]),
        ("At Elm Lane School in Ripon, marking time fell.", ["1.1"]),
        ("In 2023 the school reported less marking.", ["1.1"]),
        ("Teachers of Year 6 stopped.", ["1.1"]),
        ("The visits were made by Dr Amara Obi.", ["2.1"]),
        ("One partnership relates it to 18 visits, and Elm Lane saw a fall of 28%.", ["1.1", "2.1"]),
        ("Leaders “keep, tweak or ditch” each plan.", ["3.1"]),
        ('Leaders "keep, tweak or ditch" each plan.', ["3.1"]),
        ("The Ashdown group has decided on this.", ["3.1"]),
        ("The model and the paper say so.", ["5.1"]),
    ],
)
def test_what_stands_in_the_quotes_may_be_said(text: str, ids: list[str]) -> None:
    assert stands(text, *ids)


@pytest.mark.parametrize(
    ("why", "text", "ids"),
    [
        ("no id", "Marking time fell by 28%.", []),
        ("an id never given", "Marking time fell by 28%.", ["9.1"]),
        ("one id never given", "Marking time fell by 28%.", ["1.1", "1.2"]),
        ("an altered digit", "Marking time fell by 29%.", ["1.1"]),
        ("a figure of its own", "Marking time fell by 28% in 3 terms.", ["1.1"]),
        ("a figure of another quote", "Marking time fell after 18 visits.", ["1.1"]),
        ("a rounded figure", "Marking fell to about 1,000 hours.", ["1.1"]),
        ("a part of a figure", "Marking fell by 250 hours.", ["1.1"]),
        ("a decimal", "Marking time fell by 2.8%.", ["1.1"]),
        ("a year of its own", "Since 2019 marking has fallen.", ["1.1"]),
        ("a name of its own", "Marking fell, as at Outwood Grange.", ["1.1"]),
        ("another trust's name", "Marking time fell at Penhallow too.", ["1.1"]),
        ("half a name of its own", "The visits were made by Dr Obi Ferrar.", ["2.1"]),
        ("a place of its own", "Marking fell across Yorkshire.", ["1.1"]),
        ("altered words in quotation marks", "Leaders “keep, tweak or stop” each plan.", ["3.1"]),
        ("words in straight quotation marks", 'Leaders "always listen" to staff.', ["3.1"]),
        ("words quoted from another quote", "Leaders say “marking time fell”.", ["3.1"]),
    ],
)
def test_what_does_not_stand_in_the_quotes_is_not_said(why: str, text: str, ids: list[str]) -> None:
    assert not stands(text, *ids), why


@pytest.mark.parametrize(
    "text",
    ["Penhallow cut marking by 28%.", "Outwood’s teachers stopped.", "Ofsted praised the fall in marking.", "Ripley stopped marking."],
)
def test_a_name_at_the_head_of_a_sentence_is_a_name(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize("text", ["Leaders ‘build bridges everywhere’ each term.", "Leaders 'build bridges everywhere' each term."])
def test_invented_words_in_single_quotation_marks_are_not_said(text: str) -> None:
    assert not stands(text, "3.1")


@pytest.mark.parametrize("text", ["Leaders “build bridges everywhere.", "Then build more bridges”."])
def test_invented_words_in_half_a_pair_of_quotation_marks_are_not_said(text: str) -> None:
    assert not stands(text, "3.1")


@pytest.mark.parametrize("text", ["The change began in Ely.", "The visits were made by Dr Amar."])
def test_a_name_is_a_whole_word_of_the_quote(text: str) -> None:
    assert not stands(text, "2.1")


@pytest.mark.parametrize(
    "text",
    ["Marking time fell by half.", "Marking fell in twelve schools.", "Three quarters of teachers stopped.", "Marking time doubled."],
)
def test_an_invented_figure_in_words_is_not_said(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize("text", ["Marking fell by 310 hours.", "Teachers saved 2023 hours."])
def test_a_figure_about_the_source_is_not_a_result(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize("text", ["Visits rose by 18%.", "Visits cost £18."])
def test_a_count_does_not_become_a_percentage_or_a_sum(text: str) -> None:
    assert not stands(text, "2.1")


def test_words_across_two_quotes_are_not_a_quotation() -> None:
    two = {"1.1": make_quote("Staff were happy"), "1.2": make_quote("with nothing at all.")}
    assert not stands("They were “happy with nothing”.", "1.1", "1.2", quotes=two)


@pytest.mark.parametrize("text", ["Reading stopped marking.", "Kettering stopped marking.", "Ely stopped marking."])
def test_a_place_at_the_head_of_a_sentence_is_a_name_whatever_its_ending(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize("text", ["Émile stopped marking.", "Teachers of Élan stopped."])
def test_a_name_may_begin_with_an_accent(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize(
    "text", ["Teachers at Lane Trust stopped.", "Elm Learning Trust stopped marking.", "Teachers at the Learning Trust stopped."]
)
def test_a_name_is_not_put_together_from_words_that_stand_apart(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize("text", ["Penhallow cut marking by 28%.", "Larkfield Learning Trust made 18 visits."])
def test_a_figure_beside_one_name_stands_in_that_ones_quote(text: str) -> None:
    assert not stands(text, "1.1", "2.1")


@pytest.mark.parametrize("text", ["Progress 8 was 0.32.", "Progress 8 was +0.32."])
def test_a_negative_figure_stays_negative(text: str) -> None:
    assert not stands(text, "4.1")


@pytest.mark.parametrize("text", ["A dozen schools stopped.", "Marking fell by a tenth.", "The school stopped, with sixteen others."])
def test_rarer_words_for_a_figure_are_figures(text: str) -> None:
    assert not stands(text, "1.1")


@pytest.mark.parametrize(
    "text",
    [
        "Leaders ‘don’t build bridges’ each term.",
        "Leaders 'don't build bridges' each term.",
    ],
)
def test_invented_words_with_an_apostrophe_in_single_quotation_marks_are_not_said(text: str) -> None:
    assert not stands(text, "3.1")
