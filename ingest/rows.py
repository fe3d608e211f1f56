"""What the folders' manifests ask for: one row a document, with what staff decided on its passages."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hub.components import Model
from hub.domain import Source
from hub.settings import ROOT, Settings
from ingest.decisions import Decision, read_decisions
from ingest.errors import ManifestError
from ingest.manifest import NAME, read_manifest
from ingest.uploads import has_uploads, uploads_folder


class Row(NamedTuple):
    """A document that a manifest names."""

    folder: Path
    source: Source
    decisions: tuple[Decision, ...]


def default_folders(settings: Settings) -> list[Path]:
    """The folders that are ingested when none is named: the operator's, and what was uploaded in the app."""
    named = [Path(part) for part in settings.sources.split(os.pathsep) if part] if settings.sources else [ROOT / "sources"]
    return [*named, uploads_folder(settings.store)] if has_uploads(settings.store) else named


def gather_rows(folders: Sequence[Path], model: Model) -> tuple[list[Row], list[str]]:
    """The rows of the folders' manifests, and what there is to warn of. ManifestError where one cannot be used, or where two use one id."""
    rows: list[Row] = []
    warnings: list[str] = []
    seen: dict[str, Path] = {}
    for folder in dict.fromkeys(folders):
        sources = read_manifest(folder, model)
        decisions = read_decisions(folder, model)
        for source in sources:
            if source.id in seen:
                raise ManifestError(f'{folder}/{NAME}, row "{source.id}": {seen[source.id]} has a row of that id too; rename one')
            seen[source.id] = folder
            rows.append(Row(folder, source, tuple(d for d in decisions if d.source == source.id)))
        known = {s.id for s in sources}
        warnings += [f"{d.name}: the manifest has no row of that id; the decision waits" for d in decisions if d.source not in known]
    return rows, warnings
