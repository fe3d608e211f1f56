"""Fast clicks, double clicks and clicks while an answer is written, in headless Chromium: nothing is lost, nothing is doubled."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_journeys import LAPTOP, ask
from ui_llm import WAIT_SECONDS, GatedLlm, gated_llm
from ui_server import served

from hub.settings import Settings

pytestmark = pytest.mark.browser
QUESTION = "What does De-implement mean?"
QUESTIONS = "Chat message from user"
ANSWERS = "Chat message from assistant"

AT_ONCE = """() => {
  const click = () => {
    const link = document.querySelector('a[href^="#source-"]');
    if (!link) return false;
    link.click();
    return true;
  };
  const watch = new MutationObserver(() => { if (click()) watch.disconnect(); });
  if (!click()) watch.observe(document.body, { childList: true, subtree: true });
}"""
"""Clicks the first marker in the moment in which it is drawn."""


def asked(page: Page, times: int = 1) -> None:
    """So many questions stand on the page, and so many answers."""
    expect(page.get_by_role("group", name=QUESTIONS)).to_have_count(times)
    expect(page.get_by_role("group", name=ANSWERS)).to_have_count(times)


def test_a_marker_clicked_in_the_moment_it_is_drawn_opens_its_card(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_visible()
    page.evaluate(AT_ONCE)
    ask(page, QUESTION)
    expect(page.get_by_role("dialog").get_by_text("Source 1")).to_be_visible()


def test_a_marker_clicked_before_the_pages_script_has_come_opens_its_card(page: Page) -> None:
    ask(page, QUESTION)
    page.add_init_script(f"addEventListener('DOMContentLoaded', {AT_ONCE})")
    page.reload()
    expect(page.get_by_role("dialog").get_by_text("Source 1")).to_be_visible()
    assert "#" not in page.url


def test_a_question_pressed_twice_is_asked_once(page: Page) -> None:
    page.get_by_role("button", name="How have others handled").first.dblclick()
    expect(page.get_by_text("We found passages about")).to_be_visible()
    expect(page.get_by_text("Or start from a question")).to_have_count(0)
    page.get_by_test_id("stMainBlockContainer").get_by_role("button", name="What does").first.dblclick()
    asked(page, 2)
    expect(page.get_by_role("button", name="Edit question")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("We found passages about")).to_be_visible()
    asked(page, 2)


def test_a_question_is_edited_and_asked_again_beside_the_first(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="Edit question").click()
    page.get_by_label("Your question, in other words").fill("What does Connect mean?")
    page.get_by_label("Your question, in other words").press("Control+Enter")
    asked(page, 2)
    questions = page.get_by_role("group", name=QUESTIONS)
    expect(questions.first).to_contain_text(QUESTION)
    expect(questions.last).to_contain_text("What does Connect mean?")


@pytest.fixture(scope="module")
def llm_and_address(address: str, own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GatedLlm, str]]:
    """The app with a language model that waits in the middle of each answer. `address`: skipped where there is no browser."""
    with gated_llm() as llm:
        set_ = {"HUB_LLM": "openai/test", "OPENAI_API_BASE": llm.url, "OPENAI_API_KEY": "none", "HUB_LLM_TIMEOUT_SECONDS": "120"}
        with served(own_settings, tmp_path_factory.mktemp("gated"), **set_) as address:
            yield llm, address


@pytest.fixture
def llm(llm_and_address: tuple[GatedLlm, str]) -> Iterator[GatedLlm]:
    llm, _ = llm_and_address
    llm.gate.clear()
    llm.waiting.clear()
    llm.break_off = llm.down = False
    yield llm
    llm.gate.set()


@pytest.fixture
def writing(chromium: Browser, llm: GatedLlm, llm_and_address: tuple[GatedLlm, str]) -> Iterator[Page]:
    """A page with its own browser."""
    context = chromium.new_context(viewport=LAPTOP)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(llm_and_address[1])
    expect(page.get_by_label("Your question")).to_be_visible(timeout=180_000)  # the first page waits for what speaks to the model
    yield page
    context.close()


def begin(page: Page, llm: GatedLlm) -> None:
    """Ask, and wait until the answer's first sentence stands on the page."""
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_label("Your question").press("Enter")
    assert llm.waiting.wait(WAIT_SECONDS)
    expect(page.get_by_role("link", name="Source 1")).to_be_visible()


def finished(page: Page, times: int = 1) -> None:
    expect(page.get_by_role("button", name="Export")).to_have_count(times)
    asked(page, times)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)


def test_clicks_a_reload_and_a_second_tab_while_it_is_written_lose_and_double_nothing(writing: Page, llm: GatedLlm) -> None:
    begin(writing, llm)
    calls = llm.calls
    writing.get_by_role("link", name="Source 1").click()  # remembered until the answer is whole
    expect(writing.get_by_label("Your question")).to_have_count(0)  # the first screen is gone
    writing.get_by_role("button", name="Filters").click()
    writing.keyboard.press("Escape")
    second = writing.context.new_page()
    second.goto(writing.url)
    expect(second.get_by_role("link", name="Source 1")).to_be_visible()
    second.reload()
    expect(second.get_by_role("link", name="Source 1")).to_be_visible()
    llm.gate.set()
    expect(writing.get_by_role("dialog").get_by_text("Source 1")).to_be_visible()
    writing.keyboard.press("Escape")
    for page in (writing, second):
        finished(page)
    assert llm.calls == calls
    second.reload()
    finished(second)


def test_an_answer_is_stopped_and_asked_again(writing: Page, llm: GatedLlm) -> None:
    begin(writing, llm)
    writing.get_by_role("button", name="Stop", exact=True).click()
    expect(writing.get_by_text("Nothing of this answer was kept.")).to_be_visible()
    expect(writing.get_by_role("button", name="Export")).to_have_count(0)
    llm.gate.set()
    writing.get_by_role("button", name="Ask it again").dblclick()
    finished(writing)
    expect(writing.get_by_text("Nothing of this answer was kept.")).to_have_count(0)


def test_an_answer_that_broke_off_and_one_from_a_model_that_is_down_are_tried_again_in_their_place(writing: Page, llm: GatedLlm) -> None:
    llm.break_off = True
    begin(writing, llm)
    finished(writing)
    llm.break_off, llm.down = False, True
    writing.get_by_role("button", name="Try again").click()
    expect(writing.get_by_text("The language model could not be used")).to_be_visible()
    finished(writing)
    llm.down = False
    llm.gate.set()
    writing.get_by_role("button", name="Try again").dblclick()
    expect(writing.get_by_role("button", name="Try again")).to_have_count(0)
    finished(writing)
    expect(writing.get_by_text("The language model could not be used")).to_have_count(0)
