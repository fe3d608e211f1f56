"""`python -m evals.benchmarks.explore [--sources 300]`: how long the map takes to draw, beside what it cannot do without.

Case studies of our own making, from the same stock as the ingest's benchmark with sentences of the model's examples among them, so that
most cells have something to open. Times are medians of five, in seconds of processor time, so that other work on the machine does not count; the first
drawing reads the tags, a later one does not.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.explore.compare import compare_organisations
from assistant.explore.confirm import doubts
from assistant.explore.coverage import Map
from assistant.explore.evidence import tell
from assistant.explore.gaps import find_gaps
from assistant.explore.pathway import trace
from assistant.explore.studies import FACETS, choices, find_studies, labels_by
from evals.benchmarks.ingest import quietly, sentence
from hub.components import Model, load_model
from hub.places import REGIONS
from hub.settings import Settings, load_settings
from ingest.deciding import Deciding
from ingest.run import ingest

SECTIONS, PARAGRAPHS, SENTENCES = 4, 3, 5
POOL = 7000
"""So many different sentences that none stands in four sources: those that do are taken for furniture."""
DECISIONS = 10
PHASES = ("Primary", "Secondary", "Special", "Mixed: 3 primary, 2 secondary")
STRATEGY = "Our nine primaries in Kent want every pupil to read well by 2028. We will train all teachers, pilot it in two schools and stop weekly tests."


def write_folder(folder: Path, sources: int, model: Model) -> None:
    """A folder of case studies, each of an organisation of its own."""
    drawn = random.Random(7)
    pool = [sentence(drawn, n) for n in range(POOL)]
    folder.mkdir(parents=True)
    rows = []
    for number in range(sources):
        about = drawn.sample(model.components, 4)
        told = [example for c in about for example in c.examples]
        lines = [f"# How trust {number} went about it", ""]
        for section in range(SECTIONS):
            lines += [f"## Part {section + 1}", ""]
            for _ in range(PARAGRAPHS):
                own = [_own(drawn.choice(told), number) if drawn.random() < 0.3 else drawn.choice(pool) for _ in range(SENTENCES)]
                lines += [" ".join(own), ""]
        (folder / f"c{number}.md").write_text("\n".join(lines), encoding="utf-8")
        rows.append(
            f'[[source]]\nid = "c{number}"\ntitle = "How trust {number} went about it"\nkind = "case-study"\norganisation = "Trust {number}"\npath = "c{number}.md"\n'
            f'context = {{ trust = "Trust {number}", phase = "{drawn.choice(PHASES)}", region = "{drawn.choice(REGIONS)}", schools = "{drawn.randint(1, 30)}" }}\n'
        )
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")


def _own(example: str, number: int) -> str:
    """The example as trust `number` would say it: no other has the sentence."""
    return f"{example.rstrip('.?')} in school {number}."


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time that a piece of work takes, the median of five."""
    spent = []
    for _ in range(5):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def _decision(settings: Settings, assistant: Assistant, atlas: Map) -> str:
    """Each part of what happens between the key and the next passage to decide on: kept, followed, drawn anew."""
    deciding = Deciding(settings, assistant.model, assistant.shelf.embedder)
    spent: list[tuple[float, ...]] = []
    for doubt in doubts(atlas)[:DECISIONS]:
        times = [time.process_time()]
        deciding.keep(doubt.source, doubt.chunk, doubt.component, "yes", "benchmark")
        times.append(time.process_time())
        assistant.shelf.refresh()
        times.append(time.process_time())
        atlas = Map(assistant.shelf, assistant.model, atlas)
        times.append(time.process_time())
        doubts(atlas)
        times.append(time.process_time())
        spent.append(tuple(1000 * (b - a) for a, b in pairwise(times)))
    kept, followed, drawn, queued = (statistics.median(part) for part in zip(*spent, strict=True))
    return f"kept {kept:.0f} ms, followed {followed:.0f} ms, map {drawn:.0f} ms, queue {queued:.0f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long the map takes to draw, and its cells to open.")
    parser.add_argument("--sources", type=int, default=300)
    options = parser.parse_args()
    model = load_model()
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder) / "sources", options.sources, model)
        settings = Settings(**{**load_settings().model_dump(), "store": Path(folder) / "store", "chroma_url": "", "judge": "", "llm": ""})
        report = ingest(settings, [Path(folder) / "sources"], quietly)
        assistant = build_assistant(settings)
        assistant.shelf.refresh()
        shelf = assistant.shelf
        shelf.likeness(model)  # made once a start, whatever is asked
        reading = timed(lambda: list(shelf.library.all_chunks()))
        first = timed(lambda: Map(shelf, model).draw())
        atlas = Map(shelf, model)
        again = timed(atlas.draw)
        cells = [c for c in atlas.draw().cells if c.sources]
        opened = timed(lambda: atlas.open(cells[len(cells) // 2]))
        print(
            f"{report.added} case studies, {report.chunks} chunks, {len(cells)} of {len(atlas.draw().cells)} cells with something in them"
        )
        print(f"map, first drawing:        {first:.2f} s, {first / reading:.2f} x reading the chunks from the library ({reading:.2f} s)")
        print(f"map, drawn again:          {again:.2f} s; by phase {timed(lambda: atlas.draw('phase')):.2f} s")
        print(f"a cell, opened:            {1000 * opened:.0f} ms")
        began = time.process_time()
        labels_by(atlas)
        print(f"case studies, labelled:    {time.process_time() - began:.2f} s, once a map")
        print(
            f"facets and a search:       {timed(lambda: [*(choices(f, atlas) for f in FACETS), find_studies(atlas, 'reading groups')]):.2f} s"
        )
        print(f"a case study's page:       {1000 * timed(lambda: tell(shelf.case_studies()[0], atlas)):.0f} ms")
        print(f"compare three, all rows:   {timed(lambda: compare_organisations(atlas, ['Trust 1', 'Trust 2', 'Trust 3'])):.2f} s")
        print(f"a pathway:                 {timed(lambda: trace(atlas, STRATEGY)):.2f} s")
        print(f"gaps:                      {timed(lambda: find_gaps(atlas)):.2f} s")
        print(f"a decision of staff:       {_decision(settings, assistant, atlas)}")
        shelf.close()


if __name__ == "__main__":
    main()
