"""What the journeys share."""

from playwright.sync_api import Page, expect

LAPTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


def ask(page: Page, question: str) -> None:
    """Ask on the first screen, and wait for the answer."""
    box = page.get_by_label("Your question")
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_text("Select a number to open it").or_(page.get_by_text("Invented examples: do not cite")).first).to_be_visible()
