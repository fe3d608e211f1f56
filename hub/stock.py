"""What a library holds, source by source, in figures: without reading the texts themselves."""

import json
import sqlite3
from typing import NamedTuple

from hub.domain import Source


class Figures(NamedTuple):
    """One source."""

    source: Source
    folder: str
    read_at: str
    """ISO 8601."""
    pages: int
    """0 where the format has none."""
    chunks: int
    warnings: tuple[str, ...]
    """What its reader said of it."""
    ocr: bool


class Stock:
    """The figures of one library."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def figures(self) -> dict[str, Figures]:
        """Every source held, by id, in order of id."""
        rows = self._db.execute(
            "SELECT id, row, folder, read_at, json_array_length(loaded, '$.pages'), "
            "(SELECT COUNT(*) FROM chunks WHERE source = sources.id), json_extract(loaded, '$.warnings'), json_extract(loaded, '$.ocr') "
            "FROM sources ORDER BY id"
        )
        return {
            id: Figures(
                Source.model_validate_json(row), folder, read_at, pages or 0, chunks, tuple(json.loads(warnings or "[]")), bool(ocr)
            )
            for id, row, folder, read_at, pages, chunks, warnings, ocr in rows
        }
