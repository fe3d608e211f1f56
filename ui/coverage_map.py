"""The coverage map: which components are described, by whom; each cell opens at its quotes."""

from collections.abc import Iterator
from html import escape as html_escape
from urllib.parse import urlencode

import streamlit as st

from assistant.explore.coverage import Cell, Coverage, Map
from assistant.explore.groups import BYS, By
from assistant.explore.levels import LEVEL_WORDS
from assistant.explore.rows import as_csv, coverage_rows
from assistant.wording import counted
from hub.components import Model
from ui import coverage_grid, files, quotes
from ui.atlas import atlas, invented
from ui.coverage_grid import ROWS_ARE, said_of
from ui.markdown import escape
from ui.strands import look_of, strand_label

BY, AS, OPEN = "by", "as", "open"
"""What the address holds: what the rows are, whether it is a table, and the cell that is open."""
TABLE = "table"
MANY_ROWS = 25
_LABELS: dict[By, str] = {"organisation": "Organisations", "phase": "Phases", "region": "Regions", "kind": "Kinds of document"}
_LEGEND = (
    ":primary[:material/check_box:] **confirmed**: described, and staff confirmed it · :primary[●] **described**: found by the program · "
    ":primary[○] **mentioned**: one passage, and the program is not sure · **–** nothing found in what we hold"
)


def show() -> None:
    """The page."""
    st.set_page_config(layout="wide")
    st.title("Coverage map")
    st.markdown(
        "Where the evidence lies: the model's twelve components, and who describes them. Select a cell to read the words it rests on."
    )
    held = atlas()
    if held is None:
        return
    invented(held)
    by = _by()
    coverage = held.draw(by)
    if not coverage.rows:
        st.info("No case study is held yet, so there is nothing to map.", icon=":material/grid_off:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        as_table = _as_table()
        wanted = _find(coverage)
        _csv(held, coverage)
    rows = tuple(r for r in coverage.rows if wanted.casefold() in r.casefold())
    st.caption(_LEGEND)
    if not rows:
        st.info("No row has these words in its name.", icon=":material/search_off:")
    elif as_table:
        st.html(_table(coverage, held.model, rows))
    elif opened := coverage_grid.draw(coverage, held.model, rows):
        st.query_params[OPEN] = "|".join(opened)
    _open_cell(held, coverage)
    _totals(held, coverage)


def _by() -> By:
    named = st.query_params.get(BY, "")
    first: By = next((b for b in BYS if b == named), "organisation")
    by = st.segmented_control("Rows", BYS, default=first, format_func=_LABELS.__getitem__, required=True, key="map-by", on_change=_close)
    st.query_params[BY] = by
    return by


def _as_table() -> bool:
    first = "Table" if st.query_params.get(AS) == TABLE else "Map"
    chosen = st.segmented_control("Shown as", ("Map", "Table"), default=first, required=True, key="map-shown") == "Table"
    if chosen:
        st.query_params[AS] = TABLE
    else:
        st.query_params.pop(AS, None)
    return chosen


def _find(coverage: Coverage) -> str:
    if len(coverage.rows) <= MANY_ROWS:
        return ""
    return st.text_input(f"Find among the {len(coverage.rows)}", key="map-find", icon=":material/search:", placeholder="A name").strip()


def _close() -> None:
    st.query_params.pop(OPEN, None)


def _open_cell(held: Map, coverage: Coverage) -> None:
    component, _, row = str(st.query_params.get(OPEN, "")).partition("|")
    cell = next((c for c in coverage.cells if c.component == component and c.row == row), None)
    if cell is not None:
        name = held.model.component(component).name
        st.dialog(f"{name}: {row}", width="medium", on_dismiss=_close)(_show_cell)(held, cell, coverage.by)


def _show_cell(held: Map, cell: Cell, by: By) -> None:
    opened = held.open(cell, by)
    several = by != "organisation"
    if several and opened.described:
        st.markdown(f"**{said_of(opened, by).capitalize()}**: {escape('; '.join(opened.described))}.")
    elif not several:
        st.markdown(f"**{LEVEL_WORDS[opened.level].capitalize()}**: {escape(opened.why)}.")
    if several and opened.mentioned:
        st.markdown(f"May be mentioned by: {escape('; '.join(opened.mentioned))}.")
    st.caption(" ".join(_notes(opened, several)))
    quotes.show(opened.quotes, "coverage-map", st.query_params.to_dict(), names=by != "organisation")


def _notes(opened: Cell, several: bool) -> Iterator[str]:
    if any(q.illustrative for q in opened.quotes):
        yield ":material/science: Invented example: do not cite."
    if not opened.quotes:
        yield "A document may speak of it in words that the program does not know: this never means “does not do it”."
    elif opened.passages > len(opened.quotes):
        yield f"The quotes that say most, of {counted(opened.passages, 'passage')}."
    if opened.figures:
        yield (
            f"A figure of what came of it is given by {escape('; '.join(opened.figures))}."
            if several
            else "It gives a figure of what came of it."
        )


def _totals(held: Map, coverage: Coverage) -> None:
    st.subheader("In sentences")
    with st.popover("How this is counted", icon=":material/rule:", type="tertiary"):
        st.markdown(escape(coverage.rule))
    totals = {t.component: t for t in coverage.totals}
    for strand, column in zip(held.model.strands, st.columns(len(held.model.strands), gap="large"), strict=True):
        with column:
            st.markdown(f"**{strand_label(held.model, strand.id)}**")
            st.markdown("\n".join(f"- {totals[c.id].sentence}" for c in held.model.of_strand(strand.id)))


def _csv(held: Map, coverage: Coverage) -> None:
    name = f"coverage-by-{coverage.by}.csv"
    table = files.File("CSV", name, "text/csv", files.TABLE, lambda: as_csv(coverage_rows(held.open_all(coverage))).encode())
    files.offer("Export", "coverage", (coverage.by, held.shelf.state), table, said="The whole map, with every quote and its place")


def _table(coverage: Coverage, model: Model, rows: tuple[str, ...]) -> str:
    """The map in words: a table a strand, each word a link that opens the cell."""
    cells = {(c.row, c.component): c for c in coverage.cells}
    parts = []
    for strand in model.strands:
        components = model.of_strand(strand.id)
        head = "".join(f'<th scope="col">{html_escape(c.name)}</th>' for c in components)
        body = "".join(
            f'<tr><th scope="row">{html_escape(row)}</th>{"".join(_td(cells[row, c.id], coverage) for c in components)}</tr>'
            for row in rows
        )
        title = f"{look_of(model, strand.id).shape} {html_escape(strand.name)}"
        parts.append(
            f'<div class="hub-scroll" role="region" aria-label="{html_escape(strand.name)}" tabindex="0"><table class="hub-table"><caption>{title}</caption>'
            f'<thead><tr><th scope="col">{ROWS_ARE[coverage.by]}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        )
    return "".join(parts)


def _td(cell: Cell, coverage: Coverage) -> str:
    if cell.level == "nothing":
        return "<td>nothing found</td>"
    address = urlencode({BY: coverage.by, AS: TABLE, OPEN: f"{cell.component}|{cell.row}"})
    return f'<td><a href="?{html_escape(address)}" target="_self">{html_escape(said_of(cell, coverage.by))}</a></td>'
