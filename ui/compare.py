"""Organisations side by side, or two components: rows are components, or what the reader asks; every cell quotes."""

from datetime import date
from html import escape as html_escape

import streamlit as st

from assistant.explore.compare import MOST_COLUMNS, compare_components, compare_organisations
from assistant.explore.compared import NOT_DESCRIBED, Compared, Comparison
from assistant.explore.coverage import Map
from assistant.explore.rows import STATE_WORDS, as_csv, comparison_rows
from assistant.explore.usage import ExploreError
from hub.domain import Answer
from ui import files, report
from ui.atlas import admitted, atlas, invented
from ui.compare_take_away import word_file
from ui.export_word import MIME
from ui.markdown import answer_markdown, escape

PAGE = "compare"
WHO, WHICH, ASKED = "o", "c", "ask"
"""What the address holds, each with | between its parts: organisations, components, the reader's own questions."""
ORGANISATIONS, COMPONENTS = "Organisations", "Two components"
MOST_QUESTIONS = 5


def show() -> None:
    """The page."""
    st.set_page_config(layout="wide")
    st.title("Compare")
    st.markdown("Two to four organisations side by side, or two components. Every cell is a quote that opens; nothing is scored.")
    held = atlas()
    if held is None:
        return
    invented(held)
    first = COMPONENTS if not _parts(WHO) and len(_parts(WHICH)) == 2 else ORGANISATIONS
    what = st.segmented_control("Compare", (ORGANISATIONS, COMPONENTS), default=first, required=True, key="compare-what")
    who, which, asked = _of_components(held) if what == COMPONENTS else _of_organisations(held)
    for name, parts in ((WHO, who), (WHICH, which), (ASKED, asked)):
        if parts:
            st.query_params[name] = "|".join(parts)
        else:
            st.query_params.pop(name, None)
    if what == COMPONENTS and len(which) != 2:
        st.info("Choose two components.", icon=":material/compare:")
    elif what == ORGANISATIONS and len(who) < 2:
        st.info("Choose two to four organisations.", icon=":material/compare:")
    else:
        _result(held, who, which, asked)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(p for p in str(st.query_params.get(name, "")).split("|") if p.strip())


def _of_components(held: Map) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    ids = [c.id for c in held.model.components]
    named = [id for id in _parts(WHICH) if id in ids]
    chosen = []
    for n, column in enumerate(st.columns(2)):
        first = ids.index(named[n]) if n < len(named) else None
        label = ("First component", "Second component")[n]
        others = [id for id in ids if id not in chosen]
        first = others.index(named[n]) if first is not None and named[n] in others else None
        chosen.append(
            column.selectbox(
                label,
                others,
                index=first,
                format_func=lambda id: held.model.component(id).name,
                placeholder="Choose one",
                key=f"compare-{n}",
            )
        )
    return (), tuple(id for id in chosen if id), ()


def _of_organisations(held: Map) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    names = sorted({s.organisation for s in held.shelf.case_studies()}, key=str.casefold)
    ids = [c.id for c in held.model.components]
    who = st.multiselect(
        "Organisations", names, default=[n for n in _parts(WHO) if n in names][:MOST_COLUMNS], max_selections=MOST_COLUMNS,
        placeholder="Choose two to four", key="compare-who",
    )  # fmt: skip
    with st.expander("Choose the rows", icon=":material/table_rows:", expanded=bool(_parts(WHICH) or _parts(ASKED))):
        which = st.multiselect(
            "Components", ids, default=[id for id in _parts(WHICH) if id in ids], format_func=lambda id: held.model.component(id).name,
            placeholder="All twelve, where you ask nothing of your own", key="compare-which",
        )  # fmt: skip
        typed = st.text_area(
            "Your own questions, one a line",
            "\n".join(_parts(ASKED)),
            key="compare-asked",
            height=90,
            placeholder="Who leads it in each school?",
        )
        lines = [line.strip() for line in typed.replace("|", " ").splitlines() if line.strip()]
        if len(lines) > MOST_QUESTIONS:
            st.caption(f"The first {MOST_QUESTIONS} questions are asked.")
        asked = [a for line in lines[:MOST_QUESTIONS] if (a := admitted(line))]
    return tuple(who), tuple(which), tuple(asked)


@st.cache_data(max_entries=32, show_spinner="Looking in each by itself …")
def _compared(_held: Map, state: str, who: tuple[str, ...], which: tuple[str, ...], asked: tuple[str, ...]) -> Comparison:  # noqa: ARG001 - it names what was compared
    return compare_organisations(_held, who, which, asked) if who else compare_components(_held, *which)


def _result(held: Map, who: tuple[str, ...], which: tuple[str, ...], asked: tuple[str, ...]) -> None:
    try:
        found = _compared(held, held.shelf.state, who, which, asked)
    except ExploreError as error:
        st.info(escape(str(error)), icon=":material/info:")
        return
    query = {name: "|".join(parts) for name, parts in ((WHO, who), (WHICH, which), (ASKED, asked)) if parts}
    title = " and ".join((", ".join(c.name for c in found.columns[:-1]), found.columns[-1].name))
    own = report.as_answer(PAGE, query, title, [q for row in found.rows for cell in row.cells for q in cell.quotes])
    report.listen(own, PAGE, query)
    _files(held, found, own)
    st.html(_table(found, own))
    _said(found, own)


def _table(found: Comparison, own: Answer) -> str:
    """With its roles written out: on a phone its rows stand as blocks, which would take them away."""
    head = "".join(
        f'<th role="columnheader" scope="col">{html_escape(c.name)}{f"<small>{html_escape(c.context)}</small>" if c.context else ""}</th>'
        for c in found.columns
    )
    body = "".join(
        f'<tr role="row"><th role="rowheader" scope="row">{html_escape(row.label)}</th>{"".join(_cell(cell, own) for cell in row.cells)}</tr>'
        for row in found.told
    )
    return (
        f'<table class="hub-table hub-compare" role="table" aria-label="{html_escape(own.question)}, side by side">'
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def _cell(cell: Compared, own: Answer) -> str:
    said = "".join(f"<p>{report.marked_html(own, q)}</p>" for q in cell.quotes) or f'<span class="hub-none">{NOT_DESCRIBED}</span>'
    unsure = (
        f"<p><small>{STATE_WORDS[cell.state].capitalize()}: {html_escape(cell.note)}</small></p>"
        if cell.state in ("mentioned", "nearest")
        else ""
    )
    return f'<td role="cell" data-column="{html_escape(cell.column)}">{said}{unsure}</td>'


def _said(found: Comparison, own: Answer) -> None:
    for title, lines in found.said:
        st.subheader(title)
        st.markdown(answer_markdown("\n".join(f"- {line}" for line in lines), own.id))
    st.caption(" ".join(found.notes))


def _files(held: Map, found: Comparison, own: Answer) -> None:
    word = files.File("Word", "comparison.docx", MIME, files.WORD, lambda: word_file(found, own, held.shelf.library))
    table = files.File("CSV", "comparison.csv", "text/csv", files.TABLE, lambda: as_csv(comparison_rows(found)).encode())
    files.offer("Export", "compare", (found, held.shelf.state, date.today()), word, table, said="The table, with every reference")
