"""Trusts like mine: what is near comes first and is marked; nothing else changes."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.conversations import Conversations
from assistant.engine import Assistant
from assistant.journey import Ask, Evidence
from assistant.numbered import number
from assistant.profile import NOWHERE, Profile, near, near_line, read_profile
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


def test_what_is_near_among_the_cited_is_said_in_one_line_and_once() -> None:
    here, there = source(phase="Primary"), source(phase="Secondary")
    assert near_line(MINE, [here, there, here]) == "*Near to yours: Larkfield Trust (primary).*"
    assert near_line(MINE, [there]) == ""
    assert near_line(NOWHERE, [here]) == ""


def test_a_language_model_is_given_the_same_passages_those_near_to_the_asker_first(own: Assistant) -> None:
    own.shelf.refresh()
    ask = Profile(phase="secondary")
    near_last = sorted(own.shelf.case_studies(), key=lambda s: len(near(ask, s)))
    chunks = [min(own.shelf.chunks.values(), key=lambda c: (c.source != s.id, c.start)) for s in (*near_last[:3], *near_last[-3:])]
    candidates = tuple(SimpleNamespace(chunk=c) for c in chunks)
    evidence = Evidence((), (), candidates, {})  # type: ignore[arg-type]
    plain, mine = number(evidence, own.shelf), number(evidence, own.shelf, mine=ask)
    assert sorted(q.text for q in plain.quotes.values()) == sorted(q.text for q in mine.quotes.values())
    heads = [n for n, line in enumerate(re.findall(r"--- document \d+: (.*) ---", mine.text)) if "secondary" in line.lower()]
    assert heads == list(range(len(heads)))
    assert heads


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
