"""`python -m evals.benchmarks.outside`: requests that the library is not for, on cases that the authors wrote.

Fitted to half A of `tests/assistant/outside_cases.jsonl`, with the guard's ordinary questions as more of what is not turned away; half B, a
quarter of them, is held. Nearly all are of three authors who had not seen the product. `--fit` fits anew and writes the weights.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from assistant.misuse import is_misuse
from assistant.outside import KINDS, WEIGHTS, Outside, Weights, features, fingerprint, load_weights
from assistant.phrases import phrases_in
from assistant.route import outside_by_words
from evals.benchmarks.guard import Remembering, read_cases, share
from evals.benchmarks.softmax import fit_softmax
from hub.embedder import make_reader
from hub.settings import ROOT, load_settings

CASES = ROOT / "tests" / "assistant" / "outside_cases.jsonl"
FOLDS = 10
RIDGE = 1e-4
SEEN = 6
"""A word or pair of words counts from so many cases."""
_WHOLE = {"writing": "writing task", "personal": "personal case"}


@dataclass(frozen=True)
class Case:
    """A request and what it asks for; "" for an ordinary question."""

    text: str
    expected: str
    half: str


def read_requests() -> list[Case]:
    """Both halves."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [Case(r["text"], _WHOLE.get(r["expected"], r["expected"]), r["half"]) for r in rows]


def ordinary() -> list[Case]:
    """The guard's ordinary questions that may be fitted to."""
    return [Case(c.text, "", "A") for c in read_cases() if not c.expected and c.half == "A"]


def fit(cases: Sequence[Case], reader: Remembering) -> Weights:
    """Weights fitted to the cases."""
    labels = np.array([KINDS.index(c.expected) for c in cases])
    seen = Counter(word for c in cases for word in phrases_in(c.text))
    words = tuple(sorted(word for word, n in seen.items() if n >= SEEN))
    given = features([c.text for c in cases], words, reader)
    stamp = fingerprint([(c.text, c.expected) for c in cases])
    return Weights(reader.name, stamp, words, np.round(fit_softmax(given, labels, len(KINDS), RIDGE), 3))


def by_words(text: str) -> str:
    """What the patterns alone make of a request."""
    return "orders" if is_misuse(text) else outside_by_words(text)


def by_both(case: Case, learnt: Callable[[str], Outside], enough: bool) -> str:
    """What the patterns, else the meaning, make of a request."""
    return by_words(case.text) or learnt(case.text).kind_of(case.text, enough)


def report(title: str, cases: Sequence[Case], told: Callable[[Case], str]) -> None:
    """Print how many are turned away, and how many ordinary questions are."""
    found = [(c, told(c)) for c in cases]
    requests = [(c, f) for c, f in found if c.expected]
    stopped = [(c, f) for c, f in requests if f]
    print(title)
    print(f"  turned away                 {share(len(stopped), len(requests))}")
    print(f"  of these, by the right name {share(sum(c.expected == f for c, f in stopped), len(stopped))}")
    print(f"  ordinary questions stopped  {share(sum(bool(f) for c, f in found if not c.expected), sum(not c.expected for c in cases))}")


def main() -> None:
    """Fit, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit to half A and write the weights")
    options = parser.parse_args()
    plain = make_reader(load_settings())
    if plain is None:
        raise SystemExit("MiniLM's weights are missing: run `make setup`")
    reader, cases, more = Remembering(plain), read_requests(), ordinary()
    first, held = ([c for c in cases if c.half == half] for half in "AB")
    if options.fit:
        weights = fit([*first, *more], reader)
        row = {
            "embedder": weights.embedder,
            "cases_sha256": weights.cases_sha256,
            "words": weights.words,
            "weights": weights.weights.tolist(),
        }
        WEIGHTS.write_text(json.dumps(row) + "\n", encoding="utf-8")
        load_weights.cache_clear()
    order, parts = np.random.default_rng(0).permutation(len(first)), {}
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS].tolist())
        learnt = Outside(reader, fit([*(c for i, c in enumerate(first) if i not in out), *more], reader))
        parts.update({first[i].text: learnt for i in out})
    shipped = Outside(reader)
    for name, enough in (("where what was found is the nearest", False), ("where the library has enough", True)):
        for half, of, by in (("fitted to, ten-fold", first, parts.__getitem__), ("held quarter", held, lambda _: shipped)):
            report(f"{half}, {name}: patterns and meaning", of, partial(by_both, learnt=by, enough=enough))
    report("held quarter: patterns alone", held, lambda c: by_words(c.text))


if __name__ == "__main__":
    main()
