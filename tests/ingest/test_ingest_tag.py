"""Which component a chunk is about, and by which method that was found."""

import numpy as np
import pytest
from llama_index.core.schema import TextNode

from hub.components import load_model
from hub.domain import Chunk, Source, Tag
from hub.embedder import Embedder
from ingest.load import load
from ingest.split import split
from ingest.tag import CONFIRMED_FLOOR, CUE_SCORE, CUES_TOGETHER, MEANING_FLOOR, Tagger

MODEL = load_model()
IDS = [c.id for c in MODEL.components]
GUIDE = Source(id="guide", title="Visits in threes", kind="guide", organisation="Larkfield", path="g.md")
STUDY = GUIDE.model_copy(update={"id": "study", "kind": "case-study"})


@pytest.fixture(scope="module")
def tagger(embedder: Embedder) -> Tagger:
    return Tagger(MODEL, embedder, {s.id: s for s in (GUIDE, STUDY)})


def chunk_of(text: str, source: Source = GUIDE) -> Chunk:
    return split(source, load("g.md", text.encode()))[-1]


def near(**cosines: float) -> np.ndarray:
    """Cosines to the components' descriptions; 0.1 to those not named."""
    return np.array([cosines.get(id.replace("-", "_"), 0.1) for id in IDS], dtype=np.float32)


def shown(tags: tuple[Tag, ...]) -> list[tuple[str, str, float]]:
    return [(t.component, t.method, t.score) for t in tags]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\nWe chose to de-implement our marking.", [("de-implement", "named", 0.8)]),
        ("# T\n\nThe component Connect is about links.", [("connect", "named", 0.8)]),
        ("# T\n\n## Connect\n\nHeads meet often.", [("connect", "heading", 0.9)]),
        ("# T\n\n## Anticipate & adapt\n\n### In spring\n\nHeads meet.", [("anticipate-and-adapt", "heading", 0.9)]),
        ("| Component | What |\n|---|---|\n| Connect | Heads meet. |", [("connect", "row", 1.0)]),
        ("| Component | What |\n|---|---|\n| Step one | Heads align strategy. |", [("align-strategy", "named", 0.8)]),
        ("# T\n\nOur subject networks met.", [("empower-horizontal-improvement", "cue", CUE_SCORE)]),
        ("# T\n\nIn a peer review after the staff survey we met.", [("evaluate-insights", "cue", round(CUE_SCORE + CUES_TOGETHER, 2))]),
        ("# T\n\nPeer review, then peer review.", [("evaluate-insights", "cue", CUE_SCORE)]),  # the same cue twice is one
        ("# T\n\n## Peer review\n\nHeads meet.", [("evaluate-insights", "cue", CUE_SCORE)]),
        ("# T\n\nPlease connect the projector.", []),
        ("# T\n\nPupils cycle to school.", []),
        ("# T\n\nEvidence of a crime was found.", []),
        ("# T\n\nConnect with us by post.", []),
        ("# Connect\n\nA title names the whole document, not each chunk.", []),
    ],
)
def test_a_chunk_is_tagged_by_the_surest_method(tagger: Tagger, text: str, expected: list[tuple[str, str, float]]) -> None:
    assert shown(tagger.tag(chunk_of(text), GUIDE, near())) == expected


def test_many_cues_stay_below_a_name(tagger: Tagger) -> None:
    text = "# T\n\nPeer review, staff survey, pupil voice, quality assurance, questionnaire, benchmark and moderation."
    assert shown(tagger.tag(chunk_of(text), GUIDE, near())) == [("evaluate-insights", "cue", 0.78)]


def test_the_surest_tag_comes_first(tagger: Tagger) -> None:
    text = "# T\n\n## Connect\n\nWe de-implement after peer review."
    assert [t.method for t in tagger.tag(chunk_of(text), GUIDE, near())] == ["heading", "named", "cue"]


