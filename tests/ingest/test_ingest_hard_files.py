"""Files that make trouble: two columns are read in order, and what cannot be read gives one plain reason."""

import json
import os
import shutil
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path

import pytest
from ingest_looking import faults, load_file, text_of
from ingest_worlds import toml_row

import ingest.pdf_pages
from hub.quotes import canonical
from hub.settings import ROOT
from ingest.errors import LoadError
from ingest.load import load


def longest_rise(numbers: list[int]) -> int:
    """The length of the longest rising run that can be picked, in order, from the numbers."""
    tails: list[int] = []
    for number in numbers:
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.pdf", "is empty"),
        ("not-a-pdf.pdf", "is not a PDF"),
        ("truncated.pdf", "damaged"),
        ("scanned.pdf", "no text layer"),
        ("encrypted.pdf", "encrypted; save it without a password"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid pdf header:UserWarning")
def test_a_bad_file_gives_one_plain_reason(shared: Path, name: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.pdf_pages, "find_program", lambda: None)
    with pytest.raises(LoadError) as caught:
        load(name, (shared / "sources" / "hard" / name).read_bytes())
    message = str(caught.value)
    assert reason in message
    assert ("\n" in message, message[-1] in ".)") == (False, False)


def test_two_columns_are_read_in_the_order_of_the_paper_that_they_set(shared: Path) -> None:
    one = load_file(shared / "sources" / "conceptual-model.pdf")
    two = load_file(shared / "sources" / "hard" / "two-columns.pdf")
    paragraphs = [canonical(text_of(one, b)) for b in one.blocks if b.kind == "paragraph" and len(text_of(one, b).split()) > 30]
    whole = canonical(two.text)
    found = [at for p in paragraphs if (at := whole.find(p[:80])) >= 0]
    assert len(paragraphs) > 60
    assert len(found) > 0.95 * len(paragraphs)
    assert longest_rise(found) == len(found)


def test_paragraphs_are_whole_in_two_columns(shared: Path) -> None:
    one = load_file(shared / "sources" / "conceptual-model.pdf")
    two = load_file(shared / "sources" / "hard" / "two-columns.pdf")
    paragraphs = [canonical(text_of(one, b)) for b in one.blocks if b.kind == "paragraph" and len(text_of(one, b).split()) > 30]
    whole = [canonical(text_of(two, b)) for b in two.blocks]
    assert sum(any(p in w for w in whole) for p in paragraphs) > 0.85 * len(paragraphs)
    assert faults(two) == []


def test_an_old_page_in_windows_1252_without_a_word_of_it_is_read(shared: Path) -> None:
    text = load_file(shared / "sources" / "hard" / "latin1.html").text
    assert [s for s in ("Café", " – ", "it’s") if s not in text] == []


@pytest.mark.parametrize("folder", ["sources", "sources/case-studies"])
def test_every_real_document_loads_with_offsets_that_hold(shared: Path, folder: str) -> None:
    files = [p for p in sorted((shared / folder).iterdir()) if p.suffix in (".pdf", ".html")]
    assert len(files) >= 5
    wrong = {p.name: found for p in files if (found := faults(load_file(p)))}
    assert wrong == {}


def ingest_hard(folder: Path, store: Path, *arguments: str, tesseract: bool) -> subprocess.CompletedProcess[str]:
    """`python -m ingest` on the folder, with or without tesseract on its path."""
    path = os.environ["PATH"] if tesseract else str(store.parent)
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments, str(folder)],
        capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ, "HUB_STORE": str(store), "PATH": path},
    )  # fmt: skip


@pytest.mark.parametrize("tesseract", [False, True], ids=["without OCR", "with OCR"])
def test_an_ingest_of_hard_files_says_one_line_for_each_bad_one_and_keeps_the_rest(shared: Path, tmp_path: Path, tesseract: bool) -> None:
    if tesseract and not shutil.which("tesseract"):
        if os.environ.get("HUB_TESSERACT_REQUIRED"):
            pytest.fail("tesseract is not installed")
        pytest.skip("tesseract is not installed: apt-get install tesseract-ocr")
    folder, store = tmp_path / "hard", tmp_path / "store"
    shutil.copytree(shared / "sources" / "hard", folder)
    folder.chmod(0o755)
    names = sorted(p.name for p in folder.iterdir())
    (folder / "manifest.toml").write_text("\n".join(toml_row(n.partition(".")[0], path=n) for n in names), encoding="utf-8")
    reasons = {
        "empty": "is empty",
        "encrypted": "is encrypted",
        "not-a-pdf": "is not a PDF",
        "truncated": "is damaged",
        **({} if tesseract else {"scanned": "no text layer"}),
    }
    ran = ingest_hard(folder, store, tesseract=tesseract)
    lines = [line for line in ran.stdout.splitlines() if line.startswith("failed: ")]
    assert (ran.returncode, len(lines), "Traceback" in ran.stderr) == (1, len(reasons), False)
    assert [id for id, reason in reasons.items() if sum(line.startswith(f"failed: {id} ") and reason in line for line in lines) != 1] == []
    again = json.loads(ingest_hard(folder, store, "--json", tesseract=tesseract).stdout)
    assert (again["added"], again["unchanged"], {f["source"] for f in again["failed"]}) == (0, len(names) - len(reasons), set(reasons))
    assert again["chunks"] > 40
