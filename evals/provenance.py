"""What a run was made by: settings without secrets, prompts, commit, store. Two runs with the same fingerprint may be one."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from typing import Any

from assistant.prompts import FOLDER, load_prompt
from evals.domain import StoreState
from hub.library import Library
from hub.settings import ROOT, Settings

_KEPT = ("passages", "illustrative", "embedder", "llm", "judge", "unverified", "llm_timeout_seconds", "question_max_characters")
_ONLY_WHETHER = ("chroma_url", "database_url", "embedder_weights")
"""Addresses may hold passwords, and paths names: only whether they are set is kept."""


def settings_in_force(settings: Settings) -> dict[str, Any]:
    """The settings that may change an answer, without anything secret."""
    dumped = settings.model_dump(mode="json")
    others = [k for k in dumped if k not in (*_KEPT, *_ONLY_WHETHER) and isinstance(dumped[k], bool | int | float)]
    whether = {k: bool(settings.database_url.get_secret_value() if k == "database_url" else dumped.get(k)) for k in _ONLY_WHETHER}
    return {k: dumped[k] for k in (*_KEPT, *others) if k in dumped} | {f"{k}_set": v for k, v in whether.items()}


def prompt_hashes() -> dict[str, str]:
    """The hash of every prompt, by name."""
    return {path.stem: load_prompt(path.stem)[1] for path in sorted(FOLDER.glob("*.md"))}


def commit() -> tuple[str, bool, str]:
    """(commit, whether the code differs from it, the hash of the difference); "" where this is not a checkout."""
    try:
        head = _git("rev-parse", "HEAD").strip()
        changed = _git("status", "--porcelain")
        differs = _git("diff", "HEAD") + changed if changed else ""
    except (OSError, subprocess.CalledProcessError):
        return "", False, ""
    return head, bool(changed), hashlib.sha256(differs.encode()).hexdigest()[:12] if differs else ""


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def store_state(settings: Settings) -> StoreState:
    """The store that the settings name."""
    with Library(settings.store) as library:
        return StoreState(
            generation=library.fact("generation"),
            made_by=library.fact("made_by"),
            sources=len(library.sources()),
            chunks=library.count_chunks(),
            digest=library.digest(),
        )


def fingerprint(parts: Mapping[str, Any]) -> str:
    """Names what a run is made by."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:12]
