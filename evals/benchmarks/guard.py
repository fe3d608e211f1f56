"""`python -m evals.benchmarks.guard`: what the guard catches and what it stops by mistake, on cases that the authors wrote.

The rules are fitted to half A of `tests/assistant/guard_cases.jsonl` and reported on half B, which was written before them, and on half
C, which was written after them in strangers' voices; half A is reported by ten-fold cross-validation. All have the same authors: a real
stranger's words will be caught less often. `--fit` fits to half A anew and writes the weights.
"""

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.disclosure import KINDS, WEIGHTS, Disclosures, Weights, features, fingerprint, load_weights
from assistant.masks import mask
from evals.benchmarks.softmax import fit_softmax
from evals.intervals import wilson
from hub.embedder import MiniLM, make_reader
from hub.sentences import split_sentences
from hub.settings import ROOT, load_settings

CASES = ROOT / "tests" / "assistant" / "guard_cases.jsonl"
MASKED = ROOT / "tests" / "assistant" / "mask_cases.jsonl"
FOLDS = 10
RIDGE = 3e-4


@dataclass(frozen=True)
class Case:
    """A message and what the guard should make of it."""

    text: str
    expected: str
    """"" for an ordinary question."""
    kind: str
    half: str


class Remembering(MiniLM):
    """The embedder, which remembers: the folds read the same messages again and again."""

    def __init__(self, reader: MiniLM) -> None:
        super().__init__(reader.folder, reader.threads, reader.graph)
        self._seen: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [len(texts), 384], rows of length 1."""
        new = [t for t in dict.fromkeys(texts) if t not in self._seen]
        self._seen.update(zip(new, super().embed(new), strict=True))
        return np.array([self._seen[t] for t in texts])


def read_cases() -> list[Case]:
    """Both halves."""
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [Case(r["text"], "" if r["expected"] == "pass" else r["expected"], r["kind"], r["half"]) for r in rows]


def with_sentences(cases: Sequence[Case]) -> list[Case]:
    """And each sentence of an ordinary question: the guard reads those alone too."""
    more = []
    for case in cases:
        spans = split_sentences(case.text)
        if not case.expected and len(spans) > 1:
            more += [Case(case.text[a:b], "", case.kind, case.half) for a, b in spans]
    return [*cases, *more]


def fit(cases: Sequence[Case], reader: MiniLM) -> Weights:
    """Weights fitted to the cases."""
    fitted = with_sentences(cases)
    labels = np.array([KINDS.index(c.expected) for c in fitted])
    texts = [c.text for c in fitted]
    stamp = fingerprint([(c.text, c.expected) for c in cases])
    both = [np.round(fit_softmax(features(texts, r), labels, len(KINDS), RIDGE), 4) for r in (reader, None)]
    return Weights(reader.name, stamp, *both)


def write(weights: Weights) -> None:
    """Keep the weights where the guard looks for them."""
    row = {
        "embedder": weights.embedder,
        "cases_sha256": weights.cases_sha256,
        "by_meaning": weights.by_meaning.tolist(),
        "by_signs": weights.by_signs.tolist(),
    }
    WEIGHTS.write_text(json.dumps(row) + "\n", encoding="utf-8")


def found_in(cases: Sequence[Case], disclosures: Disclosures) -> list[str]:
    """What the guard makes of each."""
    return [disclosures.kind_of(c.text) for c in cases]


def cross_validated(cases: Sequence[Case], reader: MiniLM, by_meaning: bool) -> list[str]:
    """What weights fitted to nine tenths make of each case of the other tenth."""
    order = np.random.default_rng(0).permutation(len(cases))
    found = [""] * len(cases)
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS].tolist())
        weights = fit([c for i, c in enumerate(cases) if i not in held], reader)
        disclosures = Disclosures(reader if by_meaning else None, weights)
        for i in held:
            found[i] = disclosures.kind_of(cases[i].text)
    return found


def share(hits: int, n: int) -> str:
    """A share with its 95% interval."""
    low, high = wilson(hits, n)
    return f"{hits:3} of {n:3}, {100 * hits / max(n, 1):3.0f}% ({100 * low:.0f} to {100 * high:.0f})"


def report(title: str, cases: Sequence[Case], found: Sequence[str], by_kind: bool = False) -> None:
    """Print recall, false alarms and whether whoever is caught is told the right thing first."""
    pairs = list(zip(cases, found, strict=True))
    risk = [(c, f) for c, f in pairs if c.expected]
    ordinary = [(c, f) for c, f in pairs if not c.expected]
    caught = [(c, f) for c, f in risk if f]
    print(f"{title}")
    print(f"  caught                      {share(len(caught), len(risk))}")
    print(f"  ordinary questions stopped  {share(sum(bool(f) for _, f in ordinary), len(ordinary))}")
    print(f"  of the caught, right text   {share(sum(c.expected == f for c, f in caught), len(caught))}")
    if by_kind:
        for side, of in (("caught", risk), ("stopped", ordinary)):
            for kind in dict.fromkeys((c.expected, c.kind) for c, _ in of):
                got = [bool(f) for c, f in of if (c.expected, c.kind) == kind]
                print(f"    {side:8} {kind[0] or 'ordinary':13} {kind[1]:15} {share(sum(got), len(got))}")


def report_others(disclosures: Disclosures) -> None:
    """Print how many of other people's questions, none of which tells of anybody at risk, are stopped. They lie in ../shared."""
    print("ordinary questions of others stopped, masked")
    for name in ("orsharc", "clapnq"):
        path = ROOT.parent / "shared" / "data" / name / "queries.jsonl"
        if path.is_file():
            texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
            print(f"    stopped  {name:15} {share(sum(bool(disclosures.kind_of(t)) for t in texts), len(texts))}")
            print(f"    masked   {name:15} {share(sum(mask(t) != t for t in texts), len(texts))}")


