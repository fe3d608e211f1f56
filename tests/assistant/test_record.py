"""What an answer by an llm records of how it was made, and that it opens again exactly as it was."""

from collections.abc import Iterator

import pytest
from assistant_llm_server import Reply, Server, serve

from assistant.conversations import Conversations
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.judge import Judge
from assistant.llm import Llm
from assistant.prompts import load_prompt

SAID = "Connections across the organisation come first. [1.1] "
HISTORY = ("What does Align strategy mean?",)
FOLLOW_UP = "And what about Connect?"
READ = "What does Connect mean?"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serve() as running:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        running.by_prompt += [
            ("last question one that can be understood", Reply(READ, usage=(90, 9))),
            ("You compare one claim", Reply("SUPPORTED", usage=(70, 2))),
            ("You answer questions from leaders", Reply(SAID, usage=(2000, 40))),
        ]
        yield running


def assistant(real: Assistant, name: str) -> Assistant:
    return Assistant(real.settings, real.shelf, real.model, Llm(name, 20), Judge(Llm("openai/judge", 20), 20))


def test_every_call_is_recorded_with_its_tokens_and_times(real: Assistant, server: Server) -> None:
    answer = assistant(real, "openai/writer").answer(Ask(FOLLOW_UP, HISTORY))
    assert [(c.purpose, c.llm, c.tokens_in, c.tokens_out) for c in answer.usage] == [
        ("rewrite", "openai/writer", 90, 9),
        ("answer", "openai/writer", 2000, 40),
        ("judge", "openai/judge", 70, 2),
    ]
    assert all(c.first_token_ms is not None and c.first_token_ms <= c.total_ms for c in answer.usage)
    assert all(c.error == "" for c in answer.usage)


def test_the_prompts_and_the_generation_are_recorded(real: Assistant, server: Server) -> None:
    answer = assistant(real, "openai/writer").answer(Ask(FOLLOW_UP, HISTORY))
    assert dict(answer.prompts) == {name: load_prompt(name)[1] for name in ("rewrite", "answer", "judge")}
    assert answer.generation == real.shelf.generation
    assert answer.llm == "openai/writer"


def test_our_own_time_is_apart_from_the_llms(real: Assistant, server: Server) -> None:
    times = assistant(real, "openai/writer").answer(Ask(FOLLOW_UP, HISTORY)).timings_ms
    assert {"before_llm", "llm", "after_llm", "judge_wait"} <= set(times)
    rewriting = times["total"] - sum(times[name] for name in ("before_llm", "llm", "after_llm", "judge_wait"))
    assert rewriting > -5  # the rewrite's own call is in none of them
    assert all(times[name] >= 0 for name in ("before_llm", "llm", "after_llm"))


@pytest.mark.parametrize(("name", "known"), [("openai/gpt-4.1-mini", True), ("openai/no-such-model", False)])
def test_the_cost_is_the_price_lists_or_unknown(real: Assistant, server: Server, name: str, known: bool) -> None:
    answer = assistant(real, name).answer(Ask(READ))
    [cost] = [c.cost_usd for c in answer.usage if c.purpose == "answer"]
    assert (cost is not None and cost > 0) == known


def test_a_call_that_failed_is_recorded_with_why_and_no_prompt_is_claimed(real: Assistant, server: Server) -> None:
    server.by_prompt[-1] = ("You answer questions from leaders", Reply(status=401))
    answer = assistant(real, "openai/writer").answer(Ask(READ))
    assert answer.llm is None
    assert [(c.purpose, c.error) for c in answer.usage] == [("answer", "it refused the key")]
    assert dict(answer.prompts) == {}
    assert "sk-secret" not in str(answer.as_json())


def test_in_quotes_mode_nothing_of_the_kind_is_recorded(real: Assistant) -> None:
    answer = real.answer(Ask(READ))
    assert (answer.usage, dict(answer.prompts), "llm" in answer.timings_ms) == ((), {}, False)


def test_it_opens_again_exactly_as_it_was(real: Assistant, server: Server, kept: Conversations) -> None:
    answer = assistant(real, "openai/gpt-4.1-mini").answer(Ask(FOLLOW_UP, HISTORY))
    conversation = kept.start()
    kept.add(conversation, answer)
    assert kept.turns(conversation) == [answer]
    assert kept.turns(conversation)[0].as_json() == answer.as_json()
