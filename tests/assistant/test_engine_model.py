"""What the model says, over the real paper: each component from its own row, and the model's count of itself."""

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask
from hub.components import load_model

MODEL = load_model()
PAGES = {"curate-clear-goals": 15, "build-capability-and-capacity": 16, "implement-improvement-initiatives": 17}
COMPONENTS = pytest.mark.parametrize("component", MODEL.components, ids=lambda c: c.id)


def row_of(assistant: Assistant, citation) -> tuple[str, ...]:
    """The component in whose table row a citation stands, by the row's first cell."""
    [chunk] = [
        c for c in assistant.shelf.chunks.values() if c.source == citation.source and c.start <= citation.start < citation.end <= c.end
    ]
    return MODEL.called(chunk.text.partition("\t")[0]) if chunk.kind == "row" else ()


def cell_of(assistant: Assistant, citation) -> int:
    """The cell of its row that a citation stands in, from 0."""
    [chunk] = [
        c for c in assistant.shelf.chunks.values() if c.source == citation.source and c.start <= citation.start < citation.end <= c.end
    ]
    return chunk.text[: citation.start - chunk.start].count("\t")


@COMPONENTS
@pytest.mark.parametrize("wording", ["What does {} mean?", "Tell me about {}."])
def test_a_definition_comes_from_the_papers_own_row(real: Assistant, component, wording: str) -> None:
    answer = real.answer(Ask(wording.format(component.name)))
    assert (answer.status, answer.route) == ("answered", "define")
    assert answer.components[0] == component.id
    first = answer.citations[0]
    assert (first.source, first.kind, first.page) == ("conceptual-model", "model-paper", PAGES[component.strand])
    assert row_of(real, first) == (component.id,)
    assert (first.tag_method, cell_of(real, first)) == ("row", 1)
    assert first.components[0] == component.id
    assert answer.text.startswith(f"**{component.name}** is one of the four components of *{MODEL.strand(component.strand).name}*")


@COMPONENTS
def test_no_case_study_pretends_to_define(real: Assistant, component) -> None:
    answer = real.answer(Ask(f"What does {component.name} mean?"))
    assert {c.kind for c in answer.citations} <= {"model-paper", "guide"}
    assert {c.voice for c in answer.claims} == {"model"}


@COMPONENTS
def test_examples_come_from_the_examples_of_its_row(real: Assistant, component) -> None:
    answer = real.answer(Ask(f"What examples does the paper give of {component.name}?"))
    assert (answer.status, answer.route) == ("answered", "examples")
    in_row = [c for c in answer.citations if row_of(real, c)]
    assert len(in_row) >= 2
    assert all(row_of(real, c) == (component.id,) for c in in_row)
    assert all(cell_of(real, c) == 2 for c in in_row)


@pytest.mark.parametrize("new", ["Connect", "Align strategy"])
def test_a_follow_up_about_another_component_defines_that_one_alone(real: Assistant, new: str) -> None:
    answer = real.answer(Ask(f"And {new}?", ("What does De-implement mean?",)))
    assert answer.citations
    assert {row_of(real, c) for c in answer.citations if row_of(real, c)} == {MODEL.called(new)}


@COMPONENTS
def test_own_words_for_a_definition_are_marked_illustrative(own: Assistant, component) -> None:
    answer = own.answer(Ask(f"What does {component.name} mean?"))
    assert answer.status == "answered"
    assert answer.citations
    assert all(c.illustrative and c.organisation.endswith("(illustrative)") for c in answer.citations)
    assert component.id in answer.citations[0].components


@pytest.mark.parametrize("strand", MODEL.strands, ids=lambda s: s.id)
def test_a_strands_components_are_listed_each_from_its_row(real: Assistant, strand) -> None:
    answer = real.answer(Ask(f"Which components are in {strand.name}?"))
    inside = [c.id for c in MODEL.of_strand(strand.id)]
    assert (answer.route, len(inside)) == ("list", 4)
    assert [row_of(real, c) for c in answer.citations] == [(id,) for id in inside]
    outside = [c.name for c in MODEL.components if c.id not in inside]
    assert all(f"**{name}**" not in answer.text for name in outside)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Why does the model have four strands?", "three strands"),
        ("Why does the model have 9 strands?", "three strands"),
        ("What are the ten components?", "twelve components"),
    ],
)
def test_a_false_premise_is_corrected_before_anything_else(real: Assistant, question: str, says: str) -> None:
    answer = real.answer(Ask(question))
    assert answer.text.startswith("**The model has")
    assert says in answer.text.split("\n")[0]
    assert answer.citations[0].source == "conceptual-model"


def test_the_correction_of_the_strands_rests_on_a_quote_that_says_three(real: Assistant) -> None:
    answer = real.answer(Ask("Why does the model have four strands?"))
    assert all("three" in c.quote and "strand" in c.quote for c in answer.citations)
