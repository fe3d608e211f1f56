"""`python -m evals.benchmarks.ingest [--pages 10000]`: how long an ingest takes beside what it cannot do without, and its memory.

Speed: PDFs of our own, every sentence of them different. The time of the whole ingest is divided by that of pypdf's plain extraction
of the same pages and the embedder alone on the same texts, one after the other in the same run.

Where the real documents lie in ../shared, their PDFs are measured too. On a busy machine go by the seconds of processor time.

Size: many PDFs of short pages. Their sentences are drawn from a pool of two thousand, so that most sentence vectors are made once and
the run ends in minutes; chunks differ. Memory is that of the program and of its workers together, twenty times a second.
"""

import argparse
import io
import random
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import getSampleStyleSheet  # type: ignore[import-untyped]
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

from hub.embedder import make_embedder
from hub.library import Library, chunk_texts
from hub.settings import ROOT, Settings, load_settings
from ingest.report import Report
from ingest.run import ingest

WHO = [
    "Heads",
    "Teachers of science",
    "Governors",
    "The trust's directors",
    "Subject leads",
    "Newly qualified staff",
    "Pastoral teams",
    "Office staff",
    "Year leaders",
    "Librarians",
]
DID = ["reviewed", "rewrote", "tested", "dropped", "compared", "shared", "timed", "costed", "postponed", "merged", "piloted", "questioned"]
WHAT = [
    "the reading list",
    "their meeting calendar",
    "a phonics screen",
    "the marking code",
    "lesson plans for geography",
    "the attendance letter",
    "a coaching cycle",
    "homework rules",
    "the transition day",
    "exam entries",
]
WHERE = [
    "in Larkfield",
    "at the coast",
    "across seven primaries",
    "in the sixth form",
    "with two partner schools",
    "in the northern hub",
    "after a long summer",
    "before the inspection",
]
THEN = [
    "and kept notes on every step",
    "because pupils had asked for it",
    "until the numbers were clear",
    "so that nobody did it twice",
    "while the budget allowed",
    "and told parents why",
]
SPEED_FILES, SPEED_PAGES = 24, 10
FILE_PAGES = 20
POOL = 2000


def sentence(drawn: random.Random, number: int | None = None) -> str:
    """A sentence of invented facts; with a number it is unlike any other."""
    words = f"{drawn.choice(WHO)} {drawn.choice(DID)} {drawn.choice(WHAT)} {drawn.choice(WHERE)} {drawn.choice(THEN)}"
    return f"{words}, case {number}." if number is not None else f"{words}."


def write_pdf(path: Path, title: str, pages: list[list[str]]) -> None:
    """A PDF with a heading, and of paragraphs on each page."""
    styles = getSampleStyleSheet()
    story = []
    for number, paragraphs in enumerate(pages):
        story += [PageBreak()] if number else [Paragraph(title, styles["Title"])]
        story += [Paragraph(f"Part {number + 1} of {title.lower()}", styles["Heading2"])]
        story += [Paragraph(text, styles["BodyText"]) for text in paragraphs]
    SimpleDocTemplate(str(path), pagesize=A4).build(story)


def write_folder(folder: Path, files: int, pages: int, paragraphs: int, pool: int) -> None:
    """A folder of PDFs with its manifest. `pool`: how many different sentences there are; 0: all are different."""
    drawn = random.Random(11)
    known = [sentence(drawn, n) for n in range(pool)]
    made = 0
    rows = []
    folder.mkdir(parents=True)
    for file in range(files):
        text: list[list[str]] = []
        for _ in range(pages):
            page = []
            for _ in range(paragraphs):
                some = []
                for _ in range(5):
                    some.append(drawn.choice(known) if pool else sentence(drawn, made))
                    made += 1
                page.append(" ".join(some))
            text.append(page)
        write_pdf(folder / f"d{file}.pdf", f"Document {file} of the benchmark", text)
        rows.append(
            f'[[source]]\nid = "d{file}"\ntitle = "Document {file}"\nkind = "case-study"\norganisation = "Trust {file % 40}"\npath = "d{file}.pdf"\n'
        )
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")


