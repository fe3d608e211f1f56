"""Thin and one-sided evidence, questions asked in vain, and the draft call: small numbers said as they are."""

from pathlib import Path

import pytest
from assistant_making import Document, answer_to, make_assistant, write_folder

from assistant.conversations import Conversations
from assistant.engine import Assistant
from assistant.explore.coverage import Map
from assistant.explore.gaps import find_gaps
from assistant.explore.rows import gaps_rows
from assistant.explore.unanswered import Disliked, group_unanswered
from assistant.journey import Ask, Filters
from hub.settings import Settings

STUDY = "# Less\n\nThe gate was painted in spring by two teachers. {said}\n"


def library(tmp_path: Path, studies: list[tuple[str, str, str, str]]) -> Assistant:
    """Case studies of (organisation, phase, region, what is said)."""
    documents = [
        Document(
            f"s{n}",
            f'title = "Less {n}"\nkind = "case-study"\norganisation = "{name}"\ncontext = {{ phase = "{phase}", region = "{region}" }}',
            STUDY.format(said=said),
        )
        for n, (name, phase, region, said) in enumerate(studies)
    ]
    assistant = make_assistant(Settings(store=tmp_path / "store"), [write_folder(tmp_path / "folder", documents)])
    assistant.shelf.refresh()
    return assistant


def test_what_is_thin_nothing_or_one_sided(tmp_path: Path) -> None:
    words = ["meant fewer clubs for us", "ended the old log book", "took three tries here", "was slow at first", "came late to us"]
    regions = ["London", "South West", "North East", "London", "South East"]
    studies = [(f"Trust {n}", "Primary", regions[n], f"De-implementation {w}.") for n, w in enumerate(words)]
    studies += [(f"Trust {n}", "Secondary", "London", f"Number {n} on the list is the hall.") for n in range(5, 12)]
    assistant = library(tmp_path, studies)
    gaps = find_gaps(Map(assistant.shelf, assistant.model))
    lines = {(g.side, g.id, g.what): g.line for g in gaps.gaps}
    assert lines["component", "de-implement", "one-sided"] == "All 5 organisations that describe *De-implement* are of one phase: primary."
    assert lines["component", "de-implement", "no figures"].startswith("None of the 5 organisations")
    assert lines["component", "connect", "nothing"].startswith("No organisation held describes *Connect*")
    assert lines["region", "North East", "thin"] == "North East: 1 organisation held."
    assert ("region", "London", "thin") not in lines
    assert lines["phase", "Special or alternative provision", "nothing"]
    gloss = assistant.model.component("connect").gloss.rstrip(".")
    assert f"*Connect* ({gloss[0].lower()}{gloss[1:]}): nobody whose case study we hold describes it" in gaps.call
    assert all(f"Trust {n}" not in gaps.call for n in range(12))
    assert "none of these phases: special or alternative provision" in gaps.call
    assert "none from these regions: North East" in gaps.call
    assert "before you say in public that nobody describes one" in " ".join(gaps.notes)
    assistant.shelf.close()


def test_with_few_organisations_nothing_is_called_one_sided(tmp_path: Path) -> None:
    assistant = library(tmp_path, [(f"Trust {n}", "Primary", "London", f"De-implementation came {n} times to us.") for n in range(2, 7)])
    gaps = find_gaps(Map(assistant.shelf, assistant.model))
    assert not any(g.what == "one-sided" for g in gaps.gaps)
    assert "fewer than 10 organisations" in " ".join(gaps.notes)
    assistant.shelf.close()


QUESTIONS = [
    "How do trusts de-implement?",
    "How do trusts de-implement?",
    "what does De-implementation cost?",
    "Which robots clean the swimming pool?",
    "Our pupil Zuleika Marchbanks, zuleika@example.org, wants coaching sessions: who gives them?",
]


def test_questions_are_counted_by_component_and_masked(own: Assistant) -> None:
    own.shelf.refresh()
    gaps = find_gaps(Map(own.shelf, own.model), QUESTIONS)
    counts = {a.component: (a.times, a.different) for a in gaps.asked}
    assert counts == {"de-implement": (3, 2), "develop-expertise": (1, 1), "": (1, 1)}
    assert gaps.asked[0].examples[0] == "How do trusts de-implement?"
    assert gaps.asked[0].line == "3 questions about *De-implement* found nothing, in 2 wordings."
    assert gaps.asked[-1].component == ""
    everything = gaps.model_dump_json() + str(gaps_rows(gaps))
    assert "Zuleika" not in everything
    assert "example.org" not in everything
    assert "[email]" in everything
    assert "must not be sent" in " ".join(gaps.notes)  # what ships is invented
    assert not any(q in gaps.call for q in QUESTIONS)


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_spellings_the_one_that_names_a_component_counts_for_both(own: Assistant, order: int) -> None:
    own.shelf.refresh()
    found = group_unanswered(["how was connect handled?", "How was Connect handled?"][::order], own.shelf, own.model)
    assert [(a.component, a.times) for a in found] == [("connect", 2)]