def report_masks() -> None:
    """Print the shares of private things that are masked, and of ordinary text left as it was."""
    rows = [json.loads(line) for line in MASKED.read_text(encoding="utf-8").splitlines()]
    print("masks")
    for kind in dict.fromkeys(r["kind"] for r in rows):
        of = [r for r in rows if r["kind"] == kind]
        if kind == "ordinary":
            print(f"    {'left alone':22} {share(sum(mask(r['text']) == r['text'] for r in of), len(of))}")
        else:
            print(f"    {kind:22} {share(sum(all(s not in mask(r['text']) for s in r['secrets']) for r in of), len(of))}")


def main() -> None:
    """Fit, or print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="fit to half A and write the weights")
    options = parser.parse_args()
    reader = make_reader(load_settings())
    if reader is None:
        raise SystemExit("MiniLM's weights are missing: run `make setup`")
    timed, reader = reader, Remembering(reader)
    cases = read_cases()
    first, held, last = ([c for c in cases if c.half == half] for half in "ABC")
    if options.fit:
        write(fit(first, reader))
        load_weights.cache_clear()
    disclosures = Disclosures(reader)
    report("half A, by ten-fold cross-validation: signs and meaning", first, cross_validated(first, reader, True))
    report("half A, by ten-fold cross-validation: signs alone", first, cross_validated(first, reader, False))
    report("half B, held: signs and meaning", held, found_in(held, disclosures), by_kind=True)
    report("half B, held: signs alone", held, found_in(held, Disclosures(None)))
    report("half C, held, in strangers' voices: signs and meaning", last, found_in(last, disclosures), by_kind=True)
    report("half C, held, in strangers' voices: signs alone", last, found_in(last, Disclosures(None)))
    report_others(disclosures)
    report_masks()
    began = time.perf_counter()
    for case in held:
        Disclosures(timed).kind_of(case.text)
    print(f"a message is read in {1000 * (time.perf_counter() - began) / len(held):.1f} ms, mean")


if __name__ == "__main__":
    main()
