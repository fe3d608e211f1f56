"""Trusts like mine: what is near comes first and is marked; nothing else changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.profile import NOWHERE, Profile, near, read_profile
from assistant.size import number_in
from assistant.wording import NEAR
from hub.domain import Source

MINE = Profile(phase="primary", region="East of England", schools=6, pupils=1500)


def source(kind: str = "case-study", **context: str) -> Source:
    return Source.model_validate(
        {"id": "a", "title": "Visits", "kind": kind, "organisation": "Larkfield Trust", "path": "a.md", "context": context}
    )


@pytest.mark.parametrize(
    ("context", "in_what"),
    [
        ({"phase": "Primary", "location": "Norfolk"}, ("primary", "East of England")),
        ({"phase": "Secondary", "schools": "12"}, ("a similar number of schools",)),
        ({"phase": "Secondary", "schools": "13"}, ()),
        ({"phase": "Mixed: primary and secondary", "pupils": "About 1,500"}, ("a similar number of pupils",)),
        ({"schools": "several"}, ()),
        ({}, ()),
    ],
)
def test_a_case_study_is_near_by_what_its_row_says(context: dict[str, str], in_what: tuple[str, ...]) -> None:
    assert near(MINE, source(**context)) == in_what
    assert near(NOWHERE, source(**context)) == ()


def test_only_a_case_study_is_near() -> None:
    assert near(MINE, source(kind="research", phase="Primary")) == ()


def test_a_profile_orders_and_marks_and_changes_neither_quotes_nor_counts(own: Assistant) -> None:
    question = "How have others handled De-implement?"
    plain = own.answer(Ask(question))
    before = [c.source for c in plain.citations if c.kind == "case-study"]
    context = own.shelf.sources[before[-1]].context
    mine = Profile(phase=context.phase.lower(), schools=int(number_in(context.schools) or 0), pupils=int(number_in(context.pupils) or 0))
    marked = own.answer(Ask(question, near=mine))
    studies = [c.source for c in marked.citations if c.kind == "case-study"]
    assert studies == sorted(before, key=lambda s: -len(near(mine, own.shelf.sources[s])))
    assert NEAR in marked.text.split("\n- ")[1]
    assert sorted(c.quote for c in marked.citations) == sorted(c.quote for c in plain.citations)
    assert marked.text.split("\n")[0] == plain.text.split("\n")[0]
    assert NEAR not in plain.text


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ({"phase": "primary", "region": "London", "schools": 4}, Profile("primary", "London", 4)),
        ({"phase": "submarine", "region": "Atlantis", "schools": -3, "pupils": "many"}, NOWHERE),
        ({"schools": 10**9, "nonsense": 1}, Profile(schools=500)),
        ({}, NOWHERE),
    ],
)
def test_what_cannot_be_is_left_out(said: dict[str, object], read: Profile) -> None:
    assert read_profile(said) == read


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Conversations]:
    store = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    yield store
    store.close()


def test_each_person_has_their_own_and_may_forget_it(store: Conversations) -> None:
    store.profiles.keep("anna", MINE)
    assert store.profiles.of("anna") == MINE
    assert store.profiles.of("ben") == NOWHERE
    store.profiles.keep("anna", Profile(phase="special"))
    assert store.profiles.of("anna") == Profile(phase="special")
    store.profiles.keep("anna", NOWHERE)
    assert store.profiles.of("anna") == NOWHERE
