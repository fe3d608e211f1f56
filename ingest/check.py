"""Looks without writing: what an ingest would do, and a manifest's stub for files that have no row."""

import hashlib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from hub.components import load_model
from hub.library import Library
from hub.settings import Settings
from ingest.errors import LoadError
from ingest.load import FORMATS, load
from ingest.manifest import NAME, read_manifest


def check(settings: Settings, folders: Sequence[Path]) -> tuple[list[str], bool]:
    """Lines on each row of the folders' manifests, and whether all can be read. Writes nothing."""
    model = load_model()
    held: dict[str, str] = {}
    if (settings.store / "library.db").exists():
        with Library(settings.store) as library:
            held = library.originals()
    lines, good = [], True
    for folder in (f.resolve() for f in folders):
        for source in read_manifest(folder, model):
            try:
                path = folder / source.path
                if not path.is_file():
                    raise LoadError(f"no file {source.path}; put it beside the manifest or remove the row")
                data = path.read_bytes()
                loaded = load(source.path, data)
            except LoadError as error:
                good = False
                lines.append(f"{source.id}: FAILS: {error}")
                continue
            state = "new" if source.id not in held else "held" if held[source.id] == hashlib.sha256(data).hexdigest() else "changed"
            pages = f", {len({p for _, p, _ in loaded.pages})} pages" if loaded.pages else ""
            lines.append(f"{source.id}: {state}{pages}, {len(loaded.text.split())} words" + "".join(f"; {w}" for w in loaded.warnings))
    return lines, good


def suggest(folder: Path) -> str:
    """TOML rows for the documents in `folder` that its manifest does not name; what a file says of itself is filled in."""
    path = folder / NAME
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("source", []) if path.is_file() else []
    named = {row.get("path") for row in rows}
    stubs = []
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.suffix.lower() not in FORMATS or name in named or name.startswith(".") or file.name.lower().startswith("readme"):
            continue
        try:
            loaded = load(file.name, file.read_bytes())
        except LoadError as error:
            stubs.append(f"# {name}: {error}\n")
            continue
        first = next((b for b in loaded.blocks if b.kind == "heading"), loaded.blocks[0])
        title = " ".join(loaded.text[first.start : first.end].split()[:20])
        id = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-") or "source"
        stubs.append(
            "[[source]]\n"
            f'id = "{id}"\ntitle = {_quoted(title)}\nkind = "case-study"  # or model-paper, guide, research, news, opinion, policy\n'
            f'organisation = ""  # whose practice it tells of\npath = {_quoted(name)}\n'
        )
    return "\n".join(stubs)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
