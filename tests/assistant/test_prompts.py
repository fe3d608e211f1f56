"""Prompts are files with slots: each slot is filled once, and what fills it is never read for slots."""

import hashlib
from pathlib import Path

import pytest

from assistant.prompts import FOLDER, PromptError, fill, load_prompt


@pytest.mark.parametrize(
    ("text", "slots", "filled"),
    [
        ("Q: {{question}}", {"question": "Why?"}, "Q: Why?"),
        ("{{a}} and {{b}} and {{a}}", {"a": "1", "b": "2"}, "1 and 2 and 1"),
        ("no slots", {}, "no slots"),
        ("{{a}}", {"a": ""}, ""),
        ("{{a}} {single} {{ b }}", {"a": "x"}, "x {single} {{ b }}"),
        (r"{{a}}", {"a": r"\1 \g<0> $1"}, r"\1 \g<0> $1"),
    ],
)
def test_slots_are_filled(text: str, slots: dict[str, str], filled: str) -> None:
    assert fill(text, **slots) == filled


@pytest.mark.parametrize("content", ["{{b}}", "{{a}}", "{{passages}}", "}} {{b}} {{", "{{{{b}}}}"])
def test_what_fills_a_slot_is_never_read_for_slots(content: str) -> None:
    assert fill("<{{a}}|{{b}}>", a=content, b="SECRET") == f"<{content}|SECRET>"
    assert fill("<{{b}}|{{a}}>", a=content, b="SECRET") == f"<SECRET|{content}>"


@pytest.mark.parametrize(
    ("slots", "named"),
    [
        ({}, "question"),
        ({"passages": "p"}, "question"),
        ({"question": "q"}, "passages"),
        ({"question": "q", "passages": "p", "tone": "t"}, "tone"),
    ],
)
def test_a_slot_too_few_or_too_many_is_an_error_that_names_it(slots: dict[str, str], named: str) -> None:
    with pytest.raises(PromptError, match=named):
        fill("{{question}} {{passages}}", **slots)


def test_a_prompt_comes_with_the_hash_of_its_text(tmp_path: Path) -> None:
    (tmp_path / "ask.md").write_text("Hello {{name}}, café", encoding="utf-8")
    text, digest = load_prompt("ask", tmp_path)
    assert text == "Hello {{name}}, café"
    assert digest == hashlib.sha256(text.encode()).hexdigest()[:12]


def test_a_prompt_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=r"absent\.md"):
        load_prompt("absent", tmp_path)


def test_every_prompt_that_ships_can_be_read_and_the_answers_slots_are_as_the_code_fills_them() -> None:
    names = sorted(path.stem for path in FOLDER.glob("*.md"))
    assert "answer" in names
    assert all(load_prompt(name)[0].strip() for name in names)
    slots = {"answer": ("question", "passages"), "rewrite": ("history", "question"), "judge": ("quotes", "claim")}
    for name, wanted in slots.items():
        filled = fill(load_prompt(name)[0], **{slot: f"<{slot}>" for slot in wanted})
        assert all(filled.count(f"<{slot}>") == 1 for slot in wanted)
