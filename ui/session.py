"""What the pages share: one assistant and one store of conversations a server; one conversation a browser tab, named in its address."""

import threading
from contextlib import suppress

import streamlit as st

from assistant.build import build_assistant
from assistant.conversations import Conversations
from assistant.desk import Desk
from assistant.engine import Assistant
from assistant.llm import Llm
from assistant.standing import drop_uncited, withhold
from hub.domain import Answer
from hub.settings import Settings, load_settings

CONVERSATION = "c"
"""The address's parameter that names the conversation, so that a reload, a bookmark and a second tab find it."""
AFTER_SECONDS = 2.0
"""The first page is drawn in less."""


@st.cache_resource(show_spinner="Opening the library …")
def assistant() -> Assistant:
    """The assistant, made once a server."""
    made = build_assistant(settings())
    if made.llm:
        _load_soon(made.llm)
    drop_uncited(conversations(), settings().store)
    return made


def _load_soon(llm: Llm) -> None:
    """What speaks to the language model takes some seconds to import: once the first page stands, and before the first question is typed."""

    def load() -> None:
        # A name that is not understood is told with the first answer, which loads it again.
        with suppress(Exception):
            llm.load()

    timer = threading.Timer(AFTER_SECONDS, load)
    timer.daemon = True
    timer.start()


@st.cache_resource(show_spinner=False)
def conversations() -> Conversations:
    """The conversations, opened once a server."""
    own = settings()
    own.store.mkdir(parents=True, exist_ok=True)
    return Conversations(own.conversations_url())


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """Where questions are answered, whichever page looks on; one a server."""
    return Desk(assistant(), conversations())


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings in force when the server started."""
    return load_settings()


def current() -> str:
    """The id of this tab's conversation, or "" on the first screen."""
    return str(st.query_params.get(CONVERSATION, ""))


def turns() -> list[Answer]:
    """This tab's turns: those that are kept, without what was withdrawn since, then those that must not be kept, which live in the tab alone."""
    kept = conversations().turns(current()) if current() else []
    library = assistant().shelf.library
    return [*(withhold(turn, library) for turn in kept), *st.session_state.get("unkept", [])]


def notices() -> list[str]:
    """What this tab's reader should know of the store, such as that its index was made anew; until the tab goes back to the first screen."""
    told: list[str] = st.session_state.setdefault("notices", [])
    told += assistant().shelf.notices()
    return told


def turn(id: str) -> Answer | None:
    """One kept turn by its id, without what was withdrawn since; also one that another has taken the place of."""
    kept = conversations().turn(id)
    return withhold(kept.answer, assistant().shelf.library) if kept else None


def delete(conversation: str = "") -> None:
    """Delete a conversation, or all of them, and the older texts that only its answers cited."""
    if conversation:
        desk().drop(conversation)  # first: what is being written would bring it back
        conversations().delete(conversation)
    else:
        desk().drop_all()
        conversations().delete_all()
    drop_uncited(conversations(), settings().store)


def leave() -> None:
    """Back to the first screen."""
    st.query_params.pop(CONVERSATION, None)
    st.query_params.pop("a", None)
    st.session_state["unkept"] = []
    st.session_state["notices"] = []
    st.session_state.pop("card", None)
