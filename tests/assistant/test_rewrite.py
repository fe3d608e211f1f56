"""A follow-up becomes a question that stands alone; a change of topic carries nothing over."""

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask, JourneyEnds
from assistant.names import Names
from assistant.rewrite import Standalone, rewrite

CONNECT = ("How have others handled Connect?",)
MEANING = ("What does De-implement mean?",)


def alone(real: Assistant, question: str, history: tuple[str, ...] = ()) -> Standalone:
    real.shelf.refresh()
    return rewrite(Ask(question, history), question, real.model, Names(real.shelf.sources))


@pytest.mark.parametrize(
    ("history", "question", "carries"),
    [
        (CONNECT, "And secondary schools?", "Connect"),
        (CONNECT, "What about in special schools?", "Connect"),
        (CONNECT, "Why?", "Connect"),
        (CONNECT, "Tell me more", "Connect"),
        (CONNECT, "What examples does it give?", "Connect"),
        (MEANING, "What examples does the paper give for it?", "De-implement"),
        (MEANING, "How have others handled it?", "De-implement"),
        (MEANING, "What about primary schools?", "De-implement"),
        (("How does Matrix Academy Trust run meetings?",), "And how late can they run?", "Matrix"),
        (("What did Barr Beacon teachers report on marking?",), "How did they check that?", "Barr Beacon"),
        (("What did Barr Beacon teachers report on marking?",), "What was their saving?", "Barr Beacon"),
        ((*MEANING, "What examples does it give?"), "And how have others handled it?", "De-implement"),
        ((*MEANING, *CONNECT), "What examples does it give?", "Connect"),
        (("What did Barr Beacon do?", *MEANING), "And what about secondary schools?", "De-implement"),
    ],
)
def test_a_follow_up_keeps_its_topic(real: Assistant, history: tuple[str, ...], question: str, carries: str) -> None:
    standalone = alone(real, question, history)
    assert carries in standalone.question
    assert carries in standalone.carried


def test_a_follow_up_keeps_its_own_words(real: Assistant) -> None:
    assert "secondary schools" in alone(real, "And secondary schools?", CONNECT).question
    assert "how late can they run" in alone(real, "And how late can they run?", ("How does Matrix run meetings?",)).question.lower()


def test_a_new_phase_takes_the_old_ones_place(real: Assistant) -> None:
    standalone = alone(real, "And secondary schools?", ("How do primary schools handle De-implement?",))
    assert "primary" not in standalone.question
    assert "secondary" in standalone.question


def test_a_new_phase_leaves_a_whole_question_behind(real: Assistant) -> None:
    standalone = alone(real, "And secondary schools?", ("How have primary schools handled Connect?",))
    assert "How have handled" not in standalone.question


@pytest.mark.parametrize(
    ("history", "question", "read"),
    [
        (CONNECT, "And Barr Beacon?", "How have Barr Beacon School handled Connect?"),
        (CONNECT, "What about Align strategy?", "How have others handled Align strategy?"),
        (MEANING, "And Align strategy?", "What does Align strategy mean?"),
        (("How did Kensington cut marking?",), "And Barr Beacon?", "How did Barr Beacon School cut marking?"),
        (("How did Kensington Primary School cut marking?",), "What about Barr Beacon?", "How did Barr Beacon School cut marking?"),
        (("How did Kensington cut marking?",), "What about Elmwood Federation?", "How did Elmwood Federation cut marking?"),
        (("How did Elmwood Academies Trust cut marking?",), "And Barr Beacon?", "How did Barr Beacon School cut marking?"),
        (("How did Kensington cut marking?", "And Barr Beacon?"), "And Notre Dame?", "How did Notre Dame High School cut marking?"),
        (MEANING, "How have others handled it?", "How have others handled De-implement?"),
        (
            ("Tell me about Kensington",),
            "Compare it with Barr Beacon on marking",
            "Compare Kensington Primary School with Barr Beacon on marking",
        ),
        ((*MEANING, "And Align strategy?"), "And how do they differ?", "How do De-implement and Align strategy differ?"),
        (("What does the paper say about evidence?",), "Who wrote it?", "Who wrote the paper?"),
        (("What does Leverage capacity mean?",), "Who does that well?", "Who does Leverage capacity well?"),
        (("How did Elmwood Federation handle Connect?",), "Who has, then?", "How did others handle Connect?"),
        (("How did Elmwood Federation handle Connect?",), "Has anyone else done that?", "How did others handle Connect?"),
        (("How did Elmwood Federation handle Connect?",), "Have other schools tried this too?", "How did others handle Connect?"),
        (
            ("What has Kensington done?",),
            "How is that different from Barr Beacon?",
            "How is Kensington Primary School different from Barr Beacon?",
        ),
        (("Compare Kensington and Barr Beacon on wellbeing",), "What about marking?", "Compare Kensington and Barr Beacon on marking"),
        (("Is there anything on attendance?",), "On behaviour then?", "Is there anything on behaviour?"),
    ],
)
def test_what_a_follow_up_names_or_means_takes_its_place_in_the_question(
    real: Assistant, history: tuple[str, ...], question: str, read: str
) -> None:
    standalone = alone(real, question, history)
    assert standalone.question == read
    assert standalone.carried


