"""Reads a folder's `manifest.toml`: one `[[source]]` a document."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from hub.components import Model
from hub.domain import Source
from ingest.errors import ManifestError

NAME = "manifest.toml"
_ILLUSTRATIVE_ENDING = "(illustrative)"


def read_manifest(folder: Path, model: Model) -> list[Source]:
    """The rows of a folder's manifest. ManifestError names the row that is wrong, and what to do."""
    path = folder / NAME
    if not path.is_file():
        raise ManifestError(f"{folder}: no {NAME} there; write one, with a [[source]] for each document")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: not valid TOML ({error})") from error
    unknown = [key for key in data if key != "source"]
    if unknown:
        raise ManifestError(f'{path}: unknown table or key "{unknown[0]}"; a manifest holds [[source]] rows only')
    rows = data.get("source", [])
    if not isinstance(rows, list):
        raise ManifestError(f"{path}: write [[source]] with two brackets")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise ManifestError(f"{path}, row {number}: not a table of keys; write [[source]] with two brackets")
    sources = [read_row(path, number, row, model) for number, row in enumerate(rows, 1)]
    seen: set[str] = set()
    for source in sources:
        if source.id in seen:
            raise ManifestError(f'{path}, row "{source.id}": the id stands twice; give each document its own')
        seen.add(source.id)
    return sources


def read_row(path: Path, number: int, row: dict[str, object], model: Model) -> Source:
    """One row of the manifest at `path`. ManifestError names what is wrong with it."""
    name = f'row "{row["id"]}"' if row.get("id") else f"row {number}"
    try:
        source = Source.model_validate(row)
    except ValidationError as error:
        raise ManifestError(f"{path}, {name}: {explain(error)}") from error
    known = {c.id for c in model.components}
    for component in source.components:
        if component not in known:
            raise ManifestError(f'{path}, {name}: no component has the id "{component}"; use one of {", ".join(sorted(known))}')
    if source.illustrative and not source.organisation.endswith(_ILLUSTRATIVE_ENDING):
        raise ManifestError(f'{path}, {name}: an illustrative source\'s organisation ends in "{_ILLUSTRATIVE_ENDING}"; add it')
    if not (path.parent / source.path).resolve().is_relative_to(path.parent.resolve()):
        raise ManifestError(f"{path}, {name}: {source.path} lies outside the manifest's folder; move it in")
    return source


def explain(error: ValidationError) -> str:
    """What is wrong with a row, and what to do."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    match first["type"]:
        case "extra_forbidden":
            return f'unknown key "{key}"; remove it or mend its spelling'
        case "missing":
            return f'no "{key}"; add it'
        case "literal_error":
            return f'{key} = "{first["input"]}" is not one of {first["ctx"]["expected"]}'
        case "string_too_short":
            return f"{key} = {first['input']!r}: it is empty; fill it in"
        case _:
            return f"{key} = {first['input']!r}: {first['msg']}"
