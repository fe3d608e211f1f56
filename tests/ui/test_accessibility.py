"""Every page and state as a reader with a keyboard, a phone, a screen reader or a dark screen has it. Pages are found in the app's navigation."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from ui_axe import NAMED, TALL, faults, focus_faults, frame_faults, settled
from ui_journeys import LAPTOP, PHONE, ask

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}
"""A laptop's window at 400%."""
ZOOMED = {"width": 640, "height": 430}
"""A laptop's window at 200%."""
LINKS = '[data-testid="stSidebarNavLink"]'


@pytest.fixture
def dark(chromium: Browser, address: str) -> Iterator[Page]:
    """A phone whose owner likes it dark and still."""
    yield from opened(chromium, address, PHONE, "dark")


@pytest.fixture
def light(chromium: Browser, address: str) -> Iterator[Page]:
    """A laptop whose owner likes it light and still."""
    yield from opened(chromium, address, LAPTOP, "light")


def opened(chromium: Browser, address: str, size: ViewportSize, scheme: Literal["dark", "light"]) -> Iterator[Page]:
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(address)
    expect(page.get_by_label("Your question")).to_be_visible()
    yield page
    context.close()


def names_of(page: Page) -> list[str]:
    """The pages in the navigation, by the last word of their addresses; on a phone all of them stand in the sidebar."""
    links: list[str] = page.locator(LINKS).evaluate_all("all => all.map(a => new URL(a.href).pathname)")
    assert len(links) >= 4, "the navigation was not found"
    return links


def test_every_page_is_sound_on_a_dark_phone_and_when_enlarged(dark: Page) -> None:
    found = []
    for path in names_of(dark):
        link = dark.locator(f'{LINKS}[href$="{path}"]')
        name = link.inner_text().split("\n")[-1].strip()
        if path != "/":  # there already
            link.evaluate("a => a.click()")
        expect(dark).to_have_title("Ask the hub" if path == "/" else f"{name}{NAMED}")
        expect(dark.get_by_role("heading", level=1)).to_have_count(1)
        settled(dark)
        assert dark.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme") == "dark"
        for size in (NARROW, ZOOMED, {"width": PHONE["width"], "height": TALL["height"]}):
            dark.set_viewport_size(size)
            found += frame_faults(dark, f"{path} at {size['width']} pixels")
        found += faults(dark, f"{path}, dark")
        dark.set_viewport_size(PHONE)
    assert not found, "\n".join(found)


def leads_to(page: Page, known: list[str]) -> list[str]:
    """Pages that stand in no navigation, such as a document's or a case study's: one of each kind."""
    links = page.get_by_test_id("stMain").locator("a[href]")
    found: list[list[str]] = links.evaluate_all(
        "all => all.map(a => new URL(a.href)).filter(u => u.origin === location.origin && !u.hash).map(u => [u.pathname, u.search])"
    )
    kinds = {(path.partition("?")[0], "?" in path) for path in known}
    new = {(path, bool(query)): path + query for path, query in reversed(found)}
    return [address for kind, address in new.items() if kind not in kinds]


def test_every_page_is_sound_on_a_laptop_and_shows_where_the_focus_is(dark: Page, light: Page, address: str) -> None:
    found = []
    paths = names_of(dark)
    for path in paths:  # which grows by what its pages lead to
        light.set_viewport_size(TALL)
        light.goto(address + path)
        expect(light.get_by_role("heading", level=1)).to_have_count(1)
        settled(light)
        found += frame_faults(light, path)
        found += faults(light, path)
        light.set_viewport_size(LAPTOP)
        found += focus_faults(light, path, stops=20)
        paths += leads_to(light, paths)
    assert not found, "\n".join(found)


