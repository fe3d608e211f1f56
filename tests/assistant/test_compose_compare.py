"""Organisations side by side: each cell a quote of that column's own, or a plain word that nothing was found."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistant_making import Document, make_assistant, make_candidates, make_chunk, make_source, write_folder

from assistant.compare_rows import AIMED, DEED_BONUS, tells_how
from assistant.compose_compare import MEANS, MOST_CELLS, topic_of
from assistant.engine import Assistant
from assistant.journey import Ask, Understood
from assistant.tables import cells_of, column_name
from assistant.wording import NOT_DESCRIBED
from hub.domain import Answer
from hub.settings import Settings

CITED = re.compile(r"“[^”]+” \[(\d)\]")
ROW = 'title = "How {name} works"\nkind = "case-study"\norganisation = "{name}"\ncontext = {{ school = "{name}", phase = "Primary" }}'
TOLD = {
    "Larkfield Academy": "Our aim is to protect the time of teachers from email. We switched off email after six in the evening. "
    "A committee of six members of staff wrote the email rules. Emails sent in the evening fell from 40 to 9 a week.",
    "Penhallow School": "The head teacher asked each class teacher to answer email within two days. Staff email is read before lessons. "
    "We send one email to families each Friday so that teachers have fewer to answer.",
    "Brackenhill School": "Swimming lessons are taught in the spring term. The pool is filled in March and each class swims twice. "
    "Pupils choose their own lanes and a lifeguard keeps the count of lengths.",
}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over three schools, of which two tell of email."""
    documents = [Document(name.split()[0].lower(), ROW.format(name=name), f"# {name}\n\n{text}\n") for name, text in TOLD.items()]
    base: Path = tmp_path_factory.mktemp("three")
    assistant = make_assistant(Settings(store=base / "store"), [write_folder(base / "sources", documents)])
    yield assistant
    assistant.shelf.close()


