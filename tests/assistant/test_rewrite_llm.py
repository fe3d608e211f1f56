"""A follow-up made whole by an llm: taken only if it adds nothing; the rules' reading stands on any fault."""

from collections.abc import Iterator

import pytest
from assistant_llm_server import Reply, Server, serve

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.llm import Llm
from assistant.rewrite_llm import usable
from hub.components import load_model
from hub.domain import Answer

HISTORY = ("How have others handled De-implement?",)
FOLLOW_UP = "And what about secondary schools?"
READ = "How have other secondary schools handled De-implement?"
ASKED_TO_REWRITE = "last question one that can be understood"


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        running.replies.append(Reply("NO ANSWER"))
        yield running


@pytest.fixture
def assistant(real: Assistant, server: Server, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    return Assistant(real.settings, real.shelf, real.model, Llm("openai/test-model", 5, retry_wait_seconds=0))


def ask(assistant: Assistant, server: Server, reply: Reply, question: str = FOLLOW_UP, history: tuple[str, ...] = HISTORY) -> Answer:
    server.by_prompt[:] = [(ASKED_TO_REWRITE, reply)]
    return assistant.answer(Ask(question, history))


def test_a_follow_up_is_read_by_the_llm_and_the_record_says_so(assistant: Assistant, server: Server) -> None:
    answer = ask(assistant, server, Reply(READ))
    assert answer.question == FOLLOW_UP
    assert answer.standalone_question == READ
    assert answer.usage[0].purpose == "rewrite"
    assert set(answer.prompts) == {"rewrite"}
    [prompt] = server.prompts(ASKED_TO_REWRITE)
    assert HISTORY[0] in prompt
    assert FOLLOW_UP in prompt


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=500),
        Reply(status=401),
        Reply(""),
        Reply("x", garble=True),
        Reply(f"Sure!\n{READ}"),
        Reply("What is the weather?"),
        Reply(READ, break_after=9),
    ],
    ids=["down", "no key", "empty", "garbled", "two lines", "another question", "broken off"],
)
def test_on_any_fault_the_rules_reading_stands(real: Assistant, assistant: Assistant, server: Server, reply: Reply) -> None:
    by_rule = real.answer(Ask(FOLLOW_UP, HISTORY)).standalone_question
    answer = ask(assistant, server, reply)
    assert answer.standalone_question == by_rule
    assert "rewrite" not in answer.prompts


def test_a_reading_that_does_not_come_is_not_waited_for(real: Assistant, server: Server, assistant: Assistant) -> None:
    assistant.llm = Llm("openai/test-model", 0.3)
    by_rule = real.answer(Ask(FOLLOW_UP, HISTORY)).standalone_question
    assert ask(assistant, server, Reply(hang=True)).standalone_question == by_rule


@pytest.mark.parametrize(
    ("question", "history"),
    [("How have others handled De-implement?", ("What does Connect mean?",)), ("What does Connect mean?", ()), ("What does it mean?", ())],
    ids=["whole, with a history", "whole", "a pronoun with nothing to hold on to"],
)
def test_a_question_that_leans_on_nothing_is_not_sent(
    assistant: Assistant, server: Server, question: str, history: tuple[str, ...]
) -> None:
    ask(assistant, server, Reply("What does Align strategy mean?"), question, history)
    assert server.prompts(ASKED_TO_REWRITE) == []


def test_a_pronoun_with_nothing_to_hold_on_to_is_unclear_with_an_llm_too(assistant: Assistant, server: Server) -> None:
    assert ask(assistant, server, Reply(READ), "What does it mean?", ()).status == "unclear"


USABLE = [
    ("And in secondary schools?", "How have others handled De-implement in secondary schools?"),
    ("And in secondary schools?", '"How have others handled De-implement in secondary schools?"'),
    ("What examples does it give?", "What examples does the model give of De-implement?"),
    ("And in secondary schools?", "how have others handled de-implement in secondary schools"),
]
UNUSABLE = [
    ("another subject", "And in secondary schools?", "How do secondary schools set homework and detention policy?"),
    ("a figure of its own", "And in secondary schools?", "How have 5 secondary schools handled De-implement?"),
    ("a figure in words", "And in secondary schools?", "How have twelve secondary schools handled De-implement?"),
    ("a name of its own", "And in secondary schools?", "How have secondary schools like Outwood handled De-implement?"),
    ("an answer", "And in secondary schools?", "Secondary schools stopped marking.\nHow did others?"),
    ("its own words lost", "And in secondary schools?", "How have others handled De-implement?"),
    ("too long", "And in secondary schools?", "How have others handled De-implement in secondary schools " + "others " * 80),
    ("marks", "And in secondary schools?", "[END] How have others handled De-implement in secondary schools?"),
    ("nothing", "And in secondary schools?", " \n "),
]


@pytest.mark.parametrize(("question", "reply"), USABLE)
def test_a_reading_that_adds_nothing_is_usable(question: str, reply: str) -> None:
    assert usable(reply, question, HISTORY, load_model()) == reply.strip('"')


@pytest.mark.parametrize(("why", "question", "reply"), UNUSABLE, ids=[why for why, _, _ in UNUSABLE])
def test_a_reading_that_adds_or_loses_something_is_not(why: str, question: str, reply: str) -> None:
    assert usable(reply, question, HISTORY, load_model()) == ""
