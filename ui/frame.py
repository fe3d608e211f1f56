"""What stands around every page: its name in the browser's tab, its language, the few looks that the theme's config cannot say."""

from html import escape
from pathlib import Path

import streamlit as st

NAME = "Ask the hub"
_CSS = Path(__file__).parent / "frame.css"
_SCRIPT = """
const WORDS = "It may be starting again. This page waits for it and goes on by itself; what you asked before is kept. " +
  "If it stays away, tell whoever runs it.";

export default function () {
  document.documentElement.lang = "en-GB";
  const each = (css, act) => document.querySelectorAll(css).forEach(act);
  const mend = () => {
    // On a phone Streamlit puts a section's links into a div within the list, where no list item may stand.
    each('[data-testid="stSidebarNavItems"]:has(> div)', (list) => {
      list.setAttribute("role", "presentation");
      list.querySelectorAll(":scope > li").forEach((item) => item.setAttribute("role", "presentation"));
      list.querySelectorAll(":scope > div:has(> header)").forEach((section) => {
        const header = section.querySelector("header");
        section.setAttribute("role", "list");
        section.setAttribute("aria-label", header.querySelector("p").textContent);
        header.setAttribute("aria-hidden", "true");
      });
    });
    // Where the program does not answer, Streamlit tells those who wrote it what to type: here, those who read it how it stands.
    each('[role="dialog"] h2[slot="title"]', (title) => {
      const told = title.nextElementSibling;
      if (title.textContent !== "Connection error" || !told || !told.textContent.includes("Streamlit")) return;
      title.textContent = "No answer from the program";
      told.style.display = "none";
      told.insertAdjacentElement("afterend", document.createElement("p")).textContent = WORDS;
    });
    // The button of the navigation shows this word (frame.css): what is shown is what it is called.
    each('[data-testid="stExpandSidebarButton"]:not([aria-label="Menu"])', (button) => button.setAttribute("aria-label", "Menu"));
  };
  const observer = new MutationObserver(mend);
  observer.observe(document.body, { childList: true, subtree: true });
  mend();
  return () => observer.disconnect();
}
"""
_component = st.components.v2.component("hub_frame", js=_SCRIPT)


def show(title: str) -> None:
    """For every page, before what it shows. `title`: the page's own."""
    st.set_page_config(page_title=NAME if title == "Ask" else f"{title} – {NAME}")
    st.html(_CSS)
    _component(key="heard-frame", height=1)


def heading(text: str) -> None:
    """A page's first heading for those who hear it, where those who see it need none."""
    st.html(f'<h1 class="hub-heard">{escape(text)}</h1>')
