"""Sentences that clapnq's annotators wrote out of the evidence that they had chosen: what a scorer of sentences should let pass.

Beside the evidence of the next question the same sentences should not pass. An easy test, since these people kept near their evidence; it shows false alarms.
"""

import json
from collections.abc import Sequence

from evals.meta.clapnq import FOLDER
from hub.domain import Citation, Claim
from hub.sentences import split_sentences

Written = tuple[Claim, list[Citation]]


def load_written() -> tuple[list[Written], list[Written]]:
    """The sentences with their own evidence, and with another's."""
    rows = [json.loads(line) for line in (FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = [([r["answer"][a:b] for a, b in split_sentences(r["answer"])], r["evidence"]) for r in rows if r["answer"] and r["evidence"]]
    others = [evidence for _, evidence in kept[1:]] + [evidence for _, evidence in kept[:1]]
    own = [_cited(s, evidence) for sentences, evidence in kept for s in sentences]
    return own, [_cited(s, other) for (sentences, _), other in zip(kept, others, strict=True) for s in sentences]


def _cited(sentence: str, evidence: Sequence[str]) -> Written:
    quotes = [
        Citation(
            marker=n, source="clapnq", title="", organisation="", kind="research", published="", illustrative=False, ocr=False, page=None, page_label="",
            heading="", components=(), tag_method="", quote=e, start=0, end=len(e), url="", licence="",
        ) for n, e in enumerate(evidence, 1)
    ]  # fmt: skip
    return Claim(text=sentence, markers=tuple(q.marker for q in quotes), voice="other", verdict="not_verified"), quotes
