"""What the server makes ready by itself, so that no reader waits for it: from its start what the first screen needs, and, once that
stands or nobody comes, what answers."""

import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

FIRST_READER_SECONDS = 8.0
"""So long the first reader is waited for: two threads share one interpreter, and the first screen goes before."""
LONGEST_PAGE_SECONDS = 60.0
AFTER_SECONDS = 1.0
"""After the first screen was sent: the browser still fetches what it draws it with."""
_begun, _drawn, _ready = threading.Event(), threading.Event(), threading.Event()
_ready.set()  # without a server nothing is made ready before it is asked for


@asynccontextmanager
async def warmed(_: object) -> AsyncIterator[None]:
    """For as long as the server runs."""
    _ready.clear()
    threading.Thread(target=_warm, daemon=True, name="hub-warm").start()
    yield


def under_way() -> bool:
    """Whether what answers is still being loaded after the server's start; never where there is no server."""
    return not _ready.is_set()


def begun() -> None:
    """A page is being drawn for a reader."""
    _begun.set()


def drawn() -> None:
    """A page has been sent to a reader."""
    _drawn.set()


def _warm() -> None:
    # What cannot be opened, such as an empty library, is told on the page that asks for it.
    with suppress(Exception):
        _first_screen()
    if _begun.wait(FIRST_READER_SECONDS):
        _drawn.wait(LONGEST_PAGE_SECONDS)
        time.sleep(AFTER_SECONDS)
    with suppress(Exception):
        _what_answers()
    _ready.set()
    with suppress(Exception):
        _afterwards()


def _first_screen() -> None:
    from ui import ask, session  # noqa: F401 - the page, for the script that shows it

    session.conversations().list(most=1)
    session.held()
    session.model()


def _what_answers() -> None:
    from ui import session, turn  # noqa: F401 - the page of a conversation

    session.assistant().prepare()
    session.desk()


def _afterwards() -> None:
    from ui import session

    session.held_at_start.clear()
    if llm := session.assistant().llm:
        llm.load()
