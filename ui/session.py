"""What the pages share: one assistant and one store of conversations a server; one conversation a browser tab, named in its address."""

from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import Conversations
from assistant.held import Held, read_held
from assistant.standing import drop_uncited, withhold
from hub.components import Model, load_model
from hub.domain import Answer
from hub.settings import Settings, load_settings
from ui import warm
from ui.ways import ANSWER

if TYPE_CHECKING:  # what answers takes seconds to import: `warm` does it once the first screen stands
    from assistant.desk import Desk
    from assistant.engine import Assistant
    from assistant.shelf import Shelf

CONVERSATION = "c"
"""The address's parameter that names the conversation, so that a reload, a bookmark and a second tab find it."""


@st.cache_resource(show_spinner=False)
def assistant() -> "Assistant":
    """The assistant, made once a server."""
    from assistant.build import build_assistant

    made = build_assistant(settings(), model())
    drop_uncited(conversations(), settings().store)
    return made


@st.cache_resource(show_spinner=False)
def model() -> Model:
    """The conceptual model, read once a server."""
    return load_model()


def shelf() -> "Shelf":
    """What is answered from, brought up to date. ShelfError where nothing is held, or where it cannot be opened."""
    opened = assistant().shelf
    opened.refresh()
    return opened


def held() -> Held:
    """What is held now, for a page that only tells of it. As `shelf`, which it is but as long as that is being opened after the server's
    start: then it is the library as it is read by itself."""
    return held_at_start() if warm.under_way() else shelf()


@st.cache_resource(show_spinner=False)
def held_at_start() -> Held:
    """The library as it is read by itself; let go of once the shelf is open."""
    return read_held(settings())


@st.cache_resource(show_spinner=False)
def conversations() -> Conversations:
    """The conversations, opened once a server."""
    own = settings()
    own.store.mkdir(parents=True, exist_ok=True)
    return Conversations(own.conversations_url())


@st.cache_resource(show_spinner=False)
def desk() -> "Desk":
    """Where questions are answered, whichever page looks on; one a server."""
    from assistant.desk import Desk

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
    shown = [withhold(turn, assistant().shelf.library) for turn in kept]
    return [*shown, *st.session_state.get("unkept", [])]


def notices() -> list[str]:
    """What this tab's reader should know of the store, such as that its index was made anew; until the tab goes back to the first screen."""
    told: list[str] = st.session_state.setdefault("notices", [])
    if not warm.under_way():
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


def leave(to: str = "") -> None:
    """Back to the first screen, or `to` another conversation: in one step, so that the browser's Back leads to where the reader was."""
    kept = {name: value for name, value in st.query_params.items() if name not in (CONVERSATION, ANSWER)}
    named = {**kept, CONVERSATION: to} if to else kept
    if named != st.query_params.to_dict():
        st.query_params.from_dict(named)
    st.session_state["unkept"] = []
    st.session_state["notices"] = []
    st.session_state.pop("card", None)
