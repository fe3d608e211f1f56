"""`python -m evals.benchmarks.public_sets`: search, evidence and quotes on two public sets, by labels that people made.

Each set's passages are read in as documents of their own; their questions go through our own retrieval. ClapNQ (Rosenthal et al.,
2025): half of its questions have no answer in the passage nearest to them, and people chose the sentences that answer the others.
OR-ShARC (Gao et al., 2021): questions about rules, each with the snippet that answers it.
"""

import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer

from assistant.chance import WEIGHTS, chance
from assistant.choose import choose
from assistant.journey import Evidence, Understood
from assistant.retrieve import retrieve
from assistant.shelf import Shelf
from hub.embedder import make_embedder
from hub.quotes import canonical
from hub.settings import ROOT, Settings, load_settings
from ingest.run import ingest
from vectorstore.index import Hit

DATA = ROOT.parent / "shared" / "data"
SINGLE = ("sentence", "chunk", "aligned", "weakest")


@dataclass(frozen=True)
class Asked:
    """A question with what was found for it."""

    row: dict[str, Any]
    relevant: frozenset[str]
    hits: list[Hit]
    """Every passage's chunks, with their scores."""
    evidence: Evidence


def main() -> None:
    """Print the figures of both sets."""
    for name in ("orsharc", "clapnq"):
        folder = DATA / name
        if not folder.is_dir():
            raise SystemExit(f"{folder} is missing: the benchmark reads the set there")
        print(f"\n{name}")
        asked = ask_all(folder)
        report_search(folder, asked)
        if any(not a.row["answerable"] for a in asked):
            report_evidence(asked)
            report_quotes(asked)


def ask_all(folder: Path) -> list[Asked]:
    """Read the set's passages in, and look for each of its questions."""
    relevant = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, passage, _ = line.split("\t")
        relevant[query].add(_id(passage))
    with tempfile.TemporaryDirectory() as made:
        documents, store = Path(made) / "documents", Path(made) / "store"
        _write_documents(_rows(folder / "corpus.jsonl"), documents)
        settings = Settings(**{**load_settings().model_dump(), "store": store, "chroma_url": "", "llm": "", "illustrative": True})
        ingest(settings, [documents], lambda *_: None)
        embedder = make_embedder(settings)
        shelf = Shelf(settings, embedder)
        shelf.refresh()
        asked = []
        for row in _rows(folder / "queries.jsonl"):
            vector = embedder.embed([row["text"]])[0]
            hits = shelf.search(vector, row["text"], len(shelf.chunks))
            evidence = retrieve(Understood(row["text"], "lookup"), shelf, vector)
            asked.append(Asked(row, frozenset(relevant[row["id"]]), hits, evidence))
        shelf.close()
    return asked


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _id(passage: str) -> str:
    return f"p-{passage.lower().replace('_', '-')}"


def _write_documents(passages: list[dict[str, Any]], folder: Path) -> None:
    folder.mkdir()
    rows = []
    for passage in passages:
        id = _id(passage["id"])
        (folder / f"{id}.txt").write_text(passage["text"], encoding="utf-8")
        title = passage["title"] or " ".join(passage["text"].strip("#* \n").split()[:6])
        rows.append(
            f'[[source]]\nid = {json.dumps(id)}\ntitle = {json.dumps(title)}\nkind = "research"\norganisation = "None"\npath = "{id}.txt"\n'
        )
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")


# Search.


def report_search(folder: Path, asked: list[Asked]) -> None:
    """nDCG@10 and recall@5 of passages: plain BM25, the two parts of the search, and their fusion."""
    answerable = [a for a in asked if a.row["answerable"] and a.relevant]
    ways = {
        "plain BM25 (bm25s, English stemmer)": _plain_bm25(folder, answerable),
        "lexical": [_ranked(a, lambda h: h.lexical) for a in answerable],
        "dense": [_ranked(a, lambda h: h.dense) for a in answerable],
        "fused": [_ranked(a, lambda h: h.fused) for a in answerable],
    }
    for way, rankings in ways.items():
        gains = np.array([ndcg(ranking, a.relevant) for ranking, a in zip(rankings, answerable, strict=True)])
        recall = np.mean([len(set(r[:5]) & a.relevant) / len(a.relevant) for r, a in zip(rankings, answerable, strict=True)])
        low, high = _bootstrap(gains)
        print(f"  {way:38} nDCG@10 {gains.mean():.3f} ({low:.3f} to {high:.3f})  R@5 {recall:.3f}")


def _ranked(asked: Asked, score: Any) -> list[str]:
    best: dict[str, float] = {}
    for hit in asked.hits:
        source = hit.chunk.rsplit("-", 1)[0]
        best[source] = max(best.get(source, -1.0), score(hit))
    return sorted(best, key=lambda id: -best[id])


