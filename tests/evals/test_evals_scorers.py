"""Each scorer against a worked example of its definition's source, and against what it must not let through."""

import pytest
from evals_making import make_answer, make_case, make_citation, make_claim

from evals.domain import Gold, GoldPlace
from evals.grounds import Grounds
from evals.scorers import cited, components, effort, gold_quote, gold_source, integrity, retrieval, status, voice, words
from evals.scoring import SCORERS, score_case
from hub.domain import Claim, LlmCall, Passage

# Status.


@pytest.mark.parametrize(
    ("answerable", "expected", "got", "cell", "value"),
    [
        (True, (), "answered", "right answer", 1.0),
        (True, (), "partial", "right answer", 1.0),
        (True, (), "no_evidence", "wrong refusal", 0.0),
        (False, (), "answered", "wrong answer", 0.0),
        (False, (), "out_of_scope", "right refusal", 1.0),
        (False, ("blocked",), "no_evidence", "wrong refusal", 0.0),
        (False, ("no_evidence", "partial"), "partial", "right refusal", 1.0),
        (True, ("answered",), "partial", "wrong answer", 0.0),
        (True, (), "error", "error", None),
        (False, (), "error", "error", None),
    ],
)
def test_status_is_one_of_four_and_an_error_is_none(
    grounds: Grounds, answerable: bool, expected: tuple[str, ...], got: str, cell: str, value: float | None
) -> None:
    score = status.score(make_case(answerable=answerable, expected_status=expected), make_answer(got), grounds)
    assert (score.answer, score.value) == (cell, value)


# Gold.

QUOTE = "Oxen pull the plough along the terrace at dawn, and the women sow behind them until the heat of noon drives all of them home"


@pytest.mark.parametrize(
    ("shown", "overlaps"),
    [
        (QUOTE, True),
        ("Before it. " + QUOTE[:75] + " something else", True),
        ("the women sow behind them until the heat", True),
        ("sow behind them", False),
        ("Oxen pull the plough along", False),
        ("OXEN pull—the plough, along the terrace at dawn; and the women sow behind", True),
        ("", False),
    ],
)
def test_a_quote_shows_the_gold_one(shown: str, overlaps: bool) -> None:
    assert gold_quote.overlaps(shown, QUOTE) is overlaps


def test_only_the_first_six_citations_of_an_answer_count(grounds: Grounds) -> None:
    case = make_case(gold=[{"source": "z", "quote": QUOTE}])
    others = [make_citation(n, "a", f"Other words number {n}.") for n in range(1, 7)]
    late = make_answer(citations=(*others, make_citation(7, "z", QUOTE)))
    early = make_answer(citations=(*others[:5], make_citation(6, "z", QUOTE)))
    refused = make_answer("no_evidence", citations=(make_citation(1, "z", QUOTE),))
    for scorer in (gold_source, gold_quote):
        assert [scorer.score(case, a, grounds).value for a in (late, early, refused)] == [0.0, 1.0, 0.0]


def test_the_right_words_of_the_wrong_source_do_not_count(grounds: Grounds) -> None:
    case = make_case(gold=[{"source": "z", "quote": QUOTE}])
    assert gold_quote.score(case, make_answer(citations=(make_citation(1, "a", QUOTE),)), grounds).value == 0.0


def test_a_case_without_gold_is_unscored_and_not_zero(grounds: Grounds) -> None:
    answer = make_answer(citations=(make_citation(),))
    assert gold_quote.score(make_case(), answer, grounds).value is None
    assert gold_source.score(make_case(answerable=False, gold=[{"source": "a"}]), answer, grounds).value is None
    assert gold_quote.score(make_case(gold=[{"source": "a"}]), answer, grounds).value is None


def test_another_source_that_is_right_to_cite_counts(grounds: Grounds) -> None:
    case = make_case(gold=[{"source": "z"}], also=("a",))
    assert gold_source.score(case, make_answer(citations=(make_citation(1, "a"),)), grounds).value == 1.0


def test_of_several_sources_the_share_cited_is_told(grounds: Grounds) -> None:
    case = make_case(gold=[{"source": s} for s in "abcd"])
    answer = make_answer(citations=(make_citation(1, "a"), make_citation(2, "c"), make_citation(3, "c"), make_citation(4, "x")))
    assert gold_source.score_several(case, answer, grounds).value == 0.5
    assert gold_source.score_several(make_case(gold=[{"source": "a"}]), answer, grounds).value is None


def place_of(grounds: Grounds, source: str, words_: str) -> tuple[int, int]:
    loaded = grounds.loaded(source)
    assert loaded is not None
    start = loaded.text.index(words_)
    return start, start + len(words_)


def test_a_quote_in_a_golds_section_counts_and_one_after_it_does_not(grounds: Grounds) -> None:
    case = make_case(gold=[{"source": "who-decides-what", "place": {"heading": "What we did: the map"}}])
    for words_, value in (("Every row carries its reason in one line.", 1.0), ("The mean score was 96.4", 0.0)):
        start, end = place_of(grounds, "who-decides-what", words_)
        citation = make_citation(1, "who-decides-what", words_, start=start, end=end)
        assert gold_quote.score(case, make_answer(citations=(citation,)), grounds).value == value


