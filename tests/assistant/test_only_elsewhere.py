"""A name or a set phrase that only others have than those a question asks about. All text here is our own."""

from collections.abc import Iterator

import pytest
from assistant_making import Document, make_assistant, write_folder

from assistant.engine import Assistant
from assistant.journey import Ask
from hub.domain import ANSWERED
from hub.settings import Settings

STUDY = 'title = "Less paper"\nkind = "case-study"\norganisation = "{name}"\ncontext = {{ school = "{name}", phase = "{phase}" }}'
LARKFIELD = """# Less paper at Larkfield

Teachers at Larkfield log merits on cards, and each class has a jar for them. Leaders count the cards on Fridays.

Larkfield shares its plans with the school next door.
"""
PENHALLOW = """# Less paper at Penhallow

Teachers at Penhallow log merits in Tallybook, and each tutor group sees a chart. Tallybook sends a list to parents.

Leaders hold pause and plan meetings each half term, and the trust's own paper and workload promise is read aloud there.
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A primary and a secondary, of which each has a thing of its own."""
    base = tmp_path_factory.mktemp("two")
    documents = [
        Document("larkfield", STUDY.format(name="Larkfield Primary School", phase="Primary"), LARKFIELD),
        Document("penhallow", STUDY.format(name="Penhallow High School", phase="Secondary"), PENHALLOW),
    ]
    assistant = make_assistant(Settings(store=base / "store"), [write_folder(base / "sources", documents)])
    yield assistant
    assistant.shelf.close()


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("How does Larkfield use Tallybook to log merits?", "Larkfield Primary School"),
        ("What does Larkfield say in its paper and workload promise?", "Larkfield Primary School"),
        ("How have primaries run pause and plan meetings?", "a primary school"),
    ],
)
def test_what_only_another_speaks_of_is_shown_as_that_others(two: Assistant, question: str, who: str) -> None:
    answer = two.answer(Ask(question))
    assert (answer.status, answer.reason) == ("no_evidence", "elsewhere")
    assert f"It holds nothing about this from {who}; another organisation speaks of it." in answer.text
    assert {n.source for n in answer.nearest} == {"penhallow"}


@pytest.mark.parametrize(
    "question",
    [
        "How does Penhallow use Tallybook to log merits?",
        "How do secondaries run pause and plan meetings?",
        "How does Larkfield log merits?",
        "How does Larkfield keep its paperwork down?",
    ],
)
def test_what_is_asked_of_the_right_one_is_answered(two: Assistant, question: str) -> None:
    assert two.answer(Ask(question)).status in ANSWERED