def test_the_store_gives_only_the_questions_that_found_nothing(kept: Conversations) -> None:
    for person, status in (("a", "no_evidence"), ("b", "no_evidence"), ("a", "answered"), ("a", "out_of_scope"), ("a", "unclear")):
        kept.add(kept.start(), answer_to(f"Asked by {person}: {status}?", status=status), person)
    kept.add(kept.start(), answer_to("He is being hurt", status="no_evidence", reason="safeguarding"), "a")
    assert list(kept.unanswered()) == ["Asked by a: no_evidence?", "Asked by b: no_evidence?"]


def test_what_is_not_found_within_a_readers_own_filters_is_no_gap(own: Assistant, kept: Conversations) -> None:
    own.shelf.refresh()
    asked = "Which robots clean the swimming pool?"
    kept.add(kept.start(), own.answer(Ask(asked, filters=Filters(phase="primary"))))
    kept.add(kept.start(), own.answer(Ask(asked, filters=Filters(trust="Nobody at all"))))
    assert (list(kept.unanswered()), kept.unanswered_within_filters()) == ([], 2)
    kept.add(kept.start(), own.answer(Ask(asked)))
    assert (list(kept.unanswered()), kept.unanswered_within_filters()) == ([asked], 2)
    gaps = find_gaps(Map(own.shelf, own.model), kept.unanswered(), (), kept.unanswered_within_filters())
    assert sum(a.times for a in gaps.asked) == 1
    assert "2 questions that found nothing were asked within a reader’s own filters, and are not counted" in " ".join(gaps.notes)


def test_a_question_is_kept_with_what_it_was_understood_as(kept: Conversations) -> None:
    kept.add(kept.start(), answer_to("And its cost?", standalone_question="What does De-implement cost?", status="no_evidence"))
    assert list(kept.unanswered()) == ["What does De-implement cost?"]


def test_thumbs_down_are_counted_beside_what_found_nothing_and_masked(own: Assistant, kept: Conversations) -> None:
    own.shelf.refresh()
    asked = [("a", "How have trusts handled Connect?", "answered"), ("b", "how have trusts handled connect", "answered"),
             ("a", "What does Connect cost?", "no_evidence"), ("a", "What does Use evidence mean to ann@example.org?", "answered")]  # fmt: skip
    for person, question, status in asked:
        turn = answer_to(question, status=status)
        kept.add(kept.start(), turn, person)
        assert kept.feedback.give(turn.id, "down", person, "Hard to follow" if person == "b" else "")
    liked = answer_to("How have trusts handled De-implement?")
    kept.add(kept.start(), liked, "a")
    kept.feedback.give(liked.id, "up", "a")

    gaps = find_gaps(Map(own.shelf, own.model), kept.unanswered(), [Disliked(*given) for given in kept.disliked()])
    assert {a.component: (a.times, a.down) for a in gaps.asked} == {"connect": (1, 2), "use-evidence": (0, 1)}
    connect, evidence = gaps.asked
    assert connect.line == "1 question about *Connect* found nothing; 2 answers got a thumbs-down."
    assert evidence.line == "1 answer to questions about *Use evidence* got a thumbs-down."
    assert connect.reasons == (("Hard to follow", 1),)
    assert "may be the answer that is poor" in " ".join(gaps.notes)
    assert [(r["name"], r["gap"], r["count"]) for r in gaps_rows(gaps) if r["side"] == "questions"] == [
        ("Connect", "asked in vain", "1"), ("Connect", "thumbs down", "2"), ("Use evidence", "thumbs down", "1"),
    ]  # fmt: skip
    assert "ann@" not in gaps.model_dump_json()
    assert "*Use evidence*: 1 question" not in gaps.call  # an answer that was poor is no gap in the library


@pytest.mark.parametrize("many", [0, 1])
def test_no_question_is_said_plainly(own: Assistant, many: int) -> None:
    own.shelf.refresh()
    gaps = find_gaps(Map(own.shelf, own.model), QUESTIONS[:many])
    assert any("No question that found nothing" in note for note in gaps.notes) is (many == 0)
