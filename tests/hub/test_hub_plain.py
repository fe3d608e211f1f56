"""What a reader would see of a text."""

import pytest

from hub.plain import CELL, LINE, clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two   spaces\tand\nlines  ", "two spaces and lines"),
        ("ﬁve ﬂoors", "five floors"),
        ("im\u00adprove", "improve"),
        ("zero\u200bwidth\u200d", "zerowidth"),
        ("left\u202eright\u202c", "leftright"),
        ("\ufeffmark", "mark"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("bell\x07 nul\x00", "bell nul"),
        ("hard\u00a0space", "hard space"),
        ("ideographic\u3000space", "ideographic space"),
        ("full ５０％", "full 50%"),
        ("“quotes” – and — dashes’", "“quotes” – and — dashes’"),
        ("café", "café"),
        ("cafe\u0301", "café"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_only_what_is_seen_is_kept_on_one_line(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_cleaning_twice_changes_nothing_and_leaves_no_separator_of_rows() -> None:
    once = clean("a\u00adb\tc\nd ﬁ\u200b\u00a0e")
    assert clean(once) == once
    assert CELL not in once
    assert LINE not in once
