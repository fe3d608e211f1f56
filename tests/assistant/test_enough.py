"""Is there enough to answer? Near misses are refused, with what is nearest; their answerable twins are not."""

import pytest

from assistant.doubt import Doubt
from assistant.engine import Assistant
from assistant.enough import HALF_NEAR, NOTHING_NEAR, judge_evidence
from assistant.journey import Ask, Evidence, Understood
from assistant.names import Names
from hub.domain import ANSWERED

NEAR_MISSES = [
    ("What software does Notre Dame High School run its survey on?", "kind"),
    ("What software runs Notre Dame High School's survey?", "kind"),
    ("What uniform do pupils of Kensington wear?", "focus"),
    ("Why did Hilltop scrap its email rules?", "deed"),
    ("Why has Barr Beacon stopped whole-class feedback?", "deed"),
    ("What does the CST guide say about trustees?", "document"),
    ("What stands on page 412 of the paper?", "document"),
    ("What attainment scores did Bedford Academy post last summer?", ""),
    ("How much money did King Charles I School spend on planning?", "figure"),
    ("How many governors does West Meon have?", "figure"),
    ("How many minutes did one briefing at Hilltop last before the project?", "figure"),
    ("Which trust runs Greenside School?", "name"),
    ("What time do lessons end at St Barnabas?", "figure"),
    ("What is the absence rate at Bedford Academy?", "figure"),
    ("How much did the inquiry cost?", "figure"),
    ("How have schools used VR in lessons?", "acronym"),
    ("How come Barr Beacon disbanded its sixth form?", "deed"),
    ("Who is the chair of governors at Greenside School?", ""),
    ("Who is the headteacher of Notre Dame High School's rival?", ""),
    ("What are the seven domains of strong trusts?", "list"),
    ("What does Notre Dame do in the summer term?", "particular"),
    ("How do drama teachers at Barr Beacon give feedback?", "particular"),
    ("When did Greenside School open its doors?", "kind"),
    ("How often does Greenside's working group on menopause meet?", "kind"),
    ("How long is the lunch break at St Barnabas?", "kind"),
    ("Which app do pupils at Kensington use to message teachers?", "kind"),
    ("Who photographs the wellbeing committee at Bedford Academy?", "kind"),
    ("What did parents at Kensington think of the new approach to marking?", "kind"),
    ("How many people filled in Hilltop's survey?", "figure"),
    ("List the five domains of leadership in the paper.", ""),
    ("Why has Redbridge gone back to paper registers?", "deed"),
    ("How have other schools tackled vaping in toilets?", "topic"),
    ("Has anybody used Microsoft Copilot to write reports?", "acronym"),
    ("What are the terms of reference of Baycroft's wellbeing committee?", ""),
    ("Which awards does Kensington Primary hold?", "list"),
    ("Which textbooks do teachers at King Charles I use?", "list"),
    ("What do the EEF's seven recommendations on implementation ask for?", "number"),
    ("What does Building strong trusts say about finance?", "document"),
    ("Tell me about Barr Beacon's staff briefings.", "elsewhere"),
    ("What did the journalists at the launch make of the hub?", "kind"),
    ("Who chairs Notre Dame's wellbeing committee?", "kind"),
    ("What led to the falling roll at Bedford Academy?", "kind"),
    ("At what time does the first meeting of the day start at Smestow?", "figure"),
    ("Which agency trained Greenside's menopause champions?", "name"),
    ("How many of them answered Notre Dame's workload survey?", "figure"),
    ("Find a Scottish trust that uses coaching", "context"),
    ("What are the nine pillars of staff wellbeing at Bedford Academy?", ""),
    ("How have trusts dealt with persistent vaping?", "topic"),
    ("What time of day do Kensington's peer reviewers arrive?", ""),
    ("Which other systems did Redbridge look at besides SIMS?", "kind"),
    ("How does Barr Beacon mark the work of reception classes?", "particular"),
    ("How did Barr Beacon up in Sunderland cut marking?", "place"),
    ("What did West Meon fork out for its calendar?", "figure"),
    ("Were there any complaints from families at St Edward's?", "kind"),
    ("What is the timetable software at Barr Beacon?", "kind"),
]
TWINS = [
    "Which components are there?",
    "What strands does the model have?",
    "What survey does Notre Dame High School use?",
    "How does St Edward's limit email?",
    "How did Barr Beacon check the quality of feedback?",
    "What did Barr Beacon do about marking?",
    "Why did Kensington stop some initiatives?",
    "How does Redbridge record behaviour?",
    "What does the paper say about feedback loops?",
    "What is the inquiry about?",
    "After what time need staff at Hilltop not answer emails?",
    "What have MATs done about workload?",
    "How have schools paid attention to workload?",
    "Who is the headteacher of Greenside School?",
    "How often does Kensington Primary hold a peer review?",
    "How long do Matrix Academy Trust's operational meetings last?",
    "What software does Redbridge use for behaviour?",
    "Who sits on the committee at Bedford Academy?",
    "How did staff at Barr Beacon respond to the new marking?",
    "How have others handled lesson observations?",
    "What did Redbridge Community School set up?",
    "Which unions helped to make the workload toolkit?",
    "Which groups sit on the wellbeing committee at Bedford Academy?",
    "Which companies made Six Sigma popular?",
    "Who trained the champions at Baycroft?",
    "What are the EEF's three recommendations on implementation?",
    "What does the Education Endowment Foundation's guidance recommend?",
    "According to the paper, what does Six Sigma aim at?",
    "Tell me about Kensington Primary's marking policy.",
    "Summarise the St Joseph's case study.",
    "What time do leadership meetings finish at Matrix?",
    "What caused extra workload at Hilltop?",
    "What does poor behaviour cost a child at Redbridge?",
    "How did Barr Beacon in Walsall cut marking?",
    "How many pages is the safeguarding document that St Barnabas broke down?",
]


