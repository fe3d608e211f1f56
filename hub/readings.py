"""How a stored citation stands to the library today: current, of an older text, or withdrawn.

When a source's text changes, the library keeps the text before: stored answers cite it. It goes when nothing cites it any more,
or when the source is removed: what was withdrawn is shown to nobody.
"""

import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from hub.domain import Citation, Loaded, Source
from hub.quotes import stands_at

Standing = Literal["current", "older", "withdrawn"]
GRACE = timedelta(hours=1)
"""An answer may be under way while the text it cites is replaced, and kept only then: so long a text stays whoever cites it."""


class Cited(NamedTuple):
    """What a citation points at now."""

    standing: Standing
    """"current": the text that was cited is the one held; "older": the source has another text now; "withdrawn": it is not held."""
    source: Source | None
    """The source's row as it is now: what may be shown goes by it. None where it is withdrawn."""
    loaded: Loaded | None
    """The text in which the citation's offsets count; None where it is withdrawn, or where that text is not kept any more."""


class Readings:
    """The older texts that a library keeps."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def cited(self, citation: Citation) -> Cited:
        """How a citation stands. A source that goes by another id now is followed there."""
        id = self._now_called(citation.source)
        row = self._db.execute("SELECT row, loaded, text_hash FROM sources WHERE id = ?", (id,)).fetchone()
        if row is None:
            return Cited("withdrawn", None, None)
        source = Source.model_validate_json(row[0])
        if citation.text_hash == row[2]:
            return Cited("current", source, Loaded.model_validate_json(row[1]))
        if not citation.text_hash:  # an answer from before the text's name was kept
            loaded = Loaded.model_validate_json(row[1])
            stands = stands_at(citation.quote, loaded, citation.start, citation.end)
            return Cited("current" if stands else "older", source, loaded if stands else None)
        past = self._db.execute("SELECT loaded FROM readings WHERE source = ? AND text_hash = ?", (id, citation.text_hash)).fetchone()
        return Cited("older", source, Loaded.model_validate_json(past[0]) if past else None)

    def withdrawn(self, ids: Collection[str]) -> set[str]:
        """Those of these sources that are not held any more."""
        held = {id for (id,) in self._db.execute("SELECT id FROM sources")}
        return {id for id in ids if self._now_called(id) not in held}

    def names_of(self, id: str) -> set[str]:
        """Every id by which citations may know a source: its own, and those that it went by before."""
        return {id, *(old for (old,) in self._db.execute("SELECT id FROM moved WHERE became = ?", (id,)))}

    def keep(self, replaced: str, removed: Collection[str] = ()) -> None:
        """Before a switch, inside its transaction: keep the texts that the staged ones replace; drop those of `removed` sources.

        `replaced` is the time (ISO 8601).
        """
        self._db.execute(
            "INSERT OR REPLACE INTO readings SELECT old.id, old.text_hash, old.loaded, ? FROM sources old JOIN staged new ON old.id = new.id "
            "WHERE old.text_hash != new.text_hash",
            (replaced,),
        )
        self._db.execute("DELETE FROM readings WHERE (source, text_hash) IN (SELECT id, text_hash FROM staged)")
        self._db.execute("DELETE FROM moved WHERE id IN (SELECT id FROM staged)")
        self._db.executemany("DELETE FROM readings WHERE source = ?", [(id,) for id in removed])

    def follow(self, old: str, new: str) -> None:
        """From now on what cites `old` is looked for in `new`: the same document under another id."""
        self._db.execute("UPDATE moved SET became = ? WHERE became = ?", (new, old))
        self._db.execute("INSERT OR REPLACE INTO moved VALUES (?, ?)", (old, new))
        self._db.execute("UPDATE OR REPLACE readings SET source = ? WHERE source = ?", (new, old))

    def kept(self) -> list[tuple[str, str]]:
        """(source, text hash) of every older text."""
        return list(self._db.execute("SELECT source, text_hash FROM readings ORDER BY source, until"))

    def drop_uncited(self, cited: Collection[tuple[str, str]], now: datetime | None = None) -> int:
        """Drop the older texts that none of the (source, text hash) pairs names; returns how many. The newest hour's stay."""
        wanted = {(self._now_called(source), text) for source, text in cited}
        before = ((now or datetime.now(UTC)) - GRACE).isoformat(timespec="seconds")
        old = self._db.execute("SELECT source, text_hash FROM readings WHERE until < ?", (before,)).fetchall()
        spare = [pair for pair in old if tuple(pair) not in wanted]
        if spare:  # nothing is written where there is nothing to drop
            self._db.executemany("DELETE FROM readings WHERE source = ? AND text_hash = ?", spare)
        return len(spare)

    def _now_called(self, id: str) -> str:
        row = self._db.execute("SELECT became FROM moved WHERE id = ?", (id,)).fetchone()
        return row[0] if row else id
