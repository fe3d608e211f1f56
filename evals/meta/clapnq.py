"""clapnq (natural questions with long answers) asked of the engine: its people said which questions a passage answers, and by which sentences.

The passages, one a document, are read by the real ingest into a store that is thrown away; nothing of their text is kept.
"""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.build import build_assistant
from assistant.journey import Ask
from evals.gate import private, quietly
from evals.scorers.gold_quote import overlaps
from evals.scorers.gold_source import first_citations
from hub.domain import ANSWERED
from hub.settings import ROOT, Settings
from ingest.run import ingest

FOLDER = ROOT.parent / "shared" / "data" / "clapnq"
WHOSE = "the labels of clapnq's annotators"


@dataclass(frozen=True)
class Measured:
    """What the engine did beside what people said."""

    answered: tuple[str, ...]
    """"answer" or "refusal", the engine's, a question each."""
    answerable: tuple[str, ...]
    """The same, as its people have it."""
    cited: tuple[str, ...]
    """"evidence", for each sentence of a gold passage of an answered question that the engine cited; else "not"."""
    chosen: tuple[str, ...]
    """The same, as its people chose."""
    recall: float
    """Mean share of the evidence shown, over the answerable questions; 0 for a refused one."""
    recall_n: int


def measure(settings: Settings) -> Measured:
    """Ask every question."""
    queries = _rows("queries.jsonl")
    gold = dict(line.split("\t")[:2] for line in (FOLDER / "qrels.tsv").read_text(encoding="utf-8").splitlines() if line)
    answered, answerable, cited, chosen, recalls = [], [], [], [], []
    with tempfile.TemporaryDirectory(prefix="hub-clapnq-") as folder:
        own = private(settings, Path(folder) / "store")
        ingest(own, [_write(Path(folder) / "passages")], quietly)
        assistant = build_assistant(own)
        assistant.shelf.refresh()
        for query in queries:
            answer = assistant.answer(Ask(query["text"], tuple(query["history"])))
            answered.append("answer" if answer.status in ANSWERED else "refusal")
            answerable.append("answer" if query["answerable"] else "refusal")
            if not query["answerable"]:
                continue
            own_passage = gold[query["id"]].lower()
            shown = [c.quote for c in first_citations(answer) if c.source == own_passage]
            evidence = query["evidence"]
            recalls.append(sum(any(overlaps(q, e) for q in shown) for e in evidence) / len(evidence) if evidence else 0.0)
            if answer.status in ANSWERED:
                for sentence in _sentences(assistant, own_passage):
                    cited.append("evidence" if any(overlaps(q, sentence) for q in shown) else "not")
                    chosen.append("evidence" if any(overlaps(sentence, e) for e in evidence) else "not")
        assistant.shelf.close()
    return Measured(tuple(answered), tuple(answerable), tuple(cited), tuple(chosen), sum(recalls) / len(recalls), len(recalls))


def _sentences(assistant: Any, source: str) -> list[str]:
    chunks = [c for c in assistant.shelf.chunks.values() if c.source == source]
    return [c.text[s.start - c.start : s.end - c.start] for c in chunks for s in c.sentences]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def _write(folder: Path) -> Path:
    """The passages as a sources folder."""
    folder.mkdir(parents=True)
    rows = []
    for passage in _rows("corpus.jsonl"):
        id, title = passage["id"].lower(), passage["title"].strip() or passage["id"]
        (folder / f"{id}.md").write_text(f"# {title}\n\n{passage['text']}\n", encoding="utf-8")
        rows.append(
            f'[[source]]\nid = "{id}"\ntitle = {json.dumps(title)}\nkind = "research"\norganisation = {json.dumps(title)}\npath = "{id}.md"\n'
        )
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder
