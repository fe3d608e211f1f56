"""Journeys in headless Chromium against the real app: ask, open a card, reload, delete. Nothing leaves this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from hub.settings import ROOT, Settings

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LAPTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a free port, over the library that ships with the project."""
    if CHROMIUM is None:
        if os.environ.get("HUB_BROWSER_REQUIRED"):
            pytest.fail("Chromium is not installed, and the browser tests may not be skipped here")
        pytest.skip("Chromium is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = tmp_path_factory.mktemp("conversations") / "c.db"
    env = {**os.environ, "HUB_STORE": str(own_settings.store), "HUB_DATABASE_URL": f"sqlite:///{database}"}
    log = (tmp_path_factory.mktemp("log") / "app.log").open("wb")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://localhost:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            except OSError:
                assert server.poll() is None, Path(log.name).read_text()
                time.sleep(0.25)
        yield url
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
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


def ask(page: Page, question: str) -> None:
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_text("Select a number to open it").or_(page.get_by_text("Invented examples: do not cite")).first).to_be_visible()


def test_a_question_is_answered_with_citations_whose_cards_open(page: Page) -> None:
    ask(page, "What does De-implement mean?")
    markers = page.locator('a[href^="#source-"]')
    expect(markers.nth(1)).to_be_visible()
    expect(markers.first).to_have_attribute("aria-label", "Source 1: open its card")
    markers.first.click()
    card = page.get_by_role("dialog")
    expect(card.get_by_text("Source 1")).to_be_visible()
    expect(card.get_by_role("alert").get_by_text("Invented example: do not cite")).to_be_visible()
    card.get_by_text("See it in its surroundings").click()
    expect(card.locator("strong").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_the_keyboard_alone_asks_and_opens_a_card(page: Page) -> None:
    ask(page, "What does Connect mean?")
    marker = page.locator('a[href^="#source-"]').nth(1)
    expect(marker).to_have_attribute("aria-label", "Source 2: open its card")  # the script is there
    marker.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("Source 2")).to_be_visible()


def test_a_conversation_survives_a_reload_and_is_gone_when_deleted(page: Page) -> None:
    ask(page, "What does Use evidence mean?")
    expect(page.get_by_role("button", name="What does Use evidence mean?")).to_be_visible()
    assert "?c=" in page.url
    page.reload()
    expect(page.locator('a[href^="#source-"]').first).to_be_visible()
    page.get_by_role("button", name="Delete “What does Use evidence mean?”").or_(
        page.locator('[data-testid="stPopoverButton"]')
    ).first.click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_label("Your question")).to_be_visible()
    assert "?c=" not in page.url


def test_a_component_is_a_way_in_and_a_follow_up_goes_on(page: Page) -> None:
    page.get_by_text("Leverage capacity", exact=True).click()
    expect(page.get_by_text("is one of the four components of")).to_be_visible()
    page.get_by_role("button", name="How have others handled Leverage capacity?").click()
    expect(page.get_by_text("We found passages about")).to_be_visible()


def test_a_phone_shows_the_box_and_the_answer_without_scrolling_sideways(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    ask(page, "How have others handled De-implement?")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
