"""Prose by an llm, through litellm, against a real server on loopback: what it may say, and what happens when it fails."""

import re
from collections.abc import Iterator

import pytest
from assistant_llm_server import Reply, Server, serve

from assistant.engine import Assistant
from assistant.events import Delta, Finished
from assistant.journey import Ask
from assistant.llm import Llm
from hub.domain import Answer
from hub.quotes import stands_at

QUESTION = "Tell me about Connect."
SENTENCE = re.compile(r"^\[(\d+\.\d+)\] (.+)$", re.MULTILINE)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def writer(real: Assistant, server: Server, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """The real assistant with an llm behind it. Ids in the replies are those of the prompt it is sent."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    return Assistant(real.settings, real.shelf, real.model, Llm("openai/test-model", timeout_seconds=3))


def given_sentences(server: Server) -> dict[str, str]:
    """The numbered sentences of the last prompt, by id."""
    return dict(SENTENCE.findall(server.requests[-1]["messages"][0]["content"]))


def ask(assistant: Assistant, question: str = QUESTION) -> tuple[Answer, str]:
    streamed = ""
    for event in assistant.ask(Ask(question)):
        if isinstance(event, Delta):
            streamed += event.text
        if isinstance(event, Finished):
            return event.answer, streamed
    raise AssertionError


def test_prose_is_streamed_and_every_sentence_carries_a_checked_quote(writer: Assistant, server: Server) -> None:
    server.replies.append(
        Reply(
            "The model asks trusts to build connections across the organisation. [1.1]\n\nIt names working groups on specific issues [1.2]. "
        )
    )
    answer, streamed = ask(writer)
    assert answer.status == "answered"
    assert answer.llm == "openai/test-model"
    assert set(answer.prompts) == {"answer"}
    assert [c.markers for c in answer.claims] == [(1,), (2,)]
    assert streamed.split() == answer.text.split()
    held = writer.shelf.library.held("conceptual-model")
    assert held is not None
    for citation in answer.citations:
        assert citation.page == 16
        assert stands_at(citation.quote, held.loaded, citation.start, citation.end)
    assert server.requests[0]["stream"] is True


@pytest.mark.parametrize("piece", [1, 3, 500])
def test_a_marker_is_never_shown_in_part(writer: Assistant, server: Server, piece: int) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1][1.2] Silos are named too. [1.2]", piece=piece))
    shown = [e.text for e in writer.ask(Ask(QUESTION)) if isinstance(e, Delta)]
    *sentences, frame = shown
    assert len(sentences) == 2
    assert frame.strip().startswith("*Passages about Connect")
    assert all(re.search(r"(\[\d+\])+$", text) for text in sentences)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Trusts everywhere have built connections since 2019. [1.1]", "a figure of its own"),
        ("Outwood Grange builds connections across the organisation. [1.1]", "a name of its own"),
        ("The model says “build bridges across the region”. [1.1]", "words in quotation marks that are not there"),
        ("The model asks trusts to build connections. [9.9]", "an id that was never given"),
        ("The model asks trusts to build connections.", "no id at all"),
    ],
)
def test_a_sentence_that_its_quotes_do_not_bear_is_left_out(writer: Assistant, server: Server, said: str, why: str) -> None:
    server.replies.append(Reply(f"Connections across the organisation come first. [1.1] {said} "))
    answer, _ = ask(writer)
    assert [c.text for c in answer.claims] == ["Connections across the organisation come first."], why
    assert "left out" in answer.notices[0]


def test_a_reply_from_its_own_knowledge_gives_way_to_the_sources_words(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connect is about partnership working. Good trusts do it weekly."))
    answer, _ = ask(writer)
    assert answer.llm is None
    assert {c.verdict for c in answer.claims} == {"quoted"}
    assert "could not be tied to the sources" in answer.notices[0]


def test_no_answer_becomes_a_refusal_with_the_nearest(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("NO ANSWER"))
    answer, _ = ask(writer, "How did Barr Beacon check that feedback quality did not fall?")
    assert (answer.status, bool(answer.nearest)) == ("no_evidence", True)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=429), "too many requests"),
        (Reply(status=500), "could not be reached or failed"),
        (Reply(status=401), "refused the key"),
        (Reply(status=404), "does not know this model"),
        (Reply(""), "empty"),
        (Reply("Half a sentence that never", break_after=7), "broke off|could not be reached"),
        (Reply("words", garble=True), "broke off|could not be"),
        (Reply(hang=True), "did not answer in time"),
    ],
)
def test_an_llm_that_fails_gives_the_quotes_and_one_plain_line(writer: Assistant, server: Server, reply: Reply, why: str) -> None:
    server.replies.append(reply)
    writer.llm = Llm("openai/test-model", timeout_seconds=0.5)
    answer, _ = ask(writer)
    assert answer.status == "answered"
    assert answer.llm is None
    assert {c.page for c in answer.citations} == {16}
    assert len(answer.notices) == 1
    assert re.search(why, answer.notices[0])
    assert "sk-secret" not in str(answer.as_json())


def test_a_server_that_is_down_gives_the_quotes_and_one_plain_line(writer: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    answer, _ = ask(writer)
    assert answer.citations
    assert "could not be used" in answer.notices[0]


def test_a_stream_that_dies_half_way_keeps_what_was_checked_and_says_so(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1] Then the trust should " + "x" * 60, break_after=90))
    answer, _ = ask(writer)
    assert [c.text for c in answer.claims] == ["Connections across the organisation come first."]
    assert "broke off" in answer.notices[0]


def test_an_endless_reply_is_cut_off(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1] " * 8000, piece=4000))
    answer, _ = ask(writer)
    assert len(answer.text) < 20_000
    assert answer.citations[0].page == 16


def test_documents_are_fenced_and_their_ids_are_not_ids(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1] "))
    ask(writer)
    given = given_sentences(server)
    assert given["1.1"].endswith("Build connections across the organisation.")
    prompt = server.requests[-1]["messages"][0]["content"]
    assert prompt.index("Rules") < prompt.index("--- document 1:")
    assert re.search(r"^\[BEGIN DOCUMENTS ([0-9a-f]{12})\]\n(?s:.*)^\[END DOCUMENTS \1\]$", prompt, re.MULTILINE)


def test_a_changed_prompt_file_changes_the_recorded_hash(writer: Assistant, server: Server) -> None:
    from assistant.prompts import load_prompt

    server.replies.append(Reply("Connections across the organisation come first. [1.1] "))
    answer, _ = ask(writer)
    assert answer.prompts["answer"] == load_prompt("answer")[1]


def test_an_llm_that_says_nothing_that_stands_is_not_listened_to_for_long(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Trusts work well together and this is good. " * 40, piece=44, stall_after=44 * 38))
    writer.llm = Llm("openai/test-model", timeout_seconds=60)
    answer, _ = ask(writer)
    assert answer.llm is None
    assert "could not be tied to the sources" in answer.notices[0]


def test_a_connection_that_is_only_kept_warm_is_given_up(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1] Then more", stall_after=55))
    writer.llm = Llm("openai/test-model", timeout_seconds=0.5)
    answer, _ = ask(writer)
    assert [c.text for c in answer.claims] == ["Connections across the organisation come first."]
    assert "broke off" in answer.notices[0]


def test_a_reply_at_its_longest_is_said_to_be_cut_short(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1] It also", finish="length"))
    answer, _ = ask(writer)
    assert "broke off" in answer.notices[0]


@pytest.mark.parametrize(
    ("reply", "tries"),
    [
        (Reply(status=429), 2),
        (Reply(status=503), 2),
        (Reply(status=429, headers={"Retry-After": "60"}), 1),
        (Reply(status=401), 1),
        (Reply(status=404), 1),
        (Reply("Half a sentence that never", break_after=7), 1),
    ],
    ids=["busy", "down", "busy for long", "no key", "no such model", "broken off once begun"],
)
def test_only_what_may_pass_is_tried_again_once(writer: Assistant, server: Server, reply: Reply, tries: int) -> None:
    server.replies.append(reply)
    writer.llm = Llm("openai/test-model", timeout_seconds=20, retry_wait_seconds=0)
    ask(writer)
    assert len(server.requests) == tries


def test_an_llm_that_recovers_is_used(writer: Assistant, server: Server) -> None:
    server.replies += [Reply(status=503), Reply("Connections across the organisation come first. [1.1] ")]
    writer.llm = Llm("openai/test-model", timeout_seconds=20, retry_wait_seconds=0)
    answer, _ = ask(writer)
    assert (answer.llm, answer.notices) == ("openai/test-model", ())


def test_the_same_sentence_is_said_once(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("Connections across the organisation come first. [1.1] " * 5))
    answer, _ = ask(writer)
    assert len(answer.claims) == 1


def test_a_list_of_the_models_parts_is_made_by_code(writer: Assistant, server: Server) -> None:
    server.replies.append(Reply("There are four strands. [1.1] "))
    answer, _ = ask(writer, "What are the components of the model?")
    assert (answer.route, answer.llm, server.requests) == ("list", None, [])
