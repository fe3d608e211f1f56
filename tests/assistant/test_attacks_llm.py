"""An llm that goes wrong, through litellm itself and a server on loopback: nothing that it invents reaches the reader as the library's.

Each reply begins or ends with an honest sentence, so that what is left out is left out by itself.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistant_attacks import ask, assert_sound
from assistant_llm_server import Reply, Server, serve
from assistant_making import Document, make_assistant, write_folder

from assistant.compose_llm import CUT_SHORT
from assistant.engine import Assistant
from assistant.events import Delta
from assistant.journey import Ask
from assistant.leak import repeats
from assistant.llm import MOST_CHARACTERS, Llm
from assistant.prompts import load_prompt
from hub.domain import ANSWERED
from hub.settings import Settings

QUESTION = "How have trusts changed their written marking?"
HONEST = "Larkspur gave feedback in the lesson instead of written marking."
SOURCE = """# Marking at Larkspur

Larkspur gave feedback in the lesson instead of written marking. Marking time fell by 40 minutes for each teacher in a week.

Heads of department may keep written notes for the youngest classes. Marking is reviewed by the heads each term.
"""
OTHER = """# Marking at Tarnside

Tarnside moved marking into planning time. Marking took 25 minutes for each class, teachers at Tarnside said.
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    row = 'title = "Marking at {0}"\nkind = "case-study"\norganisation = "{0} Trust"\npublished = "2023"\ncontext = {{ trust = "{0} Trust", phase = "Primary", pupils = "310" }}'
    folder = write_folder(
        tmp_path_factory.mktemp("sources") / "held",
        [Document("larkspur", row.format("Larkspur"), SOURCE), Document("tarnside", row.format("Tarnside"), OTHER)],
    )
    assistant = make_assistant(Settings(store=tmp_path_factory.mktemp("store")), [folder])
    yield assistant
    assistant.shelf.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


