"""The ways back, in headless Chromium: by the browser's own button, and once a program that was away answers again."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_axe import settled
from ui_journeys import LAPTOP, ask
from ui_server import served

from hub.settings import Settings

pytestmark = pytest.mark.browser
FIRST, SECOND = "What does Connect mean?", "What does Align strategy mean?"


def stands(page: Page, question: str) -> None:
    """One conversation, of one question."""
    expect(page.get_by_role("group", name="Chat message from user")).to_have_text([question])
    expect(page.get_by_role("group", name="Chat message from assistant")).to_have_count(1)


def test_the_browsers_back_leads_through_the_conversations_as_the_reader_went(page: Page) -> None:
    ask(page, FIRST)
    page.get_by_role("button", name="New conversation").click()
    ask(page, SECOND)
    page.get_by_test_id("stSidebar").get_by_role("button", name="Connect: what it means", exact=True).first.click()
    stands(page, FIRST)
    page.go_back()
    stands(page, SECOND)
    page.go_back()
    expect(page.get_by_label("Your question")).to_be_editable()
    page.go_back()
    stands(page, FIRST)
    page.go_forward()
    page.go_forward()
    stands(page, SECOND)


def test_a_program_that_is_away_is_told_in_plain_words_and_the_page_goes_on_with_it(
    chromium: Browser, own_settings: Settings, tmp_path: Path
) -> None:
    context = chromium.new_context(viewport=LAPTOP)
    page = context.new_page()
    with served(own_settings, tmp_path) as url:
        page.goto(url)
        ask(page, FIRST)
    away = page.get_by_role("dialog", name="No answer from the program")
    expect(away).to_be_visible()
    expect(away.get_by_text("goes on by itself")).to_be_visible()
    expect(away.get_by_text("Is Streamlit still running?")).to_be_hidden()
    with served(own_settings, tmp_path, port=urlsplit(url).port or 0):
        expect(away).to_have_count(0)
        page.reload()  # what is pressed before the first drawing by the new program has ended, Streamlit does not pass on
        stands(page, FIRST)
        settled(page)
        page.get_by_role("button", name="How have others handled").first.click()
        expect(page.get_by_text("We found passages about")).to_be_visible()
    context.close()
