"""Makes the markers in answers open their cards: one small script that tells Python which link was followed."""

import re

import streamlit as st

_SCRIPT = """
export default function ({ setTriggerValue }) {
  const follow = (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#source-"]');
    if (!link) return;
    event.preventDefault();
    setTriggerValue("opened", link.getAttribute("href").slice("#source-".length));
  };
  const name = () => document.querySelectorAll('a[href^="#source-"]:not([aria-label])').forEach((link) =>
    link.setAttribute("aria-label", "Source " + link.getAttribute("href").split("-").pop() + ": open its card"));
  const observer = new MutationObserver(name);
  observer.observe(document.body, { childList: true, subtree: true });
  name();
  document.addEventListener("click", follow);
  return () => { observer.disconnect(); document.removeEventListener("click", follow); };
}
"""
_component = st.components.v2.component("hub_markers", js=_SCRIPT)


def followed() -> tuple[str, int] | None:
    """The answer's id and the marker that the reader has just opened, or None."""
    result = _component(key="markers", on_opened_change=lambda: None, height=1)
    match = re.fullmatch(r"([0-9a-f]{32})-(\d{1,3})", str(result.opened or ""))
    return (match[1], int(match[2])) if match else None
