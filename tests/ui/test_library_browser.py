"""A Word file is added in the app, asked about, quoted, and removed again, in headless Chromium over a store of the test's own."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect
from ui_axe import TALL, faults, frame_faults, settled
from ui_journeys import LAPTOP, PHONE
from ui_server import served

from hub.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
WHILE_READ = 150_000
"""Milliseconds that another process may take on a busy machine to start, read a document and build an index."""
TITLE = "Lesson visits between three village schools"


@pytest.fixture
def own_page(chromium: Browser, own_settings: Settings, tmp_path: Path) -> Iterator[Page]:
    """The app over a copy of the shipped library."""
    shutil.copytree(own_settings.store, tmp_path / "store")
    with served(Settings(store=tmp_path / "store"), tmp_path) as address:
        context = chromium.new_context(viewport=LAPTOP)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{address}/library")
        yield page
        context.close()


def word_file(folder: Path) -> Path:
    document = Document()
    document.add_heading(TITLE, level=1)
    document.add_paragraph("Published: 4 May 2025")
    document.add_heading("What we did", level=2)
    document.add_paragraph(
        "Heads of the Bramblecote Trust visit one another’s schools every second Thursday and write down one thing to stop."
    )
    document.add_heading("What changed", level=2)
    document.add_paragraph("Staff turnover at Bramblecote Trust fell from 19% to 11% over two years, and supply costs fell with it.")
    path = folder / "Lesson visits (final).docx"
    document.save(str(path))
    return path


def test_a_word_file_is_added_asked_about_and_removed_and_its_answer_says_so(own_page: Page, tmp_path: Path) -> None:
    page = own_page
    found: list[str] = []

    def look(state: str) -> None:
        """Whether it is sound for those who hear it, or have a phone."""
        page.set_viewport_size(TALL)
        found.extend(faults(page, state))
        page.set_viewport_size(PHONE)
        found.extend(frame_faults(page, state))
        page.set_viewport_size(LAPTOP)

    main = page.get_by_test_id("stMainBlockContainer")
    expect(page.get_by_text("21 documents held")).to_be_visible(timeout=WHILE_READ)
    page.get_by_role("link", name="Add a document").click()
    page.locator('input[type="file"]').set_input_files(word_file(tmp_path))
    expect(page.get_by_text(re.compile(r"^It can be read: \d+ words"))).to_be_visible(timeout=WHILE_READ)
    expect(page.get_by_label("Title", exact=True)).to_have_value(TITLE)
    expect(page.get_by_label("Date of publication", exact=True)).to_have_value("2025-05-04")
    settled(page)  # what is drawn anew closes a list that is open
    page.get_by_label("Kind", exact=True).click()
    page.get_by_role("option", name="Case study").click()
    expect(page.get_by_role("option")).to_have_count(0)
    main.get_by_text("More about it (optional)").click()
    expect(page.get_by_label("Licence", exact=True)).to_be_visible()
    look("the form of a new document")
    page.get_by_role("button", name="Add to the library").click()
    expect(page.get_by_text("Still needed: the trust or organisation.")).to_be_visible()
    settled(page)
    page.get_by_label("Trust or organisation", exact=True).fill("Bramblecote Trust")
    page.get_by_role("button", name="Add to the library").click()

    expect(page.get_by_text("Done: 1 document added.")).to_be_visible(timeout=WHILE_READ)
    expect(page.get_by_text("22 documents held")).to_be_visible()
    expect(page.get_by_text("The invented examples are set aside")).to_be_visible()
    look("the list with documents set aside")
    page.get_by_label("Find a document").fill("bramblecote")
    page.get_by_label("Find a document").press("Enter")
    settled(page)
    main.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    for tab in ("Text", "By component", "Facts"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        look(f"a document: {tab}")
    page.get_by_role("button", name="Ask about this one").click()
    expect(main.get_by_text("every second Thursday").first).to_be_visible(timeout=WHILE_READ)
    expect(main.locator('a[href^="#source-"]').first).to_be_visible(timeout=WHILE_READ)
    expect(page).to_have_url(re.compile(r"[?&]c=[0-9a-f]{32}"))
    answer = page.url

    settled(page)  # a click on what is being drawn anew is lost
    page.get_by_role("link", name="Library", exact=True).click()
    main.get_by_role("link", name=TITLE).click()
    page.get_by_role("tab", name="Answers that used it (1)").click()
    expect(main.get_by_role("link", name="What did Bramblecote Trust do")).to_be_visible()
    settled(page)
    page.get_by_role("button", name="Remove this document").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Its quotes will be withheld and marked withdrawn in 1 stored answer.")).to_be_visible()
    look("the question before a removal")
    dialog.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("Done: 1 document removed.")).to_be_visible(timeout=WHILE_READ)

    page.goto(answer)
    expect(main.get_by_text("withdrawn: this document is no longer in the library").first).to_be_visible(timeout=WHILE_READ)
    expect(main.get_by_text("every second Thursday")).to_have_count(0)
    assert not found, "\n".join(found)
