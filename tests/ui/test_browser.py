"""Journeys in headless Chromium against the real app: ask, open a card, reload, delete. Nothing leaves this machine."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_journeys import PHONE, ask

pytestmark = pytest.mark.browser


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
    expect(page.get_by_role("button", name="Use evidence: what it means", exact=True)).to_be_visible()
    assert "?c=" in page.url
    page.reload()
    expect(page.locator('a[href^="#source-"]').first).to_be_visible()
    page.get_by_role("button", name="Rename or delete “Use evidence: what it means”").first.click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_label("Your question")).to_be_visible()
    assert "?c=" not in page.url


def test_a_component_is_a_way_in_and_a_follow_up_goes_on(page: Page) -> None:
    page.get_by_text("Leverage capacity", exact=True).click()
    expect(page.get_by_text("is one of the four components of")).to_be_visible()
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="How have others handled Leverage capacity?").click()
    expect(page.get_by_text("We found passages about")).to_be_visible()


def test_a_phone_shows_the_box_and_the_answer_without_scrolling_sideways(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    ask(page, "How have others handled De-implement?")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Phase").click()
    page.get_by_role("option", name="Primary").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(page.locator(".st-key-drop-phase")).to_be_hidden()  # counted, for want of room
    page.locator(".st-key-clear-filters").get_by_role("button").click()
    expect(page.get_by_role("button", name="Filters (1)")).to_have_count(0)
    menu = page.get_by_role("button", name="Menu", exact=True)
    menu.click()
    name = page.get_by_test_id("stSidebar").get_by_text("De-implement: how others handled it").first
    expect(name).to_be_visible()
    assert name.evaluate("p => p.scrollWidth <= p.clientWidth && p.scrollHeight <= p.clientHeight + 1")  # read whole
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_label("Your question")).to_be_editable()
    expect(menu).to_be_visible()  # the list has made room for what was chosen
    context.close()


def test_three_turns_within_a_filter_then_a_refusal_and_its_way_on(page: Page) -> None:
    def follow(question: str, answers: int) -> None:
        box = page.get_by_role("textbox", name="Ask a follow-up")
        box.fill(question)
        box.press("Enter")
        expect(page.get_by_role("group", name="Chat message from assistant")).to_have_count(answers)
        expect(page.get_by_role("button", name="Edit question")).to_have_count(1)  # the newest is whole

    last = page.get_by_role("group", name="Chat message from assistant").last
    ask(page, "How have others handled De-implement?")
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Phase").click()
    page.get_by_role("option", name="Primary").click()
    expect(
        page.get_by_role("button", name="Clear this filter: Primary").or_(page.get_by_role("button", name="Primary", exact=True))
    ).to_be_visible()
    page.keyboard.press("Escape")
    follow("And in small schools?", 2)
    expect(last.get_by_text("De-implement").first).to_be_visible()
    follow("What does it mean?", 3)
    expect(last.get_by_text("is one of the four components of")).to_be_visible()
    follow("How have schools tackled vaping in toilets?", 4)
    expect(last.get_by_text("Within your filters, the library does not answer this.")).to_be_visible()
    page.get_by_role("button", name="Ask again without filters").click()
    expect(last.get_by_text("The library does not answer this.", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Ask again without filters")).to_have_count(0)


def test_a_comparison_is_a_table_that_slides_on_a_phone_and_opens_its_cards(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(address)
    ask(page, "Compare Candlewharf Education Trust and Fenlarch Schools on Develop expertise")
    table = page.get_by_test_id("stChatMessageContent").get_by_role("table").first
    expect(table.get_by_role("columnheader")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert table.evaluate("t => getComputedStyle(t.parentElement).overflowX") == "auto"
    marker = table.locator('a[href^="#source-"]').first
    expect(marker).to_have_attribute("aria-label", re.compile(r"^Source \d+: open its card$"))  # the script is there
    marker.click()
    expect(page.get_by_role("dialog").get_by_text("Copy as a reference")).to_be_visible()
    context.close()