def test_a_heading_counts_where_the_document_has_no_title_of_its_own(tagger: Tagger) -> None:
    assert shown(tagger.tag(chunk_of("## Connect\n\nHeads meet often."), GUIDE, near())) == [("connect", "heading", 0.9)]


@pytest.mark.parametrize(
    ("cosines", "expected"),
    [
        (
            {"use_evidence": MEANING_FLOOR + 0.05, "connect": MEANING_FLOOR + 0.01},
            [("use-evidence", "meaning", round(MEANING_FLOOR + 0.05, 2))],
        ),
        ({"use_evidence": MEANING_FLOOR - 0.01}, []),
    ],
)
def test_meaning_alone_tags_the_nearest_only_and_only_above_its_floor(
    tagger: Tagger, cosines: dict[str, float], expected: list[tuple[str, str, float]]
) -> None:
    assert shown(tagger.tag(chunk_of("# T\n\nPlain words."), GUIDE, near(**cosines))) == expected


def test_meaning_adds_nothing_to_what_was_found_by_words(tagger: Tagger) -> None:
    tags = tagger.tag(chunk_of("# T\n\nThe subject networks met."), GUIDE, near(use_evidence=0.9))
    assert [t.component for t in tags] == ["empower-horizontal-improvement"]


def test_a_footnote_is_not_tagged_by_meaning(tagger: Tagger) -> None:
    note = chunk_of("# T\n\nWords.[^1]\n\n[^1]: A note of ours.")
    assert (note.kind, tagger.tag(note, GUIDE, near(connect=0.9))) == ("footnote", ())


@pytest.mark.parametrize(
    ("source", "text", "cosine", "expected"),
    [
        (STUDY, "Plain words.", CONFIRMED_FLOOR + 0.01, [("connect", 0.5)]),
        (STUDY, "Plain words.", CONFIRMED_FLOOR - 0.01, []),
        (GUIDE, "Plain words.", CONFIRMED_FLOOR + 0.01, []),  # a guide tells of many: its words must say so
        (STUDY, "A working group met.", 0.1, [("connect", CUE_SCORE)]),
        (GUIDE, "The component Connect is here.", 0.1, [("connect", 0.8)]),
    ],
)
def test_what_staff_confirmed_holds_for_the_chunks_of_a_case_study_that_are_near(
    tagger: Tagger, source: Source, text: str, cosine: float, expected: list[tuple[str, float]]
) -> None:
    confirmed = source.model_copy(update={"components": ("connect",)})
    tags = tagger.tag(chunk_of(f"# T\n\n{text}", source), confirmed, near(connect=cosine))
    assert [(t.component, t.score) for t in tags] == expected


def test_what_staff_confirmed_is_never_mixed_up_with_the_machines_tags(tagger: Tagger) -> None:
    confirmed = STUDY.model_copy(update={"components": ("connect",)})
    assert [t.method for t in tagger.tag(chunk_of("# T\n\nPlain words.", STUDY), confirmed, near(connect=0.4))] == ["confirmed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use research to choose the actions which are likeliest to work in schools.", [("use-evidence", "meaning")]),
        ("The car park is closed on Sundays.", []),
    ],
)
def test_as_a_step_of_the_pipeline_it_tags_by_the_chunks_own_vector(
    embedder: Embedder, tagger: Tagger, text: str, expected: list[tuple[str, str]]
) -> None:
    node = TextNode(text=text, metadata={"chunk": chunk_of(f"# T\n\n{text}")}, embedding=embedder.embed([text])[0].tolist())
    tags = tagger([node])[0].metadata["chunk"].tags
    assert [(t.component, t.method) for t in tags] == expected


def test_rows_of_the_real_model_are_tagged_by_their_row(tagger: Tagger) -> None:
    rows = "\n".join(f"| {c.name} | Words on it. |" for c in MODEL.components)
    chunks = split(GUIDE, load("g.md", f"| Component | In detail |\n|---|---|\n{rows}".encode()))
    assert [shown(tagger.tag(c, GUIDE, near()))[0] for c in chunks] == [(id, "row", 1.0) for id in IDS]
