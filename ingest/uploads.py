"""Documents that a person adds in the app: a folder of the store's own, with a manifest that only this file writes.

It is read like any other folder, under the same limits, and is always among those that `python -m ingest` reads when none is named.
"""

import hashlib
import json
import os
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath

from filelock import FileLock, Timeout

from hub.components import Model
from hub.domain import Loaded, Source, text_hash
from hub.library import Library
from hub.plain import clean
from ingest.errors import IngestError, ManifestError
from ingest.load import FORMATS
from ingest.manifest import NAME, read_manifest, read_row

FOLDER = "uploads"
PREFIX = "upload-"
"""Begins every id here, so that no row of an operator's own manifest comes to have the same."""
MAX_BYTES = 50 * 1024 * 1024
MOST_NAME_CHARACTERS = 60
_HEAD = "# Written by the app: one row a document that was uploaded. Comments put in by hand are lost at the next upload.\n"


def uploads_folder(store: Path) -> Path:
    """Where they lie, whether or not there are any."""
    return store.resolve() / FOLDER


def has_uploads(store: Path) -> bool:
    """Whether the folder has a manifest; one without rows counts, for what was removed is to be dropped."""
    return (uploads_folder(store) / NAME).is_file()


def id_for(name: str) -> str:
    """The id of a file of that name: letters, digits and hyphens, safe as a file's name everywhere."""
    stem = PurePath(name.replace("\\", "/")).stem
    plain = unicodedata.normalize("NFKD", clean(stem)).encode("ascii", "ignore").decode().lower()
    return PREFIX + (re.sub(r"[^a-z0-9]+", "-", plain)[:MOST_NAME_CHARACTERS].strip("-") or "document")


def check_file(name: str, data: bytes) -> None:
    """IngestError where the file is larger than may be uploaded, or of a kind that is not read."""
    if len(data) > MAX_BYTES:
        raise IngestError(f"the file is larger than {MAX_BYTES // 1024**2} MB; split it, or put it into a folder that the operator reads")
    if _ending(name) not in FORMATS:
        raise IngestError(f"{_ending(name) or 'a file without an ending'} is not a format that is read; use one of {', '.join(FORMATS)}")


def same_document(library: Library, data: bytes, loaded: Loaded) -> list[str]:
    """Ids of the sources held that are this very file, or have this very text."""
    original, text = hashlib.sha256(data).hexdigest(), text_hash(loaded.text)
    ids = {id for id, held in library.originals().items() if held == original}
    return sorted(ids | {id for id, held in library.texts().items() if held == text})


class Uploads:
    """The uploads of one store. Two pages that write at once take turns."""

    def __init__(self, store: Path, model: Model) -> None:
        self.folder = uploads_folder(store)
        self._model = model

    def rows(self) -> list[Source]:
        """What was uploaded, oldest first. ManifestError where somebody has put the manifest out of order."""
        return read_manifest(self.folder, self._model) if (self.folder / NAME).is_file() else []

    def add(self, name: str, data: bytes, fields: Mapping[str, object], taken: Collection[str] = (), replaces: str = "") -> Source:
        """Keep a file and its row, checked as any manifest's is; returns the row.

        `fields`: the row's, but for `id` and `path`. `taken`: ids that other folders use. `replaces`: the upload of which this is a new version.
        IngestError where the file may not be uploaded, ManifestError where the row is wrong; then nothing is kept.
        """
        check_file(name, data)
        with self._alone():
            rows = self.rows()
            id = replaces or _free(id_for(name), {*taken, *(r.id for r in rows)})
            source = self.check(id, name, fields)
            before = next((r for r in rows if r.id == id), None)
            if replaces and before is None:
                raise IngestError(f'no upload has the id "{replaces}"; add the document as a new one')
            _write(self.folder / source.path, data)
            self._keep([source if r.id == id else r for r in rows] if before else [*rows, source])
            if before and before.path != source.path:
                (self.folder / before.path).unlink(missing_ok=True)
        return source

    def check(self, id: str, name: str, fields: Mapping[str, object]) -> Source:
        """The row as it would be kept. ManifestError where a manifest could not hold it."""
        row = {**{key: _cleaned(value) for key, value in fields.items()}, "id": id, "path": f"{id}{_ending(name)}"}
        return read_row(self.folder / NAME, 1, row, self._model)

    def remove(self, id: str) -> bool:
        """Take out a row and its file; False where there is none. What the library holds of it goes with the next ingest."""
        with self._alone():
            rows = self.rows()
            gone = [r for r in rows if r.id == id]
            if gone:
                self._keep(r for r in rows if r.id != id)
                (self.folder / gone[0].path).unlink(missing_ok=True)
        return bool(gone)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=30):
                yield
        except Timeout as error:
            raise IngestError("another page is changing the uploads; try again in a moment") from error
        except OSError as error:
            raise IngestError(
                f"it cannot be kept in {self.folder} ({error.strerror}); see that there is room, and who may write there"
            ) from error

    def _keep(self, rows: Iterable[Source]) -> None:
        kept = [row.model_dump(mode="json", exclude_defaults=True) for row in rows]
        text = "\n".join([_HEAD, *("\n".join(["[[source]]", *(f"{k} = {_toml(v)}" for k, v in row.items()), ""]) for row in kept)])
        if tomllib.loads(text).get("source", []) != kept:  # it must read back as it was
            raise ManifestError("the row holds characters that a manifest cannot; take them out")
        _write(self.folder / NAME, text.encode())


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _free(id: str, taken: Collection[str]) -> str:
    made, number = id, 2
    while made in taken:
        made, number = f"{id}-{number}", number + 1
    return made


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            return [_cleaned(v) for v in value]
        case dict():
            return {k: _cleaned(v) for k, v in value.items()}
    return value


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(v)}" for key, v in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)  # of clean text, a string of JSON is one of TOML


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: an ingest may be reading it."""
    making = path.with_name(f".{path.name}.{os.getpid()}")
    with making.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
