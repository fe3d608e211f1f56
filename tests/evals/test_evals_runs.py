"""Runs: what is kept, that a killed or stopped run goes on, and that an error is no score."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from evals_making import make_case, make_folder

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.journey import Ask
from evals.asking import Plan
from evals.domain import EvalSet
from evals.estimate import estimate
from evals.metrics import all_metrics, cells
from evals.pace import Pace
from evals.provenance import settings_in_force
from evals.report import render, say_lost
from evals.running import carry_out, start_or_resume
from evals.runs import RunError, RunFolder, find_run, list_runs
from evals.sets import find_set, load_set, make_set
from hub.domain import Answer
from hub.settings import ROOT, Settings


def quiet(done: int, total: int, left: float) -> None:
    """Progress that nobody watches."""


def few(n: int) -> EvalSet:
    return make_set("few", load_set(find_set("hub")).cases[:n])


@pytest.fixture
def plan(own_settings: Settings, tmp_path: Path) -> Plan:
    """Four cases over the shipped library, kept in a folder of the test's own."""
    store = tmp_path / "store"
    store.mkdir()
    for part in ("library.db", "index"):
        (store / part).symlink_to(own_settings.store / part)
    settings = Settings(store=store)
    cases = few(4)
    return Plan(settings, cases, estimate(cases.cases, settings, 1, judging=False))