def test_which_of_them_means_the_last_two_that_were_spoken_of(real: Assistant) -> None:
    standalone = alone(real, "Which of them saved more time?", ("How did Kensington cut marking?", "And Barr Beacon?"))
    assert standalone.question.endswith("Which of Kensington Primary School and Barr Beacon School saved more time?")
    assert "marking" in standalone.question


@pytest.mark.parametrize(
    ("history", "question", "read"),
    [
        (CONNECT, "And secondary schools?", "How have others handled Connect in secondary schools?"),
        (CONNECT, "What about primaries in Kent?", "How have others handled Connect in primaries in Kent?"),
        (CONNECT, "Any in the East of England?", "How have others handled Connect in the East of England?"),
        (CONNECT, "Is there one in Cornwall?", "How have others handled Connect in Cornwall?"),
        ((*CONNECT, "And secondary schools?"), "And in Kent?", "How have others handled Connect in secondary schools in Kent?"),
        ((*CONNECT, "And primary schools in Kent?"), "And in Cornwall?", "How have others handled Connect in primary schools in Cornwall?"),
        ((*CONNECT, "And primary schools?"), "And secondary schools?", "How have others handled Connect in secondary schools?"),
        (("How did Kensington cut marking?",), "And secondary schools?", "How did schools cut marking in secondary schools?"),
    ],
)
def test_a_phase_or_place_is_put_to_the_question_in_play(real: Assistant, history: tuple[str, ...], question: str, read: str) -> None:
    assert alone(real, question, history).question == read


@pytest.mark.parametrize(
    ("history", "question", "read"),
    [
        ((), "What sits under the second strand?", "What sits under Build capability and capacity?"),
        (("What are the strands?",), "What is in the last one?", "What is in Implement improvement initiatives?"),
        (("How have others cut marking?",), "Who did the first one?", None),
    ],
)
def test_a_strand_is_known_by_its_place(real: Assistant, history: tuple[str, ...], question: str, read: str | None) -> None:
    standalone = alone(real, question, history)
    assert (standalone.question == read) if read else ("strand" not in standalone.question)


@pytest.mark.parametrize(
    "question", ["What changed?", "How many staff took part?", "What were the results?", "Did it work?", "Which evidence?"]
)
def test_a_question_without_a_topic_of_its_own_keeps_the_one_in_play(real: Assistant, question: str) -> None:
    standalone = alone(real, question, ("How did Barr Beacon cut marking?",))
    assert standalone.question == f"How did Barr Beacon cut marking: {question}"
    assert standalone.carried == "Barr Beacon School"


@pytest.mark.parametrize(
    "question",
    [
        "What does De-implement mean?",
        "How did Barr Beacon cut marking?",
        "Which components are in Curate clear goals?",
        "Which school cut staff turnover from 14% to 6%?",
        "What results did schools testing the workload toolkit see?",
        "Does the model tell us what to improve?",
        "Can Lean be moved straight into public services?",
        "What does the paper say about six sigma?",
        "How do schools mark books?",
    ],
)
def test_a_change_of_topic_carries_nothing_over(real: Assistant, question: str) -> None:
    assert alone(real, question, CONNECT) == Standalone(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is Lean?",
        "What is PDSA?",
        "Who wrote the paper?",
        "Is there a primary that has cut workload?",
        "Find schools that use menopause champions.",
        "How many case studies are there?",
        "What do schools that share staff report?",
    ],
)
def test_a_change_of_topic_carries_nothing_over_though_it_is_short_or_has_a_small_word(real: Assistant, question: str) -> None:
    assert alone(real, question, CONNECT) == Standalone(question)


