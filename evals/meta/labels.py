"""Answers with labels, sentence by sentence: the author labels that ship, as the nouns that scorers read.

`quotes_answers.jsonl` holds answers of the quotes mode over the shipped library. Each citation is labelled right, partly or wrong as an answer
to the question, by reading; in every other answer one fault was planted. `llm_answers.jsonl` holds answers in the form of an llm's, written by hand,
with planted faults: a wrong number, a swapped organisation, a dropped qualifier, an invented claim. All of it is author labels.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from evals.domain import SentenceLabel
from hub.domain import Answer, Citation, Claim, Noun, Source

FOLDER = Path(__file__).parent
Fault = Literal["number", "organisation", "qualifier", "invented", ""]


class LabelledSentence(Noun):
    """A sentence with what it cites. Right: it is true of what it cites, read where that stands; wrong: it is not, or says more."""

    claim: Claim
    label: Literal["right", "wrong"]
    fault: Fault = ""
    """What was planted."""


class LabelledAnswer(Noun):
    """An answer whose sentences are labelled, and, in quotes mode, its citations."""

    id: str
    answer: Answer
    sentences: tuple[LabelledSentence, ...]
    citations: tuple[SentenceLabel, ...] = ()
    """Whether each citation of the answer, in order, answers the question; empty where that was not labelled."""


def load_quotes(sources: dict[str, Source]) -> list[LabelledAnswer]:
    """The answers of the quotes mode."""
    found = []
    for row in _rows("quotes_answers.jsonl"):
        citations = [_citation(c["marker"], c, sources) for c in row["citations"]]
        sentences = [_sentence(s, s["markers"], s["voice"], "quoted") for s in row["sentences"]]
        answer = _answer(row, row["status"], sentences, citations)
        found.append(
            LabelledAnswer(id=row["id"], answer=answer, sentences=tuple(sentences), citations=tuple(c["label"] for c in row["citations"]))
        )
    return found


def load_llm(sources: dict[str, Source]) -> list[LabelledAnswer]:
    """The answers in an llm's form. A sentence's voice is that of what it cites, as the engine gives it."""
    found = []
    for row in _rows("llm_answers.jsonl"):
        citations: list[Citation] = []
        sentences = []
        for s in row["sentences"]:
            own = [_citation(len(citations) + n, c, sources) for n, c in enumerate(s["cites"], 1)]
            citations += own
            voices = {sources[c.source].voice for c in own}
            sentences.append(_sentence(s, [c.marker for c in own], voices.pop() if len(voices) == 1 else "other", "not_verified"))
        found.append(LabelledAnswer(id=row["id"], answer=_answer(row, "answered", sentences, citations), sentences=tuple(sentences)))
    return found


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def _sentence(row: dict[str, Any], markers: Sequence[int], voice: str, verdict: str) -> LabelledSentence:
    claim = Claim.model_validate({"text": row["text"], "markers": tuple(markers), "voice": voice, "verdict": verdict})
    return LabelledSentence(claim=claim, label=row["label"], fault=row.get("fault", ""))


def _citation(marker: int, row: dict[str, Any], sources: dict[str, Source]) -> Citation:
    s = sources[row["source"]]
    return Citation(
        marker=marker, source=s.id, title=s.title, organisation=s.organisation, kind=s.kind, published=s.published, illustrative=s.illustrative, ocr=False,
        page=None, page_label="", heading="", components=(), tag_method="", quote=row["quote"], start=0, end=len(row["quote"]), url="", licence="",
        lead=row["lead"],
    )  # fmt: skip


def _answer(row: dict[str, Any], status: str, sentences: Sequence[LabelledSentence], citations: Sequence[Citation]) -> Answer:
    return Answer.model_validate(
        {
            "id": row["id"], "question": row["question"], "standalone_question": row["question"], "route": "lookup", "status": status,
            "text": " ".join(s.claim.text for s in sentences), "claims": [s.claim for s in sentences], "citations": citations,
        }
    )  # fmt: skip
