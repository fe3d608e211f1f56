"""The engine: a question's way through the steps, each of which may end the journey with a named status."""

import time
import uuid
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from assistant.check import check
from assistant.compose_llm import Writer, compose_with_llm, is_for_code
from assistant.compose_quotes import compose_quotes
from assistant.disclosure import Disclosures
from assistant.doubt import UNDOUBTED, Doubt
from assistant.enough import Verdict, judge_evidence
from assistant.events import Event, Finished, Step
from assistant.filters import narrow, told
from assistant.guard import guard, guard_history, misused
from assistant.holdings import asks_of_holdings, describe_holdings
from assistant.journey import WITHHELD, Ask, Draft, Evidence, JourneyEnds, Understood
from assistant.judge import Judge
from assistant.ledger import Ledger
from assistant.llm import Llm
from assistant.masks import mask
from assistant.names import Names
from assistant.outside import ORDERS, Outside, of_the_library
from assistant.refuse import refuse
from assistant.retrieve import nameless, retrieve
from assistant.rewrite import asked_of, rewrite
from assistant.rewrite_llm import rewrite_with_llm
from assistant.route import route, turned_away
from assistant.shelf import Shelf
from hub.components import Model, describe
from hub.domain import Answer
from hub.plain import clean
from hub.settings import Settings

_BEFORE_SEARCH = Understood("", "none")
_NOTHING = Evidence((), (), (), {})


@dataclass
class _Clock:
    """Milliseconds by step."""

    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.timings[step] = round(self.timings.get(step, 0.0) + (time.perf_counter() - began) * 1000, 1)


class _Vectors(NamedTuple):
    """float32 [384] each, of length 1."""

    whole: np.ndarray
    """What a question is near to."""
    matter: np.ndarray
    """What its matter is near to, whoever it names."""
    nameless: np.ndarray
    """The standalone question without names, by itself."""


