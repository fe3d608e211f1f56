"""What Streamlit cannot do by itself on the chat page, in one small script: markers that open cards, a view that begins at the
newest question, and a line that screen readers are told when an answer has come."""

import re

import streamlit as st

_HTML = '<div role="status" aria-live="polite" style="position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"></div>'
_SCRIPT = """
const MARKER = 'a[href^="#source-"]';

export default function ({ data, parentElement, setTriggerValue }) {
  const follow = (event) => {
    const link = event.target.closest && event.target.closest(MARKER);
    if (!link) return;
    event.preventDefault();
    setTriggerValue("opened", link.getAttribute("href").slice("#source-".length));
  };
  const name = () => document.querySelectorAll(MARKER + ":not([aria-label])").forEach((link) =>
    link.setAttribute("aria-label", "Source " + link.getAttribute("href").split("-").pop() + ": open its card"));
  const observer = new MutationObserver(name);
  observer.observe(document.body, { childList: true, subtree: true });
  name();
  document.addEventListener("click", follow);

  if (data.back) {
    // The reader comes back from a source: to the marker that was followed, not to the newest question.
    window.hubAnswer = data.answer;
    const again = () => {
      const link = document.querySelector('a[href="#source-' + data.back + '"]');
      if (!link) return;
      link.style.scrollMarginTop = "40vh";
      link.scrollIntoView({ block: "start" });
      link.focus({ preventScroll: true });
    };
    setTimeout(again, 120);
    setTimeout(again, 700);
  } else if (data.answer && window.hubAnswer !== data.answer) {
    window.hubAnswer = data.answer;
    parentElement.querySelector("[role=status]").textContent = data.said;
    const begin = () => {
      const messages = document.querySelectorAll('[data-testid="stChatMessage"]');
      const question = messages[messages.length - 2];
      if (!question) return;
      question.style.scrollMarginTop = "4.5rem";
      question.scrollIntoView({ block: "start" });
    };
    // Once the page has drawn the answer, and once more after its own scrolling to the end.
    setTimeout(begin, 120);
    setTimeout(begin, 600);
  }
  return () => { observer.disconnect(); document.removeEventListener("click", follow); };
}
"""
_component = st.components.v2.component("hub_markers", html=_HTML, js=_SCRIPT)


def followed(newest: str, said: str, back: str = "") -> tuple[str, int] | None:
    """The answer's id and the marker that the reader has just opened, or None.

    `said` is told when `newest` is a new answer. `back`: the answer and marker that the reader returns to, as "answer-marker".
    """
    result = _component(key="markers", data={"answer": newest, "said": said, "back": back}, on_opened_change=lambda: None, height=1)
    match = re.fullmatch(r"([0-9a-f]{32})-(\d{1,3})", str(result.opened or ""))
    return (match[1], int(match[2])) if match else None
