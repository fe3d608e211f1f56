"""A strategy's way through the model: what it says, with offsets; what is near to it; what to ask."""

from pathlib import Path

import pytest
from assistant_making import Document, make_assistant, make_source, write_folder

from assistant.engine import Assistant
from assistant.explore.asking import Asking, load_questions
from assistant.explore.coverage import Map
from assistant.explore.near import Own, in_words, nearness, read_own, share_met
from assistant.explore.pathway import trace
from assistant.explore.pathway_text import as_markdown
from assistant.explore.strategy import LONGEST, sentences_of
from assistant.explore.usage import ExploreError
from hub.components import ModelError, load_model
from hub.quotes import stands_at
from hub.settings import Settings

STRATEGY = """# Handwriting in our nine primaries

By July 2029 we want every child in our nine primary schools in Cornwall to write by hand without pain.
That is a long way off: at present 48% do.

We will:
- train every teacher of Years 1 and 2, with monthly coaching
- give each lead two hours a week off timetable
* try it in two schools before the others

1. If by March nothing has moved, we think again.

The lunch hall gets a new floor."""


@pytest.fixture(scope="module")
def atlas(own: Assistant) -> Map:
    own.shelf.refresh()
    return Map(own.shelf, own.model)


def test_the_strategys_own_words_are_quoted_at_their_offsets(atlas: Map) -> None:
    said = {stop.component: [s.quote for s in stop.said] for stop in trace(atlas, STRATEGY).stops}
    for stop in trace(atlas, STRATEGY).stops:
        assert all(STRATEGY[s.start : s.end] == s.quote for s in stop.said)
        assert bool(stop.said) != bool(stop.said_line)
    assert any("want every child" in q for q in said["set-quality-goals"])
    assert said["develop-expertise"] == ["train every teacher of Years 1 and 2, with monthly coaching"]
    assert said["leverage-capacity"] == ["give each lead two hours a week off timetable"]
    assert said["adopt-a-cycle"] == ["try it in two schools before the others"]
    assert said["anticipate-and-adapt"] == ["If by March nothing has moved, we think again."]
    assert said["de-implement"] == said["grow-culture-and-leadership"] == []
    assert not any("floor" in q for quotes in said.values() for q in quotes)


def test_lines_are_items_or_paragraphs_and_marks_are_no_words() -> None:
    text = "We begin\nin autumn with two. Then more schools join us.\n\n- stop the weekly paper returns\n2) train all of the staff\n# A heading of words\n"
    assert [s.quote for s in sentences_of(text)] == [
        "We begin\nin autumn with two.",
        "Then more schools join us.",
        "stop the weekly paper returns",
        "train all of the staff",
    ]
    assert all(text[s.start : s.end] == s.quote for s in sentences_of(text))


def test_every_stop_asks_in_the_papers_row_and_in_our_questions(atlas: Map) -> None:
    pathway = trace(atlas, STRATEGY)
    assert [s.component for s in pathway.stops] == [c.id for c in atlas.model.components]
    assert len(pathway.strands) == 3
    for stop in pathway.stops:
        assert stop.model[0].kind == "model-paper"
        assert stop.component in stop.model[0].components
        assert len(stop.questions) >= 3
        assert stop.returns


def test_practice_near_to_the_reader_comes_first_and_every_quote_stands(atlas: Map) -> None:
    pathway = trace(atlas, STRATEGY)
    for stop in pathway.stops:
        shares = [share_met(p.wishes) for p in stop.practice]
        assert shares == sorted(shares, reverse=True)
        assert len({p.organisation for p in stop.practice}) == len(stop.practice) <= 3
        for c in (*stop.model, *(q for p in stop.practice for q in p.quotes)):
            held = atlas.shelf.library.held(c.source)
            assert held is not None
            assert stands_at(c.quote, held.loaded, c.start, c.end)
    connect = next(s for s in pathway.stops if s.component == "connect")
    assert connect.practice[0].organisation == "Pellowick Schools (illustrative)" or share_met(connect.practice[0].wishes) >= 2


def test_options_come_before_what_the_text_names(atlas: Map) -> None:
    assert (trace(atlas, STRATEGY).own.phase, trace(atlas, STRATEGY).own.region, trace(atlas, STRATEGY).own.schools) == (
        "primary",
        "South West",
        9,
    )
    chosen = trace(atlas, STRATEGY, phase="special", region="London", schools=3).own
    assert (chosen.phase, chosen.region, chosen.schools) == ("special", "London", 3)
    assert all(line.endswith("as you chose") for line in chosen.said)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("fourteen primaries in Norfolk", ("primary", "East of England", 14)),
        ("our four special schools, all special academies, and eleven primaries", ("special", "", 4)),
        ("four special schools and eleven primaries", ("primary", "", 15)),
        ("twenty-two academies", ("", "", 22)),
        ("a secondary school in Leeds", ("secondary", "Yorkshire and the Humber", 0)),
        ("we want to get better", ("", "", 0)),
    ],
)
def test_the_readers_trust_is_read_from_the_text(text: str, own: tuple[str, str, int]) -> None:
    read = read_own(text)
    assert (read.phase, read.region, read.schools) == own