class Assistant:
    """Answers questions from a shelf. One may be shared by many conversations."""

    def __init__(self, settings: Settings, shelf: Shelf, model: Model, llm: Llm | None = None, judge: Judge | None = None) -> None:
        self.settings = settings
        self.shelf = shelf
        self.model = model
        self.llm = llm
        """Writes prose; None: answers are made of quotes."""
        self.judge = judge
        """Says whether the prose stands in its quotes; None: it is shown as not verified."""
        self._disclosures = Disclosures(shelf.reader)
        self._outside = Outside(shelf.reader)
        self._doubt = Doubt(shelf.embedder.name)
        self._names: tuple[str, Names] = ("", Names({}))

    def ask(self, ask: Ask) -> Generator[Event]:
        """Events ending in one Finished. Raises ShelfError where there is nothing to answer from."""
        clock, ledger = _Clock(), Ledger()
        understood, evidence = _BEFORE_SEARCH, _NOTHING
        question = ask.question
        began = time.perf_counter()
        try:
            self.shelf.refresh()
            with clock.time("understand"):
                question = guard(ask.question, self.settings.question_max_characters, self._disclosures)
                earlier = guard_history(ask.history, self.settings.question_max_characters, self._disclosures)
                shelf = narrow(self.shelf, ask.filters)
                if asks_of_holdings(question):
                    raise JourneyEnds("answered", "holdings", describe_holdings(shelf), "about")
                names = self._current_names() if shelf is self.shelf else Names(shelf.sources)
                standalone = rewrite(replace(ask, history=earlier), question, self.model, names)
                if self.llm:
                    standalone = rewrite_with_llm(standalone, question, earlier, self.model, self.llm, ledger)
                understood = route(ask, standalone, self.model, names)
            yield Step("Looking through the library")
            evidence, verdict = self._look(understood, shelf, names, clock)
            if standalone.of and understood.route == "lookup" and verdict.nearest_at_best:
                again = route(ask, asked_of(standalone), self.model, names)
                found, judged = self._look(again, shelf, names, clock)
                if judged.status != "no_evidence":
                    understood, evidence, verdict = again, found, judged
            self._turn_away(understood, verdict)
            with clock.time("compose"):
                if verdict.status == "no_evidence":
                    draft = refuse(understood, evidence, verdict, shelf, self.model, bool(ask.filters))
                elif self.llm and not is_for_code(understood):
                    yield Step("Writing the answer")
                    writer = Writer(self.llm, self.judge, self.settings.unverified == "leave_out")
                    draft = yield from compose_with_llm(understood, evidence, verdict, shelf, self.model, writer, ledger)
                else:
                    draft = compose_quotes(understood, evidence, verdict, shelf, self.model)
            with clock.time("check"):
                draft = check(draft, shelf.library)
                if not draft.citations and verdict.status != "no_evidence":
                    refused = Verdict("no_evidence", verdict.score, "no quote stood")
                    draft = check(refuse(understood, evidence, refused, shelf, self.model, bool(ask.filters)), shelf.library)
        except JourneyEnds as end:
            draft, evidence = Draft(status=end.status, text=end.text, reason=end.reason), _NOTHING
            understood = Understood(understood.question, end.route) if end.keep_question else _BEFORE_SEARCH
            question = mask(clean(question)) if end.keep_question else WITHHELD
        if ask.filters and draft.status == "no_evidence":
            draft = replace(draft, reason="filters")  # the library may hold it all the same: no gap of it
        if (evidence.passages or draft.reason == "filters") and (within := told(ask.filters, self.shelf, self.model)):
            draft = replace(draft, notices=(*draft.notices, within))
        clock.timings["total"] = round((time.perf_counter() - began) * 1000, 1)
        timings = {**clock.timings, **ledger.timings_ms(began)}
        yield Finished(self._finish(question, understood, evidence, draft, timings, ledger))

    def prepare(self) -> None:
        """Open the library, and make ready what the first question would wait for. Raises as `ask` does; the llm is not asked."""
        self.shelf.refresh()
        question, names = f"How have others handled {self.model.components[0].name}?", self._current_names()
        self._disclosures.kind_of(question)
        understood = route(Ask(question), rewrite(Ask(question), question, self.model, names), self.model, names)
        evidence, verdict = self._look(understood, self.shelf, names, _Clock())
        compose_quotes(understood, evidence, verdict, self.shelf, self.model)

    def look(self, ask: Ask) -> tuple[Understood, Evidence, np.ndarray]:
        """What is made of a question, what is found, and its vector without names, before anything is decided; no llm is asked.
        Raises JourneyEnds where a step before that ends the journey."""
        self.shelf.refresh()
        names = self._current_names()
        understood = route(
            ask,
            rewrite(ask, guard(ask.question, self.settings.question_max_characters, self._disclosures), self.model, names),
            self.model,
            names,
        )
        vectors = self._search_vectors(understood)
        return understood, retrieve(understood, self.shelf, vectors.whole, vectors.matter), vectors.nameless

    def answer(self, ask: Ask) -> Answer:
        """The answer alone."""
        for event in self.ask(ask):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("the engine ends every journey with an answer")

    def _current_names(self) -> Names:
        generation = self.shelf.generation
        if self._names[0] != generation:
            self._names = (generation, Names(self.shelf.sources, (c.text for c in self.shelf.chunks.values())))
        return self._names[1]

    def _look(self, understood: Understood, shelf: Shelf, names: Names, clock: _Clock) -> tuple[Evidence, Verdict]:
        """What is found, and whether it is enough."""
        with clock.time("retrieve"):
            vectors = self._search_vectors(understood)
            evidence = retrieve(understood, shelf, vectors.whole, vectors.matter)
        with clock.time("enough"):
            verdict = judge_evidence(understood, evidence, shelf, names, lambda: self._doubted(understood, evidence, vectors.nameless))
        if verdict.instead:
            evidence = retrieve(replace(understood, sources=verdict.instead, names=()), shelf, vectors.matter)
        return evidence, verdict

    def _doubted(self, understood: Understood, evidence: Evidence, vector: np.ndarray) -> float:
        """How doubtful it is that this is answered. An llm reads what was found for itself, and says where it holds no answer."""
        return UNDOUBTED if self.llm and not is_for_code(understood) else self._doubt.of(understood, evidence, vector)

    def _turn_away(self, understood: Understood, verdict: Verdict) -> None:
        """JourneyEnds where the request is for what the library is not for, in words that the patterns do not know."""
        asked_for = self._outside.kind_of(understood.question, answered=not verdict.nearest_at_best)
        of_ours = verdict.status != "no_evidence" and (understood.names or of_the_library(understood.question))
        if asked_for == ORDERS:
            raise misused()
        if asked_for and not of_ours:
            raise turned_away(asked_for)

    def _search_vectors(self, understood: Understood) -> _Vectors:
        """Asked how others handled a component, its description says what to look for."""
        text = understood.question
        if understood.route == "how_others" and understood.components:
            text = f"{text} {describe(self.model.component(understood.components[0]))}"
        matter = nameless(understood)
        own = [f"{understood.own} {understood.carried}"] if understood.own else []
        vectors = self.shelf.embedder.embed([text, *own, *([] if matter == text else [matter])])
        whole = _unit(vectors[: 1 + len(own)])
        if matter == understood.question:
            return _Vectors(whole, whole, _unit(vectors[-1:] if matter != text else vectors[:1]))
        return _Vectors(whole, _unit(np.vstack([vectors[-1:], vectors[1:-1]])), _unit(vectors[-1:]))

    def _finish(
        self, question: str, understood: Understood, evidence: Evidence, draft: Draft, timings: dict[str, float], ledger: Ledger
    ) -> Answer:
        tagged = tuple(id for citation in draft.citations[:3] for id in citation.components[:2])
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            standalone_question=understood.question or question,
            route=understood.route,
            status=draft.status,
            reason=draft.reason,
            text=draft.text,
            notices=(*(self.shelf.notices() if evidence.passages else ()), *draft.notices),
            claims=draft.claims,
            citations=draft.citations,
            passages=evidence.passages,
            nearest=draft.nearest,
            components=tuple(dict.fromkeys((*understood.components, *tagged))),
            follow_ups=draft.follow_ups,
            llm=draft.llm,
            prompts={**ledger.prompts, **draft.prompts},
            timings_ms=timings,
            usage=tuple(ledger.calls),
            generation=self.shelf.generation if evidence.passages else "",
        )


def _unit(vectors: np.ndarray) -> np.ndarray:
    """The direction of a sum of vectors."""
    total: np.ndarray = vectors.sum(axis=0)
    unit: np.ndarray = total / np.linalg.norm(total)
    return unit
