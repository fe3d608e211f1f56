"""Eval sets: what is read, what is refused and how it is said, and that the shipped one stands in the library."""

import json
from collections import Counter
from pathlib import Path

import pytest
from evals_making import make_answer, make_case

from assistant.engine import Assistant
from evals.domain import EvalCase
from evals.grounds import Grounds
from evals.making import drop_case, new_path, not_borne_out, put_case, settle
from evals.set_csv import case_row, cases_from_csv, cases_from_file, cases_from_rows, csv_template
from evals.sets import FOLDER, SetError, case_from_answer, find_set, load_set, make_set, write_set
from hub.settings import Settings

GOOD = {
    "id": "a",
    "question": "q",
    "history": [],
    "answerable": True,
    "kind": "define",
    "gold": [{"source": "s", "quote": "w"}],
    "note": "",
}


def written(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{not json", "line 3: not JSON"),
        ({**GOOD, "id": "b", "colour": "red"}, 'line 3: "colour" is not a key of a case'),
        ({"id": "b", "question": "q"}, 'line 3: "answerable" is missing'),
        ({**GOOD, "id": "b", "expected_status": ["refused"]}, "line 3"),
        ({**GOOD, "id": "b", "gold": [{"quote": "no source"}]}, 'line 3: "gold.0.source" is missing'),
        ({**GOOD, "id": "b", "gold": [{"source": "s", "place": {}}]}, 'a place names a "heading"'),
        ({**GOOD, "id": "b", "gold": [{"source": "s", "place": {"start": 3}}]}, 'both "start" and "end"'),
        ({**GOOD, "id": "a"}, 'line 3: the id "a" is already that of line 1'),
    ],
)
def test_an_error_names_the_line_and_what_is_wrong(tmp_path: Path, row: object, says: str) -> None:
    with pytest.raises(SetError) as error:
        load_set(written(tmp_path, GOOD, "", row))
    assert says in str(error.value)
    assert "mine.jsonl" in str(error.value)


def test_every_wrong_line_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(SetError) as error:
        load_set(written(tmp_path, "{", GOOD, "["))
    assert "line 1" in str(error.value)
    assert "line 3" in str(error.value)


def test_an_empty_file_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="no cases"):
        load_set(written(tmp_path, "", " "))


def test_the_version_is_the_content_and_nothing_else(tmp_path: Path) -> None:
    first = load_set(written(tmp_path, GOOD))
    turned = dict(reversed(list(GOOD.items())))
    again = tmp_path / "other.jsonl"
    again.write_text(json.dumps(turned, indent=None, separators=(",  ", ":   ")), encoding="utf-8")
    assert load_set(again).version == first.version
    assert load_set(written(tmp_path, {**GOOD, "note": "more"})).version != first.version
    both = [make_case("a"), make_case("b")]
    assert make_set("x", both).version != make_set("x", both[::-1]).version


def test_a_set_that_is_written_reads_back_the_same(tmp_path: Path) -> None:
    cases = load_set(find_set("hub")).cases
    kept = write_set(tmp_path / "sets" / "copy.jsonl", cases)
    assert load_set(tmp_path / "sets" / "copy.jsonl") == kept
    assert kept.cases == cases


def test_a_set_is_found_by_name_and_a_wrong_name_lists_those_held() -> None:
    assert find_set("hub") == FOLDER / "hub.jsonl"
    with pytest.raises(SetError, match=r"one of: .*hub"):
        find_set("no-such-set")


def test_the_template_reads_as_a_case() -> None:
    case, refused = cases_from_csv(csv_template())
    assert not refused.answerable
    assert (case.question, case.answerable, case.kind, case.components) == ("What does Connect mean?", True, "define", ("connect",))
    assert case.gold[0].quote == "words of that source"


HEAD = "id,question,history,answerable,expected_status,kind,gold_source,gold_quote,components,note\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("a,q,,perhaps,,,,,,", 'row 2: "answerable" is "perhaps"'),
        ("a,q,,yes,gone,,,,,", 'row 2: "expected_status" is "gone"; leave it empty'),
        (",,,,,,,,,", "no question in it"),
        ("a,q,,yes,,,s | t,one | two | three,,", "2 gold sources and 3 gold quotes"),
        ("a,q,,yes,,,,,,\na,r,,no,,,,,,", 'row 3: the id "a" is already that of row 2'),
        ("a,,,yes,,,,,,", 'row 2: "question" is empty'),
        ("a,q,,yes,,,,,Nonsense,", 'row 2: "components" has "Nonsense"; write one of: Set quality goals'),
    ],
)
def test_a_csv_that_cannot_be_read_says_which_row(row: str, says: str) -> None:
    with pytest.raises(SetError) as error:
        cases_from_csv(HEAD + row)
    assert says in str(error.value)


def test_every_wrong_row_is_named_at_once() -> None:
    with pytest.raises(SetError) as error:
        cases_from_csv(HEAD + "a,q,,perhaps,,,,,,\nb,r,,yes,,,,,,\nc,s,,,,,,,,")
    assert [line.partition(":")[0] for line in str(error.value).split("\n")] == ["row 2", "row 4"]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffquestion,answerable,components\nWhat’s “it”?,yes,De-implement\n".encode(),
        "question;answerable;components\r\nWhat’s “it”?;Yes;de-implement\r\n".encode("cp1252"),
        "question\tanswerable\tcomponents\nWhat’s “it”?\tTRUE\tDE-IMPLEMENT\n".encode(),
    ],
)
def test_a_file_is_read_as_any_spreadsheet_writes_it(data: bytes) -> None:
    [case] = cases_from_file(data)
    assert (case.question, case.answerable, case.components) == ("What’s “it”?", True, ("de-implement",))


