"""axe-core on a page as a reader has it, and what else every page owes to those who use the keyboard, a phone or a screen reader."""

from typing import NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TALL = {"width": 1280, "height": 3200}
"""So high that nothing lies outside the window: axe does not measure the contrast of what does."""
NAMED = " – Ask the hub"


class Allowed(NamedTuple):
    """What Streamlit gets wrong and no page of ours can mend; docs/accessibility.md says it too."""

    rule: str
    within: str
    """Stands in the element's HTML."""
    why: str


ALLOWED: tuple[Allowed, ...] = ()


def faults(page: Page, where: str) -> list[str]:
    """Every violation of WCAG 2.0, 2.1 and 2.2, A and AA, that axe finds, but those that are allowed."""
    page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for _ in range(3):  # as expect does: a page may still fade from one state into the next
        settled(page)
        result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS)
        assert result["passes"], "axe looked at nothing"
        found = [
            f"{where}: {violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
            if not any(a.rule == violation["id"] and a.within in node["html"] for a in ALLOWED)
        ]
        if not found:
            break
    return found


def settled(page: Page) -> None:
    """Wait until the page's script has run to its end, what it replaces is gone, and nothing moves."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_have_count(1)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)
    page.wait_for_function("document.getAnimations().every(a => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)")


def frame_faults(page: Page, where: str) -> list[str]:
    """One first heading, the page's own name in the tab, the language, and nothing that scrolls sideways."""
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    held = page.evaluate(
        """() => ({h1: document.querySelectorAll("h1").length, main: document.querySelectorAll("main, [role=main]").length,
            over: document.documentElement.scrollWidth - window.innerWidth,
            inner: document.querySelector("[data-testid=stMain]").scrollWidth - document.querySelector("[data-testid=stMain]").clientWidth})"""
    )
    wanted = {"h1": 1, "main": 1, "over": 0, "inner": 0}
    return [f"{where}: {name} is {held[name]!r}" for name in wanted if held[name] != wanted[name]]


FOCUS = """() => {
  let at = document.activeElement;
  while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  let shown = false, one = at;
  for (let up = 0; one && up < 5; up++, one = one.parentElement) {
    const style = getComputedStyle(one);
    shown = shown || (style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2);
  }
  const box = at.getBoundingClientRect();
  const over = at.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12));
  const seen = box.bottom > 0 && box.top < window.innerHeight && (!over || at.contains(over) || over.contains(at) || ["INPUT", "MAIN"].includes(at.tagName) || at.role === "tabpanel");
  return {html: at.outerHTML.slice(0, 160), shown, seen};
}"""


def focus_faults(page: Page, where: str, stops: int) -> list[str]:
    """Tab through the page: every stop shows that it has the focus, and none lies hidden under something else."""
    found = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at and not at["shown"]:
            found.append(f"{where}: the focus does not show: {at['html']}")
        if at and not at["seen"]:
            found.append(f"{where}: the focus is hidden: {at['html']}")
    return found
