"""A run's questions one by one: what was expected beside what came, and what each scorer and each person said of it."""

from collections.abc import Mapping

import streamlit as st

from evals.labels import Key, Label, said_of
from evals.metrics import Pair, failures
from evals.report_cases import show_case

MOST = 50


def show(pairs: list[Pair], people: Mapping[str, Mapping[Key, Label]]) -> None:
    """The list, with what narrows it."""
    failed = {c.id: why for c, o in pairs if (why := failures(o))}
    which = {f"Fell short ({len(failed)})": [p for p in pairs if p[0].id in failed], f"All ({len(pairs)})": pairs}
    first, second = st.columns([2, 1], vertical_alignment="bottom")
    picked = first.radio("Which questions", list(which), index=0 if failed else 1, horizontal=True, key=f"which-{len(pairs)}")
    kinds = list(dict.fromkeys(c.kind for c, _ in pairs if c.kind))
    kind = second.selectbox("Kind", ["Every kind", *kinds], key=f"cases-kind-{len(pairs)}") if kinds else "Every kind"
    chosen = [(c, o) for c, o in which.get(picked or "", pairs) if kind in ("Every kind", c.kind)]
    if len(chosen) > MOST:
        st.caption(f"The first {MOST} of {len(chosen)}; narrow them, or see them all in the report.")
    st.html("".join(show_case(c, o, failed.get(c.id, []), said_of(c.id, people)) for c, o in chosen[:MOST]) or "<p>None.</p>")
