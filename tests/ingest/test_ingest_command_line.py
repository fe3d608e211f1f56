"""`python -m ingest`: its exit codes, and JSON alone on stdout."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ingest_pdfs import Line, pdf
from ingest_worlds import counts, faults_of, run, texts, toml_row, write

from hub.embedder import Embedder
from hub.library import Library
from hub.settings import ROOT, Settings
from ingest.__main__ import main

VISITS = "# Visits\n\nHeads visit one another in threes.\n"
KEYS = ["added", "changed", "unchanged", "removed", "failed", "warnings", "chunks", "embedded", "seconds"]


def command(store: Path, *arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    return subprocess.run(
        [sys.executable, "-m", "ingest", *map(str, arguments)],
        cwd=ROOT,
        env={**kept, "HUB_STORE": str(store), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store and the folder that it was made of, by the command itself."""
    root = tmp_path_factory.mktemp("command")
    folder = write(root / "a", {"visits.md": VISITS, "lunch.md": "# Lunch\n\nA second till opened.\n"})
    done = command(root / "store", folder)
    assert (done.returncode, done.stdout[:58]) == (0, "2 added, 0 changed, 0 unchanged, 0 removed, 0 failed; 2 ch")
    return root / "store", folder


def test_with_json_stdout_is_the_report_alone_and_progress_goes_to_stderr(held: tuple[Path, Path]) -> None:
    done = command(held[0], held[1], "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, list(report), done.stdout.count("\n")) == (0, KEYS, 1)
    assert [report[key] for key in KEYS[:8]] == [0, 0, 2, 0, [], [], 2, 0]
    assert "reading: 2 of 2" in done.stderr


def test_a_failed_document_is_reported_and_the_exit_is_1(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS, "empty.md": ""})
    done = command(tmp_path / "store", "--json", HUB_SOURCES=str(folder))
    report = json.loads(done.stdout)
    assert (done.returncode, report["added"]) == (1, 1)
    assert [(f["source"], f["path"]) for f in report["failed"]] == [("empty", str(folder / "empty.md"))]
    assert sorted(report["failed"][0]) == ["path", "reason", "source"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--unknown"], 2, "usage: python -m ingest"),
        (["--check", "--rebuild"], 2, "not allowed with argument"),
        (["--text"], 2, "expected one argument"),
        (["--text", "nowhere"], 1, 'ingest: no source has the id "nowhere"'),
        (["--forget", "nowhere"], 1, "ingest: nothing in the store came from nowhere"),
        (["nowhere"], 1, "no manifest.toml there"),
        (["nowhere", "--check"], 1, "no manifest.toml there"),
    ],
    ids=lambda a: " ".join(a) if isinstance(a, list) else None,
)
def test_wrong_usage_is_2_and_what_could_not_be_done_is_1(
    held: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.setenv("HUB_STORE", str(held[0]))
    try:
        ended: object = main(arguments)
    except SystemExit as stopped:  # argparse's own way out
        ended = stopped.code
    printed = capsys.readouterr()
    assert (ended, printed.out, says in printed.err) == (code, "", True)


def test_the_exit_code_is_the_processs_own(held: tuple[Path, Path]) -> None:
    ended = [command(held[0], *arguments).returncode for arguments in (["--help"], ["--text", "nowhere"], ["--unknown"])]
    assert ended == [0, 1, 2]


def test_help_names_every_way(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert [way for way in ("--json", "--forget", "--check", "--suggest", "--rebuild", "--text", "HUB_SOURCES") if way not in said] == []


def test_check_suggest_and_text_print_to_stdout_and_leave_the_store(held: tuple[Path, Path], tmp_path: Path) -> None:
    store, folder = held
    looked = command(store, "--check", folder)
    assert looked.returncode == 0
    assert [line.split(" chunks, read")[0] for line in looked.stdout.splitlines()] == [
        "visits: held, 7 words, 1",
        "lunch: held, 5 words, 1",
    ]
    (tmp_path / "new.md").write_text(VISITS, encoding="utf-8")
    stub = command(store, "--suggest", tmp_path)
    assert (stub.returncode, 'path = "new.md"' in stub.stdout) == (0, True)
    text = command(store, "--text", "visits")
    assert (text.returncode, text.stdout) == (0, "Visits\n\nHeads visit one another in threes.\n")


def test_check_of_what_fails_is_1(tmp_path: Path) -> None:
    done = command(tmp_path / "store", "--check", write(tmp_path / "a", {}, toml_row("gone")))
    assert (done.returncode, done.stdout[:11], (tmp_path / "store").exists()) == (1, "gone: FAILS", False)


def test_rebuild_and_forget_report_as_an_ingest_does(held: tuple[Path, Path], tmp_path: Path) -> None:
    folders = [write(tmp_path / name, {f"{name}.md": VISITS}) for name in "ab"]
    assert command(tmp_path / "store", *folders).returncode == 0
    made = json.loads(command(tmp_path / "store", "--rebuild", "--json").stdout)
    assert [made[key] for key in KEYS[:8]] == [0, 0, 2, 0, [], [], 2, 0]
    forgot = json.loads(command(tmp_path / "store", "--forget", folders[0], "--json").stdout)
    assert [forgot[key] for key in KEYS[:8]] == [0, 0, 0, 1, [], [], 1, 0]


def test_if_empty_does_nothing_where_something_is_held(
    held: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HUB_STORE", str(held[0]))
    assert main(["--if-empty", "nowhere"]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"HUB_ILLUSTRATIVE": "sk-hunter2"}, "HUB_ILLUSTRATIVE"),
        ({"HUB_EMBEDDER_FOLDER": "{tmp}/made", "HUB_EMBEDDER_WEIGHTS": "{tmp}"}, "HUB_EMBEDDER_WEIGHTS"),
        ({"HUB_STORE": "{tmp}/a/visits.md"}, "HUB_STORE"),
    ],
    ids=["a wrong setting", "no weights", "a store that is a file"],
)  # fmt: skip
def test_what_the_environment_has_wrong_is_one_line_and_the_exit_is_1(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    set_to = {name: value.format(tmp=tmp_path) for name, value in environment.items()}
    done = command(tmp_path / "store", folder, **set_to)
    assert (done.returncode, done.stdout, says in done.stderr) == (1, "", True)
    assert "Traceback" not in done.stderr
    assert "hunter2" not in done.stderr


def test_check_with_json_prints_json_alone(held: tuple[Path, Path]) -> None:
    done = command(held[0], held[1], "--check", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, done.stdout.count("\n"), sorted(said)) == (0, 1, ["made_by", "sources", "warnings"])
    assert [(f["source"], f["state"], f["chunks"]) for f in said["sources"]] == [("visits", "held", 1), ("lunch", "held", 1)]
    assert said["warnings"] == []


def test_check_with_json_of_what_fails_is_1(tmp_path: Path) -> None:
    done = command(tmp_path / "store", "--check", "--json", write(tmp_path / "a", {}, toml_row("gone")))
    assert (done.returncode, [f["state"] for f in json.loads(done.stdout)["sources"]]) == (1, ["failed"])
    assert not (tmp_path / "store").exists()


def test_ctrl_c_leaves_the_old_state_whole_and_the_next_run_goes_on(tmp_path: Path, embedder: Embedder) -> None:
    settings = Settings(store=tmp_path / "store")
    folder = write(tmp_path / "a", {"visits.md": VISITS})
    run(settings, folder)
    before = texts(settings)
    papers = {  # more than is made ready at a time: there is work left when the first is staged
        f"paper{n}.pdf": pdf(
            *([Line(50, 760, f"Page {page} of paper {n}, the yearly report of a trust on visit {n}.{page}.")] for page in range(40))
        )
        for n in range(90)
    }
    write(folder, {"visits.md": VISITS.replace("threes", "fives"), **papers})
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
    with subprocess.Popen(
        [sys.executable, "-m", "ingest", str(folder)], cwd=ROOT, env={**kept, "HUB_STORE": str(settings.store)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        wait_until_staged(settings)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
        out, error = process.communicate()
    assert (process.returncode, out) == (1, "")
    assert "stopped. The store answers as it did before" in error
    assert "Traceback" not in error
    assert texts(settings) == before
    write(folder, {"visits.md": VISITS.replace("threes", "fives")})
    assert counts(run(settings, folder)) == (0, 1, 0, 0, 0)
    assert faults_of(settings, embedder) == []


def wait_until_staged(settings: Settings) -> None:
    """Until an ingest in another process has made its first document ready."""
    with Library(settings.store) as library:  # opened once: to open it waits for whoever writes
        while not library.staging.held():
            pass
