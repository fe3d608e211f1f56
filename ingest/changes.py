"""Finds what changed, row by row, and stages it: the next documents are read while the ones before are embedded."""

from collections.abc import Sequence

from hub.library import Library
from ingest.ahead import WorkAhead
from ingest.decisions import from_kept
from ingest.errors import LoadError
from ingest.look import Looked, Read, State, look, read_with
from ingest.reader import Reader
from ingest.report import Failure, Progress, Report
from ingest.rows import Row
from ingest.stage import Document, Stager


def stage_rows(
    library: Library, rows: Sequence[Row], state: State, stager: Stager, reader: Reader, report: Report, progress: Progress
) -> set[str]:
    """Look at every row and stage what changed; returns the ids that are staged."""
    read = read_with(reader)
    order = sorted(range(len(rows)), key=lambda n: -_size(rows[n]))  # the longest first: the others are embedded meanwhile
    told: dict[int, list[str]] = {}
    failed: dict[int, Failure] = {}
    ready: set[str] = set()
    done = 0
    with WorkAhead(order, lambda number: (number, look(rows[number], state, read)), reader.close) as looking:
        if state.anew:
            stager.prepare()
        for together in looking.done():
            stager.stage([document for number, looked in together if (document := _document(library, looked, told.setdefault(number, [])))])
            for number, looked in together:
                told[number] += _count(library, looked, state, report)
                if looked.what == "failed":
                    failed[number] = Failure(looked.row.source.id, str(looked.row.folder / looked.row.source.path), looked.reason)
                elif looked.what != "unchanged":
                    ready.add(looked.row.source.id)
                done += 1
                progress("reading", done, len(rows))
    report.warnings += [warning for number in sorted(told) for warning in told[number]]
    report.failed += [failed[number] for number in sorted(failed)]
    return ready


def _size(row: Row) -> int:
    try:
        return (row.folder / row.source.path).stat().st_size
    except OSError:  # said when it is looked at
        return 0


def _document(library: Library, looked: Looked, told: list[str]) -> Document | None:
    loaded = looked.loaded
    if looked.what == "kept":
        held = library.held(looked.row.source.id)
        loaded = held.loaded if held else None
    if loaded is None:
        return None
    told += [f"{looked.row.source.id}: {warning}" for warning in loaded.warnings]
    return Document(looked.row.source, str(looked.row.folder), looked.original, loaded, looked.row.decisions, looked.data)


def _count(library: Library, looked: Looked, state: State, report: Report) -> list[str]:
    """Count one row in the report; returns what there is to warn of."""
    folder, source, decisions = looked.row
    before = state.seen.get(source.id)
    told = []
    if looked.what == "unchanged":
        report.unchanged += 1
        held = library.held(source.id) if decisions else None
        told += [d.stale for d in decisions if held and not d.stands(held.loaded)]
    elif looked.what != "failed" and before:
        report.changed += 1
    elif looked.what != "failed":
        report.added += 1
    if before and before.folder != str(folder):
        told.append(f'"{source.id}" moved from {before.folder} to {folder}')
    elif before and before.path != source.path and before.original == looked.original:
        told.append(f'"{source.id}" moved from {before.path} to {source.path}')
    return told


def stage_held(library: Library, done: set[str], stager: Stager, reader: Reader, report: Report, progress: Progress) -> set[str]:
    """Stage what the library holds of other folders, and of files that cannot be read now, from the originals that it kept."""
    rest = [id for id in library.seen() if id not in done]
    number = 0
    read = read_with(reader)
    with WorkAhead(rest, lambda id: _read_held(library, id, read), reader.close) as reading:
        for documents in reading.done():
            stager.stage([document for document, _ in documents])
            report.warnings += [warning for _, warning in documents if warning]
            number += len(documents)
            progress("reading what is held", number, len(rest))
    return set(rest)


def _read_held(library: Library, id: str, read: Read) -> tuple[Document, str]:
    """What is held of a source, read anew, and a warning where that cannot be."""
    held, data = library.held(id), library.original(id)
    assert held is not None
    warning, loaded = "", held.loaded
    try:
        loaded = read(held.source.path, data or b"")
    except LoadError as error:
        warning = f"{id}: what is held of it cannot be read anew ({error}); it stays as it was read before"
    decisions = from_kept(held.decisions, id)
    return Document(held.source, held.folder, held.original, loaded, decisions, read_at=held.read_at), warning
