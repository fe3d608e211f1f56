"""Five ways to break the engine on purpose. Each takes the settings and gives an assistant that is broken so, and in no other way."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

import assistant.engine
from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.enough import Verdict
from assistant.journey import Ask
from hub.domain import Answer
from hub.settings import Settings
from vectorstore.index import Hit

REMOVED = "adopt-a-cycle"


def _answering(made: Assistant, change: Callable[[Answer], Answer]) -> Assistant:
    whole = made.answer
    made.answer = lambda ask: change(whole(ask))  # type: ignore[method-assign]
    return made


def retrieval_shuffled(settings: Settings) -> Assistant:
    """The scores stay in order; which chunk has which is drawn by lot over the whole library."""
    made = build_assistant(settings)
    search = made.shelf.search

    def shuffled(vector: np.ndarray, query: str, k: int, sources: set[str] | None = None) -> list[Hit]:
        hits = search(vector, query, k, sources)
        inside = sorted(id for id, c in made.shelf.chunks.items() if sources is None or c.source in sources)
        drawn = random.Random(query).sample(inside, min(len(hits), len(inside)))
        return [replace(hit, chunk=id) for hit, id in zip(hits, drawn, strict=False)]

    made.shelf.search = shuffled  # type: ignore[method-assign]
    return made


def citations_shifted(settings: Settings) -> Assistant:
    """Every claim's markers point one citation further on."""

    def shift(answer: Answer) -> Answer:
        n = len(answer.citations)
        if n < 2:
            return answer
        claims = tuple(c.model_copy(update={"markers": tuple(m % n + 1 for m in c.markers)}) for c in answer.claims)
        return answer.model_copy(update={"claims": claims})

    return _answering(build_assistant(settings), shift)


def refusals_off(settings: Settings) -> Assistant:
    """Whatever was retrieved is enough."""
    made = build_assistant(settings)
    whole = made.answer

    def answer(ask: Ask) -> Answer:
        kept = assistant.engine.judge_evidence
        assistant.engine.judge_evidence = lambda *_: Verdict("answered", 1.0)
        try:
            return whole(ask)
        finally:
            assistant.engine.judge_evidence = kept

    made.answer = answer  # type: ignore[method-assign]
    return made


def numbers_altered(settings: Settings) -> Assistant:
    """Every figure of the answer's sentences is one digit off; the citations are left as they are."""

    def off(text: str) -> str:
        return re.sub(r"(?<!\[)(?<!\d)\d(?!\])", lambda m: str((int(m[0]) + 1) % 10), text)

    def alter(answer: Answer) -> Answer:
        claims = tuple(c.model_copy(update={"text": off(c.text)}) for c in answer.claims)
        return answer.model_copy(update={"claims": claims, "text": off(answer.text)})

    return _answering(build_assistant(settings), alter)


def component_removed(settings: Settings) -> Assistant:
    """No chunk tagged with one component is there any more."""
    made = build_assistant(settings)
    refresh = made.shelf.refresh

    def without() -> None:
        refresh()
        kept = {id: c for id, c in made.shelf.chunks.items() if all(t.component != REMOVED for t in c.tags)}
        made.shelf.chunks = kept

    made.shelf.refresh = without  # type: ignore[method-assign]
    return made
