"""The judge of the judges: what ships as labels, and what the scorers are found to be worth."""

from collections import Counter

import pytest

from evals.grounds import Grounds
from evals.meta import clapnq
from evals.meta.agreement import agree, say_agreement, with_author_labels, with_written
from evals.meta.known import AUTHOR, TOGETHER, load_known, say_known
from evals.meta.labels import load_llm, load_quotes
from hub.quotes import canonical


def test_enough_answers_are_labelled_with_every_sort_of_fault(grounds: Grounds) -> None:
    quotes, llm = load_quotes(grounds.sources), load_llm(grounds.sources)
    assert len(quotes) >= 60
    assert len(llm) >= 40
    planted = Counter(s.fault for a in llm for s in a.sentences if s.fault)
    assert min(planted[f] for f in ("number", "organisation", "qualifier", "invented")) >= 8
    for answer in [*quotes, *llm]:
        assert all((s.label == "wrong") == bool(s.fault) for s in answer.sentences), answer.id
        markers = {c.marker for c in answer.answer.citations}
        assert all(s.claim.markers and set(s.claim.markers) <= markers for s in answer.sentences), answer.id
    assert all(len(a.citations) == len(a.answer.citations) for a in quotes)


def test_every_quote_that_is_labelled_stands_in_its_source(grounds: Grounds) -> None:
    for answer in [*load_quotes(grounds.sources), *load_llm(grounds.sources)]:
        for citation in answer.answer.citations:
            loaded = grounds.loaded(citation.source)
            assert loaded is not None
            assert canonical(citation.quote) in canonical(loaded.text), (answer.id, citation.quote)


def test_each_scorer_is_worth_what_the_documentation_says(grounds: Grounds) -> None:
    rows = {(r.scorer, r.form): r for r in with_author_labels(grounds)}
    assert {r.against for r in rows.values()} == {AUTHOR}
    assert rows["words", "quotes"].verdict == "agrees"
    assert rows["words", "quotes"].found["number"] == "15 of 15"
    assert rows["words", "llm"].found["number"] == "10 of 10"
    assert rows["words", "llm"].verdict.startswith("does not agree")  # it cannot see what was invented or left out
    assert rows["voice", "llm"].found["organisation"] == "9 of 9"
    assert rows["bounds", "llm"].found["qualifier"] == "10 of 10"
    assert rows["bounds", "llm"].found["invented"] == "12 of 12"
    assert rows["gold_quote", ""].verdict == "agrees"
    assert rows["gold_source", ""].verdict.startswith("does not agree")
    for form in ("quotes", "llm"):
        together = rows[" or ".join(TOGETHER), form]
        assert together.kappa is not None
        assert together.kappa > 0.8
        assert rows["bounds", form].counts.get("wrong / right", 0) == 0
    for row in rows.values():
        assert row.kappa is not None
        assert row.low is not None
        assert row.high is not None
        assert row.low <= row.kappa <= row.high


def test_what_was_kept_is_what_is_found_today(grounds: Grounds) -> None:
    """A scorer that was changed is measured again, with `python -m evals meta --keep`, before its figure is shown."""
    own = [r for r in load_known() if r.against == AUTHOR]
    found = with_author_labels(grounds)
    assert [(r.scorer, r.form, r.counts, r.found) for r in own] == [(r.scorer, r.form, r.counts, r.found) for r in found]
    assert {r.against for r in load_known()} == {AUTHOR, clapnq.WHOSE}


def test_a_scorer_that_does_not_agree_says_so_beside_its_figure() -> None:
    assert say_known("gold_quote", by_llm=False).startswith("Checked beside author labels on 64 answers: it agrees, kappa 0.")
    assert say_known("words", by_llm=False).startswith("Checked")
    for scorer in ("words", "voice"):
        said = say_known(scorer, by_llm=True)
        assert said.startswith("Take care: beside author labels on 114 sentences it does not agree well enough to stand alone")
        assert "“Says no more than its sources”: what any of the three finds wrong agrees, kappa 0.8" in said
    assert "Take care" in say_known("gold_source", by_llm=False)
    assert say_known("latency", by_llm=False) == ""  # it only counts


def test_what_people_wrote_out_of_their_evidence_is_let_pass(grounds: Grounds) -> None:
    if not clapnq.FOLDER.is_dir():
        pytest.skip("../shared is not there")
    [words, bounds] = with_written(grounds)
    for row, wrongly in ((words, 0.10), (bounds, 0.03)):
        passed, stopped = row.counts["right / right"], row.counts["wrong / right"]
        assert stopped / (passed + stopped) < wrongly
    assert bounds.verdict == "agrees"


def test_agreement_on_one_label_alone_is_not_defined_and_says_so() -> None:
    row = agree("words", AUTHOR, "two sentences", ["right", "right"], ["right", "right"])
    assert row.kappa is None
    assert row.verdict == "not known: the labels are all alike"
    assert "kappa not defined" in say_agreement([row])


def test_a_printed_agreement_names_whose_labels_how_many_and_its_interval() -> None:
    told = say_agreement(
        [agree("words", AUTHOR, "things", ["right", "wrong"] * 10, ["right", "wrong"] * 9 + ["wrong", "right"], {"number": "1 of 2"})]
    )
    assert "against author labels" in told
    assert "n = 20" in told
    assert "kappa 0.80 (" in told
    assert "number: 1 of 2" in told
