"""The quality page in headless Chromium, as a member of staff uses it: a set from a CSV, a run that outlives the page, labels, and what got worse."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from evals_making import make_folder
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evals.__main__ import main
from evals.background import carry_on, watch
from evals.runs import RunFolder, list_runs
from hub.settings import ROOT, Settings

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium")
CSV = """id,question,history,answerable,expected_status,kind,gold_source,gold_quote,components,note
one,What does Connect mean?,,yes,,define,implementation-guide,Connect means building the relationships through which people,connect,
two,What is de-implementation?,,yes,,define,model-introduction,"Stop work that does little good, or less good than something else would do",de-implement,
three,What does NPQH stand for?,,yes,,look up,glossary,NPQH: national professional qualification for headship.,,
four,How much had the maths scheme cost Skelderby by the time it stopped?,,yes,,look up,premortem-and-tripwires-for-a-maths-scheme,"The scheme had cost £33,500",,
five,How do I bake a Victoria sponge?,,no,out_of_scope | no_evidence,out of scope,,,,
"""


@pytest.fixture(scope="module")
def store(own_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped library, with sets and runs of the test's own."""
    made = tmp_path_factory.mktemp("page") / "store"
    made.mkdir()
    for part in ("library.db", "index"):
        (made / part).symlink_to(own_settings.store / part)
    return made


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"]
    env = {**os.environ, "HUB_STORE": str(store), "HUB_DATABASE_URL": f"sqlite:///{store / 'c.db'}"}
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1)
                break
            except OSError:
                assert server.poll() is None
        yield f"http://localhost:{port}/quality"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"])
        yield browser
        browser.close()


def opened(chromium: Browser, address: str, part: str) -> Page:
    page = chromium.new_page(viewport={"width": 1280, "height": 1200})
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto(address)
    page.get_by_role("radio", name=part).or_(page.get_by_role("button", name=part)).first.click()
    return page


def test_a_set_of_five_is_made_run_labelled_and_what_got_worse_is_read(
    chromium: Browser, address: str, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(chromium, address, "Sets of questions")
    page.get_by_role("textbox", name="Name of the new set").fill("five")
    page.get_by_role("textbox", name="Name of the new set").press("Enter")
    page.locator("input[type=file]").set_input_files({"name": "five.csv", "mimeType": "text/csv", "buffer": CSV.encode()})
    page.get_by_role("button", name="Make it from the CSV").click()
    expect(page.get_by_text("is kept with 5 questions")).to_be_visible()
    page.reload()
    page.get_by_text("Sets of questions", exact=True).first.click()
    page.get_by_role("combobox", name="Set").click()
    page.get_by_role("option", name="five").click()
    expect(page.get_by_text("5 questions; version")).to_be_visible()
    page.get_by_role("button", name="Run this set").click()
    expect(page.get_by_text("The run has begun")).to_be_visible()
    page.close()  # it goes on without the page
    [begun] = [RunFolder(p) for p in (store / "runs").iterdir()]
    while watch(begun).state in ("starting", "running"):
        pass
    assert watch(begun).state == "done", watch(begun).said

    page = opened(chromium, address, "Results")
    expect(page.get_by_text("right answer (80%)")).to_be_visible()
    expect(page.get_by_text("right refusal (20%)")).to_be_visible()
    expect(page.get_by_text("What this means:").first).to_be_visible()
    assert page.locator(".track").first.bounding_box()
    with page.expect_download() as download:
        page.get_by_role("button", name="Every question (CSV)").click()
    assert "What does NPQH stand for?" in Path(download.value.path()).read_text(encoding="utf-8")
    page.close()

    for who in ("AB", "CD"):
        page = opened(chromium, address, "Label answers")
        page.get_by_label("Your name or initials").fill(who)
        page.get_by_label("Your name or initials").press("Enter")
        expect(page.get_by_text("You have labelled 0 of")).to_be_visible()
        page.get_by_role("radiogroup", name="Sentence 1").get_by_text("Right").click()
        page.get_by_role("radiogroup", name="Citation 1").get_by_text("Right" if who == "AB" else "Nearby").click()
        page.get_by_role("button", name="Keep these labels").click()
        expect(page.get_by_text("2 labels kept")).to_be_visible()
        page.reload()
        page.get_by_text("Label answers", exact=True).first.click()
        if who == "CD":
            expect(page.get_by_text("AB and CD: 1 of 2 alike")).to_be_visible()
        page.close()

    monkeypatch.setenv("HUB_STORE", str(store))
    monkeypatch.setenv("HUB_QUESTION_MAX_CHARACTERS", "40")  # a setting that was changed, and to no good
    assert main(["run", str(store / "sets" / "five.jsonl")]) == 0
    page = opened(chromium, address, "Compare two runs")
    before = begun.run().started[:19].replace("T", " ")
    page.get_by_role("combobox", name="The run before").fill(before)
    page.get_by_role("option", name=before).click()
    expect(page.get_by_text("Got worse (1)")).to_be_visible()
    expect(page.get_by_text("How much had the maths scheme cost Skelderby").first).to_be_visible()
    page.get_by_text("What differs between the runs").click()
    expect(page.get_by_text("question_max_characters")).to_be_visible()
    page.close()


def test_a_csv_that_is_wrong_is_told_by_its_row_and_keeps_nothing(chromium: Browser, address: str, store: Path) -> None:
    page = opened(chromium, address, "Sets of questions")
    page.get_by_role("textbox", name="Name of the new set").fill("wrong")
    page.get_by_role("textbox", name="Name of the new set").press("Enter")
    page.locator("input[type=file]").set_input_files(
        {"name": "w.csv", "mimeType": "text/csv", "buffer": b"question,answerable\nWhat?,perhaps\n"}
    )
    page.get_by_role("button", name="Make it from the CSV").click()
    expect(page.get_by_text("row 2:")).to_be_visible()
    assert not (store / "sets" / "wrong.jsonl").exists()
    page.close()


def test_a_run_that_broke_off_is_carried_on_from_the_page(chromium: Browser, address: str, store: Path, own_settings: Settings) -> None:
    settings = Settings(store=store)
    folder = make_folder(store / "runs" / "broken", {"a": 1.0, "b": 1.0})
    folder.save(folder.run().model_copy(update={"state": "running", "started": "2999-01-01T00:00:00+00:00"}))
    (folder.path / "outcomes.jsonl").write_bytes((folder.path / "outcomes.jsonl").read_bytes().split(b"\n")[0] + b"\n")
    assert watch(folder).state == "broken off"
    assert list_runs(settings)[0][0].id == "broken"
    page = opened(chromium, address, "Results")
    expect(page.get_by_text("Broken off: 1 of 2")).to_be_visible()
    expect(page.get_by_role("button", name="Carry on")).to_be_visible()
    page.close()
    carry_on(settings, folder)
    while watch(folder).state in ("broken off", "running"):
        pass
    assert "was made with other" in watch(folder).said
    folder.delete()