@pytest.mark.parametrize(
    ("place", "words_"),
    [
        (GoldPlace(heading="Where the model came from"), "Trust leaders and education specialists"),
        (GoldPlace(page=2), "Say what good education looks like"),
    ],
)
def test_a_place_is_found_by_heading_and_by_page(grounds: Grounds, place: GoldPlace, words_: str) -> None:
    span = grounds.span(Gold(source="model-introduction", place=place))
    start, end = place_of(grounds, "model-introduction", words_)
    assert span is not None
    assert span.overlap(start, end) == end - start


# Retrieval.


def test_recall_and_reciprocal_rank_by_hand() -> None:
    # Manning, Raghavan and Schütze, Introduction to Information Retrieval, 8: of relevant {a, b, c}, a and c are found, first at rank 2.
    expected, found = ["a", "b", "c"], ["x", "a", "y", "c"]
    assert retrieval.recall(expected, found) == pytest.approx(2 / 3)
    assert retrieval.reciprocal_rank(expected, found) == 0.5
    assert retrieval.recall(expected, []) == retrieval.reciprocal_rank(expected, []) == 0.0
    # Voorhees' mean of reciprocal ranks: ranks 3, 2 and 1 give 11/18.
    ranks = [retrieval.reciprocal_rank(["a"], f) for f in (["x", "y", "a"], ["x", "a"], ["a"])]
    assert sum(ranks) / 3 == pytest.approx(11 / 18)


def test_ndcg_is_jarvelins_and_is_whole_where_all_that_fits_is_right() -> None:
    # Gains 1, 0, 1 at ranks 1 to 3: DCG = 1 + 1/2 = 1.5; ideal of two = 1 + 1/log2(3) = 1.6309.
    assert retrieval.ndcg(["a", "c"], ["a", "x", "c"], 3) == pytest.approx(1.5 / 1.63093, abs=1e-5)
    assert retrieval.ndcg([str(n) for n in range(20)], [str(n) for n in range(12)], 12) == pytest.approx(1.0)


def test_llama_indexes_ndcg_is_why_ours_is_used() -> None:
    from llama_index.core.evaluation.retrieval.metrics import NDCG

    expected, found = [str(n) for n in range(20)], [str(n) for n in range(12)]
    assert NDCG().compute(expected_ids=expected, retrieved_ids=found).score < 0.75
    few = ["3", "40"]
    assert NDCG().compute(expected_ids=few, retrieved_ids=found).score == pytest.approx(retrieval.ndcg(few, found, 12))


def test_retrieval_is_scored_by_the_passages_and_not_by_the_citations(grounds: Grounds) -> None:
    case = make_case("recalled", gold=[{"source": "glossary", "quote": "PDSA: Plan-Do-Study-Act."}])
    [chunk] = grounds.gold_chunks(case)
    other = Passage(chunk="other", source="glossary", page=None, start=0, end=9, rank=1, scores={})
    right = Passage(chunk=chunk, source="glossary", page=None, start=0, end=9, rank=2, scores={})
    scores = retrieval.score_all(case, make_answer(passages=(right, other)), grounds)
    assert [s.value for s in scores] == pytest.approx([1.0, 0.5, 0.63093], abs=1e-5)
    assert [s.value for s in retrieval.score_all(case, make_answer(), grounds)] == [0.0, 0.0, 0.0]
    assert {s.value for s in retrieval.score_all(make_case(), make_answer(), grounds)} == {None}


# Citations and claims.


def test_integrity_finds_a_changed_figure_a_wrong_place_and_a_wrong_page(grounds: Grounds) -> None:
    words_ = "The model has three strands."
    start, end = place_of(grounds, "model-introduction", words_)
    good = make_citation(1, "model-introduction", words_, start=start, end=end, page=1)
    bad = [
        good.model_copy(update={"marker": 2, "quote": "The model has four strands."}),
        good.model_copy(update={"marker": 3, "start": start + 40, "end": end + 40}),
        good.model_copy(update={"marker": 4, "page": 2}),
        good.model_copy(update={"marker": 5, "source": "not-held"}),
    ]
    score = integrity.score(make_case(), make_answer(citations=(good, *bad)), grounds)
    assert score.value == 0.2
    assert score.metadata["fallen"] == [2, 3, 4, 5]


def test_a_sentence_without_a_marker_that_leads_somewhere_is_not_cited(grounds: Grounds) -> None:
    claims = (make_claim("One.", (1,)), make_claim("Two.", ()), make_claim("Three.", (2,)), make_claim("Four.", (1,)))
    answer = make_answer(text="One. [1] Two. Three. [2] Four. [1]", claims=claims, citations=(make_citation(1),))
    assert cited.score(make_case(), answer, grounds).value == 0.5
    hidden = make_answer(text="One.", claims=claims[:1], citations=(make_citation(1),))
    assert cited.score(make_case(), hidden, grounds).value == 0.0


