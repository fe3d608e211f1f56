"""Answers over whole libraries, judged from outside: each quote is looked for anew in the page or file that it names."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.engine import Assistant
from assistant.journey import Ask
from hub.domain import ANSWERED, Answer
from hub.settings import ROOT


@pytest.fixture(scope="session")
def judge(shared: Path) -> ModuleType:
    """The outside judge: it reads sources by pypdf and BeautifulSoup itself and knows none of the project's code."""
    spec = importlib.util.spec_from_file_location("check_hub", shared / "tools" / "check_hub.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def asked(real: Assistant, shared: Path) -> list[tuple[dict[str, Any], Answer]]:
    rows = [json.loads(line) for line in (shared / "sources" / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [(row, real.answer(Ask(row["question"], tuple(row["history"])))) for row in rows]


def fallen(answers: list[Answer], holds: Callable[[dict[str, Any]], bool]) -> list[str]:
    return [f"{c.source} p.{c.page}: {c.quote[:60]}" for a in answers for c in a.citations if not holds(c.model_dump())]


def test_every_citation_over_the_real_documents_stands_at_its_place(
    asked: list[tuple[dict[str, Any], Answer]], judge: ModuleType, shared: Path
) -> None:
    sources = judge.Sources([shared / "sources", shared / "sources" / "case-studies"])
    answers = [answer for _, answer in asked]
    assert sum(len(a.citations) for a in answers) > 100
    assert fallen(answers, sources.holds) == []


def test_every_component_is_defined_and_answered_with_quotes_that_stand(real: Assistant, judge: ModuleType, shared: Path) -> None:
    sources = judge.Sources([shared / "sources", shared / "sources" / "case-studies"])
    answers = []
    for component in real.model.components:
        for question in (
            f"What does {component.name} mean?",
            f"How have others handled {component.name}?",
            f"What examples are there of {component.name}?",
        ):
            answers.append(real.answer(Ask(question)))
            assert component.id in answers[-1].components
    assert fallen(answers, sources.holds) == []


def test_every_citation_over_our_own_library_stands_in_all_four_formats(own: Assistant, judge: ModuleType) -> None:
    sources = judge.Sources([ROOT / "sources"])
    answers = []
    for source in own.shelf.sources.values():
        answers.append(own.answer(Ask(f"What does {source.title} say?")))
        answers.append(own.answer(Ask("What changed, and how do they know?", organisation=source.context.trust or source.title)))
    for component in own.model.components:
        answers += [own.answer(Ask(f"How have others handled {component.name}?")), own.answer(Ask(f"What does {component.name} mean?"))]
    formats = {Path(own.shelf.sources[c.source].path).suffix for a in answers for c in a.citations}
    assert formats == {".pdf", ".html", ".docx", ".md"}
    assert fallen(answers, sources.holds) == []


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_first_six_citations_find_the_gold_and_the_unanswerable_is_refused(
    asked: list[tuple[dict[str, Any], Answer]], judge: ModuleType
) -> None:
    source, quote, refused, wrongly = [], [], [], []
    for row, answer in asked:
        first = answer.citations[:6] if answer.status in ANSWERED else ()
        if row["answerable"]:
            gold = {(g["source"], g["quote"]) for g in row["gold"]}
            source.append(any(c.source in {s for s, _ in gold} for c in first))
            quote.append(any(c.source == s and judge.overlaps(c.quote, q) for c in first for s, q in gold))
            wrongly.append(answer.status not in ANSWERED)
        else:
            refused.append(answer.status in row.get("expected_status", judge.REFUSALS))
    assert share(source) >= 0.93
    assert share(quote) >= 0.75
    assert share(refused) >= 0.8
    assert share(wrongly) <= 0.05
