"""Which component a chunk is about, and by which method that was found."""

from collections.abc import Sequence

import numpy as np
import pytest
from llama_index.core.schema import TextNode

from hub.components import load_model
from hub.domain import Chunk, Source, Tag
from hub.embedder import Embedder
from ingest.learnt import load_learnt
from ingest.likely import Likely
from ingest.load import load
from ingest.split import split
from ingest.tag import Tagger

MODEL = load_model()
IDS = [c.id for c in MODEL.components]
GUIDE = Source(id="guide", title="Visits in threes", kind="guide", organisation="Larkfield", path="g.md")
STUDY = GUIDE.model_copy(update={"id": "study", "kind": "case-study"})


@pytest.fixture(scope="module")
def tagger(embedder: Embedder) -> Tagger:
    return Tagger(MODEL, embedder, {s.id: s for s in (GUIDE, STUDY)})


def chunk_of(text: str, source: Source = GUIDE) -> Chunk:
    return split(source, load("g.md", text.encode()))[-1]


UNLIKE, HALF_LIKE, LIKE = 0.0, 5.0, 9.0
"""What meaning adds to the log-odds: nothing; not enough alone, and enough with a sign; enough alone."""


def meaning(**log_odds: float) -> np.ndarray:
    """What meaning says of each component."""
    return np.array([log_odds.get(id.replace("-", "_"), UNLIKE) for id in IDS], dtype=np.float32)


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
        ("| Component | What |\n|---|---|\n| Step one | Heads discuss Align strategy. |", [("align-strategy", "named", 0.8)]),
        ("# T\n\nPlease connect the projector.", []),
        ("# T\n\nPupils cycle to school.", []),
        ("# T\n\nEvidence of a crime was found.", []),
        ("# T\n\nYou can use evidence such as a receipt.", []),
        ("# T\n\nThe part called Use evidence is about studies.", [("use-evidence", "named", 0.8)]),
        ("# T\n\nConnect with us by post.", []),
        ("# Connect\n\nA title names the whole document, not each chunk.", []),
    ],
)
def test_a_chunk_is_tagged_by_the_surest_method(tagger: Tagger, text: str, expected: list[tuple[str, str, float]]) -> None:
    assert shown(tagger.tag(chunk_of(text), GUIDE, meaning())) == expected


def test_many_signs_stay_below_a_name(tagger: Tagger) -> None:
    text = "# T\n\nPeer review, staff survey, pupil voice, quality assurance, and we compared the results."
    (tag,) = tagger.tag(chunk_of(text), GUIDE, meaning(evaluate_insights=100.0))
    assert (tag.component, tag.method, tag.score) == ("evaluate-insights", "cue", 0.79)


def test_the_surest_tag_comes_first(tagger: Tagger) -> None:
    text = "# T\n\n## Connect\n\nWe de-implement after peer review."
    assert [t.method for t in tagger.tag(chunk_of(text), GUIDE, meaning(evaluate_insights=LIKE))] == ["heading", "named", "cue"]


def test_a_heading_counts_where_the_document_has_no_title_of_its_own(tagger: Tagger) -> None:
    assert shown(tagger.tag(chunk_of("## Connect\n\nHeads meet often."), GUIDE, meaning())) == [("connect", "heading", 0.9)]


@pytest.mark.parametrize(
    ("text", "log_odds", "method"),
    [
        ("Plain words.", LIKE, "meaning"),
        ("Plain words.", HALF_LIKE, ""),
        ("One plan is shared across all our schools.", HALF_LIKE, "cue"),
        ("One plan is shared across all our schools.", UNLIKE, ""),  # a sign alone is not yet the component
    ],
)
def test_meaning_and_signs_tag_together(tagger: Tagger, text: str, log_odds: float, method: str) -> None:
    tags = tagger.tag(chunk_of(f"# T\n\n{text}"), GUIDE, meaning(empower_horizontal_improvement=log_odds))
    assert [(t.component, t.method) for t in tags] == ([("empower-horizontal-improvement", method)] if method else [])
    assert all(0.5 <= t.score < 0.8 for t in tags)  # never as sure as a name


def test_more_signs_make_a_surer_tag(tagger: Tagger) -> None:
    one, two = (
        tagger.tag(chunk_of(f"# T\n\n{text}"), GUIDE, meaning(evaluate_insights=HALF_LIKE))[0].score
        for text in ("A peer review met.", "A peer review met. The audit found gaps.")
    )
    assert two > one


