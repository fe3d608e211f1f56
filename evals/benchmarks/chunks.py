"""`python -m evals.benchmarks.chunks [SET ...]`: how long a chunk should be, by what answers show with each size.

The documents in ../shared are read in once for each size; the shares are those of `evals.benchmarks.answers`.
"""

import json
import sys
import tempfile
from pathlib import Path

from assistant.build import build_assistant
from assistant.journey import Ask
from evals.benchmarks.answers import SOURCES, _quietly, score
from hub.settings import Settings, load_settings
from ingest import split
from ingest.run import ingest

SIZES = (60, 90, 130, 180, 260)
"""Words at most, where no sentence, list or row is cut for it."""


def main() -> None:
    """Print the shares for each size."""
    sets = [Path(name) for name in sys.argv[1:]] or [SOURCES / "questions.jsonl"]
    for size in SIZES:
        split.CHUNK_WORDS = size
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(**{**load_settings().model_dump(), "store": Path(folder), "llm": "", "database_url": "", "chroma_url": ""})
            report = ingest(settings, [SOURCES, SOURCES / "case-studies"], _quietly)
            assistant = build_assistant(settings)
            print(f"\nat most {size} words: {report.chunks} chunks")
            for path in sets:
                rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
                score([(row, assistant.answer(Ask(row["question"], tuple(row.get("history", ()))))) for row in rows])
            assistant.shelf.close()


if __name__ == "__main__":
    main()
