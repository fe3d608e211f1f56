"""The staff pages and the pathway in headless Chromium, over a store and a folder of the tests' own."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect
from ui_axe import frame_faults, settled
from ui_folders import lone_passages
from ui_journeys import LAPTOP, PHONE
from ui_server import served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]  # twenty rounds of the page: a busy machine is slow, not wrong
PLAN = (
    "By July 2029 we want every child in our fourteen primary schools in Cornwall to read well.",
    "We will train every teacher of Years 3 to 6, with monthly coaching.",
    "We will stop the weekly paper returns so that there is time for it.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staff") / "folder"


@pytest.fixture(scope="module")
def staffed(folder: Path) -> Iterator[str]:
    """The app over twelve case studies, each with one passage on one component."""
    with served(lone_passages(folder, folder.parent / "store"), folder.parent) as address:
        yield address


@pytest.fixture
def opened(chromium: Browser, staffed: str) -> Iterator[Page]:
    context = chromium.new_context(viewport=LAPTOP)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def decisions(folder: Path) -> list[str]:
    path = folder / "tags.toml"
    return [row["decision"] for row in tomllib.loads(path.read_text(encoding="utf-8"))["tag"]] if path.is_file() else []


def test_ten_tags_are_decided_by_keyboard_alone_and_the_map_follows(opened: Page, staffed: str, folder: Path) -> None:
    page = opened
    page.goto(f"{staffed}/confirm-tags?component=de-implement")
    name = page.get_by_label("Your name or initials", exact=True)
    expect(name).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if name.evaluate("box => box === document.activeElement"):
            break
    page.keyboard.type("A. Person")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Deciding as A. Person")).to_be_visible()
    keep = page.get_by_role("button", name="Keep")
    for number in range(1, 11):
        key, word = ("n", "no") if number == 3 else ("y", "yes")
        expect(page.get_by_text(f"{13 - number} to decide: {13 - number} on which a cell of the map rests alone")).to_be_visible()
        expect(keep).to_be_disabled()
        settled(page)
        page.keyboard.press(key)
        expect(page.get_by_text(f"Chosen: {word}.")).to_be_visible()
        expect(keep).to_be_enabled()
        settled(page)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"({number} decided in this sitting)")).to_be_visible()
    assert decisions(folder) == ["yes", "yes", "no"] + ["yes"] * 7
    page.get_by_role("tab", name="How often the program is right").click()
    expect(page.get_by_text("All tags decided on: 9 of 10 right, 90%")).to_be_visible()
    page.get_by_role("tab", name="To decide").click()
    settled(page)
    page.keyboard.press("u")
    expect(page.get_by_text("(9 decided in this sitting)")).to_be_visible()
    assert len(decisions(folder)) == 9

    page.goto(f"{staffed}/coverage-map")  # another session: what is held has changed, not this tab alone
    expect(page.get_by_text("described in 11 of the 12 organisations held")).to_be_visible()
    expect(page.get_by_text("Staff confirmed 8 of these")).to_be_visible()
    page.goto(f"{staffed}/gaps")
    expect(page.get_by_role("tab", name="Thin evidence")).to_be_visible()
    expect(page.get_by_text("No organisation held describes Connect.")).to_be_visible()
    expect(page.get_by_text("confirmed by no member of staff")).to_have_count(0)
    assert frame_faults(page, "gaps") == []
    page.get_by_role("tab", name="Draft call for evidence").click()
    page.get_by_role("textbox", name="Draft", exact=True).fill("Dear members")
    page.get_by_role("button", name="Export the draft").click()  # straight from the box: what was typed last goes along
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    assert download.value.path().read_text(encoding="utf-8") == "Dear members"


def test_a_strategy_is_uploaded_walked_on_a_phone_resumed_and_taken_away(opened: Page, staffed: str, tmp_path: Path) -> None:
    page = opened
    document = Document()
    document.add_heading("Reading at Key Stage 2", 1)
    for words in PLAN:
        document.add_paragraph(words)
    document.save(str(tmp_path / "plan.docx"))
    page.goto(f"{staffed}/pathway")
    page.locator('input[type="file"]').set_input_files(tmp_path / "plan.docx")
    expect(page.get_by_text("plan.docx")).to_be_visible()
    page.get_by_role("button", name="Trace the pathway").click()
    expect(page.get_by_role("heading", name="Reading at Key Stage 2", exact=True)).to_be_visible(timeout=120_000)  # a reader is started
    expect(page.get_by_text(f"“{PLAN[0]}”")).to_be_visible()
    page.get_by_role("button", name="De-implement", exact=True).click()
    expect(page.get_by_text(f"“{PLAN[2]}”")).to_be_visible()
    notes = page.get_by_role("textbox", name="Your notes on De-implement", exact=True)
    notes.fill("Ask the heads in March")
    notes.blur()
    expect(page.get_by_text("Note kept.").first).to_be_visible()  # a busy machine may say it twice
    settled(page)

    page.set_viewport_size(PHONE)
    page.reload()
    expect(notes).to_have_value("Ask the heads in March")
    assert frame_faults(page, "pathway on a phone") == []
    marker = page.locator('a[href^="#source-"]').first
    marker.click()
    expect(page.get_by_role("dialog").get_by_text("De-implementation of").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    page.set_viewport_size(LAPTOP)
    settled(page)
    page.get_by_role("button", name="Export").click()
    settled(page)
    with page.expect_download() as download:
        _press_while_drawn_anew(page, "Connect", "Word")
    said = "\n".join(p.text for p in Document(str(download.value.path())).paragraphs)
    assert "Ask the heads in March" in said
    assert "not a recipe" in said
    page.keyboard.press("Escape")
    page.get_by_role("button", name="All pathways").click()
    expect(page.get_by_role("button", name="Reading at Key Stage 2")).to_be_visible()


def _press_while_drawn_anew(page: Page, another: str, name: str) -> None:
    """In one step, so that the page is being drawn anew when the second is pressed."""
    both = [page.get_by_role("button", name=label, exact=True).element_handle() for label in (another, name)]
    page.evaluate("both => both.forEach(button => button.click())", both)
