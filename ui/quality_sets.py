"""Sets: one is chosen, run and edited; a new one is made from a blank row or a CSV, or grows by what somebody asked."""

from pathlib import Path

import streamlit as st

from assistant.wording import counted
from evals.background import start
from evals.domain import EvalSet
from evals.estimate import estimate
from evals.making import drop_case, held_sets, new_path, own_folder, settle
from evals.set_csv import COLUMNS, case_row, cases_from_file, cases_from_rows, csv_template
from evals.sets import SetError, load_set, write_set
from hub.settings import Settings
from ui import quality_case, quality_settings, quality_turns, session
from ui.markdown import escape
from ui.quality_ways import NEXT_SET, RESULTS, RUN, TURN, go

_SET, _MAKING = "quality-set", "quality-making"
_MADE = "quality-made"
"""How many were made of a CSV in this tab: the name and file of one do not stay for the next."""
_GUIDE = """
| Column | What to write |
| --- | --- |
| question | What is to be asked. Needed. |
| answerable | yes, where the library holds an answer; no, where it should refuse. Needed. |
| history | Questions asked before it in the same conversation |
| gold_source, gold_quote | A source that answers it, by its title or id, and the words of it that do, copied exactly |
| components | Components that it is about, by name |
| expected_status | Only where any answer, or any refusal, will not do |
| id, kind, note | As you like: an empty id is made for you; results are grouped by kind |

Several values in one cell stand apart by a bar: `first | second`.
"""


def show() -> None:
    """The part of the page."""
    sets = held_sets(session.settings())
    own = {name: path for name, path in sets.items() if path.parent == own_folder(session.settings())}
    with st.container():  # always there: were the message's place to go with it, what is open beneath would close
        quality_case.tell()
    if TURN in st.query_params:
        quality_turns.make_case(str(st.query_params[TURN]), own)
        return
    if making := st.session_state.get(_MAKING):
        _begin(Path(making))
        return
    if kept := st.session_state.pop(NEXT_SET, ""):
        st.session_state[_SET] = kept
    if st.session_state.get(_SET) not in sets:
        st.session_state.pop(_SET, None)
    name = st.selectbox(
        "Set", list(sets), format_func=lambda n: n if n in own else f"{n} (ships with the program)", key=_SET, persist_state="session"
    )
    if name:
        _one(sets[name], name in own)
    st.subheader("Make a new set", divider="gray")
    _new()
    st.subheader("Make a case of what somebody asked", divider="gray")
    quality_turns.show()


def _one(path: Path, own: bool) -> None:
    try:
        held = load_set(path)
    except SetError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return
    st.caption(f"{counted(len(held.cases), 'question')}; version {held.version}. A run names the exact version that it asked.")
    settings = quality_settings.show()
    _run(path, held, settings)
    with st.expander("Look at and edit the questions" if own else "Look at the questions", icon=":material/list:"):
        _questions(path, held, own)


def _run(path: Path, held: EvalSet, settings: Settings) -> None:
    expected = estimate(held.cases, settings, 1, bool(settings.judge))
    st.markdown(escape(str(expected)))
    agreed = not expected.is_large or st.checkbox("I agree to so many calls.", key="quality-agree")
    st.button("Run this set", type="primary", icon=":material/play_arrow:", disabled=not agreed, on_click=_start, args=(settings, path))


def _start(settings: Settings, path: Path) -> None:
    begun = start(settings, path)
    go(RESULTS, **{RUN: begun.path.name})