def test_a_sign_in_the_heading_counts(tagger: Tagger) -> None:
    tags = tagger.tag(chunk_of("# T\n\n## Peer review\n\nHeads meet."), GUIDE, meaning(evaluate_insights=HALF_LIKE + 1))
    assert [t.component for t in tags] == ["evaluate-insights"]
    assert not tagger.tag(chunk_of("# T\n\n## Tuesday\n\nHeads meet."), GUIDE, meaning(evaluate_insights=HALF_LIKE + 1))


def test_a_footnote_is_not_tagged_by_meaning(tagger: Tagger) -> None:
    note = chunk_of("# T\n\nWords.[^1]\n\n[^1]: A note of ours.")
    assert (note.kind, tagger.tag(note, GUIDE, meaning(connect=LIKE))) == ("footnote", ())


@pytest.mark.parametrize(
    ("source", "text", "log_odds", "expected"),
    [
        (STUDY, "Plain words.", HALF_LIKE, [("connect", 0.5)]),
        (STUDY, "Plain words.", UNLIKE, []),
        (GUIDE, "Plain words.", HALF_LIKE, []),  # a guide tells of many: its words must say so
        (GUIDE, "The component Connect is here.", UNLIKE, [("connect", 0.8)]),
    ],
)
def test_what_staff_confirmed_holds_for_the_chunks_of_a_case_study_that_are_near(
    tagger: Tagger, source: Source, text: str, log_odds: float, expected: list[tuple[str, float]]
) -> None:
    confirmed = source.model_copy(update={"components": ("connect",)})
    tags = tagger.tag(chunk_of(f"# T\n\n{text}", source), confirmed, meaning(connect=log_odds))
    assert [(t.component, t.score) for t in tags] == expected


def test_what_staff_confirmed_is_never_mixed_up_with_the_machines_tags(tagger: Tagger) -> None:
    confirmed = STUDY.model_copy(update={"components": ("connect",)})
    assert [t.method for t in tagger.tag(chunk_of("# T\n\nPlain words.", STUDY), confirmed, meaning(connect=LIKE))] == ["confirmed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We read trials and studies before we chose a scheme for reading.", ["use-evidence"]),
        ("The Monday meeting was dropped, and nobody writes lesson plans any more.", ["de-implement"]),
        ("Every class teacher has a coach who watches a lesson each fortnight.", ["develop-expertise"]),
        ("The car park is closed on Sundays.", []),
        ("Please connect the projector to the cable.", []),
        ("Pupils may cycle to school if they wear a helmet.", []),
        ("The police asked for evidence of the theft.", []),
        ("The canteen menu changes each week.", []),
    ],
)
def test_as_a_step_of_the_pipeline_it_tags_by_meaning(embedder: Embedder, tagger: Tagger, text: str, expected: list[str]) -> None:
    vector = embedder.embed([text])[0]
    node = TextNode(text=text, metadata={"chunk": chunk_of(f"# T\n\n{text}", STUDY), "sentences": vector[None]}, embedding=vector.tolist())
    assert [t.component for t in tagger([node])[0].metadata["chunk"].tags] == expected


def test_a_passage_without_sentences_is_compared_as_a_whole(embedder: Embedder) -> None:
    likely = Likely(MODEL, embedder)
    vector = embedder.embed(["We stopped marking every book."])[0]
    assert np.allclose(likely.of_vectors(vector, np.zeros((0, 384))), likely.of_vectors(vector, vector[None]), atol=1e-5)


class Renamed:
    """The same embedder under a name that nothing was learnt for."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self._embedder = "another", embedder

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return self._embedder.embed(texts)


def test_what_was_learnt_holds_for_the_default_embedder(embedder: Embedder) -> None:
    assert load_learnt().embedder == embedder.name


def test_with_another_embedder_tagging_learns_from_the_sentences_alone(embedder: Embedder) -> None:
    likely = Likely(MODEL, Renamed(embedder))
    vector = embedder.embed(["We stopped marking every book, and nobody writes lesson plans any more."])[0]
    assert IDS[int(likely.of_vectors(vector, vector[None]).argmax())] == "de-implement"


def test_rows_of_the_real_model_are_tagged_by_their_row(tagger: Tagger) -> None:
    rows = "\n".join(f"| {c.name} | Words on it. |" for c in MODEL.components)
    chunks = split(GUIDE, load("g.md", f"| Component | In detail |\n|---|---|\n{rows}".encode()))
    assert [shown(tagger.tag(c, GUIDE, meaning()))[0] for c in chunks] == [(id, "row", 1.0) for id in IDS]
