"""`python -m assistant coverage | compare | pathway | gaps`, as a person or a script calls them."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from assistant_making import answer_to

from assistant.conversations import Conversations
from hub.settings import ROOT, Settings

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(own_settings: Settings, tmp_path: Path) -> Run:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    database = f"sqlite:///{tmp_path / 'conversations.db'}"
    environment = {**kept, "HUB_STORE": str(own_settings.store), "HUB_DATABASE_URL": database, "HUB_LLM": "", "HUB_EMBEDDER": ""}

    def call(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, input=text, capture_output=True, text=True, encoding="utf-8", check=False)

    return call


def test_json_stands_alone_on_stdout(run: Run) -> None:
    coverage = run("coverage", "--by", "phase", "--component", "connect", "--json")
    pathway = run("pathway", "--json", text="We will train every teacher in all five primaries.")
    gaps = run("gaps", "--json")
    compare = run("compare", "Gorsefleet", "Osterwick", "--component", "de-implement", "--json")
    assert [d.returncode for d in (coverage, pathway, gaps, compare)] == [0] * 4
    assert json.loads(coverage.stdout)["components"] == ["connect"]
    assert len(json.loads(pathway.stdout)["stops"]) == 12
    assert json.loads(gaps.stdout)["asked"] == []
    assert [c["name"] for c in json.loads(compare.stdout)["columns"]] == [
        "Gorsefleet Education Partnership (illustrative)",
        "Osterwick Trust (illustrative)",
    ]


def test_each_is_printed_to_be_read(run: Run) -> None:
    coverage = run("coverage").stdout
    assert "We found *De-implement* described in" in coverage
    assert "invented example: do not cite" in coverage
    assert "What we hold of each" in run("compare", "Gorsefleet", "Osterwick").stdout
    assert "## What the model says" in run("compare", "--component", "connect", "--component", "de-implement").stdout
    gaps = run("gaps").stdout
    assert "# Draft: call for evidence" in gaps
    assert "Traceback" not in gaps


def test_csv_has_a_row_a_quote(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("coverage", "--csv", "--component", "connect").stdout)))
    assert {"organisation", "component", "level", "quote", "place", "remark"} <= set(rows[0])
    assert all(bool(row["quote"]) == (row["level"] != "nothing found") for row in rows)


def test_a_strategy_comes_from_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    text = "We will train every teacher in all five primaries."
    (tmp_path / "strategy.md").write_text(f"\ufeff{text}", encoding="utf-8")
    assert run("pathway", str(tmp_path / "strategy.md")).stdout == run("pathway", text=text).stdout != ""


def test_gaps_read_what_the_chat_kept(run: Run, tmp_path: Path) -> None:
    assert not (tmp_path / "conversations.db").exists()
    run("gaps")
    assert not (tmp_path / "conversations.db").exists()
    store = Conversations(f"sqlite:///{tmp_path / 'conversations.db'}")
    store.add(store.start(), answer_to("What does De-implement cost?", status="no_evidence"))
    store.close()
    assert json.loads(run("gaps", "--json").stdout)["asked"][0]["component"] == "de-implement"


def test_a_question_passes_the_guard(run: Run) -> None:
    done = run("compare", "Gorsefleet", "Osterwick", "--question", "A Year 9 girl, Zuleika, told me she is being hurt at home", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "blocked"
    assert "zuleika" not in (done.stdout + done.stderr).lower()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("coverage", "--component", "conect"), 'no component has the id "conect"'),
        (("coverage", "--by", "weather"), "invalid choice"),
        (("coverage", "--json", "--csv"), "not allowed with"),
        (("compare",), "name two to four"),
        (("compare", "Nowhere Trust", "Gorsefleet"), "Nowhere Trust"),
        (("compare", "--component", "connect"), "name two to four"),
        (("pathway", "no-such-file.txt"), "no-such-file.txt"),
        (("pathway", "sources/one-in-one-out.pdf"), "plain text"),
        (("pathway", "--schools", "-3", "README.md"), "--schools"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_to_do(run: Run, arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
