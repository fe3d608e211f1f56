"""`python -m assistant ask` called wrongly, or with files that are not as they should be: `main` itself, in this process."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.__main__ import main
from hub.domain import Answer
from hub.settings import Settings

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(shared_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command's exit code, and what it wrote to stdout and stderr."""
    monkeypatch.setenv("HUB_STORE", str(shared_settings.store))

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        return code, *capsys.readouterr()

    return call


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "usage"),
        (["ask"], "give a question"),
        (["answer", "x"], "invalid choice"),
        (["ask", "x", "--component", "connnect"], "no component has the id"),
        (["ask", "x", "--history", "/no/such/file.json"], "give a JSON list of questions"),
    ],
    ids=["nothing", "no question", "no such command", "no such component", "no such history"],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("content", ['{"a": 1}', "[1, 2]", "not json", '"Why?"'])
def test_a_history_that_is_no_list_of_questions_is_wrong_usage(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "history.json").write_text(content, encoding="utf-8")
    code, out, err = run("ask", "Why?", "--history", str(tmp_path / "history.json"))
    assert (code, out) == (2, "")
    assert "give a JSON list of questions" in err


def test_a_component_that_does_not_exist_is_answered_with_those_that_do(run: Run) -> None:
    assert "anticipate-and-adapt, de-implement" in run("ask", "x", "--component", "connnect")[2]


def test_a_batch_file_that_is_not_there_is_said(run: Run) -> None:
    code, out, err = run("ask", "--batch", "/no/such/rows.jsonl")
    assert (code, out) == (1, "")
    assert "/no/such/rows.jsonl" in err


@pytest.mark.parametrize("name", ["HUB_LLM_TIMEOUT_SECONDS", "HUB_JUDGE_TIMEOUT_SECONDS", "HUB_UNVERIFIED"])
def test_a_setting_that_cannot_be_used_is_named_without_its_value(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "s3cret")
    code, out, err = run("ask", "x")
    assert (code, out) == (1, "")
    assert name in err
    assert "s3cret" not in err


def test_the_limits_are_kept(run: Run) -> None:
    code, out, _ = run("ask", "How was workload cut?", "--organisation", "Notre Dame High School", "--component", "de-implement", "--json")
    row = json.loads(out)
    assert code == 0
    assert {c["organisation"] for c in row["citations"]} == {"Notre Dame High School"}
    assert row["components"][0] == "de-implement"


@pytest.mark.parametrize(
    "question", ["What is the Ofsted grade of Elm School?", "What does it mean?", "How do quarks bind in a proton?", ""]
)
def test_a_refusal_is_a_good_end(run: Run, question: str) -> None:
    code, out, err = run("ask", question, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["status"] not in ("answered", "partial", "error")


def test_help_names_the_exit_codes(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "0 good, a refusal included; 1 something failed and is reported; 2 wrong usage" in " ".join(out.split())


def batch(run: Run, folder: Path, *rows: str) -> list[dict[str, object]]:
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return [json.loads(line) for line in run("ask", "--batch", str(folder / "rows.jsonl"))[1].split("\n") if line]


def test_a_bad_row_gives_an_answer_with_every_key_too(run: Run, tmp_path: Path) -> None:
    [row] = batch(run, tmp_path, "{not json")
    assert set(Answer.model_fields) <= set(row)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_a_line_separator_inside_a_question_does_not_end_the_row(run: Run, tmp_path: Path, separator: str) -> None:
    row = json.dumps({"id": "one", "question": f"What does{separator}Connect mean?"}, ensure_ascii=False)
    assert [r["case"] for r in batch(run, tmp_path, row)] == ["one"]


def test_a_byte_order_mark_does_not_spoil_the_first_row(run: Run, tmp_path: Path) -> None:
    [row] = batch(run, tmp_path, '\ufeff{"id": "one", "question": "What does Connect mean?"}')
    assert (row["case"], row["status"]) == ("one", "answered")


def test_a_disclosure_in_a_batch_is_not_printed_back(run: Run, tmp_path: Path) -> None:
    [row] = batch(run, tmp_path, '{"id": "one", "question": "A Year 9 girl, Zuleika, told me she is being hurt at home"}')
    assert (row["status"], row["reason"]) == ("blocked", "safeguarding")
    assert "zuleika" not in str(row).lower()
