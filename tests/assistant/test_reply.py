"""A reply's sentences with the ids they name, however the stream is cut up."""

import pytest

from assistant.reply import LONGEST, read_reply


def pieces_of(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


REPLIES = {
    "plain": (
        "Marking fell. [1.1] Staff were glad. [2.1]",
        [("Marking fell.", ("1.1",)), ("Staff were glad.", ("2.1",))],
    ),
    "the id before the full stop": (
        "Marking fell [1.1]. Staff were glad [2.1].",
        [("Marking fell.", ("1.1",)), ("Staff were glad.", ("2.1",))],
    ),
    "groups": (
        "Marking fell. [1.1][1.2] Staff were glad. [2.1, 2.2] Nobody left. [3.1; 3.2] All stayed. [4.1] [4.2]",
        [
            ("Marking fell.", ("1.1", "1.2")),
            ("Staff were glad.", ("2.1", "2.2")),
            ("Nobody left.", ("3.1", "3.2")),
            ("All stayed.", ("4.1", "4.2")),
        ],
    ),
    "the same id twice": ("Marking fell. [1.1][1.1]", [("Marking fell.", ("1.1",))]),
    "bullets": (
        "- Marking fell. [1.1]\n- Staff were glad. [2.1]\n* Nobody left. [3.1]\n1. All stayed. [4.1]",
        [("Marking fell.", ("1.1",)), ("Staff were glad.", ("2.1",)), ("Nobody left.", ("3.1",)), ("All stayed.", ("4.1",))],
    ),
    "an id in mid-sentence": ("Marking fell [1.1] and staff were glad. [2.1]", [("Marking fell and staff were glad.", ("1.1", "2.1"))]),
    "a sentence without ids": (
        "Marking fell. Staff were glad. [2.1] Nobody left.",
        [("Marking fell.", ()), ("Staff were glad.", ("2.1",)), ("Nobody left.", ())],
    ),
    "no ids": ("NO ANSWER", [("NO ANSWER", ())]),
    "paragraphs": (
        "Marking fell. [1.1]\n\nStaff were glad. [2.1]\n\nstill lower case. [3.1]",
        [("Marking fell.", ("1.1",)), ("Staff were glad.", ("2.1",)), ("still lower case.", ("3.1",))],
    ),
    "an abbreviation": ("Marking fell, says Dr. Obi of St. Elm. [1.1]", [("Marking fell, says Dr. Obi of St. Elm.", ("1.1",))]),
    "a range is no id": ("Marking fell. [1.1-1.3]", [("Marking fell.", ())]),
    "a source's number is no id": ("Marking fell. [1]", [("Marking fell.", ())]),
    "spaces in the brackets": ("Marking fell. [ 1.1 ,  1.2 ]", [("Marking fell.", ("1.1", "1.2"))]),
    "nothing": ("", []),
    "only white space": (" \n\n ", []),
    "only an id": ("[1.1]", []),
    "brackets of another script": (
        "Marking fell. 【1.1】 Staff were glad. 【2.1】",
        [("Marking fell.", ("1.1",)), ("Staff were glad.", ("2.1",))],
    ),
    "an id that never closes after one that does": ("Marking fell. [1.1][1.", [("Marking fell.", ("1.1",))]),
    "ids before their sentences": ("[1.1] Marking fell. [2.1] Staff were glad.", [("Marking fell.", ()), ("Staff were glad.", ())]),
    "ids on a line of their own": (
        "Marking fell\n[1.1]\nStaff were glad. [2.1]",
        [("Marking fell", ("1.1",)), ("Staff were glad.", ("2.1",))],
    ),
    "words in bold": ("**Marking fell.** [1.1] Staff were glad. [2.1]", [("**Marking fell.**", ("1.1",)), ("Staff were glad.", ("2.1",))]),
    "two sentences, each with an id inside": ("Hilltop [1.1] cut. Elm [2.1] kept.", [("Hilltop cut.", ("1.1",)), ("Elm kept.", ("2.1",))]),
    "hidden characters": ("Mark\u200bing fell. [1.1]", [("Marking fell.", ("1.1",))]),
    "a year at a line's head": ("2023. Marking fell. [1.1]", [("2023.", ()), ("Marking fell.", ("1.1",))]),
}


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(("reply", "expected"), REPLIES.values(), ids=REPLIES)
def test_a_reply_is_read_alike_in_pieces_of_any_size(reply: str, expected: list[tuple[str, tuple[str, ...]]], size: int) -> None:
    assert [(s.text, s.ids) for s in read_reply(pieces_of(reply, size))] == expected


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_what_goes_before_a_sentence_is_kept(size: int) -> None:
    reply = "One here. [1.1] Two here. [1.2]\n\nThree here. [1.3]\n- Four here. [1.4]\n- Five here. [1.5]"
    assert [s.before for s in read_reply(pieces_of(reply, size))] == ["\n\n", " ", "\n\n", "\n- ", "\n- "]


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    taken: list[str] = []

    def pieces():
        for piece in ("Marking fell. [1.1]", " S", "taff were glad."):
            taken.append(piece)
            yield piece

    first = next(read_reply(pieces()))
    assert (first.text, first.ids) == ("Marking fell.", ("1.1",))
    assert taken == ["Marking fell. [1.1]", " S"]


def test_an_id_that_never_closes_is_no_id() -> None:
    assert {s.ids for s in read_reply(["Marking fell. [1.1"])} == {()}


@pytest.mark.parametrize("size", [1, 1000])
def test_ids_belong_to_the_sentence_they_follow_though_the_next_begins_with_a_sum(size: int) -> None:
    said = {s.text: s.ids for s in read_reply(pieces_of("Marking fell. [1.1] £3,000 was saved. [2.1]", size))}
    assert said == {"Marking fell.": ("1.1",), "£3,000 was saved.": ("2.1",)}


def test_ids_in_mid_sentence_stay_with_their_sentence() -> None:
    said = {s.text: s.ids for s in read_reply(["Hilltop [1.1] cut emails. Bedford did not. [2.1]"])}
    assert said["Bedford did not."] == ("2.1",)


def test_an_id_before_a_name_does_not_cut_the_sentence() -> None:
    assert [s.text for s in read_reply(["At Hilltop [1.1] Year 6 teachers stopped. [1.2]"])] == ["At Hilltop Year 6 teachers stopped."]


@pytest.mark.parametrize("size", [1, 3])
def test_ids_on_a_line_of_their_own_are_read_alike_in_pieces_of_any_size(size: int) -> None:
    reply = "Marking fell.\n[1.1][1.2]\nStaff were glad. [2.1]"
    read = [[(s.text, s.ids) for s in read_reply(pieces_of(reply, n))] for n in (size, 1000)]
    assert read[0] == read[1] == [("Marking fell.", ("1.1", "1.2")), ("Staff were glad.", ("2.1",))]


def test_what_never_ends_is_given_without_ids() -> None:
    said = list(read_reply(["word " * LONGEST, "more [1.1] "]))
    assert said
    assert all(len(s.text) < 6 * LONGEST for s in said)
    assert said[0].ids == ()
