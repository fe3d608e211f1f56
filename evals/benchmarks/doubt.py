"""`python -m evals.benchmarks.doubt`: how well questions that the library does not answer are told, on cases that the authors wrote.

`doubt.jsonl` holds questions over our own library, by authors who had not seen the product; each says whether the library answers it. What
is printed for them is by cross-validation, whole authors or whole documents held out. `--fit` fits to all and writes the weights. Sets of
questions over the documents in ../shared may be named: none of them is fitted to.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.build import build_assistant
from assistant.doubt import DOUBTED, UNDOUBTED, WEIGHTS, Weights, doubts, features, kernel, load_weights, signals_of
from assistant.journey import Ask, JourneyEnds
from assistant.outside import fingerprint
from assistant.phrases import phrases_in
from assistant.retrieve import nameless
from evals.benchmarks.answers import SOURCES, share
from hub.embedder import make_embedder
from hub.settings import ROOT, Settings, load_settings
from ingest.run import ingest

CASES = Path(__file__).with_name("doubt.jsonl")
RIDGE = 0.6
SEEN = 10
"""A phrase counts from so many cases."""
SHARES = (0.01, 0.02, 0.03, 0.05)
"""Of the answerable refused, at which the rest is reported."""


@dataclass(frozen=True, eq=False)
class Case:
    """A question, whether it is answered, and what the search made of it."""

    text: str
    answerable: bool
    author: str
    document: str
    """The source of most of the best sentences."""
    vector: np.ndarray
    signals: np.ndarray


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The questions of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_cases(path: Path, folders: Sequence[Path]) -> list[Case]:
    """The questions of a file that reach the search over the documents, and what it makes of each."""
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(**{**load_settings().model_dump(), "store": Path(folder), "llm": "", "database_url": "", "chroma_url": ""})
        ingest(settings, list(folders), lambda *_: None)
        assistant = build_assistant(settings)
        for row in read_rows(path):
            try:
                understood, evidence, vector = assistant.look(Ask(row["question"], tuple(row.get("history") or ())))
            except JourneyEnds:
                continue
            best = Counter(c.source.id for c in evidence.candidates[:5]).most_common(1)
            document = best[0][0] if best else ""
            author = row.get("author") or path.stem
            cases.append(Case(nameless(understood), row["answerable"], author, document, vector, signals_of(evidence)))
        assistant.shelf.close()
    return cases


def fit(cases: Sequence[Case], embedder: str, stamp: str = "") -> Weights:
    """Weights fitted to the cases, each kind counting for half. `stamp`: what they were fitted to."""
    seen = Counter(phrase for c in cases for phrase in phrases_in(c.text))
    phrases = tuple(sorted(phrase for phrase, n in seen.items() if n >= SEEN))
    signals = np.array([c.signals for c in cases])
    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-6
    given = features(np.array([c.vector for c in cases]), [c.text for c in cases], phrases, (signals - mean) / spread)
    answered = np.array([c.answerable for c in cases])
    wanted = np.where(answered, -0.5 / answered.mean(), 0.5 / (1 - answered.mean()))
    level = float(wanted.mean())
    shares = np.linalg.solve(kernel(given, given) + RIDGE * np.eye(len(given)), wanted - level)
    return Weights(embedder, stamp, phrases, mean, spread, given, shares, level)


def told(cases: Sequence[Case], weights: Weights) -> np.ndarray:
    """float64 [cases]: how doubtful each is."""
    signals = np.array([c.signals for c in cases])
    return doubts(np.array([c.vector for c in cases]), [c.text for c in cases], signals, weights)


def held_out(cases: Sequence[Case], groups: Sequence[str], embedder: str) -> np.ndarray:
    """float64 [cases]: how doubtful each is to weights that have seen none of its group."""
    found = np.zeros(len(cases))
    for group in sorted(set(groups)):
        out = np.array([g == group for g in groups])
        weights = fit([c for c, o in zip(cases, out, strict=True) if not o], embedder)
        found[out] = told([c for c, o in zip(cases, out, strict=True) if o], weights)
    return found


def report(title: str, cases: Sequence[Case], found: np.ndarray) -> None:
    """Print how many of each kind are doubted."""
    answerable = np.array([c.answerable for c in cases])
    weighed = found != UNDOUBTED
    asked, others = found[weighed & answerable], found[weighed & ~answerable]
    above = (others[:, None] > asked[None]).mean() if len(asked) and len(others) else float("nan")
    print(title)
    print(f"  area under the curve         {above:.3f}, of the {weighed.sum():,} that no passage answers to word for word")
    for name, which in (("no answer, doubted", ~answerable), ("an answer, doubted", answerable)):
        print(f"  {name:28} {share(int((found[which] >= DOUBTED).sum()), int(which.sum()))}")
    ranked = np.sort(found[answerable])[::-1]
    for part in SHARES if len(ranked) else ():
        bar = float(ranked[int(part * len(ranked))])
        print(f"  from {bar:5.2f}: {part:.0%} of the answerable, {(found[~answerable] > bar).mean():.0%} of the others")


def main(arguments: Iterable[str] | None = None) -> None:
    """Fit, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit to all cases and write the weights")
    parser.add_argument("sets", nargs="*", type=Path, help="files of questions over ../shared, to be reported on")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    cases = read_cases(CASES, [ROOT / "sources"])
    embedder = make_embedder(load_settings()).name
    if options.fit:
        rows = read_rows(CASES)
        save(fit(cases, embedder, fingerprint([(r["question"], str(r["answerable"])) for r in rows])))
        load_weights.cache_clear()
    report("our own library, authors held out", cases, held_out(cases, [c.author for c in cases], embedder))
    report("our own library, documents held out", cases, held_out(cases, [c.document for c in cases], embedder))
    shipped = load_weights()
    for path in options.sets or [SOURCES / "questions.jsonl"]:
        if not path.exists():
            print(f"{path} is missing: it is left out")
            continue
        others = read_cases(path, [SOURCES, SOURCES / "case-studies"])
        report(f"{path.stem}, over documents that were never fitted to", others, told(others, shipped))


def save(weights: Weights) -> None:
    """Write the weights that ship with the project."""
    np.savez_compressed(
        WEIGHTS, embedder=weights.embedder, cases_sha256=weights.cases_sha256, phrases=np.array(weights.phrases), mean=weights.mean,
        spread=weights.spread, questions=weights.questions.astype(np.float16), shares=weights.shares, level=weights.level,
    )  # fmt: skip


if __name__ == "__main__":
    main()