def test_a_run_keeps_all_that_made_it_and_nothing_secret(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1")
    settings = Settings(**{**plan.settings.model_dump(), "database_url": "postgresql://me:secret-2@host/db", "chroma_url": ""})
    folder, resumed = start_or_resume(replace(plan, settings=settings))
    run = carry_out(replace(plan, settings=settings), folder, quiet)
    assert not resumed
    assert (run.state, run.cases, run.set_version) == ("done", 4, plan.cases.version)
    assert run.store.generation
    assert run.store.sources == 21
    assert "answer" in run.prompts
    assert len(run.commit) in (0, 40)
    assert run.seconds > 0
    kept = "".join(p.read_text(encoding="utf-8") for p in folder.path.iterdir() if p.is_file())
    assert "secret" not in kept
    assert folder.cases() == plan.cases
    for _, outcome in folder.pairs():
        assert outcome.answer is not None
        assert outcome.seconds > 0
        assert {s.scorer for s in outcome.scores} >= {"status", "gold_quote", "integrity"}


def test_secrets_are_kept_only_as_set_or_not() -> None:
    kept = settings_in_force(Settings(database_url="postgresql://me:pw@host/db", chroma_url="http://user:pw@host", llm="openai/x"))
    assert kept["database_url_set"] is True
    assert kept["chroma_url_set"] is True
    assert kept["llm"] == "openai/x"
    assert "pw" not in json.dumps(kept)


def test_a_stopped_run_is_carried_on_and_asks_nothing_twice(plan: Plan) -> None:
    folder, _ = start_or_resume(plan)

    def stop_after_two(done: int, total: int, left: float) -> None:
        if done == 2:
            folder.ask_to_stop()

    assert carry_out(plan, folder, stop_after_two).state == "stopped"
    assert len(folder.outcomes()) == 2
    ids = {o.answer.id for o in folder.outcomes().values() if o.answer}
    again, resumed = start_or_resume(plan)
    assert (again, resumed) == (folder, True)
    assert carry_out(plan, again, quiet).state == "done"
    assert len(again.outcomes()) == 4
    assert ids <= {o.answer.id for o in again.outcomes().values() if o.answer}


def test_a_stop_that_is_asked_for_while_a_run_begins_is_heard(plan: Plan) -> None:
    folder, _ = start_or_resume(plan)
    folder.ask_to_stop()
    assert carry_out(plan, folder, quiet).state == "stopped"
    assert folder.outcomes() == {}


def test_only_what_was_made_by_the_same_is_carried_on(plan: Plan) -> None:
    folder, _ = start_or_resume(plan)
    folder.ask_to_stop()
    other = replace(plan, cases=few(3), estimate=plan.estimate)
    changed = replace(plan, settings=Settings(**{**plan.settings.model_dump(), "question_max_characters": 99}))
    for different in (other, changed):
        _, resumed = start_or_resume(different)
        assert not resumed
    assert not start_or_resume(plan, fresh=True)[1]


def test_a_killed_run_goes_on_where_it_was(plan: Plan) -> None:
    """A real process, killed for good between two answers; the last line is then cut, as a death in the middle of a write leaves it."""
    cases = plan.settings.store / "killed.jsonl"
    cases.write_text("\n".join(c.model_dump_json() for c in few(15).cases), encoding="utf-8")
    env = {**{k: v for k, v in os.environ.items() if not k.startswith("HUB_")}, "HUB_STORE": str(plan.settings.store)}
    command = [sys.executable, "-m", "evals", "run", str(cases), "--json"]
    child = subprocess.Popen([*command, "--id", "killed"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    outcomes = plan.settings.store / "runs" / "killed" / "outcomes.jsonl"
    while child.poll() is None and (not outcomes.exists() or outcomes.read_bytes().count(b"\n") < 3):
        pass
    child.send_signal(signal.SIGKILL)
    child.communicate()
    data = outcomes.read_bytes()
    asked = data.count(b"\n")
    assert 3 <= asked < 15
    outcomes.write_bytes(data + data[: len(data) // (2 * asked)])
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "going on with the run killed" in done.stderr
    told = json.loads(done.stdout)
    assert (told["run"]["id"], told["run"]["state"]) == ("killed", "done")
    lines = outcomes.read_bytes().strip().split(b"\n")
    assert len(lines) == len({json.loads(line)["case"] for line in lines}) == 15


def test_a_run_says_how_many_cases_rest_on_what_the_library_does_not_hold(plan: Plan) -> None:
    golds: dict[str, list[dict[str, str]]] = {
        "held": [{"source": "glossary"}],
        "one-of-two": [{"source": "glossary"}, {"source": "never-held"}],
        "no-source": [{"source": "never-held"}],
        "no-words": [{"source": "glossary", "quote": "Words that nobody wrote anywhere."}],
        "none-asked": [],
    }
    cases = make_set("mixed", [make_case(id, gold=gold) for id, gold in golds.items()])
    folder, _ = start_or_resume(replace(plan, cases=cases))
    assert folder.run().lost == 2
    assert say_lost(folder.run()).startswith("2 of the 5 questions rest on documents or words that the library did not hold")
    assert "2 of the 5 questions" in render(folder.run(), [])
    assert say_lost(start_or_resume(plan)[0].run()) == ""


def test_two_processes_do_not_make_one_run(plan: Plan) -> None:
    folder, _ = start_or_resume(plan)
    with folder.writing():
        assert folder.is_alive()
        with pytest.raises(RunError, match="being made by another process"):
            carry_out(plan, folder, quiet)
    assert not folder.is_alive()


def test_a_bug_in_one_case_is_an_error_and_the_rest_goes_on(plan: Plan) -> None:
    def make(settings: Settings) -> Assistant:
        made = build_assistant(settings)
        whole = made.answer

        def answer(ask: Ask) -> Answer:
            if ask.question == plan.cases.cases[1].question:
                raise KeyError("a bug")
            return whole(ask)

        made.answer = answer  # type: ignore[method-assign]
        return made

    folder, _ = start_or_resume(replace(plan, make=make))
    run = carry_out(replace(plan, make=make), folder, quiet)
    outcomes = [o for _, o in folder.pairs()]
    assert run.state == "done"
    assert [bool(o.error) for o in outcomes] == [False, True, False, False]
    assert outcomes[1].scores == ()
    assert cells(outcomes)["error"] == 1
    [metric] = [m for m in all_metrics(folder.pairs()) if m.scorer == "status" and not m.group]
    assert metric.n == 3
    folder.save(run.model_copy(update={"state": "stopped"}))
    carry_out(plan, folder, quiet)  # an error is asked again
    assert cells(o for _, o in folder.pairs())["error"] == 0


def test_cases_are_asked_at_once_where_there_are_workers(plan: Plan) -> None:
    both = threading.Barrier(2, timeout=60)

    def make(settings: Settings) -> Assistant:
        made = build_assistant(settings)
        whole = made.answer

        def answer(ask: Ask) -> Answer:
            both.wait()  # nobody gets past alone
            return whole(ask)

        made.answer = answer  # type: ignore[method-assign]
        return made

    two = replace(plan, make=make, workers=2)
    folder, _ = start_or_resume(two)
    assert carry_out(two, folder, quiet).state == "done"
    assert [(c.id, o.error) for c, o in folder.pairs()] == [(c.id, "") for c in plan.cases.cases]  # alone, each waits in vain: an error


def test_the_pace_spreads_calls_evenly() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(30, clock=lambda: now[0], sleep=sleep)
    for _ in range(3):
        pace.wait()
    assert slept == [2.0, 2.0]
    now[0] += 10
    pace.wait()
    assert len(slept) == 2
    Pace(0, sleep=lambda _: pytest.fail("no limit, no wait")).wait()


def test_a_run_whose_cases_were_changed_is_refused(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "run", {"a": 1.0})
    (folder.path / "cases.jsonl").write_text(make_case("b").model_dump_json(), encoding="utf-8")
    with pytest.raises(RunError, match="not those of the run"):
        folder.cases()


def test_runs_are_found_by_id_folder_and_latest(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path)
    with pytest.raises(RunError, match="no run"):
        find_run(settings, "latest")
    first = make_folder(tmp_path / "runs" / "first", {"a": 1.0})
    second = make_folder(tmp_path / "runs" / "second", {"a": 1.0})
    assert find_run(settings, "first") == first
    assert find_run(settings, str(first.path)) == RunFolder(first.path)
    assert find_run(settings, "latest") == second
    assert [r.id for r, _ in list_runs(settings)] == ["second", "first"]


def test_the_estimate_counts_calls_and_says_when_a_price_is_not_known() -> None:
    cases = load_set(find_set("hub")).cases
    nothing = estimate(cases, Settings(), 1, judging=False)
    assert (nothing.calls, nothing.tokens, nothing.is_large, str(nothing)) == (0, 0, False, "No language model is called.")
    priced = estimate(cases, Settings(llm="openai/gpt-4.1-mini"), 1, judging=False)
    assert priced.answer_calls == len(cases) + sum(bool(c.history) for c in cases)
    assert priced.dollars is not None
    assert 0.05 < priced.dollars < 1.0
    unknown = estimate(cases, Settings(llm="openai/nobody-knows-this"), 1, judging=False)
    assert unknown.dollars is None
    assert "not known" in str(unknown)
    judged = estimate(cases, Settings(judge="openai/gpt-4.1-mini"), 3, judging=True)
    assert judged.is_large
    assert judged.judge_calls == 3 * (sum(c.answerable for c in cases) + sum(len(c.nuggets) for c in cases))
