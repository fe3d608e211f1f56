"""Sentences that earn a place, as quotes that can be read alone. All text here is our own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from assistant_making import make_candidates, make_chunk, make_source

from assistant.choose import KEEP_ABOVE, LONGEST_QUOTE_WORDS, _with_its_list, choose, needs_its_list
from assistant.journey import Candidate
from hub.domain import Sentence, Source

A, B = make_source("Larkfield Learning Trust"), make_source("Penhallow Schools")


def single(text: str, score: float, source: Source = A, start: int = 0, vector: Sequence[float] = (0, 0, 0, 0)) -> Candidate:
    [candidate] = make_candidates(make_chunk(text, source, start=start), source, [score], [vector])
    return candidate


def pooled(*candidates: Candidate) -> list[Candidate]:
    return sorted(candidates, key=lambda c: -c.score)


def test_the_best_come_first_and_no_more_than_asked() -> None:
    pool = pooled(*(single(f"Sentence number {n} is here.", 1 - n / 100, start=100 * n) for n in range(9)))
    assert [q.text for q in choose(pool, 3)] == [f"Sentence number {n} is here." for n in range(3)]


def test_the_same_words_are_quoted_once_whatever_their_setting() -> None:
    pool = pooled(
        single("Marking time fell by half.", 1.0), single("Marking  time fell\nby half!", 0.9, B), single("Staff were glad of it.", 0.8, B)
    )
    assert [q.text for q in choose(pool)] == ["Marking time fell by half.", "Staff were glad of it."]


def test_a_near_duplicate_is_dropped_and_a_like_sentence_is_not() -> None:
    best = single("Marking time fell by half.", 1.0, A, 0, (1, 0, 0, 0))
    near = single("The time for marking fell by half.", 0.99, B, 0, (0.97, 0.24, 0, 0))
    like = single("Planning time fell by a third.", 0.98, B, 100, (0.8, 0.6, 0, 0))
    assert [q.text for q in choose([best, near, like])] == [best.text, like.text]


def test_what_is_like_one_already_chosen_gives_way_to_what_is_not() -> None:
    best = single("Marking time fell by half.", 1.0, A, 0, (1, 0, 0, 0))
    like = single("Planning time fell by a third.", 0.95, A, 100, (0.9, 0.436, 0, 0))
    other = single("Pupils said lessons were clearer.", 0.9, A, 200, (0, 0, 1, 0))
    assert [q.text for q in choose([best, like, other], 2)] == [best.text, other.text]


@pytest.mark.parametrize(("each", "expected"), [(1, ["A", "B"]), (2, ["A", "A", "B"]), (0, ["A", "A", "A", "A", "B"])])
def test_quotes_are_spread_over_organisations(each: int, expected: list[str]) -> None:
    pool = pooled(
        *(single(f"Larkfield wrote sentence {n}.", 1 - n / 100, A, 100 * n) for n in range(4)), single("Penhallow wrote this one.", 0.9, B)
    )
    got = ["A" if q.source is A else "B" for q in choose(pool, each_organisation=each)]
    assert got == expected


def test_a_sentence_far_below_the_best_earns_no_place() -> None:
    above, below = KEEP_ABOVE + 0.01, KEEP_ABOVE - 0.01
    pool = [
        single("A very good sentence.", 1.0),
        single("A good enough sentence.", above, B),
        single("A poor sentence here.", below, B, 100),
    ]
    assert [q.score for q in choose(pool)] == [1.0, above]
    assert [q.score for q in choose(pool, keep_above=0.0)] == [1.0, above, below]


@pytest.mark.parametrize("text", ["Yes.", "Marking policy", "Year 6"])
def test_less_than_three_words_are_no_quote(text: str) -> None:
    assert choose([single(text, 1.0)]) == []


def test_only_what_is_accepted_is_chosen() -> None:
    pool = [single("Larkfield did this first.", 1.0, A), single("Penhallow did this too.", 0.9, B)]
    assert [q.source for q in choose(pool, accept=lambda c: c.source is B)] == [B]


def of_paragraph(text: str, wanted: int, source: Source = A, **chunk: str) -> list[str]:
    """The quotes of a paragraph in which one sentence stands far above the others."""
    made = make_chunk(text, source, **chunk)
    scores = [1.0 if n == wanted else 0.1 for n in range(len(made.sentences))]
    return [q.text for q in choose(pooled(*make_candidates(made, source, scores)))]


@pytest.mark.parametrize("turn", ["However", "But", "Although", "Yet", "Nevertheless", "Except", "Unless", "Only"])
def test_a_qualifier_stays_with_its_sentence(turn: str) -> None:
    first, second = "Marking time fell by half.", f"{turn} two year groups kept to the old way."
    assert of_paragraph(f"{first} {second} Staff were asked about it.", 0) == [f"{first} {second}"]


@pytest.mark.parametrize("lean", ["This", "It", "They", "As a result it", "Such a change", "Both"])
def test_a_sentence_that_leans_back_brings_what_it_leans_on(lean: str) -> None:
    first, second = "Leaders met staff each week.", f"{lean} cut the number of emails."
    assert of_paragraph(f"Term began well. {first} {second} Nobody left.", 2) == [f"{first} {second}"]


@pytest.mark.parametrize(
    "text",
    [
        "Marking time fell by half. Staff were glad of it.",
        "Marking time fell by half. Buttons were sewn on.",
        "Marking time fell by half.\nHowever, a new list began.",
    ],
)
def test_a_sentence_that_stands_alone_is_quoted_alone(text: str) -> None:
    assert of_paragraph(text, 0) == ["Marking time fell by half."]


def test_a_quote_has_at_most_two_sentences() -> None:
    text = "Leaders met staff each week. This cut the number of emails. However, parents wrote more. But staff coped with that."
    made = make_chunk(text, A)
    for wanted in range(len(made.sentences)):
        [quote] = of_paragraph(text, wanted)
        assert 1 <= quote.count(".") <= 2, quote


def test_two_long_sentences_are_not_joined() -> None:
    first, second = " ".join(["word"] * (LONGEST_QUOTE_WORDS - 5)) + ".", "However, " + " ".join(["other"] * 10) + "."
    assert of_paragraph(f"{first.capitalize()} {second}", 0) == [first.capitalize()]


@pytest.mark.parametrize("kind", ["footnote"])
def test_a_footnote_is_quoted_alone(kind: str) -> None:
    assert of_paragraph("Marking time fell by half. However, see the next note.", 0, kind=kind) == ["Marking time fell by half."]


def test_an_item_with_a_lead_is_quoted_without_its_neighbour_and_keeps_its_lead() -> None:
    made = make_chunk("We cut marking. However, not in Year 6.", A, lead="What we did")
    [quote] = choose(make_candidates(made, A, [1.0, 0.1]))
    assert (quote.text, quote.lead) == ("We cut marking.", "What we did")


def test_a_lists_opening_line_and_its_items_come_together_in_order() -> None:
    opener = single("What we did was this:", 0.9, A)
    items = make_candidates(
        make_chunk("We cut marking. We cut meetings. We cut email.", A, start=100, lead=opener.text), A, [0.8, 1.0, 0.7]
    )
    same = [replace(c, chunk=opener.chunk) for c in items]
    assert [c.text for c in _with_its_list(same[1], [opener, same[0], same[2]], 6)] == [opener.text, *(c.text for c in same)]
    assert [c.text for c in _with_its_list(same[1], [opener, same[0], same[2]], 2)] == [same[1].text]  # no room for a list
    assert _with_its_list(opener, same, 2) == []


def of_list(*items: str, opener: str = "The committee will:") -> list[Candidate]:
    """The opening line of a list and its items, in one chunk, each with its lead."""
    text = "\n".join([opener, *items])
    chunk = make_chunk(text, A)
    starts = [text.index(line) for line in (opener, *items)]
    sentences = [
        Sentence(start=start, end=start + len(line), lead="" if line == opener else opener)
        for start, line in zip(starts, (opener, *items), strict=True)
    ]
    chunk = chunk.model_copy(update={"sentences": tuple(sentences)})
    return make_candidates(chunk, A, [0.1] * len(sentences))


def best_of(candidates: list[Candidate], wanted: int, **limits: int) -> list[str]:
    """The quotes where that candidate stands far above the others."""
    return [q.text for q in choose(pooled(*(replace(c, score=1.0) if n == wanted else c for n, c in enumerate(candidates))), **limits)]


@pytest.mark.parametrize("wanted", [0, 1, 2])
def test_a_list_that_is_one_statement_is_one_quote_whichever_line_is_wanted(wanted: int) -> None:
    two = of_list("meet each half term", "Write to staff.")
    assert best_of(two, wanted, each_organisation=1, most=1) == ["The committee will:\nmeet each half term\nWrite to staff."]
    assert not any(needs_its_list(c) for c in two)


def test_a_list_takes_one_place() -> None:
    items = of_list("meet each half term", "write to staff", "share what they learn")
    other = single("Penhallow cut reports.", 0.05, B)
    assert len(choose(pooled(*items, other), 2, keep_above=0.0)) == 2


def test_a_list_too_long_to_be_read_at_a_glance_is_not_cut_short() -> None:
    long = of_list(*(f"item {n} " + "word " * 18 + "more" for n in range(6)))
    assert not needs_its_list(long[1])  # its opening line stands before it
    assert needs_its_list(long[6])
    assert best_of(long, 1, each_organisation=1) == [f"The committee will:\n{long[1].text}"]
    assert best_of(long, 6, each_organisation=1) == ["The committee will:", long[6].text]
    assert best_of(long, 6, most=1) == []  # by itself it says nothing


def test_a_list_that_goes_on_after_a_statement_is_not_cut_short() -> None:
    made = of_list("meet weekly", "Write to staff.", "share results")
    assert best_of(made, 1) == ["The committee will:", "meet weekly", "Write to staff.", "share results"]


def test_an_item_that_is_a_statement_comes_alone() -> None:
    two = of_list("We meet each half term.", "We write to staff.")
    assert not any(needs_its_list(c) for c in two)
    assert best_of(two, 2, each_organisation=1) == ["We write to staff."]


def test_a_list_keeps_to_the_limit_for_one_organisation() -> None:
    items = make_candidates(make_chunk("We cut marking. We cut meetings. We cut email.", A, lead="What we did:"), A, [1.0, 0.9, 0.8])
    other = single("Penhallow cut reports.", 0.95, B)
    assert [q.source for q in choose(pooled(*items, other), 3, each_organisation=1)] == [A, B]


def test_two_quotes_never_overlap() -> None:
    text = "Leaders met staff each week. This cut the number of emails by half. However, parents then wrote far more often."
    made = make_chunk(text, A)
    quotes = choose(pooled(*make_candidates(made, A, [0.9, 1.0, 0.95])), keep_above=0.0)
    spans = sorted((q.start, q.end) for q in quotes)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))


def test_a_quote_is_the_sources_own_text_at_its_offsets() -> None:
    made = make_chunk("Leaders met staff each week. This cut the number of emails.", A, start=500)
    [quote] = choose(make_candidates(made, A, [0.1, 1.0]))
    assert quote.text == made.text[quote.start - 500 : quote.end - 500]
    assert (quote.start, quote.end) == (500, 500 + len(made.text))


def test_nothing_to_choose_from_gives_nothing() -> None:
    assert choose([]) == []
