"""What two runs were made by, where it differs, in words for people who know schools and not software."""

from collections.abc import Iterable, Mapping
from typing import Any

Differences = Mapping[str, tuple[Any, Any]]
"""By name, the value before and after; see `Comparison.settings`."""

TITLES = {
    "passages": "Passages looked through for each question",
    "llm": "Who writes the answers",
    "unverified": "Sentences that nobody verified",
    "illustrative": "Invented examples used beside real documents",
    "embedder": "How passages are matched by meaning",
    "judge": "The language model that checks answers for readers",
    "question_max_characters": "Longest question that is read, in characters",
    "llm_timeout_seconds": "How long the language model is waited for, in seconds",
    "judge_timeout_seconds": "How long the checking model is waited for, in seconds",
}
_EMPTY = {"llm": "the sources' own words", "judge": "nobody", "embedder": "on this machine"}
_WORDS = {"leave_out": "left out", "show": "shown"}
_SETTING, _STORE, _PROMPT = "settings: ", "store: ", "prompts: "
_TOP = {"judge": "The language model that scores answers", "repeats": "How often it is asked the same", "set_version": "Version of the set"}


def say_differences(found: Differences) -> list[str]:
    """A sentence for each thing that differs: what somebody chose first, then the library, then the program."""
    lines = [
        _change(TITLES.get(name, name.replace("_", " ").capitalize()), name, found[key])
        for key in found
        if key.startswith(_SETTING)
        for name in [key.removeprefix(_SETTING)]
    ]
    lines += [_change(title, name, found[name]) for name, title in _TOP.items() if name in found]
    lines += _library({key.removeprefix(_STORE): pair for key, pair in found.items() if key.startswith(_STORE)})
    if prompts := [key.removeprefix(_PROMPT) for key in found if key.startswith(_PROMPT)]:
        lines.append(f"The instructions to the language model changed: {', '.join(prompts)}.")
    if "commit" in found or "code" in found:
        before, after = (str(version)[:7] or "not known" for version in found.get("commit", ("", "")))
        versions = f" (version {before} before, {after} after)" if "commit" in found else ""
        lines.append(f"The program itself changed{versions}.")
    return lines


def say_setting(name: str, value: object) -> str:
    """A setting's value for a reader."""
    if value is None:
        return "not recorded"
    if isinstance(value, bool):  # first: True is 1
        return "yes" if value else "no"
    return _EMPTY.get(name, "none") if value == "" else _WORDS.get(str(value), str(value))


def say_settings(settings: Mapping[str, Any], names: Iterable[str]) -> str:
    """Some settings in one line, as a run's head says them."""
    return "; ".join(f"{TITLES[n].lower()}: {say_setting(n, settings[n])}" for n in names if n in settings)


def _change(title: str, name: str, pair: tuple[Any, Any]) -> str:
    return f"{title}: {say_setting(name, pair[0])} before, {say_setting(name, pair[1])} after."


def _library(found: Differences) -> list[str]:
    counts = [f"{found[k][0]} {k} before, {found[k][1]} after" for k in ("sources", "chunks") if k in found]
    if counts:
        return [f"The library changed: {'; '.join(counts).replace('chunks', 'passages')}."]
    if "digest" in found:
        return ["The library changed: other texts, of the same number."]
    return ["The library was read in anew."] if found else []
