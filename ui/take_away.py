"""What a reader takes with them: an answer or the whole conversation, as a Word file or as Markdown."""

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from hub.domain import Answer
from ui import session, ways
from ui.export import make_paper
from ui.export_markdown import paper_markdown
from ui.export_word import MIME, paper_word

FILE_NAME_CHARACTERS = 60
KEPT_SECONDS = 600
"""In seconds: written "10m", Streamlit would load pandas to read it."""


def show(answer: Answer, conversation: Sequence[Answer]) -> None:
    """A popover with the files. They are made only once it is open."""
    with st.popover("Export", icon=":material/download:", type="tertiary", key=f"export-{answer.id}", on_change="rerun") as export:
        if not export.open:
            return
        st.markdown("**This answer**, with its references")
        _files([answer], f"answer-{answer.id}")
        if len(conversation) > 1:
            st.markdown(f"**The whole conversation** ({len(conversation)} questions)")
            _files(conversation, f"all-{answer.id}")
        st.markdown("**A link to this answer**, as it stands now")
        st.code(_address(answer), language=None, wrap_lines=True)


def _files(answers: Sequence[Answer], key: str) -> None:
    name, ids, state = file_name(answers), tuple(a.id for a in answers), session.assistant().shelf.state
    with st.container(horizontal=True):
        st.download_button(
            "Word",
            _made("word", ids, date.today(), state, answers),
            f"{name}.docx",
            MIME,
            key=f"word-{key}",
            on_click="ignore",
            icon=":material/description:",
        )
        st.download_button(
            "Markdown",
            _made("markdown", ids, date.today(), state, answers),
            f"{name}.md",
            "text/markdown",
            key=f"markdown-{key}",
            on_click="ignore",
            icon=":material/markdown:",
        )


# Whole and the same at each drawing of the page: a file that Streamlit makes only when its button is pressed is lost where the page is
# drawn anew in that moment.
@st.cache_data(show_spinner="Writing the files …", max_entries=32, ttl=KEPT_SECONDS)
def _made(kind: str, ids: tuple[str, ...], day: date, state: str, _answers: Sequence[Answer]) -> bytes:  # noqa: ARG001 - they name it
    paper = make_paper(_answers, session.assistant().shelf.library, day)
    return paper_word(paper) if kind == "word" else paper_markdown(paper).encode()


def _address(answer: Answer) -> str:
    """Where the answer opens by itself. It opens for the person whose it is."""
    return urlsplit(st.context.url or "")._replace(path="/", query=urlencode({ways.ANSWER: answer.id}), fragment="").geturl()


def file_name(answers: Sequence[Answer]) -> str:
    """A name that every system can hold, from the first question."""
    words = re.sub(r"[^a-z0-9]+", "-", answers[0].question.lower()).strip("-")
    return words[:FILE_NAME_CHARACTERS].rstrip("-") or "answer"
