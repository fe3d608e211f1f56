"""`python -m evals.benchmarks.answers`: the hub questions over the real documents in ../shared, scored and timed.

Gold source and quote count within an answer's first six citations; a quote is shown where it overlaps the gold one in that source.
Time is a whole answer in process, as a multiple of one query embedding, one dense and one lexical search timed in the same run.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.align import Aligner
from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.journey import Ask
from evals.intervals import wilson
from evals.scorers.gold_quote import overlaps
from evals.scorers.gold_source import first_citations
from hub.domain import ANSWERED, Answer
from hub.settings import ROOT, Settings, load_settings
from ingest.run import ingest

SOURCES = ROOT.parent / "shared" / "sources"
REFUSALS = frozenset({"no_evidence", "out_of_scope", "unclear", "blocked"})


def share(hits: int, n: int) -> str:
    """A share with its 95% interval."""
    if not n:
        return "none"
    low, high = wilson(hits, n)
    return f"{hits} of {n}, {100 * hits / n:.0f}% ({100 * low:.0f} to {100 * high:.0f})"


def main() -> None:
    """Read the documents in, ask, and print the table."""
    if not SOURCES.is_dir():
        raise SystemExit(f"{SOURCES} is missing: the benchmark reads its documents there")
    rows = [json.loads(line) for line in (SOURCES / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(**{**load_settings().model_dump(), "store": Path(folder), "llm": "", "database_url": "", "chroma_url": ""})
        report = ingest(settings, [SOURCES, SOURCES / "case-studies"], _quietly)
        assistant = build_assistant(settings)
        print(f"{report.added} sources, {report.chunks} chunks, {report.embedded} texts embedded in {report.seconds:.1f} s")
        assistant.answer(Ask("What is the model?"))  # the first answer loads
        answers = [(row, assistant.answer(Ask(row["question"], tuple(row["history"])))) for row in rows]
        score(answers)
        time_answers(assistant, rows, [a for _, a in answers])
        assistant.shelf.close()


def _quietly(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def score(answers: list[tuple[dict[str, Any], Answer]]) -> None:
    """Print the shares."""
    answerable = [(r, a) for r, a in answers if r["answerable"]]
    refusable = [(r, a) for r, a in answers if not r["answerable"]]
    source = quote = 0
    for row, answer in answerable:
        first = first_citations(answer)
        source += any(c.source == g["source"] for c in first for g in row["gold"])
        quote += any(c.source == g["source"] and overlaps(c.quote, g["quote"]) for c in first for g in row["gold"])
    refused = sum(a.status in r.get("expected_status", REFUSALS) for r, a in refusable)
    wrongly = sum(a.status not in ANSWERED for _, a in answerable)
    sizes = [len(a.citations) for _, a in answerable]
    print(f"answerable, gold source in the first six:  {share(source, len(answerable))}")
    print(f"answerable, gold quote in the first six:   {share(quote, len(answerable))}")
    print(f"answerable, wrongly refused:               {share(wrongly, len(answerable))}")
    print(f"unanswerable, rightly refused:             {share(refused, len(refusable))}")
    print(f"citations of an answer: mean {statistics.mean(sizes):.1f}, median {statistics.median(sizes):g}")


def time_answers(assistant: Assistant, rows: list[dict[str, Any]], answers: list[Answer]) -> None:
    """Print how long an answer takes beside the searches that it cannot do without."""
    shelf = assistant.shelf
    bare, whole = [], []
    for row, answer in zip(rows, answers, strict=True):
        if not answer.passages:
            continue
        began = time.perf_counter()
        vector = shelf.embedder.embed([f"{row['question']} "])[0]  # another text to the embedder, which holds the last few
        shelf.index.search(vector, row["question"], 10)
        bare.append(time.perf_counter() - began)
        if shelf.reader:
            shelf.aligner = Aligner(shelf.reader)  # a question that was not asked before reads its passages word by word
        whole.append(timed(lambda row=row: assistant.answer(Ask(row["question"], tuple(row["history"])))))
    ratio = statistics.median(whole) / statistics.median(bare)
    print(
        f"question to answer: median {1000 * statistics.median(whole):.0f} ms, {ratio:.1f} x one query embedding and one fused search ({1000 * statistics.median(bare):.1f} ms)"
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
