"""The shapes of answers in quotes mode: what stands side by side, what is said of the sources, what is said to be missing."""

import re

import pytest
from assistant_making import make_quote

from assistant.approaches import approach_of
from assistant.compose_practice import _figures_in
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.tables import cells_of


def test_two_components_stand_side_by_side_in_the_models_own_words(own: Assistant) -> None:
    answer = own.answer(Ask("How does De-implement differ from Leverage capacity?"))
    assert (answer.route, answer.status) == ("compare", "answered")
    header, _, *rows = [cells for line in answer.text.split("\n") if (cells := cells_of(line)) is not None]
    assert header == ["Looked for", "**De-implement**", "**Leverage capacity**"]
    assert [row[0] for row in rows][:3] == ["**Strand**", "**The model paper says**", "**Among its examples**"]
    assert all(re.search(r"“.+” \[\d\]", cell) for row in rows[1:3] for cell in row[1:])
    assert "they stand in" not in answer.text
    assert "**Alike**: both are components of *Implement improvement initiatives*." in answer.text
    assert {c for citation in answer.citations for c in citation.components} >= {"de-implement", "leverage-capacity"}
    assert len(answer.citations) <= 6


def test_an_organisation_that_speaks_in_two_documents_is_told_apart_by_their_titles(real: Assistant) -> None:
    answer = real.answer(Ask("What does Notre Dame High School say about surveys of staff?"))
    sources = {c.source: c.title for c in answer.citations if c.organisation == "Notre Dame High School"}
    if len(sources) < 2:
        pytest.fail(f"the question was chosen because two documents speak: {sources}")
    assert all(f"in *{title}*" in answer.text for title in sources.values())


def test_a_half_answer_names_the_words_that_no_document_says(real: Assistant) -> None:
    answer = real.answer(Ask("What did a tiny hamlet school buy to log worries about children?"))
    assert answer.status == "partial"
    assert re.search(r"No document held has the words? .*\bhamlet\b", answer.text)
    assert not re.search(r"No document held .*\b(?:school|children)\b", answer.text)


@pytest.mark.parametrize("question", ["How have other trusts handled de-implementation?", "How have others handled Evaluate insights?"])
def test_each_quote_of_how_others_handled_a_component_can_be_read_alone(real: Assistant, question: str) -> None:
    answer = real.answer(Ask(question))
    practice = [c for c in answer.citations if c.kind == "case-study"]
    assert len({c.organisation for c in practice}) == len(practice) >= 3
    assert not [c.quote for c in practice if re.match(r"(?:This|These|They|It) (?!is|was)", c.quote) and c.quote.count(". ") == 0]
    assert not [c.quote for c in practice if c.quote.endswith(":")]


def test_what_the_paper_says_is_the_papers_alone(real: Assistant) -> None:
    answer = real.answer(Ask("What does the paper say about feedback loops?"))
    assert {c.kind for c in answer.citations} == {"model-paper"}


def test_practice_is_set_by_approach_where_it_falls_into_several(own: Assistant) -> None:
    answer = own.answer(Ask("How have others handled Develop expertise?"))
    lines = answer.text.split("\n")
    groups = {
        line.strip("*"): lines[n + 1 :][: lines[n + 1 :].index("")] for n, line in enumerate(lines) if re.fullmatch(r"\*\*[^*]+\*\*", line)
    }
    assert len(groups) > 1
    assert max(map(len, groups.values())) > 1
    for name, bullets in groups.items():
        for bullet in bullets:
            [said] = re.findall(r"“([^”]+)”", bullet)
            assert approach_of(said, "develop-expertise") == name
    organisations = [c.organisation for c in answer.citations if c.kind == "case-study"]
    assert len(set(organisations)) == len(organisations) == sum(map(len, groups.values()))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Marking time fell by 40 minutes a week."], " One of those quoted gives figures."),
        (["Marking time fell by 40 minutes.", "Email fell from 90 to 30 a day."], " Two of those quoted give figures."),
        (["Marking time fell in 2023."], ""),
        (["Staff were glad of it."], ""),
    ],
)
def test_how_many_of_those_quoted_give_figures_is_counted_by_their_quotes(texts: list[str], said: str) -> None:
    assert _figures_in([make_quote(text, f"School {n}") for n, text in enumerate(texts)]) == said
