"""One case as a form: from a blank row, from one that is held, or from a turn that somebody had."""

import hashlib
from pathlib import Path
from typing import get_args

import streamlit as st

from assistant.wording import counted
from evals.domain import EvalCase, Gold
from evals.grounds import Grounds
from evals.making import not_borne_out, put_case
from evals.report_cases import say_gold
from evals.sets import SetError
from hub.domain import Source, Status
from ui import session
from ui.markdown import escape

BLANK = EvalCase(id="blank", question="", answerable=True)
KINDS = (
    "define", "how others", "compare", "find by context", "list", "look up", "follow-up", "false premise", "no evidence", "out of scope", "unclear", "conversation",
)  # fmt: skip
_ANSWERABLE = {True: "Yes, it should answer", False: "No, it should refuse"}
_KEPT = "quality-kept"
"""How many were kept in this tab: what was typed for one is not there for the next."""


def form(case: EvalCase, path: Path, instead_of: str = "") -> bool:
    """The form; keeps the case in the set at `path`, in the place of the one with that id. Whether it was kept now."""
    key = f"case-{path.stem}-{case.id}-{st.session_state.get(_KEPT, 0)}"
    sources = session.assistant().shelf.sources
    names = {c.id: c.name for c in session.assistant().model.components}
    with st.form(key):
        question = st.text_area("Question", case.question, key=f"{key}-question", height=80)
        earlier = st.text_area(
            "Asked before it in the same conversation, one a line", "\n".join(case.history), key=f"{key}-history", height=68
        )
        answerable = st.radio(
            "Does the library hold an answer?", list(_ANSWERABLE), index=0 if case.answerable else 1, format_func=_ANSWERABLE.__getitem__,
            key=f"{key}-answerable", horizontal=True,
        )  # fmt: skip
        golds = [_gold(n, case, sources, key) for n in range(len(case.gold) + 1)]
        about = st.multiselect(
            "Components it is about",
            list(names),
            [c for c in case.components if c in names],
            format_func=names.__getitem__,
            key=f"{key}-components",
        )
        kind = st.selectbox(
            "Kind of question", dict.fromkeys((*KINDS, *([case.kind] if case.kind else ()))), index=None if not case.kind else list(dict.fromkeys((*KINDS, case.kind))).index(case.kind),
            accept_new_options=True, key=f"{key}-kind", help="Results are grouped by it.",
        )  # fmt: skip
        statuses = st.multiselect(
            "Only these count as right (none chosen: any answer, or any refusal)", get_args(Status), list(case.expected_status),
            format_func=lambda s: s.replace("_", " ").capitalize(), key=f"{key}-statuses",
        )  # fmt: skip
        note = st.text_input("Note", case.note, key=f"{key}-note")
        if not st.form_submit_button("Keep this question", type="primary", icon=":material/check:"):
            return False
    made = case.model_copy(
        update={
            "id": instead_of or (case.id if case.id != BLANK.id else _id(question, earlier)), "question": question.strip(), "answerable": answerable,
            "history": tuple(line.strip() for line in earlier.split("\n") if line.strip()), "gold": tuple(g for g in golds if g),
            "components": tuple(about), "kind": (kind or "").strip(), "expected_status": tuple(statuses), "note": note.strip(),
        }
    )  # fmt: skip
    return _keep(made, path, instead_of)


def _gold(number: int, case: EvalCase, sources: dict[str, Source], key: str) -> Gold | None:
    """What an answer may rest on; the last is empty, for one more."""
    held = case.gold[number] if number < len(case.gold) else None
    ids = list(dict.fromkeys((*sorted(sources, key=lambda id: sources[id].title), *([held.source] if held else ()))))
    label = "A source that answers it" if not number else f"Another source that answers it ({number + 1})"
    source, words = st.columns([2, 3])
    picked = source.selectbox(
        label, ids, index=ids.index(held.source) if held else None, format_func=lambda id: sources[id].title if id in sources else id,
        placeholder="None chosen", key=f"{key}-source-{number}",
    )  # fmt: skip
    said = words.text_area(
        f"The words of it that answer ({number + 1})" if number else "The words of it that answer, copied from the source",
        held.quote if held else "",
        key=f"{key}-words-{number}",
        height=68,
        placeholder=say_gold(held) if held and held.place else "",
    ).strip()
    if not picked:
        return None
    if held and held.source == picked and held.quote == said:
        return held
    return Gold(source=picked, quote=said)


def _id(question: str, earlier: str) -> str:
    asked = "\n".join((question.strip(), earlier.strip()))
    return f"case-{hashlib.sha256(asked.encode()).hexdigest()[:8]}"


def _keep(case: EvalCase, path: Path, instead_of: str) -> bool:
    if not case.question:
        st.error("Write the question first.", icon=":material/error:")
        return False
    try:
        kept = put_case(path, case, instead_of)
    except SetError as error:
        st.error(escape(str(error).capitalize()), icon=":material/error:")
        return False
    st.session_state[_KEPT] = st.session_state.get(_KEPT, 0) + 1
    st.session_state["quality-said"] = [f"Kept: “{path.stem}” now has {counted(len(kept.cases), 'question')}.", *check([case])]
    return True


def check(cases: list[EvalCase] | tuple[EvalCase, ...]) -> list[str]:
    """What in some cases the library does not bear out, for the reader."""
    grounds = Grounds(session.settings().store)
    try:
        return not_borne_out(cases, grounds)
    finally:
        grounds.close()


def tell() -> None:
    """What was kept just now, and what there is to mend in it; said once."""
    said: list[str] = st.session_state.pop("quality-said", [])
    for line in said[:1]:
        st.success(escape(line), icon=":material/check:")
    if wrong := said[1:]:
        st.warning(
            "No answer can be found right by these as they stand:\n\n" + "\n".join(f"- {escape(line)}" for line in wrong),
            icon=":material/rule:",
        )
