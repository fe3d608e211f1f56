"""Personal data that a pattern can see is put out of sight before anything is searched, kept or sent."""

import pytest

from assistant.disclosure import Disclosures
from assistant.guard import guard
from assistant.masks import mask


@pytest.mark.parametrize(
    ("kind", "text", "secret"),
    [
        ("email", "Write to j.smith@larkfield.example about marking.", "j.smith@larkfield.example"),
        ("email with a plus", "Reply to head+cpd@larkfield.sch.uk please", "head+cpd@larkfield.sch.uk"),
        ("email in a bracket", "Our lead (amy_jones@larkfield.org) asked", "amy_jones@larkfield.org"),
        ("mobile", "Ring 07700 900123 for details", "07700 900123"),
        ("mobile, unspaced", "Ring 07700900123", "07700900123"),
        ("landline", "Ring 020 7946 0018", "020 7946 0018"),
        ("landline with hyphens", "Ring 0117-496-0123", "0117-496-0123"),
        ("postcode", "We are at SW1A 1AA in town", "SW1A 1AA"),
        ("postcode, lower case", "We are at m1 1ae", "m1 1ae"),
        ("NI number", "Her number is AB 12 34 56 C", "AB 12 34 56 C"),
        ("NI number, unspaced", "Her number is AB123456C", "AB123456C"),
        ("pupil number", "Look up A123456789012", "A123456789012"),
        ("temporary pupil number", "Look up A12345678901B", "A12345678901B"),
        ("date of birth", "He was born 12/03/2010", "12/03/2010"),
        ("date of birth, DOB", "DOB: 12.03.2010", "12.03.2010"),
        ("date of birth in words", "date of birth 3 March 2010", "3 March 2010"),
        ("name, called", "a pupil called Aisha Khan struggles", "Aisha Khan"),
        ("name, named", "a boy named Tomasz struggles", "Tomasz"),
        ("name, my pupil", "my pupil Jamie Smith struggles", "Jamie Smith"),
        ("name, our student", "our student, Jamie, struggles", "Jamie"),
        ("name, year group", "a Year 9 girl called Jean-Luc O’Brien", "Jean-Luc O’Brien"),
        ("name, my year student", "my Year 9 student Chidi struggles", "Chidi"),
    ],
)
def test_personal_data_is_masked(kind: str, text: str, secret: str) -> None:
    masked = mask(text)
    assert secret not in masked, kind
    assert not any(part in masked for part in secret.split() if len(part) > 3), kind
    assert "[" in masked


@pytest.mark.parametrize(
    ("kind", "text", "secret"),
    [
        ("mobile with +44", "Ring +44 7700 900123 now", "900123"),
        ("landline in brackets", "Ring (020) 7946 0018", "7946"),
        ("mobile with full stops", "Ring 07700.900.123", "900"),
        ("postcode, unspaced", "We are at SW1A1AA", "SW1A1AA"),
        ("pupil number, lower case", "Look up a123456789012", "a123456789012"),
        ("date of birth, ISO", "born 2010-03-12", "2010-03-12"),
        ("date of birth, ordinal", "born on the 3rd of March 2010", "March 2010"),
        ("date of birth, month first", "date of birth: March 3, 2010", "March 3"),
        ("three names", "A child called Mary Jane Watson struggles", "Watson"),
        ("name in apposition", "A Year 7 student, Jamie Smith, struggles", "Jamie"),
    ],
)
def test_personal_data_in_its_other_common_forms_is_masked(kind: str, text: str, secret: str) -> None:
    assert secret not in mask(text), kind


@pytest.mark.parametrize(
    "text",
    [
        "What did pupils at Barr Beacon School say in 2023?",
        "How did attainment at KS2 change between 2019 and 2023?",
        "Which school cut turnover from 14% to 6%?",
        "What is the role of the Year 6 teacher?",
        "Is there a strategy called Reading First?",
        "Has a trust of 12 schools with 7,215 pupils tried this?",
        "What happened on 12 March 2023?",
        "Compare St Peter’s School and St Edward’s School.",
    ],
)
def test_ordinary_figures_and_names_of_schools_stay(text: str) -> None:
    assert mask(text) == text


def test_a_result_is_not_taken_for_a_postcode() -> None:
    assert mask("How did KS2 3rd term results change?") == "How did KS2 3rd term results change?"


def test_what_stands_around_personal_data_stays() -> None:
    assert mask("Ask a@b.org or 07700 900123: how is Connect handled?") == "Ask [email] or [phone]: how is Connect handled?"


def test_several_of_one_kind_are_all_masked() -> None:
    assert mask("a@b.org, c@d.org; e@f.org") == "[email], [email]; [email]"


def test_hidden_characters_do_not_save_an_address_from_the_mask() -> None:
    assert guard("Ask j.smi\u200bth@larkfield.example about marking", 2000, Disclosures(None)) == "Ask [email] about marking"


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("my pupil Jamie Smith, born 12/03/2010, a@b.org, SW1A 1AA")
    assert mask(once) == once
