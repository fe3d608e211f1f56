"""Labels: a person scores each sentence and each citation of an answer; two people on one run give agreement."""

import streamlit as st

from evals.labels import CITATION_LABELS, SENTENCE_LABELS, Label, agreement_of_people, keep_label, labels_of
from evals.report_cases import plain
from evals.runs import RunFolder
from hub.domain import Answer
from ui.markdown import escape
from ui.quality_run import choose


def show() -> None:
    """The part of the page."""
    folder = choose("Run", "quality-label-run")
    if folder is None:
        return
    by = st.text_input("Your name or initials", key="quality-by").strip()
    people = labels_of(folder)
    for agreed in agreement_of_people(people):
        st.caption(escape(str(agreed)))
    if not by:
        st.info("Give your name or initials first: labels are kept with whose they are.")
        return
    mine = people.get(by, {})
    pairs = [(c, o) for c, o in folder.pairs() if o.answer and o.answer.claims]
    done = {key[0] for key in mine}
    st.caption(f"You have labelled {len(done)} of {len(pairs)} answers.")
    ids = [c.id for c, _ in pairs]
    if not ids:
        return
    at = st.selectbox("Question", ids, index=next((n for n, id in enumerate(ids) if id not in done), 0), key="quality-label-case")
    case, outcome = next((c, o) for c, o in pairs if c.id == at)
    if outcome.answer:
        st.markdown(f"**{escape(case.question)}**")
        _answer(folder, case.id, outcome.answer, by, {key: label.value for key, label in mine.items()})


def _answer(folder: RunFolder, case: str, answer: Answer, by: str, mine: dict[tuple[str, str, int], str]) -> None:
    with st.form(f"label-{case}-{by}"):
        said: dict[tuple[str, str, int], str | None] = {}
        st.caption("Sentences: does it answer the question, and is it what its source says?")
        for number, claim in enumerate(answer.claims):
            key = (case, "sentence", number)
            st.markdown(f"{escape(plain(claim.text))} {''.join(f'({m})' for m in claim.markers)}")
            said[key] = _pick(f"Sentence {number + 1}", SENTENCE_LABELS, mine.get(key))
        st.caption("Citations: does the source say it there, only nearby, or not at all?")
        for citation in answer.citations:
            key = (case, "citation", citation.marker)
            page = f", page {citation.page}" if citation.page else ""
            st.markdown(f"({citation.marker}) {escape(citation.title)}{page}: “{escape(citation.quote)}”")
            said[key] = _pick(f"Citation {citation.marker}", CITATION_LABELS, mine.get(key))
        if st.form_submit_button("Keep these labels", type="primary"):
            new = {key: value for key, value in said.items() if value and value != mine.get(key)}
            for (id, thing, number), value in new.items():
                keep_label(folder, Label.model_validate({"case": id, "by": by, "thing": thing, "number": number, "value": value}))
            st.success(f"{len(new)} labels kept.")


def _pick(name: str, allowed: tuple[str, ...], now: str | None) -> str | None:
    index = allowed.index(now) if now in allowed else None
    return st.radio(name, allowed, index=index, horizontal=True, format_func=str.capitalize)
