"""Sets: those held, making one from a blank table or a CSV, editing, and running one."""

import re
from pathlib import Path

import streamlit as st

from evals.background import start
from evals.estimate import estimate
from evals.sets import COLUMNS, FOLDER, SetError, case_row, cases_from_csv, cases_from_rows, csv_template, load_set, write_set
from ui import quality_turns, session
from ui.markdown import escape

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")


def own_folder() -> Path:
    """Where the sets made here lie: beside the texts that they quote."""
    return session.settings().store / "sets"


def held_sets() -> dict[str, Path]:
    """Every set by name, those made here last."""
    return {p.stem: p for folder in (FOLDER, own_folder()) for p in sorted(folder.glob("*.jsonl"))}


def show() -> None:
    """The part of the page."""
    sets = held_sets()
    name = st.selectbox("Set", list(sets), key="quality-set")
    if name:
        _one(sets[name])
    st.subheader("Make a set")
    st.markdown("One row is one question. Fill in the template in any spreadsheet, or begin with a blank table here.")
    st.download_button("Download the template (CSV)", csv_template(), "questions-template.csv", "text/csv", icon=":material/download:")
    new = st.text_input(
        "Name of the new set", key="quality-new-name", placeholder="spring-board", help="Small letters, digits and hyphens."
    )
    uploaded = st.file_uploader("A CSV with the template's columns", type="csv", key="quality-csv")
    first, second = st.columns(2)
    if first.button("Make it from the CSV", disabled=not uploaded, icon=":material/upload_file:") and uploaded:
        _keep_csv(new, uploaded.getvalue())
    if second.button("Begin with a blank table", icon=":material/table:"):
        _keep_csv(new, csv_template().encode())
    st.subheader("Make a case of a conversation")
    quality_turns.show({name: path for name, path in sets.items() if path.parent == own_folder()})


def _one(path: Path) -> None:
    try:
        held = load_set(path)
    except SetError as error:
        st.error(escape(str(error)))
        return
    st.caption(f"{len(held.cases)} questions; version {held.version}. A run names the exact version that it asked.")
    settings = session.settings()
    expected = estimate(held.cases, settings, 1, bool(settings.judge))
    st.markdown(escape(str(expected)))
    agreed = not expected.is_large or st.checkbox("I agree to so many calls.", key="quality-agree")
    if st.button("Run this set", type="primary", icon=":material/play_arrow:", disabled=not agreed):
        folder = start(settings, path)
        st.session_state["quality-watch"] = folder.path.name
        st.success("The run has begun. It goes on when this page is closed; see “Results”.")
    own = path.parent == own_folder()
    with st.expander("Look at the questions" if not own else "Look at and edit the questions"):
        rows = [case_row(c) for c in held.cases]
        if not own:
            st.caption("This set ships with the program and is not edited here. Several values in a cell stand apart by |.")
            st.dataframe(rows, hide_index=True)
            return
        edited = st.data_editor(rows, num_rows="dynamic", hide_index=True, key=f"quality-edit-{held.version}", column_order=COLUMNS)
        if st.button("Keep the changes"):
            try:
                kept = write_set(path, cases_from_rows(edited, held.cases))
                st.success(f"Kept as version {kept.version}.")
            except SetError as error:
                st.error(escape(str(error)))


def _keep_csv(name: str, data: bytes) -> None:
    if not _NAME.fullmatch(name) or name in held_sets():
        st.error("Give the new set a name of its own first, in small letters, digits and hyphens.")
        return
    try:
        kept = write_set(own_folder() / f"{name}.jsonl", cases_from_csv(data.decode("utf-8-sig")))
    except (SetError, UnicodeDecodeError) as error:
        st.error(escape(str(error)))
        return
    st.success(f"“{name}” is kept with {len(kept.cases)} questions. Choose it above to run it.")
