"""Sentences in somebody's own words: what goes beyond the quotes, what does not, and what is no business of this scorer."""

import pytest
from evals_making import make_answer, make_case, make_citation, make_claim

from evals.grounds import Grounds
from evals.scorers import bounds, words

TRIED = "Pupils who were tutored seem to have gained about three months, but attendance has not moved."
RUN = "Teaching assistants ran the sessions twice a week for a year; we do not know why some pupils left."


@pytest.mark.parametrize(
    ("text", "quote", "fault"),
    [
        ("Tutored pupils seem to have gained about three months.", TRIED, ""),
        ("Tutored pupils appear to have gained some three months.", TRIED, ""),
        ("Tutored pupils gained three months.", TRIED, "“seem” is left out"),
        ("Attendance has not moved.", TRIED, ""),
        ("Attendance has moved.", TRIED, "a “not” is left out"),
        ("Teaching assistants did not run the sessions.", "Teaching assistants ran the sessions.", "a “not” is put in"),
        ("Few teaching assistants were against it.", "Teaching assistants were not against it.", ""),
        ("All the tutored pupils seem to have gained.", TRIED, "“All” is put in"),
        ("They stopped it in all.", "We stopped it.", ""),
        ("Tutoring raised scores, it seems.", TRIED, "“raised” is a cause"),
        ("Twice a week was enough, by training assistants.", RUN, "“by training” is a cause"),
        ("Sessions ran twice a week, made up of tutoring.", RUN, ""),
        ("Assistants ran the sessions for a term.", RUN, "“term” is not in the quote"),
        ("Assistants ran weekly sessions.", RUN, ""),
        ("A charity trained the volunteers and paid them.", RUN, "words of its own: chariti"),
        ("Assistants decided on sessions.", "A decision on sessions was for assistants.", ""),  # decid, decis
        ("The scores ended in May.", "The scores may have ended.", "“may” is left out"),
        ("The scores ended.", "The scores ended in May.", ""),  # a month is no hedge
        ("Pupils taught to read gained five points.", "Reading teaching\t5", ""),  # a row of a table has few words
    ],
)
def test_what_goes_beyond_the_quote_is_named(grounds: Grounds, text: str, quote: str, fault: str) -> None:
    found = bounds.find_fault(make_claim(text), [make_citation(1, "glossary", quote)], grounds)
    assert found.startswith(fault) if fault else found == ""


def test_a_cause_made_of_two_things_seen_together_is_the_press_release_of_sumner(grounds: Grounds) -> None:
    # Sumner et al.: a study that saw two things together is told as one making the other.
    seen = make_citation(1, "glossary", "Schools whose heads visited more often also lost fewer teachers.")
    assert "cause" in bounds.find_fault(make_claim("More visits by heads reduced the loss of teachers."), [seen], grounds)
    assert bounds.find_fault(make_claim("Schools whose heads visited more also lost fewer teachers."), [seen], grounds) == ""


def test_coverage_is_newsrooms_share_of_words_that_the_source_has(grounds: Grounds) -> None:
    # Grusky et al.: coverage is the share of a summary's words that are of the source; under a half, with two new words at the least, is invented.
    source = make_citation(1, "glossary", "Governors met monthly.")
    for text, covered in (("Governors met parents.", True), ("Governors met parents weekly, pleasing everybody’s neighbours.", False)):
        assert (bounds.find_fault(make_claim(text), [source], grounds) == "") is covered


def test_only_own_words_are_scored_and_each_sentence_counts_once(grounds: Grounds) -> None:
    quote = make_citation(1, "glossary", TRIED)
    quoted = make_claim("One trust: “Pupils who were tutored gained”", verdict="quoted")
    good, bad = make_claim("Attendance has not moved."), make_claim("Attendance has moved.")
    assert bounds.score(make_case(), make_answer(claims=(quoted,), citations=(quote,)), grounds).value is None
    scored = bounds.score(make_case(), make_answer(claims=(quoted, good, bad), citations=(quote,)), grounds)
    assert (scored.value, scored.answer) == (0.5, "1 of 2")
    assert "a “not” is left out" in scored.explanation


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Twenty-three of the 25", {"23", "25"}),
        ("ninety minutes", {"90"}),
        ("Thirteen, twenty and forty two", {"13", "20", "42"}),
        ("half of one class, doubled", {"half", "doubled"}),
        ("one school", set()),
    ],
)
def test_figures_in_words_count_as_digits(text: str, found: set[str]) -> None:
    assert words.figures(text) == found


def test_a_name_with_a_hyphen_stands_where_its_parts_do(grounds: Grounds) -> None:
    said = make_citation(1, "glossary", "The plan by Ash – Carr was read.")
    assert words.find_fault(make_claim("They read the plan by Ash-Carr."), [said], grounds) == ""
    assert words.find_fault(make_claim("They read the plan by Ash-Dunn."), [said], grounds).startswith("a name")
