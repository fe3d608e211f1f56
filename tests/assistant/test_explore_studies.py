"""Case studies found by words, by meaning and by what they are; and the page of one, every line of it a quote that opens."""

import pytest

from assistant.engine import Assistant
from assistant.explore.coverage import Map
from assistant.explore.evidence import label_evidence, tell
from assistant.explore.groups import NOT_STATED, size_of
from assistant.explore.opened import citation_at
from assistant.explore.studies import FACETS, choices, find_studies, labels_by, values_of
from hub.domain import Context, Source
from hub.quotes import stands_at


@pytest.fixture(scope="module", params=["own", "real"])
def atlas(request: pytest.FixtureRequest) -> Map:
    assistant: Assistant = request.getfixturevalue(request.param)
    assistant.shelf.refresh()
    return Map(assistant.shelf, assistant.model)


@pytest.fixture(scope="module")
def own_atlas(own: Assistant) -> Map:
    own.shelf.refresh()
    return Map(own.shelf, own.model)


def test_words_find_every_case_study_that_has_them_and_no_other_is_said_to(own_atlas: Map) -> None:
    found = find_studies(own_atlas, "tripwires")
    has = {c.source for c in own_atlas.shelf.chunks.values() if "tripwire" in c.text.lower()} & {
        s.id for s in own_atlas.shelf.case_studies()
    }
    assert has
    assert {h.source for h in found.hits if h.by == "words"} == has
    assert [h.by for h in found.hits] == sorted((h.by for h in found.hits), key="words".__ne__)


def test_an_organisation_is_found_by_its_name_though_no_passage_has_it(own_atlas: Map) -> None:
    first = find_studies(own_atlas, "Osterwick Trust").hits[0]
    assert (first.source, first.by) == ("one-in-one-out", "words")


def test_what_nobody_wrote_is_said_not_to_be_there_and_the_nearest_are_called_near(own_atlas: Map) -> None:
    found = find_studies(own_atlas, "submarine periscopes")
    assert found.line.startswith("No case study of the 18 held has your words")
    assert {h.by for h in found.hits} == {"meaning"}


def test_every_facet_narrows_to_those_that_have_it(atlas: Map) -> None:
    held = {s.id: s for s in atlas.shelf.case_studies()}
    for facet in FACETS:
        assert choices(facet, atlas)
        for value in choices(facet, atlas):
            inside = {h.source for h in find_studies(atlas, wanted={facet: value}).hits}
            assert inside == {id for id, s in held.items() if value in values_of(facet, s, atlas)}
            assert inside
            assert inside >= {h.source for h in find_studies(atlas, "pupils", {facet: value}).hits}


def test_two_facets_that_nothing_is_both_of_find_nothing_and_say_so(own_atlas: Map) -> None:
    found = find_studies(own_atlas, "reading", {"phase": "Secondary", "region": "no such region"})
    assert found.hits == ()
    assert found.line == "0 case studies of the 18 held fit."


def test_labels_without_their_quotes_are_those_with_them(atlas: Map) -> None:
    for id, labels in labels_by(atlas).items():
        assert labels == tuple(e.label for e in label_evidence(atlas.shelf.sources[id], atlas.shelf, atlas.quoter)), id


def test_every_line_of_a_page_is_a_quote_of_its_own_text_numbered_as_it_is_read(atlas: Map) -> None:
    for source in atlas.shelf.case_studies():
        study = tell(source, atlas)
        cited = [q for part in (*study.told, *study.facts.evidence) for q in part.quotes]
        held = atlas.shelf.library.held(source.id)
        assert held is not None
        assert all(q.source == source.id and stands_at(q.quote, held.loaded, q.start, q.end) for q in cited)
        first = list(dict.fromkeys(q.marker for q in cited))
        assert first == list(range(1, len(first) + 1)), source.id
        assert {t.component for t in study.told} <= {id for id, level, _ in study.facts.components if level != "nothing"}


def test_a_quote_is_found_again_by_its_place_and_nothing_else_of_the_text_is(atlas: Map) -> None:
    quotes = [q for cell in atlas.open_all(atlas.draw("kind")).cells for q in cell.quotes]
    for q in quotes:
        again = citation_at(atlas.shelf, q.source, q.start, q.end)
        assert again is not None
        assert again.model_copy(update={"marker": q.marker}) == q
        assert citation_at(atlas.shelf, q.source, q.start, q.end + 7) is None
    assert citation_at(atlas.shelf, "no-such-source", 0, 10) is None


@pytest.mark.parametrize(
    ("context", "size"),
    [
        (Context(schools="1"), "One school"),
        (Context(schools="5", trust="T"), "2 to 5 schools"),
        (Context(schools="6", trust="T"), "6 to 15 schools"),
        (Context(schools="15"), "6 to 15 schools"),
        (Context(schools="16"), "16 schools or more"),
        (Context(school="S"), "One school"),
        (Context(school="S", trust="T"), NOT_STATED),
        (Context(schools="several"), NOT_STATED),
        (Context(), NOT_STATED),
    ],
)
def test_sizes(context: Context, size: str) -> None:
    source = Source(id="s", title="S", kind="case-study", organisation="O", path="s.md", context=context)
    assert size_of(source) == size
