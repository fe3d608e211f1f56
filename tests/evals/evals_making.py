"""What the evals' tests share: cases, answers and citations made by hand, and runs without an engine."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.domain import EvalCase, EvalSet, Outcome, Run, Score, StoreState
from evals.runs import RunFolder
from evals.sets import make_set
from hub.domain import Answer, Citation, Claim


def make_case(id: str = "one", **fields: object) -> EvalCase:
    return EvalCase.model_validate({"id": id, "question": "What does Connect mean?", "answerable": True, **fields})


def make_citation(marker: int = 1, source: str = "a", quote: str = "Heads meet twice a term.", **fields: object) -> Citation:
    made = {
        "marker": marker, "source": source, "title": "How we did it", "organisation": "Larkfield Learning Trust", "kind": "case-study", "published": "2024-05",
        "illustrative": False, "ocr": False, "page": None, "page_label": "", "heading": "", "components": (), "tag_method": "", "quote": quote,
        "start": 0, "end": len(quote), "url": "", "licence": "",
    }  # fmt: skip
    return Citation.model_validate({**made, **fields})


def make_claim(text: str, markers: Sequence[int] = (1,), voice: str = "practice", verdict: str = "not_verified") -> Claim:
    return Claim.model_validate({"text": text, "markers": markers, "voice": voice, "verdict": verdict})


def make_answer(status: str = "answered", **fields: object) -> Answer:
    made = {
        "id": "x",
        "question": "q",
        "standalone_question": "q",
        "route": "lookup",
        "status": status,
        "text": "",
        "timings_ms": {"total": 12.5},
    }
    return Answer.model_validate({**made, **fields})


def make_run(set_: EvalSet, id: str = "a-run", **fields: object) -> Run:
    made = {
        "id": id, "set_name": set_.name, "set_version": set_.version, "cases": len(set_.cases), "started": datetime.now(UTC).isoformat(), "state": "done",
        "settings": {"llm": ""}, "prompts": {}, "commit": "", "dirty": False, "code": "",
        "store": StoreState(generation="g", made_by="m", sources=1, chunks=1, digest="d"),
    }  # fmt: skip
    return Run.model_validate({**made, **fields})


def make_folder(
    path: Path, values: Mapping[str, float | None], scorer: str = "gold_quote", kinds: Mapping[str, str] | None = None
) -> RunFolder:
    """A whole run on disk: a case for each id, scored with its value; None is an error."""
    cases = make_set("made", [make_case(id, question=f"What of {id}?", kind=(kinds or {}).get(id, "look up")) for id in values])
    folder = RunFolder(path)
    folder.begin(make_run(cases, path.name), cases)
    for id, value in values.items():
        score = Score(scorer=scorer, value=value)
        answer = make_answer(text=f"{path.name} says of {id}")
        folder.append(
            Outcome(case=id, answer=None, error="it broke") if value is None else Outcome(case=id, answer=answer, scores=(score,))
        )
    return folder
