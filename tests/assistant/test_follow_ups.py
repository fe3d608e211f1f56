"""What is offered to be asked next is answered: over the library that ships with the project and over the real documents."""

from collections.abc import Iterable

import pytest

from assistant.engine import Assistant
from assistant.filters import narrow
from assistant.follow_ups import opening_questions
from assistant.journey import Ask, Filters
from hub.domain import ANSWERED

NO_FILTERS = Filters()
ROUTES = ("What does {} mean?", "How have others handled {}?")
REFUSED = ("What is known about submarines?", "What did Atlantis Academy do?")
WITHIN = (Filters(phase="primary"), Filters(kind="guide"), Filters(component="connect"))
SOME = ("Connect", "De-implement")


def refused(assistant: Assistant, names: Iterable[str], filters: Filters = NO_FILTERS) -> list[str]:
    """Every question that is offered on the first screen or after an answer, a refusal's too, and is not answered itself."""
    assistant.shelf.refresh()
    asked = [pattern.format(name) for name in names for pattern in ROUTES]
    opening = opening_questions(narrow(assistant.shelf, filters), assistant.model)
    assert opening
    offered: dict[str, tuple[str, ...]] = dict.fromkeys(opening, ())
    for question in (*asked, *REFUSED, *opening):
        for further in assistant.answer(Ask(question, filters=filters)).follow_ups:
            offered.setdefault(further, (question,))
    statuses = {q: assistant.answer(Ask(q, history, filters=filters)).status for q, history in offered.items()}
    return [f"{q} (after {offered[q]}): {status}" for q, status in statuses.items() if status not in ANSWERED]


def test_every_question_offered_over_the_own_library_is_answered(own: Assistant) -> None:
    assert refused(own, (c.name for c in own.model.components)) == []


@pytest.mark.parametrize("filters", WITHIN, ids=["primary", "guide", "component"])
def test_every_question_offered_within_filters_is_answered_within_them(own: Assistant, filters: Filters) -> None:
    assert refused(own, SOME, filters) == []


@pytest.mark.shared
def test_every_question_offered_over_the_real_documents_is_answered(real: Assistant) -> None:
    assert refused(real, (c.name for c in real.model.components)) == []
    assert refused(real, SOME, Filters(phase="primary")) == []
