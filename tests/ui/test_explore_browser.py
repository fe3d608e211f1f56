"""The map through the evidence in headless Chromium, at a laptop's width and a phone's: a cell, its quote in the source and back; a case
study asked about; a comparison taken away."""

import re

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, ViewportSize, expect
from ui_axe import settled
from ui_journeys import LAPTOP, PHONE

pytestmark = pytest.mark.browser
TRUST = "Osterwick Trust (illustrative)"


@pytest.mark.parametrize("screen", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_from_the_map_to_the_words_to_a_case_study_to_a_comparison(chromium: Browser, address: str, screen: ViewportSize) -> None:
    context = chromium.new_context(viewport=screen)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/coverage-map")
    _open_a_cell(page, phone=screen is PHONE)
    _fits(page, screen)
    _follow_its_quote_and_come_back(page)
    page.goto(f"{address}/case-studies")
    _find_one_and_ask_about_it(page)
    page.goto(f"{address}/compare?o={TRUST}|Candlewharf Education Trust (illustrative)")
    _open_a_card_and_take_the_table_away(page)
    _fits(page, screen)
    context.close()


def _open_a_cell(page: Page, phone: bool) -> None:
    expect(page.get_by_role("grid")).to_be_visible()
    if phone:
        page.get_by_role("group", name="Strand").get_by_role("button", name="Implement improvement initiatives").click()
    cell = page.get_by_role("button", name=f"{TRUST}, De-implement: described, confirmed by staff")
    cell.focus()
    page.keyboard.press("ArrowUp")  # past the rows with nothing in this column
    above = page.get_by_role("button", name=re.compile(rf"^(?!{re.escape(TRUST)}).+, De-implement: "))
    expect(above.and_(page.locator(":focus"))).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(cell).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("confirmed by staff for the document")).to_be_visible()


def _follow_its_quote_and_come_back(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("link", name=re.compile("^Open ")).first.click()
    expect(page.get_by_role("heading", level=1, name="One in, one out", exact=False)).to_be_visible()
    page.get_by_role("link", name="Back to the map").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("confirmed by staff for the document")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    expect(page).not_to_have_url(re.compile("open="))


def _find_one_and_ask_about_it(page: Page) -> None:
    box = page.get_by_label("Search the case studies")
    box.fill("Osterwick")
    box.press("Enter")
    expect(page.get_by_text("1 case study of the 18 held has your words")).to_be_visible()
    page.get_by_role("link", name="One in, one out").first.click()
    expect(page.get_by_role("heading", name="What they did, by component")).to_be_visible()
    page.get_by_role("link", name="Source 1: open its card").first.click()
    card = page.get_by_role("dialog")
    expect(card.get_by_text("Invented example: do not cite").first).to_be_visible()
    card.get_by_role("link", name=re.compile("^Open at ")).click()
    page.get_by_role("link", name="Back to the case study").click()
    page.get_by_role("button", name="Ask about this one").click()
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(page.get_by_role("button", name="Osterwick Trust", exact=True)).to_be_visible()


def _open_a_card_and_take_the_table_away(page: Page) -> None:
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader").filter(has_text=TRUST)).to_have_count(1)
    table.get_by_role("link", name="Source 1: open its card").first.click()
    card = page.get_by_role("dialog")
    expect(card.get_by_text("Copy as a reference")).to_be_visible()
    card.get_by_role("button", name="Close").click()
    expect(card).to_have_count(0)
    page.get_by_role("button", name="Export").click()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    [saved] = Document(str(download.value.path())).tables
    assert len(saved.columns) == 3
    assert [row.cells[0].text for row in saved.rows[1:]] == [h.inner_text() for h in table.get_by_role("rowheader").all()]


def _fits(page: Page, screen: ViewportSize) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
