"""Labels: on the very screen that a reader sees, a person scores each sentence and each citation; two people on one run give agreement."""

import streamlit as st

from assistant.standing import withhold
from evals.domain import EvalCase
from evals.labels import CITATION_LABELS, SENTENCE_LABELS, Key, Label, agreement_of_people, keep_label, labels_of
from evals.report_cases import plain
from evals.runs import RunFolder
from hub.domain import Answer
from ui import markers, session
from ui.card import open_card
from ui.markdown import escape
from ui.quality_ways import choose_run
from ui.turn import show_answer
from ui.words import place_of

_CARD = "quality-card"
_AT, _BY = "quality-label-case", "quality-by"
_NEXT, _SAID = "quality-label-next", "quality-label-said"
_LONGEST = 140


def show() -> None:
    """The part of the page."""
    folder = choose_run("Run", "quality-label-run")
    if folder is None:
        return
    by = st.text_input("Your name or initials", key=_BY, persist_state="session", width=340, on_change=_begin_anew).strip()
    people = labels_of(folder)
    for agreed in agreement_of_people(people):
        st.markdown(f"Agreement: {escape(str(agreed))}")
    if not by:
        st.info("Give your name or initials first: labels are kept with whose they are.", icon=":material/badge:")
        return
    pairs = [(c, o.answer) for c, o in folder.pairs() if o.answer and o.answer.claims]
    mine: dict[Key, str] = {key: label.value for key, label in people.get(by, {}).items()}
    done = {case for case, _, _ in mine}
    if not pairs:
        st.info("No answer of this run has a sentence to label.", icon=":material/info:")
        return
    st.progress(len(done) / len(pairs), text=f"You have labelled {len(done)} of {len(pairs)} answers.")
    questions = {c.id: c.question for c, _ in pairs}
    if following := st.session_state.pop(_NEXT, ""):
        st.session_state[_AT] = following
    if st.session_state.get(_AT) not in questions:
        st.session_state[_AT] = next((id for id in questions if id not in done), next(iter(questions)))
    at = st.selectbox("Question", list(questions), format_func=lambda id: f"{'✓ ' if id in done else ''}{questions[id]}", key=_AT)
    case, answer = next((c, a) for c, a in pairs if c.id == at)
    if said := st.session_state.pop(_SAID, ""):
        st.success(said, icon=":material/check:")
    after = [*list(questions)[list(questions).index(case.id) + 1 :], *questions]
    following = next((id for id in after if id not in done and id != case.id), case.id)
    _one(folder, case, withhold(answer, session.assistant().shelf.library), by, mine, following)


def _begin_anew() -> None:
    """Another person begins with the first answer that is not labelled by them."""
    st.session_state.pop(_AT, None)


def _one(folder: RunFolder, case: EvalCase, answer: Answer, by: str, mine: dict[Key, str], following: str) -> None:
    """The answer as its reader has it, markers and cards and all; beside it, or under it on a phone, what is asked of each part."""
    _open_card(answer)
    seen, asked = st.columns([11, 9], gap="large")
    with seen:
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(escape(case.question))
        with st.chat_message("assistant", avatar=":material/menu_book:"):
            show_answer(answer)
    with asked, st.form(f"label-{folder.path.name}-{case.id}-{by}", border=True):
        said = _ask(case, answer, mine)
        kept = st.form_submit_button("Keep, and go to the next", type="primary", icon=":material/check:")
    if kept:
        new = {key: value for key, value in said.items() if value and value != mine.get(key)}
        for (id, thing, number), value in new.items():
            keep_label(folder, Label.model_validate({"case": id, "by": by, "thing": thing, "number": number, "value": value}))
        st.session_state[_NEXT] = following if new else case.id
        st.session_state[_SAID] = f"{len(new)} {'label' if len(new) == 1 else 'labels'} kept."
        st.rerun()


def _ask(case: EvalCase, answer: Answer, mine: dict[Key, str]) -> dict[Key, str | None]:
    """A row of choices for each sentence, and under it one for each source that it cites for the first time."""
    said: dict[Key, str | None] = {}
    cited = {c.marker: c for c in answer.citations}
    st.markdown("**Sentences**: does it answer the question, and say what its source says?  \n**Sources**: does the source say it there?")
    for number, claim in enumerate(answer.claims):
        words = plain(claim.text)
        short = f"{words[:_LONGEST].rsplit(' ', 1)[0]} …" if len(words) > _LONGEST else words
        key: Key = (case.id, "sentence", number)
        said[key] = _pick(f"Sentence {number + 1}: {short}", SENTENCE_LABELS, mine.get(key))
        for marker in claim.markers:
            key = (case.id, "citation", marker)
            if marker in cited and key not in said:
                where = ", ".join(filter(None, (cited[marker].title, place_of(cited[marker]))))
                said[key] = _pick(f"Source {marker}: {where}", CITATION_LABELS, mine.get(key))
    return said


def _pick(name: str, allowed: tuple[str, ...], now: str | None) -> str | None:
    index = allowed.index(now) if now in allowed else None
    return st.radio(escape(name), allowed, index=index, horizontal=True, format_func=str.capitalize)


def _open_card(answer: Answer) -> None:
    """Listen for markers, as the chat does, and show the card of the one that was opened."""
    if opened := markers.followed("", 0):
        st.session_state[_CARD] = opened
    wanted = st.session_state.get(_CARD)
    if wanted and wanted[0] == answer.id:
        open_card(answer, wanted[1], _close_card)


def _close_card() -> None:
    st.session_state.pop(_CARD, None)