OPENED_IN_A_CARD = "How have others handled De-implement?"
NOTHING_HELD = "How have schools tackled vaping in toilets?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_a_conversation_is_sound(request: pytest.FixtureRequest, scheme: str) -> None:
    page: Page = request.getfixturevalue(scheme)
    wide = scheme == "light"
    found = []

    def look(state: str) -> None:
        nonlocal found
        size = page.viewport_size
        page.set_viewport_size({"width": size["width"], "height": TALL["height"]})
        found += frame_faults(page, f"{state}, {scheme}") + faults(page, f"{state}, {scheme}")
        page.set_viewport_size(NARROW)
        found += frame_faults(page, f"{state}, at 320 pixels")
        page.set_viewport_size(size)

    main = page.get_by_test_id("stMainBlockContainer")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_text("Answer only from")).to_be_visible()
    look("filters open")
    page.keyboard.press("Escape")
    ask(page, OPENED_IN_A_CARD)
    look("an answer")
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_role("button", name="Word")).to_be_visible()
    look("the export open")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="What counts").click()
    expect(page.get_by_role("link", name="All case studies on De-implement")).to_be_visible()
    look("what counts")
    page.keyboard.press("Escape")
    main.get_by_role("radio", name="Thumbs down").or_(main.get_by_role("button", name="Thumbs down")).first.click()
    page.get_by_role("button", name="Say why").click()
    expect(page.get_by_text("What was it?")).to_be_visible()
    look("the reason for a thumb")
    page.keyboard.press("Escape")
    page.locator('a[href^="#source-"]').first.click()
    card = page.get_by_role("dialog")
    card.get_by_text("See it in its surroundings").click()
    card.get_by_text("Report a problem").click()
    expect(card.get_by_text("What is wrong?")).to_be_visible()
    look("a card with all that opens in it")
    card.get_by_role("link", name="Open at the page").click()
    expect(page.locator('[data-testid="stImage"] img')).to_be_visible()
    page.get_by_text("Read the page as text").click()
    expect(page.locator("mark").first).to_be_visible()
    look("a source's page, and as text")
    page.get_by_role("link", name="Back to the answer").click()
    page.get_by_role("textbox", name="Ask a follow-up").fill(NOTHING_HELD)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4)
    settled(page)
    look("a refusal")
    if wide:
        page.get_by_role("button", name="Rename or delete").first.click()
        expect(page.get_by_role("button", name="Delete", exact=True)).to_be_visible()
        look("a conversation's menu")
    assert not found, "\n".join(found)


def tab_to(page: Page, css: str, most: int = 40) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does; it must show each time."""
    for _ in range(most):
        assert not focus_faults(page, css, stops=1)
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
    pytest.fail(f"{css} was not reached with {most} presses of Tab")


def test_the_keyboard_alone_goes_from_the_first_screen_to_a_page_and_back(light: Page) -> None:
    page = light
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, 'input[aria-label="Your question"]')
    page.keyboard.type("What does De-implement mean?")
    page.keyboard.press("Enter")
    first = page.locator('a[href^="#source-"]').first
    expect(first).to_have_attribute("aria-label", "Source 1: open its card")  # the script is there
    expect(page.get_by_text("Invented examples: do not cite")).to_be_visible()
    settled(page)
    tab_to(page, 'a[href^="#source-"]')
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog")
    expect(card.get_by_role("link", name="Open at the page")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_role("link", name="Open at the page")).to_be_visible()
    settled(page)
    tab_to(page, '[role="dialog"] a[data-testid="stPageLink-NavLink"]')
    page.keyboard.press("Enter")
    back = page.get_by_role("link", name="Back to the answer, at source 1")
    expect(back).to_be_visible()
    settled(page)
    tab_to(page, 'a[data-testid="stPageLink-NavLink"]')
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('a[href^="#source-"]').first).to_be_focused()


def test_a_screen_reader_is_told_when_an_answer_is_begun_and_when_it_is_there_and_not_its_words(light: Page) -> None:
    light.evaluate(
        """() => {
          window.told = [];
          new MutationObserver(() => {
            const words = document.getElementById("hub-live")?.textContent;
            if (words && words !== window.told.at(-1)) window.told.push(words);
          }).observe(document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )
    ask(light, "What does De-implement mean?")
    live = light.locator("#hub-live")
    expect(live).to_have_text(re.compile(r"^Answer ready, with \d+ quotes?\.$"))
    expect(live).to_have_attribute("aria-live", "polite")
    ready = live.inner_text()
    assert light.evaluate("window.told") in (["Looking in the library.", ready], [ready])  # the first where there was time to
    assert light.locator(":is([aria-live], [role=log], [role=status]) [data-testid=stChatMessage]").count() == 0
    light.reload()
    expect(light.locator('a[href^="#source-"]').first).to_have_attribute("aria-label", "Source 1: open its card")
    settled(light)
    expect(live).to_have_text("")  # an old answer is no news
