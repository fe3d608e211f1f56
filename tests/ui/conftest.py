"""The app as a reader has it: started once, driven in headless Chromium. Nothing leaves this machine."""

import os
import shutil
from collections.abc import Iterator

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.testing.v1 import AppTest
from ui_journeys import LAPTOP
from ui_server import served

from hub.settings import ROOT, Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@pytest.fixture
def app(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app without a browser, over the library that ships with the project, with conversations of its own."""
    monkeypatch.setenv("HUB_STORE", str(own_settings.store))
    st.cache_resource.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    from ui import session

    session.conversations().delete_all()
    session.conversations().close()
    session.assistant().shelf.close()
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def address(own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a free port, over the library that ships with the project."""
    if CHROMIUM is None:
        if os.environ.get("HUB_BROWSER_REQUIRED"):
            pytest.fail("Chromium is not installed, and the browser tests may not be skipped here")
        pytest.skip("Chromium is not installed")
    with served(own_settings, tmp_path_factory.mktemp("app")) as url:
        yield url


@pytest.fixture(scope="session")
def chromium(address: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
        first = browser.new_page()
        first.goto(address)
        expect(first.get_by_label("Your question")).to_be_visible(timeout=180_000)  # the server's first page opens the library
        first.close()
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=LAPTOP)
    page = context.new_page()
    page.set_default_timeout(30_000)
    outside: list[str] = []
    page.on(
        "request",
        lambda r: outside.append(r.url) if not r.url.startswith((address, address.replace("http", "ws"), "data:", "blob:")) else None,
    )
    page.goto(address)
    yield page
    assert outside == []
    context.close()
