"""`python -m assistant ask`, as a person or a script calls it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.settings import ROOT, Settings

Run = Callable[..., subprocess.CompletedProcess[str]]
KEYS = "id question standalone_question route status reason text notices claims citations passages nearest components follow_ups llm prompts timings_ms"


def environment(store: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    return {**kept, "HUB_STORE": str(store), "HUB_DATABASE_URL": "", "HUB_LLM": "", "HUB_EMBEDDER": ""}


def call(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(store), capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def run(shared_settings: Settings) -> Run:
    return lambda *arguments: call(shared_settings.store, *arguments)


def test_an_answer_is_printed_with_where_each_quote_stands(run: Run) -> None:
    done = run("ask", "What does De-implement mean?")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("**De-implement** is one of the four components")
    assert "[1] The DNA of trust-led school improvement" in done.stdout
    assert "Confederation of School Trusts, 2024-04. page 17." in done.stdout
    assert "You could ask: " in done.stdout
    assert "Traceback" not in done.stdout


def test_json_is_one_answer_and_nothing_else(run: Run) -> None:
    done = run("ask", "What does De-implement mean?", "--json")
    assert done.returncode == 0
    row = json.loads(done.stdout)
    assert set(KEYS.split()) <= set(row)
    assert (row["status"], row["question"]) == ("answered", "What does De-implement mean?")


def test_a_history_is_replayed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text(json.dumps(["Tell me about Connect."]), encoding="utf-8")
    done = run("ask", "What examples does the paper give for it?", "--history", str(tmp_path / "history.json"), "--json")
    row = json.loads(done.stdout)
    assert (row["status"], row["route"], row["components"][0]) == ("answered", "examples", "connect")
    assert row["question"] == "What examples does the paper give for it?"
    assert "Connect" in row["standalone_question"]


def test_a_disclosure_is_not_printed_back(run: Run) -> None:
    done = run("ask", "A Year 9 girl, Zuleika, told me she is being hurt at home", "--json")
    assert done.returncode == 0
    assert "zuleika" not in (done.stdout + done.stderr).lower()


def test_wrong_usage_ends_with_2(run: Run) -> None:
    done = run("ask")
    assert (done.returncode, done.stdout) == (2, "")
    assert "give a question" in done.stderr


def test_an_empty_store_ends_with_1_and_says_what_to_do(tmp_path: Path) -> None:
    done = call(tmp_path / "store", "ask", "What does Connect mean?")
    assert (done.returncode, done.stdout) == (1, "")
    assert "python -m ingest" in done.stderr
    assert "Traceback" not in done.stderr


ROWS = [
    '{"id": "one", "question": "What does Connect mean?"}',
    "{not json",
    "",
    '{"id": "three", "history": []}',
    '["a list"]',
    '{"id": "five", "question": "And secondary schools?", "history": "How?"}',
    '{"question": "What examples does it give?", "history": ["Tell me about Connect."]}',
    '{"id": "seven", "question": "What does it mean?", "history": null}',
]


def test_a_batch_answers_row_by_row_and_a_bad_row_does_not_stop_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("\n".join(ROWS), encoding="utf-8")
    done = run("ask", "--batch", str(tmp_path / "rows.jsonl"))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(r["case"], r["status"]) for r in rows] == [
        ("one", "answered"),
        (2, "error"),
        ("three", "error"),
        (5, "error"),
        ("five", "error"),
        (7, "answered"),
        ("seven", "unclear"),
    ]
    assert done.returncode == 1
    assert [f"line {n}" in done.stderr for n in (2, 4, 5, 6)] == [True] * 4
    assert all(set(KEYS.split()) <= set(r) for r in rows if r["status"] != "error")
    assert "Traceback" not in done.stderr


def test_a_batch_of_good_rows_ends_with_0(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("\n".join([ROWS[0], ROWS[-1]]) + "\n", encoding="utf-8")
    assert run("ask", "--batch", str(tmp_path / "rows.jsonl")).returncode == 0


def test_half_a_character_in_a_row_does_not_stop_the_rest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"id": "half", "question": "What is \\ud800 Connect?"}\n' + ROWS[0], encoding="utf-8")
    done = run("ask", "--batch", str(tmp_path / "rows.jsonl"))
    assert [json.loads(line)["case"] for line in done.stdout.splitlines()] == ["half", "one"]
