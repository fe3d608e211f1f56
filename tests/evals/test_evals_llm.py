"""Runs with a language model and a judge on the wire: a server on loopback whose replies are ours."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from assistant_llm_server import Reply, Server, serve
from evals_making import make_case

from evals.asking import Plan
from evals.estimate import estimate
from evals.metrics import cells
from evals.running import carry_out, start_or_resume
from evals.sets import make_set
from hub.settings import Settings

# pydantic builds litellm's types when they are first used, and warns of one of them: which test is first depends on the order.
pytestmark = pytest.mark.filterwarnings("ignore:Item .* on TypedDict class:UserWarning")


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def plan(own_settings: Settings, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """One case, answered by the llm."""
    monkeypatch.setenv("OPENAI_API_BASE", server.url)
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-9")
    store = tmp_path / "store"
    store.mkdir()
    for part in ("library.db", "index"):
        (store / part).symlink_to(own_settings.store / part)
    case = make_case("connect", gold=[{"source": "model-introduction"}], nuggets=[{"text": "Connect is about relationships."}])
    settings = Settings(store=store, llm="openai/test", llm_timeout_seconds=20)
    cases = make_set("one", [case])
    return Plan(settings, cases, estimate(cases.cases, settings, 1, judging=False))


def quiet(done: int, total: int, left: float) -> None:
    """Progress that nobody watches."""


PROSE = "Connect means building working relationships between schools and between roles. [1.1]"


def test_a_judge_on_the_wire_scores_what_an_llm_wrote(plan: Plan, server: Server) -> None:
    server.replies.append(Reply(PROSE))
    server.replies.append(Reply('{"reason": "The quotes say it.", "verdict": "supported"}'))
    server.replies.append(Reply('{"reason": "It says it.", "verdict": "support"}'))
    server.replies.append(Reply('{"reason": "It is what was asked.", "verdict": "yes"}'))
    judged = replace(plan, settings=Settings(**{**plan.settings.model_dump(), "judge": ""}), judging=True)
    judged = replace(judged, judge=_over_the_wire(judged))
    folder, _ = start_or_resume(judged)
    assert carry_out(judged, folder, quiet).state == "done"
    [(_, outcome)] = folder.pairs()
    assert outcome.error == ""
    assert outcome.answer is not None
    assert outcome.answer.llm == "openai/test"
    values = {s.scorer: s.value for s in outcome.scores}
    assert (values["support_recall"], values["nuggets_vital"], values["responsive"]) == (1.0, 1.0, 1.0)
    assert folder.run().judge == "openai/test"
    assert len(server.requests) == 4
    kept = "".join(p.read_text(encoding="utf-8") for p in folder.path.iterdir() if p.is_file())
    assert "secret" not in kept


def _over_the_wire(plan: Plan) -> "object":
    from assistant.llm import Llm
    from evals.judge.ask import LlmJudge

    return LlmJudge(Llm("openai/test", 20), 60, lambda: None)


@pytest.mark.parametrize("judged", [False, True])
def test_every_call_of_a_run_waits_for_its_turn(plan: Plan, server: Server, monkeypatch: pytest.MonkeyPatch, judged: bool) -> None:
    waited: list[int] = []
    monkeypatch.setattr("evals.asking.Pace.wait", lambda pace: waited.append(len(server.requests)))
    server.replies += [Reply(PROSE), *[Reply('{"reason": "It says it.", "verdict": "supported"}')] * (3 * judged)]
    settings = Settings(**{**plan.settings.model_dump(), "judge": "openai/test" if judged else ""})
    plan = replace(plan, settings=settings, judging=judged, calls_a_minute=30)
    folder, _ = start_or_resume(plan)
    carry_out(plan, folder, quiet)
    assert waited[0] == 0  # before the first call
    assert len(waited) >= (3 if judged else 1)


def test_a_stand_in_for_a_failed_llm_is_an_error_and_no_score(plan: Plan, server: Server) -> None:
    server.replies.append(Reply(status=401))
    folder, _ = start_or_resume(plan)
    carry_out(plan, folder, quiet)
    [(_, outcome)] = folder.pairs()
    assert outcome.error == "the language model gave no answer: it refused the key"
    assert outcome.scores == ()
    assert cells([outcome])["error"] == 1
    server.replies.clear()
    server.replies.append(Reply(PROSE))
    folder.save(folder.run().model_copy(update={"state": "stopped"}))
    carry_out(plan, folder, quiet)
    [(_, outcome)] = folder.pairs()
    assert outcome.error == ""
