"""Loads, fills and hashes the prompts in `prompts/`: one Markdown file each, with slots written {{name}}."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from hub.settings import ROOT

FOLDER = ROOT / "prompts"
_SLOT = re.compile(r"\{\{(\w+)\}\}")


class PromptError(ValueError):
    """A prompt is missing, or its slots and what fills them do not match."""


@lru_cache(16)
def load_prompt(name: str, folder: Path = FOLDER) -> tuple[str, str]:
    """A prompt's text and the first 12 hex digits of its sha256. PromptError where there is no such file."""
    try:
        text = (folder / f"{name}.md").read_text(encoding="utf-8")
    except OSError as error:
        raise PromptError(f"no prompt {name}.md in {folder}") from error
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


def fill(text: str, **slots: str) -> str:
    """The prompt with its slots filled, once: what fills a slot is never read for slots. PromptError names a slot that does not match."""
    wanted = set(_SLOT.findall(text))
    if wanted != set(slots):
        raise PromptError(f"the prompt wants {sorted(wanted)} and was given {sorted(slots)}")
    return _SLOT.sub(lambda m: slots[m[1]], text)