def table_of(answer: Answer) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the columns, and the cells of each row by its label."""
    header, *rows = [cells for line in answer.text.split("\n") if (cells := cells_of(line))]
    return [column_name(c).strip("*") for c in header[1:]], {row[0].strip("*"): row[1:] for row in rows}


def test_each_cell_is_a_quote_of_its_own_column_or_says_that_nothing_was_found(three: Assistant) -> None:
    answer = three.answer(Ask("Compare Larkfield, Penhallow and Brackenhill on email"))
    names, rows = table_of(answer)
    assert (answer.route, answer.status, names) == ("compare", "answered", list(TOLD))
    assert next(iter(rows)) == "Email"
    organisations = {c.marker: c.organisation for c in answer.citations}
    for cells in rows.values():
        for name, cell in zip(names, cells, strict=True):
            markers = [int(m) for m in CITED.findall(cell)]
            assert [organisations[m] for m in markers] == [name] if markers else cell == NOT_DESCRIBED
    assert len(answer.citations) <= MOST_CELLS
    assert [(c.verdict, len(c.markers)) for c in answer.claims] == [("quoted", 1)] * len(answer.citations)


def test_an_organisation_that_does_not_speak_of_it_is_not_made_to(three: Assistant) -> None:
    answer = three.answer(Ask("What is the difference between how Larkfield and Brackenhill handle email?"))
    names, rows = table_of(answer)
    assert names == ["Larkfield Academy", "Brackenhill School"]
    assert {cells[1] for cells in rows.values()} == {NOT_DESCRIBED}
    assert CITED.search(rows["Email"][0])
    assert MEANS in answer.text


def test_what_stands_in_the_rows_is_what_they_are_named_for(three: Assistant) -> None:
    _, rows = table_of(three.answer(Ask("Compare Larkfield and Penhallow on email")))
    assert "“Our aim is to protect" in rows["Aim"][0]
    assert "“A committee of six members" in rows["Who"][0]
    assert "fell from 40 to 9" in rows["How they know"][0]


def test_what_none_of_them_speaks_of_is_not_compared(three: Assistant) -> None:
    answer = three.answer(Ask("Compare Larkfield and Penhallow on exchange visits to Italy"))
    assert (answer.route, answer.status) == ("compare", "no_evidence")
    assert "Looked for" not in answer.text


def test_a_part_of_a_components_name_asks_for_the_component(own: Assistant) -> None:
    own.shelf.refresh()
    first, second = sorted({own.shelf.sources[id].context.trust for id in own.shelf.described("grow-culture-and-leadership")})[:2]
    _, rows = table_of(own.answer(Ask(f"Compare {first} and {second} on growing a culture")))
    assert all(CITED.search(cell) for cell in rows["Grow culture and leadership"])


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Our sole aim is that every child reads by seven.", True),
        ("The purpose of the panel is to keep an eye on costs.", True),
        ("We set up a panel of six to cut the cost of printing.", True),
        ("Trustees wanted fewer meetings and shorter reports.", True),
        ("We never expected the panel to raise attendance.", False),
        ("Sharing what each of us knows is essential to support one another.", False),
        ("Each school has a panel of six that meets in the library.", False),
        ("Schools should have a panel to cut the cost of printing.", False),
    ],
)
def test_an_aim_is_said_to_be_one_or_follows_a_deed(text: str, aim: bool) -> None:
    source = make_source("Ash")
    [candidate] = make_candidates(make_chunk(text, source), source, [1.0], [(1, 0)])
    assert AIMED.fits(candidate) is aim


@pytest.mark.parametrize(
    ("text", "did"),
    [
        ("Since June the office has sent one bulletin a week.", True),
        ("Choose one day of the week for all your letters home.", False),
        ("The office should send no more than one bulletin.", False),
    ],
)
def test_what_was_done_comes_before_what_should_be(text: str, did: bool) -> None:
    source = make_source("Ash")
    [candidate] = make_candidates(make_chunk(text, source), source, [1.0], [(1, 0)])
    assert tells_how(candidate) == (DEED_BONUS if did else -DEED_BONUS)


def test_a_sentence_stands_in_one_cell(three: Assistant) -> None:
    answer = three.answer(Ask("How do Larkfield and Penhallow differ?"))
    _, rows = table_of(answer)
    quotes = [c.quote for c in answer.citations]
    assert len(set(quotes)) == len(quotes) == sum(len(CITED.findall(cell)) for cells in rows.values() for cell in cells)
    assert "How" in rows


@pytest.mark.parametrize("component", ["develop-expertise", "adopt-a-cycle"])
def test_a_component_asked_for_heads_the_table(own: Assistant, component: str) -> None:
    own.shelf.refresh()
    name = own.model.component(component).name
    studies = {own.shelf.sources[id].context.trust: id for id in sorted(own.shelf.described(component))}
    first, second = list(studies)[:2]
    answer = own.answer(Ask(f"Compare {first} and {second} on {name}"))
    names, rows = table_of(answer)
    assert names == [f"{first} (illustrative)", f"{second} (illustrative)"]
    assert next(iter(rows)) == name
    assert all(CITED.search(cell) for cell in rows[name])
    assert {c.source for c in answer.citations} <= set(studies.values())


@pytest.mark.parametrize(
    ("question", "names", "topic"),
    [
        ("Compare Barr Beacon and Kensington on marking and feedback", ("Barr Beacon School", "Kensington Primary School"), "marking and feedback"),
        ("What is the difference between how Larkfield and Penhallow handle staff meetings?", ("Larkfield Trust", "Penhallow School"), "staff meetings"),
        ("How does marking differ between St Joseph’s and Larkfield?", ("St Joseph’s RC High School", "Larkfield Trust"), "marking"),
        ("How do Larkfield and Penhallow differ?", ("Larkfield Trust", "Penhallow School"), ""),
        ("Larkfield versus Penhallow: email", ("Larkfield Trust", "Penhallow School"), "email"),
        ("Compare Larkfield with Penhallow in terms of Year 6 reading", ("Larkfield Trust", "Penhallow School"), "Year 6 reading"),
    ],
)  # fmt: skip
def test_what_is_compared_is_what_is_left_without_the_names_and_the_asking(question: str, names: tuple[str, ...], topic: str) -> None:
    assert topic_of(Understood(question, "compare", names=names)) == topic
