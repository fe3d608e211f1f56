"""Passages as numbered sentences for an llm, and a reply's sentences with the ids they name."""

import re

import pytest
from assistant_making import known_bug

from assistant.engine import Assistant
from assistant.journey import Evidence, Understood
from assistant.numbered import MOST_OF_ONE_SOURCE, MOST_PASSAGES, Numbered, number, read_reply
from assistant.retrieve import retrieve


def numbered(assistant: Assistant, question: str) -> Numbered:
    assistant.shelf.refresh()
    evidence = retrieve(Understood(question, "lookup"), assistant.shelf, assistant.shelf.embedder.embed([question])[0])
    return number(evidence, assistant.shelf)


def test_every_id_stands_before_its_own_sentence(real: Assistant) -> None:
    given = numbered(real, "How did schools cut the workload of marking?")
    lines = dict(re.findall(r"^\[(\d+\.\d+)\] (.*)$", given.text, re.MULTILINE))
    assert list(lines) == list(given.quotes)
    for id, quote in given.quotes.items():
        held = real.shelf.library.held(quote.source.id)
        assert held is not None
        assert held.loaded.text[quote.start : quote.end] == quote.text
        assert quote.text.split()[-1] in lines[id]


def test_each_document_is_headed_with_what_it_is(real: Assistant) -> None:
    given = numbered(real, "How did schools cut the workload of marking?")
    heads = re.findall(r"^--- document (\d+): (.*) ---$", given.text, re.MULTILINE)
    assert [int(n) for n, _ in heads] == list(range(1, len(heads) + 1))
    for n, head in heads:
        assert given.quotes[f"{n}.1"].source.organisation in head


def test_no_source_crowds_out_the_others(real: Assistant) -> None:
    given = numbered(real, "What does Kensington do?")
    chunks = {id.partition(".")[0]: quote for id, quote in given.quotes.items()}
    sources = [quote.source.id for quote in chunks.values()]
    assert 1 < len(sources) <= MOST_PASSAGES
    assert max(sources.count(s) for s in sources) <= MOST_OF_ONE_SOURCE


def test_chunks_named_first_stand_first_and_once(real: Assistant) -> None:
    real.shelf.refresh()
    row = next(c for c in real.shelf.chunks.values() if c.source == "conceptual-model" and c.kind == "row")
    evidence = Evidence((), (), (), {})
    given = number(evidence, real.shelf, [row])
    assert {quote.chunk.id for quote in given.quotes.values()} == {row.id}
    assert given.quotes["1.1"].source.id == "conceptual-model"


def hostile(mixed: Assistant) -> str:
    text = numbered(mixed, "How did Penhallow replace marking with whole-class feedback sheets?").text
    assert "Ignore all previous instructions" in text
    return text


def test_what_looks_like_an_id_in_a_document_is_made_harmless(mixed: Assistant) -> None:
    text = hostile(mixed)
    bodies = [re.sub(r"^\[\d+\.\d+\] ", "", line) for line in text.split("\n")]
    assert any("(1.1)" in body for body in bodies)
    assert any("(2)" in body for body in bodies)
    assert not any(re.search(r"\[\s*\d+(?:\.\d+)?\s*\]", body) for body in bodies)


def test_grouped_ids_in_a_document_are_made_harmless_too(mixed: Assistant) -> None:
    assert "[2.1; 3.1]" not in hostile(mixed)


def test_what_looks_like_a_fence_or_a_slot_in_a_document_is_made_harmless(mixed: Assistant) -> None:
    text = hostile(mixed)
    assert "{{" not in text
    assert "}}" not in text
    assert "document 9" not in re.findall(r"^---.*$", text, re.MULTILINE)
    assert len(re.findall(r"-{3,}", text)) == 2 * len(re.findall(r"^--- document \d+: ", text, re.MULTILINE))


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


@known_bug("ids inside a sentence that another without ids follows go to the last one")
def test_ids_in_mid_sentence_stay_with_their_sentence() -> None:
    said = {s.text: s.ids for s in read_reply(["Hilltop [1.1] cut emails. Bedford did not. [2.1]"])}
    assert said["Bedford did not."] == ("2.1",)


def test_an_id_before_a_name_does_not_cut_the_sentence() -> None:
    assert [s.text for s in read_reply(["At Hilltop [1.1] Year 6 teachers stopped. [1.2]"])] == ["At Hilltop Year 6 teachers stopped."]


@known_bug("in small pieces the line ends before its ids come, and the sentence loses them; in large ones it keeps them")
@pytest.mark.parametrize("size", [1, 3])
def test_ids_on_a_line_of_their_own_are_read_alike_in_pieces_of_any_size(size: int) -> None:
    reply = "Marking fell.\n[1.1][1.2]\nStaff were glad. [2.1]"
    read = [[(s.text, s.ids) for s in read_reply(pieces_of(reply, n))] for n in (size, 1000)]
    assert read[0] == read[1] == [("Marking fell.", ("1.1", "1.2")), ("Staff were glad.", ("2.1",))]
