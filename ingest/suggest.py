"""A manifest's stub for files that have no row: what each file says of itself is filled in, what is unsure stands as a comment."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from hub.domain import Loaded
from ingest.errors import IngestError, LoadError, ManifestError
from ingest.load import FORMATS
from ingest.look import read_with
from ingest.manifest import NAME
from ingest.reader import Reader
from ingest.says import Said, what_it_says

TITLE_WORDS = 20
KINDS = "# or model-paper, guide, research, news, opinion, policy"


def suggest(folder: Path) -> str:
    """TOML rows for the documents in `folder` that its manifest does not name. IngestError where it is no folder, or its manifest no TOML.

    The rows load once the operator has filled in whose document each is.
    """
    if not folder.is_dir():
        raise IngestError(f"{folder} is not a folder; name the one that holds the documents")
    rows = _rows(folder)
    named = {str(row.get("path")) for row in rows}
    ids = {str(row.get("id")) for row in rows}
    stubs = []
    with Reader(workers=1) as reader:
        read = read_with(reader)
        for name in _files(folder):
            if name in named:
                continue
            try:
                data = (folder / name).read_bytes()
                stubs.append(_stub(name, read(name, data), data, ids))
            except (LoadError, OSError) as error:
                stubs.append(f"# {_one_line(name)}: {_one_line(str(error))}\n")
    return "\n".join(stubs)


def _rows(folder: Path) -> list[dict[str, object]]:
    path = folder / NAME
    if not path.is_file():
        return []
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("source", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: not valid TOML ({error}); mend it first") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ManifestError(f"{path}: write [[source]] with two brackets")
    return rows


def _files(folder: Path) -> Iterator[str]:
    """Documents below the folder, but for hidden ones, readmes, and folders that have a manifest of their own."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        below = [folder.joinpath(*parts[:n]) for n in range(1, len(parts))]
        if (
            file.is_file()
            and file.suffix.lower() in FORMATS
            and not any(part.startswith(".") for part in parts)
            and not file.name.lower().startswith("readme")
            and not any((part / NAME).is_file() for part in below)
            and file.resolve().is_relative_to(folder.resolve())
        ):
            yield file.relative_to(folder).as_posix()


def _stub(name: str, loaded: Loaded, data: bytes, ids: set[str]) -> str:
    said = what_it_says(loaded, data if name.lower().endswith((".html", ".htm")) else b"")
    whose = f"  # whose practice it tells of; it names {', '.join(said.names)}" if said.names else "  # whose practice it tells of"
    lines = [
        "[[source]]",
        f"id = {_quoted(_new_id(name, ids))}",
        f"title = {_quoted(title_of(loaded, name))}",
        f'kind = "case-study"  {KINDS}',
        f'organisation = ""{whose}',
        f"path = {_quoted(name)}",
    ]
    if said.trust:
        lines.append(f"# trust = {_quoted(said.trust)}")
    if said.published:
        lines.append(f"{'' if said.published_sure else '# '}published = {_quoted(said.published)}")
    return "\n".join([*lines, *_context(said)]) + "\n"


def _context(said: Said) -> list[str]:
    """One line of what the file says outright, one of what it may say: for a person to put into the first."""
    held = {
        known: ", ".join(f"{key} = {_quoted(v)}" for key, (v, sure) in said.context.items() if sure == known) for known in (True, False)
    }
    lines = [f"context = {{ {held[True]} }}"] if held[True] else []
    return [*lines, f"# perhaps, in context: {held[False]}"] if held[False] else lines


def _new_id(name: str, ids: set[str]) -> str:
    """From the file's name; where that is taken, from its folder's name too, and then with a number."""
    path = Path(name)
    candidates = [path.stem, "-".join((*path.parent.parts, path.stem)), f"{path.stem}-{path.suffix[1:]}"]
    made = [re.sub(r"[^a-z0-9]+", "-", c.lower()).strip("-") or "source" for c in candidates]
    id = next((m for m in made if m not in ids), "")
    number = 2
    while not id:
        id = f"{made[0]}-{number}" if f"{made[0]}-{number}" not in ids else ""
        number += 1
    ids.add(id)
    return id


def title_of(loaded: Loaded, name: str) -> str:
    """What a document seems to be called: its first heading, else its first words, else its file's name."""
    first = next((b for b in loaded.blocks if b.kind == "heading"), loaded.blocks[0])
    return " ".join(loaded.text[first.start : first.end].split()[:TITLE_WORDS]) or name


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A basic string of TOML."""
    escaped = _one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
