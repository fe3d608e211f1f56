"""Whether an llm's sentence repeats the prompt that it was given: the rules are not an answer, whatever id it cites."""

import re

RUN_WORDS = 6
"""So many words in a row of the rules are no chance."""
WHOLE_WORDS = 4
"""A sentence of so many words that stands whole in the rules is theirs."""
_SLOT = re.compile(r"\{\{\w+\}\}")


def repeats(text: str, template: str) -> bool:
    """Whether a text has a run of words of the template's own, or is one of its sentences. What fills the slots does not count."""
    said = _words(text)
    rules = [f" {' '.join(_words(part))} " for part in _SLOT.split(template)]
    runs = [said[i : i + RUN_WORDS] for i in range(len(said) - RUN_WORDS + 1)] or ([said] if len(said) >= WHOLE_WORDS else [])
    return any(f" {' '.join(run)} " in part for run in runs for part in rules)


def _words(text: str) -> list[str]:
    # An id of an example, [2.1], is no word: a reply's own ids have been taken out.
    return re.findall(r"[^\W_]+", re.sub(r"\[[\d.,;\s]*\]", " ", text.lower()))
