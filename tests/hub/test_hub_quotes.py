"""When two texts are the same words, and when they are not."""

import pytest

from hub.domain import Block, Loaded
from hub.quotes import canonical, numbers_in, stands_at


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("the ﬁrst ﬂoor", "the first floor"),  # ligatures
        ("im\u00adprove\u00adment", "improvement"),  # soft hyphens
        ("imple-\nmentation", "implementation"),
        ("long‑term", "long-term"),
        ("2023–24", "2023-24"),
        ("−5 points", "-5 points"),
        ("- 5 points", "-5 points"),
        ("he said “go”", "he said 'go'"),
        ("it’s", "it's"),
        ("two  spaces\tand\nlines", "two spaces and lines"),
        ("a\u00a0hard space", "a hard space"),
        ("CAPITALS", "capitals"),
        ("1,200 pupils", "1200 pupils"),
        ("５０%", "50%"),
        ("½ of them", "1/2 of them"),
        ("e\u0301cole", "école"),
        ("well, then.", "well then"),
    ],
)
def test_a_setting_does_not_count(quote: str, source: str) -> None:
    assert canonical(quote) == canonical(source) != ""


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("rose by 5", "rose by 6"),
        ("rose by 5", "rose by 55"),
        ("-5 points", "5 points"),
        ("+5 points", "-5 points"),
        ("(+0.4)", "(-0.4)"),
        ("−5 points", "5 points"),
        ("0.5 of a grade", "05 of a grade"),
        ("1.5", "15"),
        ("5%", "5"),
        ("£5", "5"),
        ("not effective", "effective"),
        ("they will", "they well"),
        ("école", "ecole"),
        ("1/2 of schools", "12 of schools"),
        ("½ of schools", "12 of schools"),
        ("2½ years", "21/2 years"),
        ("2 1/2 years", "21/2 years"),
        ("€5 a head", "£5 a head"),
        ("a ratio of 3:1", "a ratio of 31"),
        ("10–12 pupils", "1012 pupils"),
        ("$5 a head", "5 a head"),
    ],
)
def test_a_changed_word_digit_or_sign_counts(quote: str, source: str) -> None:
    assert canonical(quote) != canonical(source)


LOADED = Loaded(
    text="Heads met. Costs fell by 4.5% and ﬁve schools joined. Heads met.",
    blocks=(Block(kind="paragraph", start=0, end=64),),
)


@pytest.mark.parametrize(
    ("quote", "start", "end", "expected"),
    [
        ("Costs fell by 4.5% and five schools joined.", 11, 53, True),
        ("costs fell by 4.5 % and five schools joined", 11, 53, True),
        ("Costs fell by 4.6% and five schools joined.", 11, 53, False),
        ("Costs fell by 45% and five schools joined.", 11, 53, False),
        ("Costs rose by 4.5% and five schools joined.", 11, 53, False),
        ("Costs fell by 4.5%", 11, 53, False),  # part of what stands there
        ("Heads met. Costs fell", 0, 10, False),  # more than stands there
        ("Heads met.", 0, 10, True),
        ("Heads met.", 54, 64, True),
        ("Heads met.", 11, 21, False),  # the right words at another place
        ("", 0, 0, False),
        ("...", 9, 10, False),  # nothing is left to compare
        ("Heads met.", 54, 1000, True),
        ("Heads met.", 1000, 1010, False),
    ],
)
def test_a_quote_stands_only_word_for_word_at_its_place(quote: str, start: int, end: int, expected: bool) -> None:
    assert stands_at(quote, LOADED, start, end) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,200 pupils in 14 schools", {"1200", "14"}),
        ("up 3.5% in 2023-24.", {"3.5", "2023", "24"}),
        ("It was 5.", {"5"}),
        ("KS2", {"2"}),
        ("none at all", set()),
    ],
)
def test_the_figures_of_a_text(text: str, expected: set[str]) -> None:
    assert numbers_in(text) == expected
