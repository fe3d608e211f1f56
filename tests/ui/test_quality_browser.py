"""The quality page in headless Chromium, as a member of staff uses it, with nothing but the app: a set of five cases from a CSV, a run that goes
on when the page is closed, labels by two people, another number of passages, a second run, and what got worse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from ui_axe import settled
from ui_journeys import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

# "What is PDSA?" rests on two documents: one passage cannot hold both.
FIVE = """id,question,history,answerable,expected_status,kind,gold_source,gold_quote,components,note
,What does Connect mean?,,yes,,define,Working with the model: an implementation guide,Connect means building the relationships through which people,Connect,
,What is de-implementation?,,yes,,define,model-introduction,"Stop work that does little good, or less good than something else would do",de-implement,
,What is PDSA?,,yes,,look up,glossary | model-introduction,PDSA: Plan-Do-Study-Act. | Plan-Do-Study-Act (PDSA) tries a change on a small scale,Adopt a cycle,
,What does NPQH stand for?,,yes,,look up,glossary,NPQH: national professional qualification for headship.,,
,How do I bake a Victoria sponge?,,no,out_of_scope | no_evidence,out of scope,,,,
"""
WRONG = "question,answerable,components\nWhat?,perhaps,\nWho?,yes,Nonsense\n"
BY_HAND = "five by hand"
PATIENT = 180_000
"""Milliseconds: two runs are made meanwhile, and a busy machine is slow. Nothing is waited for that has come."""


def upload(page: Page, name: str, text: str) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_role("button", name=f"Remove {name}")).to_be_visible()


def result(page: Page, passages: int) -> None:
    """Wait for a whole run's result."""
    expect(page.get_by_text(f"passages looked through for each question: {passages};")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=PATIENT)
    expect(page.get_by_text(re.compile(r"right refusal \(20%\)"))).to_be_visible()
    settled(page)  # until then a button of the page before may stand beside its like


def edited_as_a_table(page: Page) -> None:
    """What was opened stays open, though the message above it goes; a canvas to the eye, the table is a grid to a screen reader."""
    settled(page)
    page.get_by_text("Look at and edit the questions").click()
    page.get_by_role("switch", name="Edit all as a table").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Keep the changes")).to_be_visible(timeout=PATIENT)
    expect(page.locator("canvas [role=gridcell]").filter(has_text="What is PDSA?")).to_be_attached(timeout=PATIENT)
    settled(page)


def label(page: Page, who: str, citation: str) -> None:
    """The first answer, by the keyboard alone."""
    name = page.get_by_role("textbox", name="Your name or initials")
    name.fill(who)
    name.press("Enter")
    expect(page.get_by_text("You have labelled 0 of")).to_be_visible()
    expect(page.get_by_test_id("stChatMessage").get_by_text("What does Connect mean?").first).to_be_visible()
    for group, value in (("Sentence 1", "Right"), ("Source 1", citation), ("Sentence 2", "Partly")):
        choice = page.get_by_role("radiogroup", name=group).get_by_role("radio", name=value)
        choice.focus()
        page.keyboard.press("Space")
        expect(choice).to_be_checked()
    page.get_by_role("button", name="Keep, and go to the next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 labels kept.")).to_be_visible()


def test_staff_make_run_label_change_a_setting_run_again_and_read_what_got_worse(page: Page, address: str) -> None:
    sets = f"{address}/quality?part=Sets+of+questions"

    def anew(url: str) -> Page:
        """The page closed, and another opened."""
        nonlocal page
        context = page.context
        page.close()
        page = context.new_page()
        page.set_default_timeout(PATIENT)
        page.goto(url)
        return page

    page.set_default_timeout(PATIENT)
    page.goto(sets)
    page.get_by_role("textbox", name="Name of the new set").fill(BY_HAND)
    upload(page, "wrong.csv", WRONG)
    page.get_by_role("button", name="Make it from the CSV").click()
    wrong = page.get_by_role("alert").filter(has_text="Nothing was kept. Mend these 2 rows")
    expect(wrong.get_by_text(re.compile("Row 2: .*write yes or no"))).to_be_visible()
    expect(wrong.get_by_text(re.compile("Row 3: .*write one of: Set quality goals"))).to_be_visible()
    page.get_by_role("button", name="Remove wrong.csv").click()
    upload(page, "five.csv", FIVE)
    page.get_by_role("button", name="Make it from the CSV").click()
    expect(page.get_by_text("is kept with 5 questions")).to_be_visible()
    expect(page.get_by_text("No answer can be found right by these")).to_have_count(0)  # the words stand, the title was known
    edited_as_a_table(page)
    page.get_by_role("button", name="Run this set").click()
    expect(page.get_by_text("It goes on when this page is closed.").or_(page.get_by_text("begun 20")).first).to_be_visible()

    result(anew(f"{address}/quality"), 40)
    with page.expect_download() as download:
        page.get_by_role("button", name="Every question (CSV)").click()
    assert "What does NPQH stand for?" in Path(download.value.path()).read_text(encoding="utf-8")
    page.get_by_role("tab", name="By component").click()
    expect(page.get_by_role("img", name=re.compile("^Adopt a cycle: "))).to_be_visible()

    label(anew(f"{address}/quality?part=Label+answers"), "AB", "Right")
    label(anew(f"{address}/quality?part=Label+answers"), "CD", "Nearby")
    expect(page.get_by_text(re.compile(r"AB and CD: 2 of 3 alike; kappa"))).to_be_visible()

    page.goto(sets)
    expect(page.get_by_text("5 questions; version")).to_be_visible()
    passages = page.get_by_role("spinbutton", name="Passages looked through for each question")
    passages.fill("1")
    passages.press("Enter")
    expect(page.get_by_text("Readers' answers are made with 40 passages now")).to_be_visible()
    page.get_by_role("button", name="Run this set").click()
    result(page, 1)
    page.get_by_role("button", name="Compare with the run before").click()
    expect(page.get_by_text("Passages looked through for each question: 40 before, 1 after.")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^Got worse \([1-5]\)"))).to_be_visible()
    expect(page.get_by_text("Passages found (recall)").first).to_be_visible()
    worse = page.get_by_test_id("stExpander").filter(has_text="What is PDSA?").first
    expect(worse).to_be_visible()

    page.set_viewport_size(PHONE)
    page.goto(f"{address}/quality")
    for name, there in (
        ("Results", page.get_by_role("button", name="Report to mail (HTML)")),
        ("Sets of questions", page.get_by_role("button", name="Run this set")),
        ("Compare two runs", page.get_by_role("heading", name="What differs between the runs")),
        ("Label answers", page.get_by_role("textbox", name="Your name or initials")),
    ):
        page.get_by_role("radio", name=name, exact=True).click()
        expect(there).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
