"""From a citation to the page it stands on and back, in headless Chromium."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_journeys import PHONE, ask

pytestmark = pytest.mark.browser
OF_A_PDF = "What does De-implement mean?"
OF_A_TEXT = "What did Marrowdene Alternative Trust do, and what changed?"


def open_marker(page: Page, number: int) -> None:
    link = page.locator(f'a[href$="-{number}"][href^="#source-"]').first
    expect(link).to_have_attribute("aria-label", f"Source {number}: open its card")  # the script is there
    link.click()
    expect(page.get_by_role("dialog").get_by_text(f"Source {number}")).to_be_visible()


def test_a_pdf_opens_at_its_page_with_the_quote_in_view_and_back_returns_to_the_marker(page: Page) -> None:
    ask(page, OF_A_PDF)
    number = 1
    open_marker(page, number)
    page.get_by_role("link", name="Open at the page").click()
    picture = page.locator('[data-testid="stImage"] img')
    expect(picture).to_have_attribute("alt", re.compile(r"^A picture of page \d, with the quote marked"))
    page.wait_for_function(MARK_IN_VIEW)
    back = page.get_by_role("link", name=f"Back to the answer, at source {number}")
    expect(back).to_be_in_viewport()  # with a mark that the page was scrolled to
    back.click()
    expect(page.locator(f'a[href$="-{number}"][href^="#source-"]')).to_be_focused()


MARK_IN_VIEW = """() => {
  const picture = document.querySelector('[data-testid="stImage"] img');
  if (!picture || !picture.complete || !picture.naturalWidth) return false;
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth; canvas.height = picture.naturalHeight;
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const box = picture.getBoundingClientRect();
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] > 240 && pixels[at + 1] > 200 && pixels[at + 2] < 120) {
      const y = box.top + Math.floor(at / 4 / canvas.width) / canvas.height * box.height;
      return y > 0 && y < window.innerHeight * 0.8;
    }
  }
  return false;
}"""


def test_a_text_opens_at_its_heading_and_the_browsers_back_returns_to_the_marker(page: Page) -> None:
    ask(page, OF_A_TEXT)
    number = 2
    open_marker(page, number)
    page.get_by_role("link", name="Open at the heading").click()
    mark = page.locator("mark").first
    expect(mark).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_have_text("What good means when a pupil stays for twelve weeks")
    page.go_back()
    expect(page.locator(f'a[href$="-{number}"][href^="#source-"]')).to_be_focused()


def test_on_a_phone_the_page_fits_its_width(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(address)
    ask(page, OF_A_PDF)
    open_marker(page, 1)
    page.get_by_role("link", name="Open at the page").click()
    expect(page.locator('[data-testid="stImage"] img')).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()