PELLOWICK = "fortnightly-visits-between-heads"
VISITS = "The average working week of a Pellowick head fell from 61 hours to 57 in three schools."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A head's week fell from 61 to 57 hours.", ""),
        ("A head's week fell from 61 to 54 hours.", "a figure"),
        ("A head's week fell by 57%.", "a figure"),
        ("A head's week fell in 3 schools.", ""),
        ("A head's week fell in four schools.", "a figure"),
        ("At Pellowick the week of a head fell.", ""),
        ("At Larkendale the week of a head fell.", "a name"),
        ("Larkendale cut the week of a head.", "a name"),
        ("Pellowick Schools cut the week of a head, as Ruth Penaluna says.", "a name"),
        ("Published in 2025, it says that a head's week fell.", ""),
        ("**Pellowick Schools** (3 schools, 480 pupils): “fell from 61 hours to 57”", ""),
        ("**Pellowick Schools** (3 schools, 480 pupils): “fell from 61 hours to 56”", "words in quotation marks"),
        ("A trust of 480 pupils cut the week.", "a figure"),
    ],
)
def test_figures_names_and_quoted_words_must_stand_in_the_quote(grounds: Grounds, text: str, fault: str) -> None:
    citation = make_citation(1, PELLOWICK, VISITS, organisation="Pellowick Schools (illustrative)")
    found = words.find_fault(make_claim(text), [citation], grounds)
    assert found.startswith(fault) if fault else found == ""


def test_entity_precision_is_that_of_its_definition(grounds: Grounds) -> None:
    # Nan et al.: of a summary's entities, those in the source. Here by sentence: two of four say nothing that is not there.
    citation = make_citation(1, PELLOWICK, VISITS, organisation="Pellowick Schools (illustrative)")
    told = ("It fell from 61 hours.", "It fell to 57 hours.", "It fell to 50 hours.", "It fell at Osterwick.")
    answer = make_answer(claims=tuple(make_claim(t) for t in told), citations=(citation,))
    assert words.score(make_case(), answer, grounds).value == 0.5


@pytest.mark.parametrize(
    ("claim", "source", "fault"),
    [
        (make_claim("The model says that goals are few.", voice="model"), "model-introduction", ""),
        (make_claim("The model says that heads visit.", voice="practice"), PELLOWICK, "told as the model's"),
        (make_claim("The guide asks who visits.", voice="practice"), PELLOWICK, "told as the model's"),
        (make_claim("Heads visit one another.", voice="model"), PELLOWICK, "told in the voice"),
        (make_claim("Larkendale Trust has heads who visit."), PELLOWICK, "names Larkendale"),
        (make_claim("Pellowick Schools has heads who visit."), PELLOWICK, ""),
        (make_claim("Trusts have visits between heads."), PELLOWICK, "one organisation told as many"),
        (make_claim("Pellowick says “trusts have visits between heads”."), PELLOWICK, ""),
    ],
)
def test_voices_are_kept_apart(grounds: Grounds, claim: Claim, source: str, fault: str) -> None:
    found = voice.find_fault(claim, [make_citation(1, source)], grounds)
    assert found.startswith(fault) if fault else found == ""


def test_two_organisations_may_be_told_as_many(grounds: Grounds) -> None:
    claim = make_claim("Trusts have visits between heads.", (1, 2))
    two = [make_citation(1, PELLOWICK), make_citation(2, "sharing-staff-across-small-schools")]
    assert voice.find_fault(claim, two, grounds) == ""


def test_component_precision_and_recall_are_van_rijsbergens(grounds: Grounds) -> None:
    case = make_case(components=("connect", "use-evidence"))
    answer = make_answer(components=("connect", "de-implement", "adopt-a-cycle"))
    assert [s.value for s in components.score_both(case, answer, grounds)] == [pytest.approx(1 / 3), 0.5]
    assert [s.value for s in components.score_both(case, make_answer(), grounds)] == [None, 0.0]
    assert [s.value for s in components.score_both(make_case(), answer, grounds)] == [None, None]


def test_cost_is_the_calls_own_and_is_unscored_where_a_price_is_not_known(grounds: Grounds) -> None:
    paid = LlmCall(purpose="answer", llm="x", total_ms=1, cost_usd=0.002)
    unknown = LlmCall(purpose="rewrite", llm="y", total_ms=1)
    values = [effort.score_cost(make_case(), make_answer(usage=u), grounds).value for u in ((paid, paid), (paid, unknown), ())]
    assert values == [0.004, None, 0.0]
    assert effort.score_latency(make_case(), make_answer(), grounds).value == 12.5


def test_no_scorer_scores_an_error(grounds: Grounds) -> None:
    case = make_case(gold=[{"source": "glossary", "quote": "PDSA: Plan-Do-Study-Act."}], components=("connect",))
    answer = make_answer("error", claims=(make_claim("One."),), citations=(make_citation(),), components=("connect",))
    scores = score_case(case, answer, grounds)
    assert len(scores) == sum(len(s.abouts) for s in SCORERS)
    assert {s.scorer: s.value for s in scores if s.value is not None} == {}
