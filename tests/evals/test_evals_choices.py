"""What may be chosen for one run: read, refused, kept with the run, and told in plain words when two runs are compared."""

from pathlib import Path

import pytest
from evals_making import make_folder

from assistant.build import build_assistant
from assistant.journey import Ask
from evals.choices import ChoiceError, choose, chosen_in, read_choices
from evals.compare import compare, say
from evals.differences import say_differences, say_setting
from evals.provenance import settings_in_force
from hub.settings import Settings


def test_a_choice_takes_the_place_of_a_setting_and_is_chosen_again_from_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_LLM", "openai/x")
    made = choose(Settings(), read_choices(["passages=7", "llm=", "unverified=leave_out"]))
    assert (made.passages, made.llm, made.unverified) == (7, "", "leave_out")
    again = choose(Settings(), read_choices(chosen_in(settings_in_force(made))))
    assert again == made


@pytest.mark.parametrize("pair", ["passages", "store=/", "judge=x", "=3"])
def test_what_may_not_be_chosen_is_refused(pair: str) -> None:
    with pytest.raises(ChoiceError, match="write NAME=VALUE with one of: passages, llm, unverified"):
        read_choices([pair])


@pytest.mark.parametrize("value", ["0", "-1", "401", "many"])
def test_a_number_of_passages_that_will_not_do_is_named(value: str) -> None:
    with pytest.raises(ChoiceError, match=r"^passages: "):
        choose(Settings(), {"passages": value})


def test_so_many_passages_are_looked_through_and_no_more(own_settings: Settings) -> None:
    found = {}
    for passages in (1, 3):
        made = build_assistant(choose(own_settings, {"passages": passages}))
        found[passages] = made.answer(Ask("What does NPQH stand for?")).passages
        made.shelf.close()
    assert [len(p) for p in found.values()] == [1, 3]
    assert found[1][0].chunk == found[3][0].chunk


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ({"settings: passages": (40, 1)}, "Passages looked through for each question: 40 before, 1 after."),
        ({"settings: passages": (None, 40)}, "Passages looked through for each question: not recorded before, 40 after."),
        ({"settings: llm": ("", "openai/x")}, "Who writes the answers: the sources' own words before, openai/x after."),
        ({"settings: unverified": ("show", "leave_out")}, "Sentences that nobody verified: shown before, left out after."),
        ({"settings: illustrative": (False, True)}, "Invented examples used beside real documents: no before, yes after."),
        ({"settings: some_new_thing": (1, 2)}, "Some new thing: 1 before, 2 after."),
        ({"store: sources": (20, 21), "store: digest": ("a", "b")}, "The library changed: 20 sources before, 21 after."),
        ({"store: digest": ("a", "b"), "store: generation": ("a", "b")}, "The library changed: other texts, of the same number."),
        ({"store: generation": ("a", "b")}, "The library was read in anew."),
        ({"commit": ("a" * 40, "b" * 40), "code": ("", "c")}, "The program itself changed (version aaaaaaa before, bbbbbbb after)."),
        ({"code": ("", "c")}, "The program itself changed."),
        ({"prompts: answer": ("a", "b")}, "The instructions to the language model changed: answer."),
    ],
)
def test_what_differs_is_one_plain_sentence(found: dict[str, tuple[object, object]], says: str) -> None:
    assert say_differences(found) == [says]


def test_one_passage_is_no_yes() -> None:
    assert say_setting("passages", 1) == "1"


def test_a_comparison_says_which_settings_differ(tmp_path: Path) -> None:
    first, second = make_folder(tmp_path / "first", {"a": 1.0}), make_folder(tmp_path / "second", {"a": 1.0})
    for folder, passages in ((first, 40), (second, 5)):
        folder.save(folder.run().model_copy(update={"settings": {"passages": passages, "llm": ""}}))
    assert "differs: Passages looked through for each question: 40 before, 5 after." in say(compare(first, second))
