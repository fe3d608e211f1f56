"""What a question takes for granted and nobody says: deeds, reasons, works, kinds of school, ways to reach somebody. All text is our own."""

from collections.abc import Iterator

import pytest
from assistant_making import Document, make_assistant, write_folder

from assistant.doubt import Doubt
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.route import outside_by_words
from hub.domain import ANSWERED
from hub.settings import Settings

STUDY = 'title = "{title}"\nkind = "case-study"\norganisation = "{name}"\ncontext = {{ school = "{name}", phase = "{phase}" }}'
LARKFIELD = """# A bursar at Larkfield

Larkfield took on a bursar for its kitchen and its bills. The bursar works three days a week.

Governors agreed the plan for shorter reports in March. The hall is painted blue.

Staff send no emails after six, and evenings are quiet. Boys' literacy has a lesson of its own.

Staff absence has fallen from 8% to 5% since then. Larkfield has not had one exclusion. A panel of volunteers meets once every half term.

We would consider a trial of longer days one day. Heads of other schools visit us on Thursdays.
"""
PENHALLOW = """# Shorter days at Penhallow

Governors turned down the plan for shorter days, as buses could not change. Penhallow let its tablets go in 2022 because they broke.

The trial of longer days struggled: pupils were too tired by four. Penhallow brought back paper planners so that parents could sign them.

Suspensions rose in the first year, then fell. The panel has nine volunteers. Coastal buses are late here. Forty of 60 staff returned the survey.

Heads write to office@penhallow.example with questions. The survey opens with two questions: Do you feel well? Do you sleep?
"""
PAPER = """# On heads who stay

Heads stay where deputies share the work (Thornbury & Vane, 2019). Aldous argued that heads leave for want of rest.

Vane, P (2019) wrote on the matter at length.
"""


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A primary, a secondary by the sea, and a paper that cites others."""
    base = tmp_path_factory.mktemp("three")
    documents = [
        Document(
            "larkfield", STUDY.format(title="A bursar for a small school", name="Larkfield Primary School", phase="Primary"), LARKFIELD
        ),
        Document("penhallow", STUDY.format(title="Shorter days for pupils", name="Penhallow High School", phase="Secondary"), PENHALLOW),
        Document("heads", 'title = "On heads who stay"\nkind = "opinion"\norganisation = "Mossgate Press"', PAPER),
    ]
    assistant = make_assistant(Settings(store=base / "store"), [write_folder(base / "sources", documents)])
    yield assistant
    assistant.shelf.close()


@pytest.mark.parametrize(
    ("question", "reason", "said"),
    [
        ("Why did Larkfield's governors turn down a bursar?", "deed", "We found nothing that says that Larkfield"),
        ("Why did Larkfield let its bursar go?", "deed", "Larkfield Primary School gave it up"),
        ("Why was the bursar at Larkfield laid off?", "deed", "gave it up"),
        ("What went wrong with Larkfield's bursar?", "deed", "that anything went wrong with it"),
        ("What did Larkfield change when absence went back up?", "deed", "absence rose at Larkfield"),
        ("Why is the hall at Larkfield painted blue?", "kind", "does not say why"),
        ("By what percentage did Penhallow's suspensions rise?", "figure", "no figure for suspensions"),
        ("How many people sit on Larkfield's panel?", "figure", "how many people"),
        ("What email address does the panel at Larkfield have?", "kind", "what the email address is"),
        ("What is the phone number of Penhallow's office?", "kind", "what the phone number is"),
        ("What does Thornbury say about why heads stay?", "work", "It names Thornbury in a reference alone"),
        ("What did Vane find about heads?", "work", "It names Vane in a reference alone"),
        ("What does On heads who stay say about chemistry?", "focus", "chemistry"),
        ("What is the third question of Larkfield's survey?", "document", "It does not hold the third question"),
        ("Show me a case study from a pupil referral unit.", "context", "no case study that says it is of a pupil referral unit"),
        ("Have you got anything from a girls' grammar?", "context", "no case study that says it is of a grammar school"),
        ("Find an all-through school that has a bursar", "context", "no case study that says it is of an all-through school"),
        ("How have schools on islands changed their days?", "context", "no case study that says it is of an island school"),
        ("Which school has tried zeppelins?", "topic", "zeppelins"),
        ("Has anyone tried zeppelins?", "topic", "zeppelins"),
        ("Now that Larkfield has wound up its panel, who reads the reports?", "deed", "gave it up"),
        ("What does Larkfield pay its bursar?", "figure", "no figure for the cost"),
        ("What made Larkfield's governors walk out?", "deed", "gave it up"),
        ("What did Larkfield's governors object to in the plan for shorter reports?", "deed", "objected to it"),
        ("How many heads piloted the scheme before it was sold?", "deed", "that it was tried out"),
        ("Has the second trial at Penhallow begun?", "occasion", "speaks of a second trial"),
        ("When is Larkfield's next conference?", "occasion", "speaks of the next conference"),
        ("What share of Larkfield's staff filled in the survey?", "kind", "how many answered"),
        ("By how much did detentions fall at Larkfield?", "kind", "by how much detentions changed"),
        ("How much does Larkfield charge for a visit?", "figure", "no figure for the cost"),
    ],
)
def test_what_nobody_says_is_said_to_be_missing(three: Assistant, question: str, reason: str, said: str) -> None:
    answer = three.answer(Ask(question))
    assert (answer.status, answer.reason) == ("no_evidence", reason)
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Why did Penhallow's governors turn down the plan for shorter days?",
        "Why did Penhallow let its tablets go?",
        "What went wrong with Penhallow's trial of longer days?",
        "What did Penhallow do when suspensions rose?",
        "Why did Penhallow bring back paper planners?",
        "How many volunteers are on Penhallow's panel?",
        "What email address do heads write to at Penhallow?",
        "What did Aldous argue about heads?",
        "What does On heads who stay say about deputies?",
        "What is the first question of Penhallow's survey?",
        "How have coastal schools changed their days?",
        "Which school has tried longer days?",
        "What share of Penhallow's staff filled in the survey?",
        "By how much did absence fall at Larkfield?",
        "What did Larkfield pay for to do its bills?",
        "How many exclusions has Larkfield had?",
        "Which school lets heads of other schools visit?",
    ],
)
def test_what_somebody_says_is_answered(three: Assistant, question: str) -> None:
    assert three.answer(Ask(question)).status in ANSWERED


ORDINARY = """
What have schools done about email?
What can schools do to cut email?
What email should leaders stop sending?
Which email platform do schools use?
What did schools report in the spring term?
What does the evidence show about Technology lessons?
Should we leave time for staff to reflect?
Should we quit marking?
Should we close the feedback loop first?
What is the best approach to choosing software?
How do I plan the next phase of a change?
What should we do next with the report?
How do schools stop emails eating into evenings?
What did Aldous (2015) argue about rest?
When should leaders pilot a change?
What comes next after the pilot?
Which schools trialled a new way of giving feedback?
What do teachers complain about most?
Why is it important to remove barriers for staff?
Why do schools block out time for planning?
Why do trusts that fail to plan lose staff?
How have schools improved boys' literacy in primary schools?
How do schools support independent learning in schools?
How have trusts kept going all through the year?
How have village schools shared staff?
What does the paper say about who is in charge?
How much money matters in school improvement?
What has changed in attendance at Larkfield?
Did staff question two of the changes?
Which is the worst school policy to keep?
Show me the reports on the panel
""".strip().splitlines()
OF_ANOTHER_LIBRARY = ("focus", "acronym", "weak evidence")
"""That three short documents have nothing on the matter is no rule's doing."""


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_is_not_taken_for_one_that_presumes(three: Assistant, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(three, "_doubt", Doubt("another embedder"))  # what the rules alone make of it
    answer = three.answer(Ask(question))
    assert answer.status in ANSWERED or answer.reason in OF_ANOTHER_LIBRARY, answer.text


def test_a_third_of_something_is_no_occasion(three: Assistant) -> None:
    assert three.answer(Ask("How do schools run a third report to parents?")).reason != "occasion"


@pytest.mark.parametrize("whose", ["hospitals", "Scottish universities"])
def test_what_others_than_schools_do_is_not_answered_with_what_schools_do(three: Assistant, whose: str) -> None:
    answer = three.answer(Ask(f"How do {whose} share reports and emails?"))
    assert (answer.status, answer.reason) == ("no_evidence", "topic")
    assert f"speaks of “{whose.split()[-1]}”" in answer.text


@pytest.mark.parametrize("whose", ["other schools", "most governors", "a bursar", "heads", "newcomers", "business managers", "a trust"])
def test_what_schools_and_those_spoken_of_do_is_looked_for(three: Assistant, whose: str) -> None:
    answer = three.answer(Ask(f"How {'does' if whose.startswith(('a ', 'an ')) else 'do'} {whose} share reports and emails?"))
    assert answer.reason != "topic"


def test_two_that_are_not_held_are_not_compared(three: Assistant) -> None:
    answer = three.answer(Ask("Compare Ashdown and the Birch Trust on sharing staff."))
    assert (answer.status, answer.reason) == ("no_evidence", "holder")
    assert three.answer(Ask("Compare Larkfield and Penhallow on staff.")).status in ANSWERED
    for pair in ("Connect and De-implement", "Mathematics and English", "School A and School F", "A" * 2000):
        assert three.answer(Ask(f"Compare {pair}.")).reason != "holder"


def test_what_something_is_called_needs_no_conversation(three: Assistant) -> None:
    assert three.answer(Ask("Why is it called a half term?")).status != "unclear"
    assert three.answer(Ask("Why is it so long?")).status == "unclear"


@pytest.mark.parametrize(
    "question", ["Which trust has the best Key Stage 2 results in England?", "Which trust scored highest on the model?"]
)
def test_a_ranking_by_results_is_outside(three: Assistant, question: str) -> None:
    assert three.answer(Ask(question)).reason == "ranking"


@pytest.mark.parametrize(
    "question",
    [
        "Which school has the highest turnover?",
        "Which school got the best results from the programme?",
        "Which schools had the strongest staff support for the routines?",
        "Give me a top three of tips for meetings",
    ],
)
def test_a_fact_of_somebody_is_no_ranking_by_its_words(question: str) -> None:
    assert not outside_by_words(question)


def test_a_deed_may_be_told_of_whoever_the_sentence_before_names(three: Assistant) -> None:
    assert three.answer(Ask("Why did Penhallow scrap its tablets?")).reason != "deed"
    assert three.answer(Ask("Why did the trial of longer days at Penhallow end in 2021?")).reason == "deed"


def test_a_document_asked_by_its_title_is_asked_alone(three: Assistant) -> None:
    answer = three.answer(Ask("What does the paper On heads who stay say about work?"))
    assert {c.source for c in answer.citations} == {"heads"}
