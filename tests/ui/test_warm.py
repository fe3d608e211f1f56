"""What the server makes ready by itself, and what the first screen does without."""

import asyncio
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from hub.settings import ROOT, Settings
from ui import session, warm

READ = """
import sys
from ui import ask, frame, session, ways
session.conversations().list()
held = session.held()
print(len(held.sources), *sorted({"llama_index", "chromadb", "pandas", "litellm", "onnxruntime"} & set(sys.modules)))
"""


def run(served: Coroutine[None, None, None]) -> None:
    """In a thread of its own: a browser that another test has open keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, served).result()


@pytest.fixture
def own(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("HUB_STORE", str(own_settings.store))
    st.cache_resource.clear()
    return own_settings


def test_the_first_screen_needs_nothing_that_is_slow_to_load(own: Settings) -> None:
    code = f"from ui import warm\nwarm._ready.clear()\n{READ}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    count, *slow = done.stdout.split()
    assert int(count) > 1
    assert slow == []


def test_what_is_held_is_the_same_while_the_rest_is_loaded(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    after = [str(e.value) for e in app.caption], [b.label for b in app.button]
    monkeypatch.setattr(warm, "under_way", lambda: True)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert ([str(e.value) for e in app.caption], [b.label for b in app.button]) == after
    session.assistant().shelf.close()
    session.conversations().close()
    st.cache_resource.clear()


def test_the_server_opens_the_library_by_itself(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "AFTER_SECONDS", 0.0)

    async def serve() -> None:
        async with warm.warmed(None):
            assert warm.under_way()
            warm.begun()
            warm.drawn()
            assert await asyncio.to_thread(warm._ready.wait, 120)

    run(serve())
    assert not warm.under_way()
    assert session.assistant().shelf.generation  # which says that it is open
    session.assistant().shelf.close()
    session.conversations().close()
    st.cache_resource.clear()


def test_a_library_that_cannot_be_opened_does_not_keep_the_server_from_starting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_STORE", str(settings.store))
    monkeypatch.setattr(warm, "AFTER_SECONDS", 0.0)
    st.cache_resource.clear()

    async def serve() -> None:
        async with warm.warmed(None):
            warm.begun()
            warm.drawn()
            assert await asyncio.to_thread(warm._ready.wait, 120)

    run(serve())
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    assert "The library is empty" in app.info[0].value
    st.cache_resource.clear()
