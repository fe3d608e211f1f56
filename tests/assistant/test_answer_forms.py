"""The form that an answer takes, by what its question asks for."""

import pytest

from assistant.answer_forms import form_of_answer, products_in

FORMS = [
    ("How long does a briefing last?", "It takes ten minutes.", "It is for everybody."),
    ("How long has it been going?", "We have done so since 2019.", "We have done so gladly."),
    ("How often do leaders meet?", "They meet each half term.", "They meet in the hall."),
    ("How regularly is it looked at?", "It is looked at twice a year.", "It is looked at by governors."),
    ("When did the school begin?", "We began in September 2021.", "We began with one class."),
    ("What year was it set up?", "It was set up in 2018.", "It was set up by heads."),
    ("Which school year did it run in?", "It ran in 2021 to 2022.", "It ran in two schools."),
    ("What percentage of staff replied?", "Two thirds of staff replied.", "The staff who replied were glad."),
    ("By what proportion did it fall?", "It fell by 12 per cent.", "It fell in each year."),
    ("Which software do they use?", "We use Ledgerly for the register.", "We use software for the register."),
    ("What system do they run it on?", "It was moved to Tallybook that year.", "It saves us time in November."),
    ("Who keeps the calendar?", "A deputy head keeps it.", "It is kept up to date."),
    ("Whose job is it?", "The business manager sees to it.", "It is seen to daily."),
]


@pytest.mark.parametrize(("question", "answer", "other"), FORMS, ids=[q for q, _, _ in FORMS])
def test_a_sentence_of_the_right_form_is_told_from_another(question: str, answer: str, other: str) -> None:
    form = form_of_answer(question)
    assert form is not None
    assert form(answer) > form(other)


@pytest.mark.parametrize("question", ["How did they cut marking?", "Teachers who share: what do they gain?", "What did they try?"])
def test_a_question_that_asks_for_no_form_has_none(question: str) -> None:
    assert form_of_answer(question) is None


@pytest.mark.parametrize(
    "text", ["We use it on Mondays.", "It is used through INSETs.", "Staff used the School library.", "using SLT time"]
)
def test_a_day_or_a_plain_short_form_names_no_product(text: str) -> None:
    assert products_in(text) == []
