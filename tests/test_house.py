"""The house itself: what every file of the project keeps to."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hub.settings import ROOT


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_file_carries_a_sentence_of_the_real_documents(shared: Path) -> None:
    found = subprocess.run(
        [sys.executable, str(shared / "hooks" / "quotes_in_project.py"), str(ROOT)], capture_output=True, text=True, check=True
    )
    assert found.stdout == ""


def test_every_package_is_a_docstring_alone() -> None:
    for init in ROOT.glob("*/__init__.py"):
        if init.parent.name != "tests":
            assert re.fullmatch(r'""".*?"""\s*', init.read_text(encoding="utf-8"), re.DOTALL), init


@pytest.mark.parametrize(("library", "home"), [("chromadb", "vectorstore/chroma.py"), ("litellm", "assistant/llm.py")])
def test_a_library_with_traps_is_imported_in_one_file(library: str, home: str) -> None:
    users = {
        str(p.relative_to(ROOT))
        for p in tracked()
        if p.suffix == ".py"
        and p.parts[len(ROOT.parts)] != "tests"
        and re.search(rf"^\s*(?:import|from) {library}\b", p.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert users == {home}


def test_requirements_are_pinned_with_hashes_name_no_registry_and_hold_no_torch() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-weights.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        rows = re.findall(r"^([A-Za-z0-9_.-]+)==\S+", text, re.MULTILINE)
        assert rows
        assert len(re.findall(r"^[A-Za-z0-9_.-]+==[^\n]*\\\n\s+--hash=sha256:", text, re.MULTILINE)) == len(rows)
        assert "torch" not in rows
        assert "://" not in text
