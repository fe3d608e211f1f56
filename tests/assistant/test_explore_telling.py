"""Quotes that are read alone: with what they hang on, those of a paragraph together, and what was done first."""

import pytest

from assistant.choose import Quote, quote_of
from assistant.explore.telling import DEED_BONUS, HANGING_COST, announces, hangs, made_whole, telling
from hub.domain import Chunk, Place, Sentence, Source

SOURCE = Source(id="one", title="One", kind="case-study", organisation="One Trust", path="one.md")


def chunk_of(*sentences: str, heading: str = "What we did", gap: str = " ") -> Chunk:
    text, kept, at = gap.join(sentences), [], 0
    for sentence in sentences:
        kept.append(Sentence(start=at, end=at + len(sentence)))
        at += len(sentence) + len(gap)
    return Chunk(
        id="one-1",
        source="one",
        kind="paragraph",
        embed_text=text,
        text=text,
        start=0,
        end=len(text),
        place=Place(heading=heading),
        sentences=tuple(kept),
    )


def quoted(chunk: Chunk, *numbers: int) -> list[Quote]:
    return [quote_of(SOURCE, chunk, chunk.sentences[n].start, chunk.sentences[n].end) for n in numbers]


@pytest.mark.parametrize(
    "text",
    [
        "For example, ask the office to send it.",
        "The school chooses the other two.",
        "Twelve people have done so since March.",
        "The figures give them little reason to stop.",
        "Heads rehearse both with a coach.",
        "Most of them were glad of it.",
        "It all came down to that one conversation.",
        "When we do this, we leave out the other meeting.",
        "They were read aloud.",
    ],
)
def test_what_points_back_hangs(text: str) -> None:
    assert hangs(text)


@pytest.mark.parametrize(
    "text",
    [
        "We asked two of the five schools to begin.",
        "Each head visits another school once a term.",
        "We read both of the schemes before the summer.",
        "We asked all staff how many hours they had worked.",
    ],
)
def test_what_says_whom_it_means_does_not(text: str) -> None:
    assert not hangs(text)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("There are three main reasons for marking.", True),
        ("There is a great deal of writing on this.", True),
        ("The aims were as follows.", True),
        ("There are 14 schools in the trust.", False),
        ("There is a coach in each of our schools, who watches every new teacher once a fortnight for a year.", False),
    ],
)
def test_what_only_announces(text: str, yes: bool) -> None:
    assert announces(text) is yes


def test_a_sentence_takes_along_the_one_that_it_hangs_on_and_never_a_third() -> None:
    chunk = chunk_of("We bought two schemes.", "A third was free.", "Teachers dropped both in May.", "Nobody missed the schemes.")
    [quote] = made_whole(quoted(chunk, 2))
    assert quote.text == "A third was free. Teachers dropped both in May."


def test_an_announcement_takes_along_what_it_announces() -> None:
    chunk = chunk_of("There are two reasons for this.", "Pupils forget, and so do we.", "The rest is history.")
    assert [q.text for q in made_whole(quoted(chunk, 0))] == ["There are two reasons for this. Pupils forget, and so do we."]


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        ((1, 0), ["Heads meet in May. Coaches meet in June."]),
        ((2, 0), ["Heads meet in May.", "Governors meet in July."]),
        ((0, 1, 2), ["Heads meet in May. Coaches meet in June.", "Governors meet in July."]),
        ((3, 2), ["Governors meet in July. They set the dates."]),
    ],
)
def test_neighbours_are_one_quote_and_stand_in_their_order(numbers: tuple[int, ...], texts: list[str]) -> None:
    chunk = chunk_of("Heads meet in May.", "Coaches meet in June.", "Governors meet in July.", "They set the dates.")
    assert [q.text for q in made_whole(quoted(chunk, *numbers))] == texts


def test_paragraphs_are_not_joined() -> None:
    chunk = chunk_of("Heads meet in May.", "For example, in a hall.", gap="\n\n")
    assert [q.text for q in made_whole(quoted(chunk, 1, 0))] == ["Heads meet in May.", "For example, in a hall."]


@pytest.mark.parametrize(
    ("sentences", "heading", "gain"),
    [
        (("Since June each head has visited another once a term.",), "What we did", DEED_BONUS),
        (("Since June each head has visited another once a term.",), "What changed", 0.0),
        (("We would not plan the visits in that way again.",), "What we did", 0.0),
        (("Twelve people have done so.",), "What we did", -HANGING_COST),
        (("We asked for help.", "Twelve people have done so."), "What we did", 0.0),
        (("There are two main reasons.",), "What we did", -HANGING_COST),
        (("We used to give each new head a target on the first day.",), "What we did", -HANGING_COST / 2),
        (("Each year a form is used to record what was agreed there.",), "What we did", DEED_BONUS),
        (("Since May we have been used to planning visits by the term.",), "What we did", DEED_BONUS),
    ],
)
def test_deeds_gain_and_what_hangs_alone_loses(sentences: tuple[str, ...], heading: str, gain: float) -> None:
    chunk = chunk_of(*sentences, heading=heading)
    assert telling(chunk, chunk.sentences[-1]) == gain


def test_of_a_quote_of_two_that_hangs_on_another_only_its_first_is_taken_along() -> None:
    chunk = chunk_of("Look again in May.", "For example, count the letters.", "They are kept in the office.")
    assert [q.text for q in made_whole([*quoted(chunk, 0), *quoted(chunk, 2)])] == ["Look again in May. For example, count the letters."]


def test_a_lists_opening_line_that_is_quoted_with_its_item_does_not_introduce_it_again() -> None:
    chunk = chunk_of("The panel may:", "close a club.")
    item = chunk.sentences[1].model_copy(update={"lead": "The panel may:"})
    chunk = chunk.model_copy(update={"sentences": (chunk.sentences[0], item)})
    [quote] = made_whole([quote_of(SOURCE, chunk, 0, chunk.end, "The panel may:")])
    assert (quote.text, quote.lead) == ("The panel may: close a club.", "")
