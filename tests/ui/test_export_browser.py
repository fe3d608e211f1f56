"""An answer and a conversation taken away as files, in headless Chromium."""

import pytest
from docx import Document
from playwright.sync_api import Page, expect
from ui_journeys import ask

pytestmark = pytest.mark.browser


def test_an_answer_is_saved_as_a_word_file_that_opens_again(page: Page) -> None:
    ask(page, "What does De-implement mean?")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    assert download.value.suggested_filename == "what-does-de-implement-mean.docx"
    said = "\n".join(p.text for p in Document(str(download.value.path())).paragraphs)
    assert "What does De-implement mean?" in said
    assert "1.\t" in said
    assert "INVENTED EXAMPLE: DO NOT CITE" in said


def test_a_conversation_of_two_is_saved_whole_as_markdown(page: Page) -> None:
    ask(page, "What does De-implement mean?")
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="How have others handled De-implement?").click()
    expect(page.get_by_text("We found passages about")).to_be_visible()
    exports = page.get_by_role("button", name="Export")
    expect(exports).to_have_count(2)
    exports.last.click()
    expect(page.get_by_text("The whole conversation")).to_be_visible()
    expect(page.get_by_role("button", name="Markdown")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").last.click()
    said = download.value.path().read_text(encoding="utf-8")
    assert "## What does De-implement mean?" in said
    assert "## How have others handled De-implement?" in said
    assert "[^1]: INVENTED EXAMPLE" in said
