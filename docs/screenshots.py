"""Makes the README's pictures anew, over the library that ships with the project: `make pictures` (needs Chromium).

Each is what a reader sees on a laptop: an answer and, beside it, a citation's card; the page that the card opens; the coverage
map; a run of the questions that ship.
"""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FloatRect, Page, ViewportSize, expect, sync_playwright

from docs.served import ROOT, served

PICTURES = Path(__file__).parent / "pictures"
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
MOST_BYTES = 200_000
QUESTION = "How have others handled De-implement?"


def settle(page: Page) -> None:
    """Wait until the page is drawn and nothing moves, with the pointer out of the way."""
    page.mouse.move(0, 0)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_have_count(1)
    page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)")


def take(page: Page, name: str) -> None:
    """Save what is seen."""
    settle(page)
    save(name, Image.open(BytesIO(page.screenshot())))


def save(name: str, picture: Image.Image) -> None:
    """In few colours: type needs no more, and the file stays small."""
    path = PICTURES / f"{name}.png"
    picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {size // 1000} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"{name} is larger than {MOST_BYTES // 1000} kB")


def take_all(page: Page, address: str) -> None:
    """The four, one after the other."""
    page.set_viewport_size({"width": LAPTOP["width"], "height": 920})  # so high that the answer is seen whole
    page.goto(address)
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    marker = page.locator('a[href^="#source-"]').first
    expect(marker).to_have_attribute("aria-label", "Source 1: open its card")
    expect(page.get_by_text("Invented examples: do not cite").first).to_be_visible()
    settle(page)
    block = page.get_by_test_id("stMainBlockContainer").bounding_box()
    assert block
    clip: FloatRect = {"x": block["x"] + 8, "y": 60, "width": block["width"] - 16, "height": 840}
    answer = Image.open(BytesIO(page.screenshot(clip=clip)))
    marker.click()
    card = page.get_by_role("dialog")
    expect(card.get_by_role("link", name="Open at the page")).to_be_visible()
    settle(page)
    whole = Image.open(BytesIO(card.screenshot()))
    save("answer", beside(answer, whole.crop((0, 0, whole.width, whole.height - 6))))  # without what shines through below it
    page.set_viewport_size({"width": LAPTOP["width"], "height": 1400})  # so high that the page need not scroll to its mark
    card.get_by_role("link", name="Open at the page").click()
    expect(page.locator('[data-testid="stImage"] img')).to_be_visible()
    page.wait_for_function("document.querySelector('[data-testid=stImage] img').complete")
    settle(page)
    page.set_viewport_size({"width": LAPTOP["width"], "height": 900})
    take(page, "page")
    page.set_viewport_size(LAPTOP)
    page.goto(f"{address}/coverage-map")
    expect(page.get_by_role("grid")).to_be_visible()
    take(page, "coverage-map")
    page.goto(f"{address}/quality")
    expect(page.get_by_text("questions of “hub”").first).to_be_visible()
    take(page, "quality")


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pictures side by side, apart."""
    gap = 32
    both = Image.new("RGB", (left.width + right.width + 3 * gap, max(left.height, right.height) + 2 * gap), "#e3e8e7")
    both.paste(left, (gap, gap))
    both.paste(right, (left.width + 2 * gap, gap))
    return both


def main() -> None:
    """Make them."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    PICTURES.mkdir(exist_ok=True)
    expect.set_options(timeout=60_000)
    with served("evals", "run", "hub", "--yes") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"])
        page = browser.new_context(viewport=LAPTOP, color_scheme="light", reduced_motion="reduce", locale="en-GB").new_page()
        page.set_default_timeout(60_000)
        take_all(page, address)
        browser.close()


if __name__ == "__main__":
    main()
