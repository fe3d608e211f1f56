"""Which passages a question reaches: only those of the sources it names, and never an invented one beside a real one."""

import pytest
from assistant_making import make_assistant

from assistant.engine import Assistant
from assistant.journey import Ask, Evidence, Understood
from assistant.names import of_phase
from assistant.retrieve import MOST_PASSAGES, retrieve
from hub.settings import Settings

SAY = "school trust staff marking email meetings wellbeing"


def gather(assistant: Assistant, understood: Understood) -> Evidence:
    assistant.shelf.refresh()
    return retrieve(understood, assistant.shelf, assistant.shelf.embedder.embed([understood.question])[0])


def sources_of(evidence: Evidence) -> set[str]:
    return {c.source for c in evidence.chunks} | {c.source.id for c in evidence.candidates} | {p.source for p in evidence.passages}


@pytest.mark.parametrize(
    "named",
    [
        {"cut-down-your-marking-workload"},
        {"school-email-protocol", "parental-communications-policy"},
        {"conceptual-model"},
        {"staff-wellbeing-statement"},
    ],
)
@pytest.mark.parametrize("question", ["How did they cut marking?", "What is the wellbeing committee of Notre Dame for?", SAY])
def test_only_the_sources_named_are_searched(real: Assistant, named: set[str], question: str) -> None:
    evidence = gather(real, Understood(question, "lookup", sources=frozenset(named)))
    assert sources_of(evidence) == named


def test_sources_named_that_are_not_held_bring_nothing_else(real: Assistant) -> None:
    assert sources_of(gather(real, Understood(SAY, "lookup", sources=frozenset({"not-held"})))) == set()
    assert sources_of(gather(real, Understood(SAY, "lookup", sources=frozenset()))) == set()


@pytest.mark.parametrize("way", ["define", "examples", "how_others"])
def test_passages_about_a_component_keep_to_the_sources_named_too(real: Assistant, way: str) -> None:
    evidence = gather(real, Understood("De-implement", way, components=("de-implement",), sources=frozenset({"school-email-protocol"})))
    assert sources_of(evidence) == {"school-email-protocol"}


@pytest.mark.parametrize("way", ["find", "how_others"])
@pytest.mark.parametrize("phase", ["primary", "secondary", "special"])
def test_a_phase_keeps_to_case_studies_of_that_phase(real: Assistant, way: str, phase: str) -> None:
    evidence = gather(real, Understood(f"How have {phase} schools cut workload?", way, phase=phase))
    found = sources_of(evidence)
    assert found
    assert found <= of_phase(real.shelf.case_studies(), phase)


def test_every_passage_tagged_with_the_component_asked_about_is_there(real: Assistant) -> None:
    evidence = gather(real, Understood("How have others handled De-implement?", "how_others", components=("de-implement",)))
    assert {c.id for c, _ in real.shelf.about("de-implement")} <= {c.id for c in evidence.chunks}


def test_passages_are_ranked_and_know_their_place(real: Assistant) -> None:
    evidence = gather(real, Understood("How did schools cut the workload of marking?", "lookup"))
    assert [p.rank for p in evidence.passages] == list(range(1, MOST_PASSAGES + 1))
    fused = [p.scores["fused"] for p in evidence.passages]
    assert fused == sorted(fused, reverse=True)
    for passage in evidence.passages:
        held = real.shelf.library.held(passage.source)
        assert held is not None
        assert held.loaded.text[passage.start : passage.end] == real.shelf.chunks[passage.chunk].text
        assert passage.page == held.loaded.place(passage.start).page


def test_candidates_come_best_first_each_once_with_the_sources_words(real: Assistant) -> None:
    candidates = gather(real, Understood("How did schools cut the workload of marking?", "lookup")).candidates
    assert len(candidates) > 40
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    assert len({(c.source.id, c.sentence.start) for c in candidates}) == len(candidates)
    assert all(c.text == c.chunk.text[c.sentence.start - c.chunk.start : c.sentence.end - c.chunk.start] for c in candidates)


def test_the_source_that_says_it_comes_first(real: Assistant) -> None:
    evidence = gather(real, Understood("Which school plays a game to decide what to drop?", "find"))
    assert evidence.candidates[0].source.id == "create-a-school-culture-which-improves-wellbeing"


QUESTIONS = [
    "How was marking time cut?",
    "Did Mossgate heads stop marking and cut comments?",
    "What did Mossgate Example Trust do about marking time?",
    "How have others handled De-implement?",
    "Find a primary that cut marking",
    "Compare Mossgate and Larkfield on marking",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_illustrative_source_is_never_there_beside_a_real_one(mixed: Assistant, question: str) -> None:
    answer = mixed.answer(Ask(question))
    written = str(answer.as_json()).replace(question, "")
    assert "invented-marking" not in written
    assert "(illustrative)" not in written
    assert "55 minutes" not in written
    assert not any(c.illustrative for c in answer.citations)


def test_an_illustrative_source_is_not_counted_beside_a_real_one(mixed: Assistant) -> None:
    mixed.shelf.refresh()
    assert {s.id for s in mixed.shelf.case_studies()} == {"larkfield-marking", "penhallow-marking"}
    assert "invented-marking" in mixed.shelf.library.sources()


def test_the_setting_lets_illustrative_sources_in(two_folders, tmp_path) -> None:
    assistant = make_assistant(Settings(store=tmp_path / "store", illustrative=True), two_folders)
    try:
        answer = assistant.answer(Ask("Did Mossgate heads stop marking and cut comments?"))
        [invented] = [c for c in answer.citations if c.source == "invented-marking"][:1]
        assert invented.illustrative
        assert invented.organisation.endswith("(illustrative)")
        assert "(illustrative)" in answer.text
    finally:
        assistant.shelf.close()


def test_alone_in_the_store_an_illustrative_source_answers(two_folders, tmp_path) -> None:
    assistant = make_assistant(Settings(store=tmp_path / "store"), two_folders[1:])
    try:
        answer = assistant.answer(Ask("How was marking time cut?"))
        assert {c.source for c in answer.citations} == {"invented-marking"}
    finally:
        assistant.shelf.close()


def test_a_note_that_only_names_a_work_is_no_sentence_to_quote(real: Assistant) -> None:
    answer = real.answer(Ask("What does the paper say about Lean?"))
    assert answer.status == "answered"
    assert not [c.quote for c in answer.citations if "pp." in c.quote or c.quote.startswith("'")]