@pytest.fixture
def writer(held: Assistant, server: Server, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    return Assistant(held.settings, held.shelf, held.model, Llm("openai/test-model", timeout_seconds=5))


@pytest.fixture
def ids(writer: Assistant, server: Server) -> dict[str, str]:
    """The id of each sentence that the llm is given, by the sentence."""
    server.replies.append(Reply("NO ANSWER"))
    ask(writer, QUESTION)
    given = dict(reversed(found) for found in re.findall(r"^\[(\d+\.\d+)\] (.+)$", server.prompts()[-1], re.MULTILINE))
    server.replies.clear()
    return given


def id_of(ids: dict[str, str], words: str) -> str:
    [found] = [id for sentence, id in ids.items() if words in sentence]
    return found


def reply_with(server: Server, ids: dict[str, str], said: str, piece: int = 7) -> None:
    """An honest sentence, then what is said; {l} {m} {t} are the ids of the feedback, the 40 minutes and Tarnside's 25."""
    slots = {
        "l": id_of(ids, "in the lesson"),
        "m": id_of(ids, "40 minutes"),
        "h": id_of(ids, "youngest classes"),
        "t": id_of(ids, "25 minutes"),
    }
    text = f"{HONEST} [{slots['l']}] " + re.sub(r"\{([lmht])\}", lambda m: f"[{slots[m[1]]}]", said)
    server.replies.append(Reply(f"{text} ", piece=piece))


LEFT_OUT = {
    "an id that was never given": "Marking fell everywhere. [9.9]",
    "an id of a passage beyond the last": "Marking is reviewed each term. [12.1]",
    "an id in the source's own numbers": "Marking is reviewed each term. [1]",
    "a real id beside an invented one": "Marking is reviewed each term. {m}[47.2]",
    "a figure altered by one digit": "Marking time fell by 41 minutes for each teacher in a week. {m}",
    "a figure with a digit more": "Marking time fell by 400 minutes for each teacher in a week. {m}",
    "a figure in words": "Marking time fell by fifty minutes for each teacher. {m}",
    "a quote altered by one word": "The case study says “Marking time fell by 40 minutes for each pupil in a week”. {m}",
    "a quote that leaves a word out": "The case study says “Heads of department keep written notes for the youngest classes”. {h}",
    "another's figure": "Larkspur says that marking took 25 minutes for each class. {m}",
    "another's practice": "Larkspur moved marking into planning time. {t}",
    "a qualifier left out": "Heads of department keep written notes for the youngest classes. {h}",
    "the source's context as a result": "Larkspur helped 310 pupils with marking. {m}",
    "a name from its own knowledge": "Dylan Wiliam advised Larkspur on marking. {m}",
    "its own knowledge, with no id": "Research shows that written marking does little for learning.",
    "a ranking": "Larkspur is the best trust for marking. {m}",
    "a comparison": "Larkspur marks better than Tarnside. {m}{t}",
    "one practice made general": "Most trusts now give feedback in the lesson. {l}",
    "a link": "Read [more on marking](https://evil.example/a) at Larkspur. {m}",
    "a bare address": "Marking at Larkspur is on https://evil.example/a for all. {m}",
    "a picture": "\n\n![marking](https://evil.example/p.png) {m}",
    "a tag": "\n\n<script>alert(1)</script> {m}",
    "its rules": "A sentence without ids is deleted. {m}",
    "more of its rules": "Keep two voices apart, and name the trust or school in every sentence about it. {m}",
    "the key": "The key is sk-secret-123. {m}",
}


@pytest.mark.parametrize("said", LEFT_OUT.values(), ids=LEFT_OUT)
def test_what_its_quotes_do_not_bear_is_left_out(writer: Assistant, server: Server, ids: dict[str, str], said: str) -> None:
    reply_with(server, ids, said)
    answer, streamed = ask(writer, QUESTION)
    assert_sound(writer, answer, streamed)
    assert [c.text for c in answer.claims] == [HONEST]
    assert [c.quote for c in answer.citations] == [HONEST]


MARKERS = {
    "cut off": ("Marking time fell by 40 minutes for each teacher in a week. {m", 1),
    "nested": ("Marking time fell by 40 minutes for each teacher in a week. [[{m}]]", None),
    "nested in itself": ("Marking time fell by 40 minutes for each teacher in a week. [1.[1.1]]", None),
    "with words": ("Marking time fell by 40 minutes for each teacher in a week. [see {m}, page 3]", None),
    "escaped": ("Marking time fell by 40 minutes for each teacher in a week. \\{m}\\", None),
    "full width": ("Marking time fell by 40 minutes for each teacher in a week. ［1.1］", None),
    "a range": ("Marking time fell by 40 minutes for each teacher in a week. [1.1-1.9]", None),
    "a footnote": ("Marking time fell by 40 minutes for each teacher in a week.[^1]\n\n[^1]: Department of Invention", None),
    "huge": ("Marking time fell by 40 minutes for each teacher in a week. [99999999999999999999.1]", None),
    "with hidden characters": ("Marking time fell by 40 minutes for each teacher in a week. [1\u200b.\u200b1]", None),
    "open at every turn": ("[[[[[ Marking [ time [ fell [", None),
}


@pytest.mark.parametrize("piece", [1, 4000])
@pytest.mark.parametrize(("said", "cut"), MARKERS.values(), ids=MARKERS)
def test_a_marker_that_is_not_whole_is_never_shown_and_never_guessed(
    writer: Assistant, server: Server, ids: dict[str, str], said: str, cut: int | None, piece: int
) -> None:
    reply_with(server, ids, said.replace("{m", "[1.") if cut else said, piece)
    shown = [e.text for e in writer.ask(Ask(QUESTION)) if isinstance(e, Delta)]
    answer, streamed = ask(writer, QUESTION)
    assert_sound(writer, answer, streamed)
    assert answer.claims[0].text == HONEST
    for text in shown:
        assert not re.search(r"\[(?!\d+\])|(?<!\d)\]", text), text
    assert {c.quote for c in answer.citations} <= {HONEST, "Marking time fell by 40 minutes for each teacher in a week."}


def test_knowledge_of_its_own_with_an_id_is_shown_as_not_verified_beside_the_quote(
    writer: Assistant, server: Server, ids: dict[str, str]
) -> None:
    """Code can't tell that it says more than its quote; so it is never called quoted or supported, and the quote stands beside it."""
    reply_with(server, ids, "Feedback is worth the effort for teachers. {m}")
    answer, streamed = ask(writer, QUESTION)
    assert_sound(writer, answer, streamed)
    assert {c.text: c.verdict for c in answer.claims}["Feedback is worth the effort for teachers."] == "not_verified"


def test_a_reply_that_is_all_its_own_gives_way_to_the_sources(writer: Assistant, server: Server, ids: dict[str, str]) -> None:
    server.replies.append(Reply("Marking is work. Trusts vary. The best is Larkspur. [9.9] See https://evil.example [1.1]"))
    answer, streamed = ask(writer, QUESTION)
    assert_sound(writer, answer)
    assert answer.llm is None
    assert {c.verdict for c in answer.claims} == {"quoted"}
    assert streamed == ""


@pytest.mark.parametrize("after", [0, 40, 75, 90, 130])
def test_a_stream_that_dies_leaves_only_what_was_checked(writer: Assistant, server: Server, ids: dict[str, str], after: int) -> None:
    text = f"{HONEST} [{id_of(ids, 'in the lesson')}] Marking time fell by 40 minutes for each teacher in a week. [{id_of(ids, '40 minutes')}] And "
    server.replies.append(Reply(text * 3, piece=5, break_after=after))
    answer, streamed = ask(writer, QUESTION)
    assert_sound(writer, answer, "" if answer.llm is None else streamed)
    assert answer.status in ANSWERED
    assert len(answer.notices) == 1
    assert all(
        c.text in (HONEST, "Marking time fell by 40 minutes for each teacher in a week.") or c.verdict == "quoted" for c in answer.claims
    )


@pytest.mark.parametrize(
    "flood",
    [
        "{honest} " * 8000,
        "words without end " * 25_000,
        "[" * 400_000,
        "[1.1]" * 80_000,
        "Larkspur is the best trust. [1.1] " * 12_000,
        "\n- " * 130_000,
    ],
    ids=["the same again", "no end", "open brackets", "ids alone", "rankings", "bullets"],
)
def test_a_reply_of_a_hundred_thousand_tokens_is_cut_off(writer: Assistant, server: Server, ids: dict[str, str], flood: str) -> None:
    honest = f"{HONEST} [{id_of(ids, 'in the lesson')}]"
    server.replies.append(Reply(f"{honest} {flood.replace('{honest}', honest)}", piece=5000))
    answer, streamed = ask(writer, QUESTION)
    assert_sound(writer, answer, streamed)
    assert len(answer.text) < MOST_CHARACTERS
    assert len(answer.claims) <= 24
    assert answer.status in ANSWERED
    assert all(c.text == HONEST or c.verdict == "quoted" for c in answer.claims)


def test_a_reply_that_does_not_end_is_not_read_to_its_end_and_the_reader_is_told(
    writer: Assistant, server: Server, ids: dict[str, str]
) -> None:
    honest = f"{HONEST} [{id_of(ids, 'in the lesson')}]\n\n"
    server.replies.append(Reply(honest + "words without end " * 25_000, piece=5000))
    answer, _ = ask(writer, QUESTION)
    assert [c.text for c in answer.claims] == [HONEST]
    assert CUT_SHORT in answer.notices


def test_the_rules_are_known_again_and_an_answer_is_not_taken_for_them() -> None:
    rules = load_prompt("answer")[0]
    sentences = [s.strip() for s in re.split(r"(?<=[.?])\s", re.sub(r"\{\{\w+\}\}|\[[\d.]+\]", "", rules)) if len(s.split()) >= 6]
    assert len(sentences) > 10
    assert all(repeats(s, rules) for s in sentences)
    assert not any(
        repeats(s, rules) for s in (HONEST, "The model paper says that goals come first.", "One school reports that a trust may say so.")
    )


def test_no_path_and_no_key_stands_in_what_is_sent(writer: Assistant, server: Server, ids: dict[str, str]) -> None:
    sent = "\n".join(server.prompts())
    assert "sk-secret" not in sent
    assert str(Path.home()) not in sent
    assert str(writer.settings.store) not in sent