def _questions(path: Path, held: EvalSet, own: bool) -> None:
    rows = [case_row(c) for c in held.cases]
    if not own:
        st.caption("This set ships with the program and is not edited here. Several values in a cell stand apart by |.")
        st.dataframe(rows, hide_index=True)
        return
    ids = [c.id for c in held.cases]
    by_id = {c.id: c for c in held.cases}
    new = "A new question, from a blank row"
    picked = st.selectbox(
        "Question to look at or change",
        [new, *ids],
        format_func=lambda id: by_id[id].question if id in by_id else id,
        key=f"edit-{path.stem}",
    )
    if picked in by_id:
        if quality_case.form(by_id[picked], path, picked):
            st.rerun()
        st.button("Take this question out", icon=":material/delete:", on_click=_take_out, args=(path, picked))
    elif quality_case.form(quality_case.BLANK, path):
        st.rerun()
    if st.toggle("Edit all as a table", key=f"table-{path.stem}"):
        _table(path, held, rows)


def _take_out(path: Path, id: str) -> None:
    left = drop_case(path, id)
    st.session_state.pop(f"edit-{path.stem}", None)
    st.session_state["quality-said"] = [
        f"Taken out: “{path.stem}” now has {counted(len(left.cases), 'question')}."
        if left
        else f"“{path.stem}” had no other question, and is gone."
    ]


def _table(path: Path, held: EvalSet, rows: list[dict[str, str]]) -> None:
    edited = st.data_editor(rows, num_rows="dynamic", hide_index=True, key=f"quality-edit-{held.version}", column_order=COLUMNS)
    if st.button("Keep the changes"):
        try:
            kept = write_set(path, settle(cases_from_rows(edited, held.cases), session.assistant().shelf.sources))
        except SetError as error:
            _wrong(error)
            return
        st.session_state["quality-said"] = [f"Kept as version {kept.version}.", *quality_case.check(kept.cases)]
        st.rerun()


def _new() -> None:
    st.markdown("One row is one question. Fill in the template in any spreadsheet, or begin here with a blank row.")
    st.download_button("Download the template (CSV)", csv_template(), "questions-template.csv", "text/csv", icon=":material/download:")
    with st.expander("What to write in each column", icon=":material/help:"):
        st.markdown(_GUIDE)
    made = st.session_state.get(_MADE, 0)
    with st.form("new-set", border=False):
        name = st.text_input("Name of the new set", placeholder="spring board", key=f"quality-new-name-{made}")
        uploaded = st.file_uploader("A CSV with the template's columns", type="csv", key=f"quality-csv-{made}")
        with st.container(horizontal=True):
            from_csv = st.form_submit_button("Make it from the CSV", icon=":material/upload_file:")
            blank = st.form_submit_button("Begin with a blank row", icon=":material/add:")
    if not (from_csv or blank):
        return
    try:
        path = new_path(session.settings(), name)
        if blank:
            st.session_state[_MAKING] = str(path)
        elif not uploaded:
            raise SetError("choose a CSV first; the template shows its columns")
        else:
            _keep_csv(path, uploaded.getvalue())
            st.session_state[_MADE] = made + 1
    except SetError as error:
        _wrong(error)
        return
    st.rerun()


def _keep_csv(path: Path, data: bytes) -> None:
    kept = write_set(path, settle(cases_from_file(data), session.assistant().shelf.sources))
    st.session_state[NEXT_SET] = path.stem
    st.session_state["quality-said"] = [
        f"“{path.stem}” is kept with {counted(len(kept.cases), 'question')}.",
        *quality_case.check(kept.cases),
    ]


def _wrong(error: SetError) -> None:
    lines = str(error).split("\n")
    head = "Nothing was kept. " + ("Mend this:" if len(lines) == 1 else f"Mend these {len(lines)} rows:")
    st.error(f"{head}\n\n" + "\n".join(f"- {escape(line[:1].upper() + line[1:])}" for line in lines), icon=":material/error:")


def _begin(path: Path) -> None:
    st.markdown(f"**The first question of “{escape(path.stem)}”**")
    if quality_case.form(quality_case.BLANK, path):
        st.session_state[NEXT_SET] = path.stem
        _leave()
        st.rerun()
    st.button("Leave it", on_click=_leave)


def _leave() -> None:
    st.session_state.pop(_MAKING, None)