def _plain_bm25(folder: Path, asked: list[Asked]) -> list[list[str]]:
    passages = _rows(folder / "corpus.jsonl")
    stemmer = Stemmer.Stemmer("english")

    def words(texts: list[str]) -> Any:
        return bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)

    index = bm25s.BM25()
    index.index(words([f"{p['title']}\n{p['text']}" for p in passages]), show_progress=False)
    found = []
    for query in words([a.row["text"] for a in asked]):
        known = [w for w in query if w in index.vocab_dict]
        scores = index.get_scores(known) if known else np.zeros(len(passages))
        found.append([_id(passages[i]["id"]) for i in np.argsort(-scores)])
    return found


def ndcg(ranking: list[str], relevant: frozenset[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain at `k` with relevance 0 or 1 (Järvelin and Kekäläinen, 2002)."""
    gain = sum(1 / np.log2(place + 2) for place, id in enumerate(ranking[:k]) if id in relevant)
    return float(gain / sum(1 / np.log2(place + 2) for place in range(min(k, len(relevant)))))


# Evidence.


def report_evidence(asked: list[Asked]) -> None:
    """How well our score and each single signal tell answerable questions from the others."""
    truth = np.array([a.row["answerable"] for a in asked])
    print("  AUC, answerable against unanswerable:")
    for name in SINGLE:
        print(f"    {name:12} {auc(np.array([a.evidence.signals[name] for a in asked]), truth):.3f}")
    score = np.array([chance(a.evidence.signals) for a in asked])
    print(f"    ours         {auc(score, truth):.3f}  at an even chance, rightly told: {np.mean((score >= 0.5) == truth):.0%}")
    signals = np.array([[a.evidence.signals[name] for name in WEIGHTS] for a in asked])
    for half in (0, 1):
        fitted = np.arange(len(asked)) % 2 == half
        weights, bias = fit_logistic(signals[fitted], truth[fitted])
        told = ", ".join(f"{name} {weight:.1f}" for name, weight in zip(WEIGHTS, weights, strict=True))
        print(f"    fitted on half {half} ({told}, bias {bias:.1f}): {auc(signals[~fitted] @ weights, truth[~fitted]):.3f} on the other")


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    """The chance that a true row scores above a false one (Mann and Whitney, 1947)."""
    above = (scores[truth][:, None] > scores[~truth][None]).mean()
    return float(above + 0.5 * (scores[truth][:, None] == scores[~truth][None]).mean())


def fit_logistic(x: np.ndarray, y: np.ndarray, ridge: float = 3.0) -> tuple[np.ndarray, float]:
    """Weights [signals] and bias by Newton's method, ridge on the standardised weights."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    z = np.c_[np.ones(len(x)), (x - mean) / spread]
    w, penalty = np.zeros(z.shape[1]), ridge * np.diag([0.0] + [1.0] * x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        w -= np.linalg.solve((z.T * (p * (1 - p))) @ z + penalty, z.T @ (p - y) + penalty @ w)
    return w[1:] / spread, float(w[0] - (w[1:] * mean / spread).sum())


# Quotes.


def report_quotes(asked: list[Asked]) -> None:
    """The share of the sentences that people chose which quotes mode shows, where it may show as many."""
    shares, chance_shares = [], []
    for one in asked:
        wanted = [canonical(s) for s in one.row["evidence"] if s.strip()]
        if not one.row["answerable"] or not wanted:
            continue
        shown: list[str] = []
        for quote in choose(one.evidence.candidates, len(wanted), keep_above=0.0):
            inside = [s for s in quote.chunk.sentences if quote.start <= s.start and s.end <= quote.end]
            shown += [canonical(quote.chunk.text[s.start - quote.chunk.start : s.end - quote.chunk.start]) for s in inside]
        shown = shown[: len(wanted)]
        shares.append(np.mean([any(w in s or s in w for s in shown if s) for w in wanted]))
        right = [c for c in one.evidence.candidates if c.source.id in one.relevant]
        chance_shares.append(min(1.0, len(wanted) / len(right)) if right else 0.0)
    low, high = _bootstrap(np.array(shares))
    print(
        f"  chosen sentences shown: {np.mean(shares):.2f} ({low:.2f} to {high:.2f}) of {len(shares)} questions; by chance {np.mean(chance_shares):.2f}"
    )


def _bootstrap(values: np.ndarray) -> tuple[float, float]:
    """The mean's 95% interval (percentile bootstrap; Efron, 1979)."""
    draws = np.random.default_rng(0).choice(values, (2000, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