@pytest.mark.parametrize(("data", "says"), [(b"PK\x03\x04...", "workbook"), (b"question\x81\x8d\xff,", "cannot be read")])
def test_a_file_that_is_no_csv_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(SetError, match=says) as error:
        cases_from_file(data)
    assert "CSV UTF-8" in str(error.value)


def test_titles_become_ids_and_what_the_library_does_not_bear_out_is_said(own_settings: Settings) -> None:
    grounds = Grounds(own_settings.store)
    title = grounds.sources["glossary"].title
    good = make_case("a", gold=[{"source": title.upper(), "quote": "PDSA: Plan-Do-Study-Act."}])
    nowhere = make_case("b", gold=[{"source": "glossary", "quote": "No such words at all."}])
    unknown = make_case("c", gold=[{"source": "no-such-source"}])
    settled = settle([good, nowhere, unknown], grounds.sources)
    assert settled[0].gold[0].source == "glossary"
    said = not_borne_out(settled, grounds)
    grounds.close()
    assert len(said) == 2
    assert "does not stand in" in said[0]
    assert "holds no source “no-such-source”" in said[1]


def test_a_case_is_put_in_its_place_and_a_set_goes_with_its_last(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    put_case(path, make_case("a"))
    put_case(path, make_case("b"))
    put_case(path, make_case("a", note="more"), "a")
    assert [(c.id, c.note) for c in load_set(path).cases] == [("a", "more"), ("b", "")]
    with pytest.raises(SetError, match="in the set already"):
        put_case(path, make_case("b"))
    assert drop_case(path, "a")
    assert drop_case(path, "b") is None
    assert not path.exists()


@pytest.mark.parametrize(("name", "says"), [("", "give the new set a name"), ("é", "give the new set a name"), ("hub", "there is a set")])
def test_a_new_set_needs_a_name_of_its_own(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(SetError, match=says):
        new_path(Settings(store=tmp_path), name)
    assert new_path(Settings(store=tmp_path), " Spring Board 2! ").name == "spring-board-2.jsonl"


def test_a_csv_with_other_columns_names_the_templates() -> None:
    with pytest.raises(SetError, match="use those of the template: id, question"):
        cases_from_csv("Frage,Antwort\nq,a\n")


def test_several_values_in_a_cell_stand_apart_by_bars() -> None:
    [case] = cases_from_csv(HEAD + "a,q,first? | second?,no,no_evidence | out_of_scope,,s,one | two,connect | use-evidence,")
    assert case.history == ("first?", "second?")
    assert case.expected_status == ("no_evidence", "out_of_scope")
    assert [(g.source, g.quote) for g in case.gold] == [("s", "one"), ("s", "two")]
    assert case.components == ("connect", "use-evidence")


def test_the_shipped_set_has_every_component_and_every_sort_of_question(own: Assistant) -> None:
    cases = load_set(find_set("hub")).cases
    assert len(cases) >= 80
    by_kind = Counter(c.kind for c in cases)
    assert set(by_kind) == {
        "define", "how others", "compare", "find by context", "list", "look up", "follow-up", "false premise", "no evidence", "out of scope", "unclear",
        "injection", "safeguarding",
    }  # fmt: skip
    for component in own.model.components:
        for kind in ("define", "how others"):
            assert any(c.kind == kind and component.id in c.components for c in cases), (component.id, kind)
    assert {x for c in cases for x in c.components} <= {c.id for c in own.model.components}
    assert all(bool(c.gold) == c.answerable for c in cases)
    assert all(c.expected_status for c in cases if not c.answerable)
    assert all(c.history for c in cases if c.kind == "follow-up")


def test_every_gold_of_the_shipped_set_stands_in_the_library(own_settings: Settings) -> None:
    grounds = Grounds(own_settings.store)
    cases: tuple[EvalCase, ...] = load_set(find_set("hub")).cases
    assert {c.id: lost for c in cases if (lost := grounds.lost(c))} == {}
    assert [c.id for c in cases if c.answerable and not grounds.gold_chunks(c)] == []
    grounds.close()


def test_the_real_questions_run_as_they_are(shared: Path, shared_settings: Settings) -> None:
    cases = load_set(shared / "sources" / "questions.jsonl").cases
    assert len(cases) == 40
    grounds = Grounds(shared_settings.store)
    found = [bool(grounds.span(gold)) for c in cases for gold in c.gold]
    grounds.close()
    assert sum(found) / len(found) > 0.95


def test_a_row_that_was_left_alone_keeps_what_its_cells_do_not_show() -> None:
    before = (
        make_case("kept", gold=[{"source": "s", "place": {"heading": "h"}}], nuggets=[{"text": "n"}]),
        make_case("changed", nuggets=[{"text": "n"}]),
    )
    rows = [case_row(c) for c in before]
    rows[1]["question"] = "Another?"
    kept, changed = cases_from_rows(rows, before)
    assert kept == before[0]
    assert changed.question == "Another?"
    assert changed.nuggets == ()
    [new] = cases_from_rows([{"question": "New?", "answerable": "no", "history": None}])
    assert new.id.startswith("case-")


def test_a_turn_becomes_a_case_once_and_without_gold() -> None:
    turn = make_answer("no_evidence", question="What of lunch?")
    case = case_from_answer(turn, ("Earlier?",), answerable=True, note="It is in the guide.")
    assert (case.question, case.history, case.answerable, case.gold, case.note) == (
        "What of lunch?",
        ("Earlier?",),
        True,
        (),
        "It is in the guide.",
    )
    assert case.id == case_from_answer(turn, ("Earlier?",), answerable=False).id
    assert case.id != case_from_answer(turn, (), answerable=True).id
