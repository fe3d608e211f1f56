"""Where sentences end."""

from itertools import pairwise

import pytest

from hub.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["One thing.", "Another thing."],
        ["Dr. Patel came.", "She stayed."],
        ["We read e.g. Maths plans.", "Then we met."],
        ["S. Hale wrote it.", "It is good."],
        ["Hale et al. 2021 say so.", "We agree."],
        ["He said “Go home.”", "Then he left."],
        ["(It was late.)", "We left."],
        ["“Why?”", "“Because.”"],
        ["1. First item"],
        ["1. Read the plan.", "Then meet."],
        ["(2) Read it.", "Meet."],
        ["Scores rose 2.5 points.", "Then 3 more."],
        ["Was it so?", "Yes!", "It was."],
        ["It cost £5.", "£6 came back."],
        ["We waited…", "Nothing came."],
        ["See the table (below).", "It is long."],
        ["Attendance in Key Stage 2.", "Pupils came."],
        ["See vol. 3 and pp. 12-14.", "They are short."],
        ["St. Mary’s joined.", "It is small."],
        ["A sentence with no end"],
        ["it rose.of late"],
        ["It was approx. 40 pupils."],
        ["Call us on 0800.123.456 today."],
        ["We met at 3 p.m.", "They left."],
        ["Year 7 joined.", "7 stayed."],
        ["Use https://larkfield.example/a.b?c today.", "It works."],
        ["Mr. J. B. Hale spoke.", "We heard."],
        ["The U.K. Government replied.", "We read it."],
        ["Did it work?", "No.", "We stopped it."],
        ["Pupils in Year A.", "We met."],
        ["No. 5 is here."],
        ["We met with S. Hale.", "Then we left."],
        ["John F. Hale spoke.", "We left."],
        ["Professor J. Hale spoke.", "We left."],
    ],
    ids=lambda s: s[0][:24] if isinstance(s, list) else None,
)
def test_a_paragraph_is_split_at_sentence_ends_alone(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []


def test_sentences_cover_all_but_white_space_in_order() -> None:
    text = "First. Second?  Third (with Dr. Patel).\nFourth “said.” Fifth "
    spans = split_sentences(text)
    assert [start < end for start, end in spans] == [True] * 5
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