@pytest.mark.parametrize(
    "question",
    [
        "What software does Greenside School use for its payroll?",
        "When did the inquiry start, and who chaired it?",
        "How have other schools cut the number of emails that they send?",
        "How do schools improve their marking?",
        "Is there a school that shares its lead teachers?",
        "And how did Barr Beacon check the quality of feedback?",
        "OK, who has cut workload then?",
    ],
)
def test_a_change_of_topic_carries_nothing_over_though_it_looks_back_within_itself(real: Assistant, question: str) -> None:
    assert alone(real, question, CONNECT) == Standalone(question)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("What does it mean?", "it"),
        ("How does it work?", "it"),
        ("Tell me about that.", "that"),
        ("What about them?", "them"),
        ("Why did they stop?", "they"),
        ("What examples does it give?", "it"),
        ("It", "it"),
        ("THIS?", "this"),
        ("So - what does it cost?", "it"),
    ],
)
def test_a_bare_pronoun_with_nothing_before_it_is_unclear(real: Assistant, question: str, word: str) -> None:
    with pytest.raises(JourneyEnds) as caught:
        alone(real, question)
    assert (caught.value.status, caught.value.reason, caught.value.route) == ("unclear", "pronoun", "unclear")
    assert f'"{word}"' in caught.value.text
    assert caught.value.text.endswith("?")


@pytest.mark.parametrize(
    "question",
    [
        "Is there a school with a wellbeing committee?",
        "What does the model say about schools that share staff?",
        "How does De-implement work, and what does it need?",
        "How did Barr Beacon know it worked?",
        "evidence - what does it say",
        "Marking: how do they do it?",
        "What does this mean for small schools?",
    ],
)
def test_a_pronoun_with_something_to_hold_on_to_is_clear(real: Assistant, question: str) -> None:
    assert alone(real, question) == Standalone(question)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What is horizontal improvment?", "What is horizontal improvement?"),
        ("What does De-implmentation mean?", "What does De-implementation mean?"),
        ("How have others handled anticpate and adapt?", "How have others handled anticipate and adapt?"),
        ("What did Kensingtn do?", "What did Kensington do?"),
        ("What did Bar Beacon do?", "What did Barr Beacon do?"),
        ("how did hilltop cut emails", "how did Hilltop cut emails"),
    ],
)
def test_a_misspelt_name_is_put_right_and_that_is_said(real: Assistant, question: str, read: str) -> None:
    real.shelf.refresh()
    names = Names(real.shelf.sources, [c.text for c in real.shelf.chunks.values()])
    standalone = rewrite(Ask(question), question, real.model, names)
    assert standalone.question.lower() == read.lower()
    assert (names.find(standalone.question) or real.model.named_in(standalone.question)) != []
    assert standalone.carried == (f"Read as “{standalone.question}”" if question.lower() != read.lower() else "")


@pytest.mark.parametrize(
    "question",
    [
        "How did Hillton School cut email?",
        "What did Greenslade School do?",
        "What did St Edmund's do?",
        "How do schools collect evidence?",
        "What is a hilltop view?",
        "How does Bradford Academy mark?",
        "How did St Edwards cut email?",
        "What did the connecting school do?",
    ],
)
def test_another_name_or_word_is_left_as_it_is(real: Assistant, question: str) -> None:
    real.shelf.refresh()
    names = Names(real.shelf.sources, [c.text for c in real.shelf.chunks.values()])
    assert rewrite(Ask(question), question, real.model, names) == Standalone(question)


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("Is consent needed before filming starts?", "Redbridge Community School"),
        ("Are phones allowed in lessons?", "Redbridge Community School"),
        ("Are other schools allowed to film lessons?", ""),
        ("Can we film lessons?", ""),
        ("Does Greenside School film lessons?", ""),
    ],
)
def test_a_question_that_speaks_of_nobody_may_be_asked_of_who_was_spoken_of(real: Assistant, question: str, of: str) -> None:
    assert alone(real, question, ("How does Redbridge record behaviour?",)).of == of


def test_what_is_not_answered_by_itself_is_asked_of_who_was_spoken_of(real: Assistant) -> None:
    answer = real.answer(Ask("Can people cool off?", ("How did Baycroft help with menopause?",)))
    assert answer.standalone_question == "Can people cool off at Baycroft school?"
    assert {c.organisation for c in answer.citations} == {"Baycroft school"}


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Have any secondaries done the same?", "How have secondary schools changed lesson observations?"),
        ("Have any secondaries done something like that?", "How have secondary schools changed lesson observations?"),
        ("Has anyone else?", "How have others changed lesson observations?"),
    ],
)
def test_who_else_did_it_is_asked_of_the_others(real: Assistant, question: str, read: str) -> None:
    assert alone(real, question, ("How has Kensington Primary changed lesson observations?",)).question == read
