"""Labels that people give: kept, counted, and set beside one another and beside a scorer."""

import csv
import io
from pathlib import Path

import pytest
from evals_making import make_answer, make_case, make_citation, make_claim, make_folder

from evals.domain import Outcome
from evals.export import run_csv
from evals.labels import Label, agreement_of_people, agreement_of_scorer, keep_label, labels_of, said_of
from evals.report_cases import show_case
from evals.runs import RunFolder


def label(folder: RunFolder, by: str, case: str, value: str, number: int = 0, thing: str = "sentence") -> None:
    keep_label(folder, Label.model_validate({"case": case, "by": by, "thing": thing, "number": number, "value": value}))


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return make_folder(tmp_path / "run", {"a": 1.0, "b": 0.0, "c": 1.0, "d": 0.0})


def test_the_last_word_of_a_person_counts_and_a_cut_line_is_left_out(folder: RunFolder) -> None:
    label(folder, "AB", "a", "wrong")
    label(folder, "AB", "a", "right")
    label(folder, "CD", "a", "partly")
    with (folder.path / "labels.jsonl").open("ab") as file:
        file.write(b'{"case": "b", "by": "AB", "thi')
    found = labels_of(folder)
    assert {who: [x.value for x in own.values()] for who, own in found.items()} == {"AB": ["right"], "CD": ["partly"]}
    assert found["AB"][("a", "sentence", 0)].at


def test_two_people_agree_on_what_both_labelled_and_on_nothing_else(folder: RunFolder) -> None:
    for case, one, other in (("a", "right", "right"), ("b", "wrong", "wrong"), ("c", "right", "wrong"), ("d", "wrong", "")):
        label(folder, "AB", case, one)
        if other:
            label(folder, "CD", case, other)
    [agreed] = agreement_of_people(labels_of(folder))
    assert (agreed.n, agreed.agreed) == (3, 2)
    assert agreed.kappa == pytest.approx(0.4)
    assert "kappa 0.40" in str(agreed)


def test_a_scorer_agrees_where_it_passes_what_is_right_in_every_sentence(folder: RunFolder) -> None:
    outcomes = list(folder.outcomes().values())
    assert agreement_of_scorer("gold_quote", outcomes, {}, "AB") is None
    for case, values in (("a", ("right", "right")), ("b", ("right", "wrong")), ("c", ("right", "partly"))):
        for number, value in enumerate(values):
            label(folder, "AB", case, value, number)
    found = agreement_of_scorer("gold_quote", outcomes, labels_of(folder)["AB"], "AB")
    assert found is not None
    assert (found.n, found.agreed) == (3, 2)


def test_labels_all_alike_give_no_agreement_beyond_chance(folder: RunFolder) -> None:
    label(folder, "AB", "a", "right")
    label(folder, "CD", "a", "right")
    [agreed] = agreement_of_people(labels_of(folder))
    assert agreed.kappa is None
    assert "not yet known" in str(agreed)


def test_the_csv_has_every_case_and_no_formula(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "run", {"=1+1": 1.0, "b": None})
    label(folder, "@AB", "b", "wrong")
    rows = list(csv.DictReader(io.StringIO(run_csv(folder))))
    assert [r["case"] for r in rows] == ["'=1+1", "b"]
    assert rows[0]["gold_quote"] == "1.0"
    assert rows[1]["error"] == "it broke"
    assert rows[1]["labels by @AB"] == "sentence 0: wrong"


def test_what_people_said_stands_beside_the_sentence_and_the_source(folder: RunFolder) -> None:
    label(folder, "CD", "a", "wrong")
    label(folder, "AB", "a", "right")
    label(folder, "AB", "a", "nearby", number=1, thing="citation")
    said = said_of("a", labels_of(folder))
    assert said == {("sentence", 0): "AB: right; CD: wrong", ("citation", 1): "AB: nearby"}
    answer = make_answer(claims=(make_claim("So it is."),), citations=(make_citation(1),))
    drawn = show_case(make_case("a"), Outcome(case="a", answer=answer), [], said)
    assert "AB: right; CD: wrong" in drawn
    assert "[1] (AB: nearby) How we did it" in drawn
