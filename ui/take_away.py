"""What a reader takes with them: an answer or the whole conversation, as a Word file or as Markdown."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from hub.domain import Answer
from ui import session, ways
from ui.export import Paper, make_paper
from ui.export_markdown import paper_markdown
from ui.export_word import MIME, paper_word

FILE_NAME_CHARACTERS = 60


def show(answer: Answer, conversation: Sequence[Answer]) -> None:
    """A popover with the files. They are made only once asked for."""
    with st.popover("Export", icon=":material/download:", type="tertiary", help="A Word or Markdown file with every reference"):
        st.markdown("**This answer**, with its references")
        _files([answer], f"answer-{answer.id}")
        if len(conversation) > 1:
            st.markdown(f"**The whole conversation** ({len(conversation)} questions)")
            _files(conversation, f"all-{answer.id}")
        st.markdown("**A link to this answer**, as it stands now")
        st.code(_address(answer), language=None, wrap_lines=True)


def _files(answers: Sequence[Answer], key: str) -> None:
    library = session.assistant().shelf.library  # here: the file is made outside the page's own thread

    def made(write: Callable[[Paper], bytes]) -> Callable[[], bytes]:
        return lambda: write(make_paper(answers, library, date.today()))

    name = file_name(answers)
    with st.container(horizontal=True):
        st.download_button(
            "Word", made(paper_word), f"{name}.docx", MIME, key=f"word-{key}", on_click="ignore", icon=":material/description:"
        )
        st.download_button(
            "Markdown",
            made(lambda paper: paper_markdown(paper).encode()),
            f"{name}.md",
            "text/markdown",
            key=f"markdown-{key}",
            on_click="ignore",
            icon=":material/markdown:",
        )


def _address(answer: Answer) -> str:
    """Where the answer opens by itself. It opens for the person whose it is."""
    return urlsplit(st.context.url or "")._replace(path="/", query=urlencode({ways.ANSWER: answer.id}), fragment="").geturl()


def file_name(answers: Sequence[Answer]) -> str:
    """A name that every system can hold, from the first question."""
    words = re.sub(r"[^a-z0-9]+", "-", answers[0].question.lower()).strip("-")
    return words[:FILE_NAME_CHARACTERS].rstrip("-") or "answer"