@pytest.mark.parametrize(("question", "why"), NEAR_MISSES, ids=[q for q, _ in NEAR_MISSES])
def test_a_near_miss_is_refused(real: Assistant, question: str, why: str) -> None:
    answer = real.answer(Ask(question))
    assert answer.status == "no_evidence"
    assert answer.reason == why or not why
    assert answer.text.startswith("**The library does not answer this.**")


@pytest.mark.parametrize("question", TWINS)
def test_its_twin_that_the_library_can_answer_is_answered(real: Assistant, question: str) -> None:
    assert real.answer(Ask(question)).status in ANSWERED


def test_a_refusal_says_what_was_not_found(real: Assistant) -> None:
    assert "does not say which software" in real.answer(Ask("What software does Notre Dame High School run its survey on?")).text
    assert "page 412" in real.answer(Ask("What stands on page 412 of the paper?")).text
    assert "Hilltop" in real.answer(Ask("Why did Hilltop scrap its email rules?")).text.split("\n")[0]


def test_what_is_far_from_the_documents_of_whoever_is_named_is_no_more_than_the_nearest(
    real: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert real.answer(Ask("How did Redbridge train its swimming team?")).reason == "doubt"
    monkeypatch.setattr(real, "_doubt", Doubt("another embedder"))
    answer = real.answer(Ask("How did Redbridge train its swimming team?"))
    assert answer.status == "partial"
    assert "No document held has the word swimming." in answer.text


def test_a_place_that_nothing_is_held_for_is_said(real: Assistant) -> None:
    answer = real.answer(Ask("Find a primary school in Northumberland that cut marking"))
    assert (answer.status, answer.reason) == ("no_evidence", "context")
    assert "It holds no primary case study in the North East." in answer.text


def judged(real: Assistant, understood: Understood, sentence: float) -> str:
    real.shelf.refresh()
    return judge_evidence(understood, Evidence((), (), (), {"sentence": sentence}), real.shelf, Names(real.shelf.sources)).status


@pytest.mark.parametrize(
    ("score", "status"),
    [
        (0.0, "no_evidence"),
        (NOTHING_NEAR - 0.01, "no_evidence"),
        (NOTHING_NEAR + 0.01, "partial"),
        (HALF_NEAR - 0.01, "partial"),
        (HALF_NEAR + 0.01, "answered"),
    ],
)
def test_the_score_decides_where_nothing_else_does(real: Assistant, score: float, status: str) -> None:
    assert judged(real, Understood("How do schools mark?", "lookup"), score) == status


@pytest.mark.parametrize(
    "understood",
    [
        Understood("What is Connect?", "define", components=("connect",)),
        Understood("Examples of Connect?", "examples", components=("connect",)),
        Understood("List the components", "list"),
        Understood("How have others handled Connect?", "how_others", components=("connect",)),
        Understood("Why four strands?", "lookup", premise="strands"),
    ],
    ids=lambda u: u.route + u.premise,
)
def test_what_the_model_says_of_itself_needs_no_score(real: Assistant, understood: Understood) -> None:
    assert judged(real, understood, 0.0) == "answered"


def test_how_others_handled_what_nobody_tells_of_needs_a_score(mixed: Assistant) -> None:
    understood = Understood("How have others handled Align strategy?", "how_others", components=("align-strategy",))
    mixed.shelf.refresh()
    assert mixed.shelf.about("align-strategy") == []
    assert judge_evidence(understood, Evidence((), (), (), {}), mixed.shelf, Names(mixed.shelf.sources)).status == "no_evidence"
