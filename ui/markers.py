"""What Streamlit cannot do by itself on the chat page, in one small script: markers that open cards, and a view that begins at the
newest question."""

import re

import streamlit as st

STREAMED = "0" * 32
"""Stands for the answer's id in the markers of one that is still being written."""
_SCRIPT = """
const MARKER = 'a[href^="#source-"]';
const STREAMED = "0".repeat(32);

export default function ({ data, setTriggerValue }) {
  const open = (named) => {
    // Of an answer that is still being written: remembered until it is whole.
    if (named.startsWith(STREAMED)) window.hubWanted = named.split("-")[1];
    else setTriggerValue("opened", named);
  };
  const follow = (event) => {
    const link = event.target.closest && event.target.closest(MARKER);
    if (!link) return;
    event.preventDefault();
    open(link.getAttribute("href").slice("#source-".length));
  };
  const name = () => document.querySelectorAll(MARKER + ":not([aria-label])").forEach((link) =>
    link.setAttribute("aria-label", "Source " + link.getAttribute("href").split("-").pop() + ": open its card"));
  const observer = new MutationObserver(name);
  observer.observe(document.body, { childList: true, subtree: true });
  name();
  document.addEventListener("click", follow);

  // A marker that was followed before this script had come: the browser has put it into the address.
  const early = location.hash.match(/^#source-([0-9a-f]{32}-[0-9]{1,3})$/);
  if (early) {
    history.replaceState(history.state, "", location.pathname + location.search);
    open(early[1]);
  }

  // The script may run before the page is drawn: what is waited for is looked for until it is there.
  const timers = [];
  const once_there = (find, act) => {
    let left = 60;
    const look = () => {
      const found = find();
      if (found) {
        act(found);
        timers.push(setTimeout(() => { const still = find(); if (still) act(still); }, 450));  // after the page's own scrolling
      } else if (left--) timers.push(setTimeout(look, 60));
    };
    look();
  };
  if (data.back) {
    // The reader comes back from a source: to the marker that was followed, not to the newest question.
    window.hubAnswer = data.answer;
    once_there(() => document.querySelector('a[href="#source-' + data.back + '"]'), (link) => {
      if (document.activeElement && document.activeElement.matches("input, textarea")) return;  // the reader writes already
      link.style.scrollMarginTop = "40vh";
      link.scrollIntoView({ block: "start" });
      link.focus({ preventScroll: true });
    });
  } else if (data.answer && window.hubAnswer !== data.answer) {
    window.hubAnswer = data.answer;
    if (window.hubWanted) open(data.answer + "-" + window.hubWanted);
    window.hubWanted = "";
    once_there(() => document.querySelectorAll('[data-testid="stChatMessage"]')[data.messages - 2], (question) => {
      question.style.scrollMarginTop = "4.5rem";
      question.scrollIntoView({ block: "start" });
    });
  }
  return () => { observer.disconnect(); document.removeEventListener("click", follow); };
}
"""
_component = st.components.v2.component("hub_markers", js=_SCRIPT)


def followed(newest: str, messages: int, back: str = "") -> tuple[str, int] | None:
    """The answer's id and the marker that the reader has just opened, or None. On every screen of the page, above all else: a
    marker that is drawn finds the script there.

    `newest` is the last answer of the page, and `messages` how many stand on it then. `back`: the answer and marker that the reader
    returns to, as "answer-marker".
    """
    data = {"answer": newest, "back": back, "messages": messages}
    result = _component(key="markers", data=data, on_opened_change=lambda: None, height=1)
    match = re.fullmatch(r"([0-9a-f]{32})-(\d{1,3})", str(result.opened or ""))
    return (match[1], int(match[2])) if match else None