def cpu_seconds() -> float:
    """Of this process and of those of its workers that have ended."""
    return sum(u.ru_utime + u.ru_stime for u in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


class Memory(threading.Thread):
    """Watches the resident memory of this process and its children, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.now = self.peak = 0
        self._over = threading.Event()

    def run(self) -> None:
        """Look twenty times a second."""
        while not self._over.wait(0.05):
            self.now = sum(_resident(pid) for pid in ["self", *_children()])
            self.peak = max(self.peak, self.now)

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _children() -> list[str]:
    """The workers. One that was begun but is not yet a program of its own still shows all of our memory, which it shares with us."""
    found: list[str] = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += (task / "children").read_text().split()
        except OSError:  # a thread that has just ended
            continue
    own = _command("self")
    return [pid for pid in found if _command(pid) != own]


def _command(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(pid: str) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def quietly(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def measure_speed(base: Path, folder: Path) -> None:
    """Print the whole ingest of a folder of PDFs as a multiple of its parts."""
    settings = Settings(**{**load_settings().model_dump(), "store": base / f"{folder.name}-store", "chroma_url": ""})
    embedder = make_embedder(settings)
    embedder.embed(["the first text loads the graph"])
    documents = [path.read_bytes() for path in folder.glob("*.pdf")]
    plain, plain_cpu = timed(lambda: [page.extract_text() for data in documents for page in PdfReader(io.BytesIO(data)).pages])
    reports: list[Report] = []
    whole, whole_cpu = timed(lambda: reports.append(ingest(settings, [folder], quietly)))
    again, _ = timed(lambda: reports.append(ingest(settings, [folder], quietly)))
    with Library(settings.store) as library:
        texts = sorted({text for chunk in library.all_chunks() for text in chunk_texts(chunk)})
    alone, alone_cpu = timed(lambda: embedder.embed(texts))
    first, second = reports
    print(f"{folder.name}: {first.added} PDFs, {first.chunks} chunks, {first.embedded} texts embedded, failed: {len(first.failed)}")
    print(
        f"  pypdf's plain extraction {plain:.1f} s, the embedder alone {alone:.1f} s, the whole ingest {whole:.1f} s: {whole / (plain + alone):.2f} x both together"
    )
    print(
        f"  in seconds of processor time {whole_cpu / (plain_cpu + alone_cpu):.2f} x; cores busy: {whole_cpu / whole:.2f} (the embedder alone: {alone_cpu / alone:.2f})"
    )
    print(f"  once more: {second.unchanged} unchanged, {second.embedded} embedded, {again / whole:.3f} x the first", flush=True)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that a piece of work takes, by the clock and of processors."""
    began, cpu = time.perf_counter(), cpu_seconds()
    work()
    return time.perf_counter() - began, cpu_seconds() - cpu


def copy_real(folder: Path) -> Path | None:
    """The PDFs in ../shared as a folder of their own, or None."""
    found = sorted((ROOT.parent / "shared" / "sources").rglob("*.pdf"))
    found = [path for path in found if "hard" not in path.parts]
    folder.mkdir()
    rows = []
    for number, path in enumerate(found):
        shutil.copy(path, folder)
        rows.append(
            f'[[source]]\nid = "r{number}"\ntitle = "Document {number}"\nkind = "guide"\norganisation = "Trust"\npath = "{path.name}"\n'
        )
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder if found else None


def measure_size(base: Path, pages: int) -> None:
    """Print the memory by number of pages."""
    folder = base / "size"
    write_folder(folder, pages // FILE_PAGES, FILE_PAGES, 2, POOL)
    settings = Settings(**{**load_settings().model_dump(), "store": base / "size-store", "chroma_url": ""})
    memory = Memory()
    memory.start()
    marks: list[tuple[int, int]] = []

    def watch(step: str, done: int, _: int) -> None:
        if step == "reading" and done * FILE_PAGES // 1000 > len(marks):
            marks.append((done * FILE_PAGES, memory.peak))
        if step == "indexing":
            print(
                f"{'index made' if done else 'all read and embedded'}: peak {memory.peak / 1e6:,.0f} MB, {time.perf_counter() - began:.0f} s",
                flush=True,
            )

    began = time.perf_counter()
    report: Report = ingest(settings, [folder], watch)
    memory.stop()
    print(
        f"{report.added} PDFs, {report.added * FILE_PAGES:,} pages, {report.chunks:,} chunks, {report.embedded:,} texts embedded, {report.seconds:.0f} s, failed: {len(report.failed)}"
    )
    for reason in sorted({failure.reason for failure in report.failed}):
        print(f"  failed: {reason}")
    for done, peak in marks:
        print(f"  {done:>7,} pages: peak {peak / 1e6:,.0f} MB")
    print(
        f"  at the end:    peak {memory.peak / 1e6:,.0f} MB, {memory.peak / marks[0][1]:.2f} x that of the first 1,000 pages"
        if marks
        else "too few pages"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long an ingest takes, and how much memory.")
    parser.add_argument("--pages", type=int, default=10_000, help="of the memory's measurement; 0 leaves it out")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not options.no_speed:
            write_folder(Path(folder) / "invented", SPEED_FILES, SPEED_PAGES, 4, 0)
            measure_speed(Path(folder), Path(folder) / "invented")
            if real := copy_real(Path(folder) / "real"):
                measure_speed(Path(folder), real)
        if options.pages:
            measure_size(Path(folder), options.pages)


if __name__ == "__main__":
    main()
