"""What a comparison says is alike and differs, over whole documents of our own: where two trusts plainly differ, and where they do not."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistant_making import Document, make_assistant, write_folder

from assistant.explore.compare import compare_organisations
from assistant.explore.compared import Comparison
from assistant.explore.coverage import Map
from assistant.rhythms import apart, rhythms_in
from hub.settings import Settings

ROW = 'title = "How {name} links its schools"\nkind = "case-study"\norganisation = "{name}"\ncomponents = ["connect"]\ncontext = {{ trust = "{name}", phase = "Primary" }}'
OPENING = "Teachers of the same subject in different schools share what they know, so that nobody works alone.\n\n"
LINKS = {
    "Alderbrook Trust": "The subject network meets every week in the hall, and each school sends two teachers. Heads visit a partner school in the summer.",
    "Birchfield Trust": "The subject network meets once a term in the hall, and each school sends two teachers. Peer visits end with a shared supper.",
    "Cedarholm Trust": "The subject network meets three times a year in the hall, and each school sends two teachers. It has a page of its own.",
    "Dalewater Trust": "The swimming group meets every Friday in the pool, and each school sends two pupils. Teachers exchange their lesson plans.",
    "Elmgrove Trust": "The subject network should meet every month in the hall. Teachers from partner schools read one another's pupils' books.",
    "Fernhill Trust": "{told} The board meets every week in the small library.",
    "Grovelands Trust": "{told} The board meets once a term in the small library.",
}  # fmt: skip
TOLD = (
    "Since May each school has been linked with a school beyond the trust, and their teachers visit one another. We link our teachers with networks "
    "of other schools, so that they share what they know. In June our heads joined a network of heads from other trusts, who visit one another's schools."
)


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Map]:
    documents = [
        Document(name.split()[0].lower(), ROW.format(name=name), f"# {name}\n\n{OPENING}{text.format(told=TOLD)}\n")
        for name, text in LINKS.items()
    ]
    base: Path = tmp_path_factory.mktemp("links")
    assistant = make_assistant(Settings(store=base / "store"), [write_folder(base / "sources", documents)])
    assistant.shelf.refresh()
    yield Map(assistant.shelf, assistant.model)
    assistant.shelf.close()


def compared(links: Map, *first_words: str) -> Comparison:
    return compare_organisations(links, [name for name in LINKS if name.split()[0] in first_words])


@pytest.mark.parametrize("other", ["Birchfield", "Cedarholm"])
def test_who_meets_weekly_and_who_termly_differ_and_both_sentences_stand_in_the_row(links: Map, other: str) -> None:
    found = compared(links, "Alderbrook", other)
    said = {"Birchfield": "every term", "Cedarholm": "three times a year"}[other]
    [line] = found.differs
    match = re.fullmatch(
        rf"\*Connect\*, on how often the group or network meets: Alderbrook Trust says weekly \[(\d+)\]; {other} Trust says {said} \[(\d+)\]\.",
        line,
    )
    assert match is not None
    [row] = [r for r in found.rows if r.component == "connect"]
    by_marker = {q.marker: (cell.column, q.quote) for cell in row.cells for q in cell.quotes}
    for marker, name in zip(match.groups(), ("Alderbrook Trust", f"{other} Trust"), strict=True):
        column, quote = by_marker[int(marker)]
        assert (column, "The subject network meets" in quote) == (name, True)
    assert found.alike == ()


def test_what_only_another_passage_settles_is_put_into_its_cell(links: Map) -> None:
    found = compared(links, "Fernhill", "Grovelands")
    [row] = [r for r in found.rows if r.component == "connect"]
    last = [cell.quotes[-1] for cell in row.cells]
    assert all(q.quote.startswith("The board meets") for q in last)
    assert min(q.marker for q in last) > max(q.marker for cell in row.cells for q in cell.quotes[:-1])  # after what the cells show anyway
    assert found.differs == (
        f"*Connect*, on how often the board meets: Fernhill Trust says weekly [{last[0].marker}]; Grovelands Trust says every term [{last[1].marker}].",
    )


@pytest.mark.parametrize(
    "pair",
    [("Birchfield", "Cedarholm"), ("Alderbrook", "Dalewater"), ("Alderbrook", "Elmgrove")],
    ids=["as often", "other group", "a wish"],
)
def test_what_is_no_plain_difference_is_not_said(links: Map, pair: tuple[str, str]) -> None:
    assert compared(links, *pair).differs == ()


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("Each network meets six afternoons a year in the hall.", ("how often the group or network meets", "says six afternoons a year")),
        ("Our heads have met twice a term since May.", ("how often heads meet", "says twice a term")),
        ("The maths lead, who has two days a fortnight, visits classes.", ("the time that a lead has", "says two days a fortnight")),
        ("Every school has an organiser with 3 hours a week for it.", ("the time that an organiser has", "says 3 hours a week")),
        ("The lead saved teachers two hours a week.", None),
        ("They lead teams with two hours a week of drill.", None),
        ("We met 40 parents a year ago.", None),
        ("The lead spoke to heads, and pupils have two hours a week of sport.", None),
    ],
)  # fmt: skip
def test_rhythms_and_time_are_read_with_their_own_words(text: str, settled: tuple[str, str] | None) -> None:
    assert list(rhythms_in(text)) == ([settled] if settled else [])


@pytest.mark.parametrize(
    ("one", "other", "plainly"),
    [
        ("says weekly", "says every term", True),
        ("says every term", "says three times a year", False),
        ("says every half-term", "says twice a term", False),
        ("says six afternoons a year", "says four times a year", True),
        ("says a day a fortnight", "says three hours a week", False),
        ("says half a day a week", "says one day a week", True),
        ("says 2 hours a week", "says two hours per week", False),
        ("requires it", "leaves it open", True),
        ("requires it", "requires it", False),
    ],
)  # fmt: skip
def test_two_amounts_are_apart_only_where_one_is_plainly_more(one: str, other: str, plainly: bool) -> None:
    assert apart(one, other) is plainly