def test_wishes_are_met_in_part_missed_or_not_stated() -> None:
    own = Own(phase="primary", region="London", schools=10)
    mixed = make_source(context={"phase": "Mixed: 4 primary, 2 secondary", "region": "South West", "schools": "6"})
    assert (
        in_words(nearness(own, mixed)) == "primary: in part (Mixed: 4 primary, 2 secondary); London: no (South West); about 10 schools: yes"
    )
    bare = make_source()
    assert (
        in_words(nearness(own, bare))
        == "primary: its context does not say; London: its context does not say; about 10 schools: its context does not say"
    )
    assert (share_met(nearness(own, mixed)), share_met(nearness(own, bare))) == (1.5, 0.0)


def test_the_text_is_kept_nowhere_and_the_walk_is_no_score(atlas: Map) -> None:
    before = {
        p: p.stat().st_mtime_ns for p in atlas.shelf.settings.store.rglob("*") if p.is_file() and not p.name.endswith(("-wal", "-shm"))
    }
    pathway = trace(atlas, STRATEGY + "\n\nThe unmistakable quillwort pledge stands.")
    assert before == {
        p: p.stat().st_mtime_ns for p in atlas.shelf.settings.store.rglob("*") if p.is_file() and not p.name.endswith(("-wal", "-shm"))
    }
    assert "It is not a score" in pathway.line
    assert "not a recipe" in pathway.notices[0]


def test_markdown_has_each_part_and_marks_what_is_invented(atlas: Map) -> None:
    text = as_markdown(trace(atlas, STRATEGY))
    for part in (
        "What the model asks",
        "What your text says",
        "Questions to work through",
        "What others did",
        "send you back",
        "Your notes",
    ):
        assert text.count(part) >= 12
    assert "invented example: do not cite" in text


@pytest.mark.parametrize(("text", "says"), [("  \n\u200b ", "empty"), ("Reading. Writing.", "sentence"), ("word " * LONGEST, "characters")])
def test_a_text_that_cannot_be_walked_says_why(atlas: Map, text: str, says: str) -> None:
    with pytest.raises(ExploreError, match=says):
        trace(atlas, text)


@pytest.mark.parametrize(
    ("sign", "text", "found"),
    [
        ("stop*", "We are stopping it.", True),
        ("stop*", "A nonstop day.", False),
        ("under #", "The board wants it under 18%.", True),
        ("under #", "The hall under repair.", False),
        ("if .. has not", "If by June the figure has not moved", True),
        ("each school (may|can)", "Each school can choose.", True),
        ("£*", "It costs £4,000.", True),
    ],
)
def test_signs(sign: str, text: str, found: bool) -> None:
    assert bool(Asking(id="x", questions=("?",), signs=(sign,)).pattern.search(text)) is found


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("id = \"connect\"", "id = \"conect\""), 'no component has the id "conect"'),
        (("to = \"connect\"", "to = \"conect\""), 'no component has the id "conect"'),
        (("id = \"connect\"", "id = \"de-implement\""), "stands twice"),
        (("returns = [", "turns = ["), "Extra inputs"),
        (("[[component]]", "[[components]]"), "use ..component"),
    ],
)  # fmt: skip
def test_a_wrong_file_of_questions_names_the_row(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    model = load_model()
    text = (Path(__file__).parents[2] / "sources" / "questions.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "questions.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ModelError, match=says):
        load_questions(model, path)


ROW = 'title = "{title}"\nkind = "case-study"\norganisation = "{organisation}"\ncomponents = ["develop-expertise"]\ncontext = {{ school = "{school}", phase = "Primary" }}'
COACHED = """# Coaching

Each spring we train our own coaches, so that every teacher can:

- ask for help

Since May every new teacher of our school has met a coach once a fortnight to rehearse one step.
"""


def test_a_school_that_tells_of_itself_under_two_names_is_shown_once_and_by_a_whole_statement(tmp_path: Path) -> None:
    told = [("Ash Trust", "Fern School"), ("Fern School", "Fern School"), ("Oak Trust", "Moss School")]
    documents = [
        Document(f"d{n}", ROW.format(title=f"Coaching {n}", organisation=organisation, school=school), COACHED)
        for n, (organisation, school) in enumerate(told)
    ]
    assistant = make_assistant(Settings(store=tmp_path / "store"), [write_folder(tmp_path / "sources", documents)])
    assistant.shelf.refresh()
    [stop] = [s for s in trace(Map(assistant.shelf, assistant.model), STRATEGY).stops if s.component == "develop-expertise"]
    assert sorted(p.name.partition(" (")[0] for p in stop.practice) == ["Fern School", "Moss School"]
    assert all("met a coach once a fortnight" in p.quotes[0].quote for p in stop.practice)
    assert not any(q.quote == "ask for help" for p in stop.practice for q in p.quotes)
    assistant.shelf.close()
