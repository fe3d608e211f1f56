"""The map over two whole libraries: every quote stands at its place, and every count can be opened."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from assistant_making import Document, make_assistant, write_folder

from assistant.engine import Assistant
from assistant.explore.compare import compare_components, compare_organisations
from assistant.explore.compared import NOT_DESCRIBED, Comparison
from assistant.explore.coverage import Map
from assistant.explore.evidence import facts_of, label_evidence
from assistant.explore.groups import BYS
from assistant.explore.pathway import trace
from assistant.explore.quotable import gives_figure
from assistant.explore.rows import as_csv, comparison_rows, comparison_table, coverage_rows
from assistant.explore.usage import ExploreError
from hub.domain import Citation
from hub.quotes import stands_at
from hub.settings import Settings

STRATEGY = "Our five primaries will train all staff in one approach to writing. We stop weekly spelling tests. By 2028 we want every pupil to write well."


@pytest.fixture(scope="module", params=["own", "real"])
def atlas(request: pytest.FixtureRequest) -> Map:
    assistant: Assistant = request.getfixturevalue(request.param)
    assistant.shelf.refresh()
    return Map(assistant.shelf, assistant.model)


def fallen(atlas: Map, citations: Iterable[Citation]) -> list[str]:
    """The citations whose words are not found again in what the library holds, at their page."""
    wrong = []
    for c in citations:
        held = atlas.shelf.library.held(c.source)
        if held is None or not stands_at(c.quote, held.loaded, c.start, c.end) or held.loaded.place(c.start).page != c.page:
            wrong.append(f"{c.source} {c.start}: {c.quote[:50]}")
    return wrong


def test_every_quote_of_every_map_stands_at_its_place(atlas: Map) -> None:
    for by in BYS:
        cells = atlas.open_all(atlas.draw(by)).cells
        quotes = [q for cell in cells for q in cell.quotes]
        assert len(quotes) > 30
        assert fallen(atlas, quotes) == []
        for cell in cells:
            assert {q.source for q in cell.quotes} <= set(cell.sources)


def test_every_cell_that_is_counted_opens_at_a_quote_of_its_component(atlas: Map) -> None:
    for cell in atlas.open_all(atlas.draw()).cells:
        assert bool(cell.quotes) == (cell.level != "nothing"), cell
        assert all(cell.component in q.components for q in cell.quotes)
        assert all(q.organisation == cell.row for q in cell.quotes)


def test_a_cell_that_is_said_to_give_figures_shows_one(atlas: Map) -> None:
    cells = [c for c in atlas.open_all(atlas.draw()).cells if c.figures]
    assert cells
    assert [c.row for c in cells if not any(gives_figure(q.quote, q.heading) for q in c.quotes)] == []


def test_totals_agree_with_the_cells(atlas: Map) -> None:
    drawn = atlas.draw()
    for total in drawn.totals:
        cells = [c for c in drawn.cells if c.component == total.component]
        assert total.described == sum(c.level == "described" for c in cells)
        assert total.mentioned == sum(c.level == "mentioned" for c in cells)
        assert total.figures == sum(bool(c.figures) for c in cells)
        assert total.held == len(drawn.rows)


def test_markers_of_a_report_are_numbered_once_each(atlas: Map) -> None:
    quotes = [q for cell in atlas.open_all(atlas.draw()).cells for q in cell.quotes]
    by_marker = {q.marker: (q.source, q.start, q.end) for q in quotes}
    assert sorted(by_marker) == list(range(1, len(by_marker) + 1))
    assert len(set(by_marker.values())) == len(by_marker)


def test_every_quote_of_a_pathway_stands_at_its_place(atlas: Map) -> None:
    stops = trace(atlas, STRATEGY).stops
    cited = [q for stop in stops for q in (*stop.model, *(q for p in stop.practice for q in p.quotes))]
    assert len(cited) > 30
    assert fallen(atlas, cited) == []


def test_every_evidence_label_has_its_quote(atlas: Map) -> None:
    labelled = [e for s in atlas.shelf.case_studies() for e in label_evidence(s, atlas.shelf, atlas.quoter)]
    assert len({e.label for e in labelled}) > 2
    assert all(bool(e.quotes) == (e.label != "none") for e in labelled)
    assert fallen(atlas, [q for e in labelled for q in e.quotes]) == []


def test_a_card_says_which_components_a_case_study_speaks_of(own: Assistant) -> None:
    own.shelf.refresh()
    atlas = Map(own.shelf, own.model)
    facts = facts_of(own.shelf.sources["one-in-one-out"], atlas)
    assert ("de-implement", "described") in {(id, level) for id, level, _ in facts.components}
    assert facts.illustrative


def cells_of(comparison: Comparison) -> list[Any]:
    return [cell for row in comparison.rows for cell in row.cells]


def test_comparisons_quote_what_stands_and_say_what_is_not_described(atlas: Map) -> None:
    time_saved = "How much time was saved each week?"
    names = [c.name for c in compare_organisations(atlas, [], questions=[time_saved]).columns][:3]
    found = compare_organisations(atlas, names, questions=[time_saved, "Which robots clean the swimming pool?"])
    found_all = compare_organisations(atlas, names)
    both = compare_components(atlas, "de-implement", "develop-expertise")
    for comparison in (found, found_all, both):
        markers = {q.marker for cell in cells_of(comparison) for q in cell.quotes}
        assert markers == set(range(1, len(markers) + 1))
        assert fallen(atlas, [q for cell in cells_of(comparison) for q in cell.quotes]) == []
        assert all(bool(c.quotes) or c.note == NOT_DESCRIBED for c in cells_of(comparison))
    assert {c.state for c in found.rows[1].cells} == {"nothing"}
    inside = {c.name: set(c.sources) for c in found.columns}
    assert any(cell.quotes for cell in found.rows[0].cells)
    assert all(q.source in inside[cell.column] for cell in cells_of(found) for q in cell.quotes)
    assert len(found_all.rows) == 12
    assert all(q.organisation == cell.column for row in found_all.rows for cell in row.cells for q in cell.quotes)
    assert max(len(c.quotes) for c in cells_of(found_all)) <= 2


def test_of_whom_something_is_held_is_said_of_cells_alone(atlas: Map) -> None:
    names = sorted({s.organisation for s in atlas.shelf.case_studies()})[:2]
    found = compare_organisations(atlas, names)
    states = {row.label: [c.state for c in row.cells] for row in found.rows}
    said = {label: line for line in found.held for label in line.split("*")[1::2]}
    for label, own in states.items():
        having = [name for name, state in zip(names, own, strict=True) if state == "described"]
        if len(having) == 1:
            assert said[label].startswith(f"Described by {having[0]} alone: ")
        elif having or own == ["nothing", "nothing"]:
            assert said[label].startswith("Both describe " if having else "Neither has a passage on ")
        else:
            assert label not in said
    assert [row.label for row in found.told] == [label for label, own in states.items() if set(own) != {"nothing"}]


def test_a_quote_stands_once_as_long_as_there_is_another(atlas: Map) -> None:
    names = sorted({s.organisation for s in atlas.shelf.case_studies()})
    for three in (names[:3], names[3:6], names[-3:]):
        found = compare_organisations(atlas, three)
        seen: set[int] = set()
        for cell in cells_of(found):
            own = [q.marker for q in cell.quotes]
            assert not seen & set(own) or len(own) == 1  # again only where the cell has nothing else
            seen.update(own)


def test_a_question_alone_finds_its_organisations(own: Assistant) -> None:
    own.shelf.refresh()
    found = compare_organisations(Map(own.shelf, own.model), [], questions=["How many hours did written marking take?"])
    assert found.columns[0].name == "Gorsefleet Education Partnership (illustrative)"
    assert found.rows[0].cells[0].state == "described"
    assert "No organisation was named" in found.notes[0]


def test_part_of_a_name_is_enough_where_it_is_of_one(own: Assistant) -> None:
    own.shelf.refresh()
    atlas = Map(own.shelf, own.model)
    found = compare_organisations(atlas, ["skelderby", "Tamberlow"], ["connect"])
    assert [c.name for c in found.columns] == ["Skelderby Coast Trust (illustrative)", "Tamberlow Special Trust (illustrative)"]
    with pytest.raises(ExploreError, match="write more of the name"):
        compare_organisations(atlas, ["Trust", "Tamberlow"], ["connect"])


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["Gorsefleet", "Nowhere Trust"], "Nowhere Trust"),
        (["Gorsefleet"], "two to 4"),
        (["Gorsefleet", "Gorsefleet Education Partnership"], "different"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(own: Assistant, names: list[str], says: str) -> None:
    own.shelf.refresh()
    with pytest.raises(ExploreError, match=says):
        compare_organisations(Map(own.shelf, own.model), names)


def test_rows_for_a_table_hold_every_quote(own: Assistant) -> None:
    own.shelf.refresh()
    atlas = Map(own.shelf, own.model)
    comparison = compare_organisations(atlas, ["Gorsefleet", "Osterwick"], ["de-implement"])
    table = comparison_table(comparison)
    assert [len(line) for line in table] == [3, 3]
    assert all(q.quote.split()[0] in table[1][n + 1] for n, cell in enumerate(comparison.rows[0].cells) for q in cell.quotes)
    rows = comparison_rows(comparison)
    assert {row["remark"] for row in rows} == {"invented example: do not cite"}
    coverage = coverage_rows(atlas.open_all(atlas.draw("organisation", ["connect"])))
    assert {row["organisation"] for row in coverage} == set(atlas.draw().rows)
    assert as_csv(coverage).count("\n") >= len(coverage) + 1


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    assert as_csv([{"a": "=1+1", "b": "plain"}]) == "a,b\n'=1+1,plain\n"


def test_a_quote_that_no_longer_stands_is_not_shown(tampered: Callable[[str, str, str], Assistant]) -> None:
    assistant = tampered("cut-down-your-marking-workload", "75%", "57%")
    assistant.shelf.refresh()
    atlas = Map(assistant.shelf, assistant.model)
    cells = atlas.open_all(atlas.draw()).cells
    assert not any("75%" in q.quote for cell in cells for q in cell.quotes)
    pathway = trace(atlas, STRATEGY)
    assert fallen(atlas, [q for s in pathway.stops for p in s.practice for q in p.quotes]) == []


def test_a_component_named_in_a_bare_line_alone_is_not_described(tmp_path: Any) -> None:
    documents = [
        Document(
            "named",
            'title = "Visits"\nkind = "case-study"\norganisation = "Larkfield Learning Trust"',
            "# Visits\n\nThe hall is painted blue and the gate is green.\n\nWhat we know about de-implementation:\n\n- walks\n- talks\n",
        ),
        Document(
            "said",
            'title = "Less"\nkind = "case-study"\norganisation = "Penhallow Schools"',
            "# Less\n\nThe hall is painted blue since spring. De-implementation meant that the gate is no longer green.\n",
        ),
    ]
    assistant = make_assistant(Settings(store=tmp_path / "store"), [write_folder(tmp_path / "folder", documents)])
    assistant.shelf.refresh()
    drawn = Map(assistant.shelf, assistant.model).draw("organisation", ["de-implement"])
    assert [(c.row, c.level) for c in drawn.cells] == [("Larkfield Learning Trust", "nothing"), ("Penhallow Schools", "described")]
    assistant.shelf.close()
