"""The judge of the judges: what ships as labels, and what the scorers are found to be worth."""

from collections import Counter
from collections.abc import Iterator

import pytest

from evals.grounds import Grounds
from evals.meta.agreement import AUTHOR, agree, say_agreement, with_author_labels
from evals.meta.labels import load_llm, load_quotes
from hub.quotes import canonical
from hub.settings import Settings


@pytest.fixture(scope="module")
def grounds(own_settings: Settings) -> Iterator[Grounds]:
    made = Grounds(own_settings.store)
    yield made
    made.close()


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
    rows = {(r.scorer, "llm" if "llm" in r.on else "quotes"): r for r in with_author_labels(grounds)}
    assert {r.against for r in rows.values()} == {AUTHOR}
    words = rows["words", "quotes"]
    assert words.verdict == "agrees"
    assert words.found["number"] == "15 of 15"
    assert words.counts.get("wrong / right", 0) == 0
    prose = rows["words", "llm"]
    assert prose.found["number"] == "10 of 10"
    assert prose.verdict.startswith("does not agree")  # it cannot see what was invented or left out
    assert rows["voice", "llm"].found["organisation"] == "9 of 9"
    assert rows["gold_quote", "quotes"].verdict == "agrees"
    assert rows["gold_source", "quotes"].verdict.startswith("does not agree")
    for row in rows.values():
        assert row.kappa is not None
        assert row.low is not None
        assert row.high is not None
        assert row.low <= row.kappa <= row.high


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
