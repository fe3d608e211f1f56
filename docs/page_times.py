"""How long a reader waits: `python -m docs.page_times` (needs Chromium). Printed for docs/measurements.md, and held against nothing."""

import shutil
import time
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

from docs.served import served

TIMES = 7
QUESTION = "How have others handled De-implement?"


def measured(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def open_page(browser: Browser, address: str) -> Page:
    """A new reader's first screen, ready to be typed into."""
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.goto(address)
    expect(page.get_by_label("Your question")).to_be_editable()
    return page


def ask(page: Page) -> tuple[float, float]:
    """Seconds from Enter to the answer's first words, and to its last line."""
    page.get_by_label("Your question").fill(QUESTION)
    began = time.perf_counter()
    page.keyboard.press("Enter")
    page.get_by_text("We found passages").wait_for()
    first = time.perf_counter() - began
    page.get_by_text("Invented examples: do not cite").first.wait_for()
    return first, time.perf_counter() - began


def main() -> None:
    """Measure, and print medians."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    expect.set_options(timeout=60_000)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        cold = measured(lambda: open_page(browser, address))
        warm, firsts, wholes = [], [], []
        for _ in range(TIMES):
            began = time.perf_counter()
            page = open_page(browser, address)
            warm.append(time.perf_counter() - began)
            first, whole = ask(page)
            firsts.append(first)
            wholes.append(whole)
            page.context.close()
        browser.close()
    print(f"first page after the server is healthy  {cold:.1f} s")
    print(f"first page of the next readers          {median(warm):.1f} s (median of {TIMES})")
    print(f"question to its answer's first words    {median(firsts):.2f} s")
    print(f"the same, asked seconds after the start {firsts[0]:.2f} s")
    print(f"question to the whole answer            {median(wholes):.2f} s")


if __name__ == "__main__":
    main()
