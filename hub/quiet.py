"""Keeps libraries from calling home: no telemetry, no cost map, no model hub. Called before each library's first import."""

import os


def quiet_litellm() -> None:
    """litellm fetches its cost map at import, and reaches for a hub to count some tokens, unless told not to."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # the word: "1" is ignored
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("LITELLM_LOG", "CRITICAL")
    os.environ["LITELLM_TELEMETRY"] = "False"


def quiet_chroma() -> None:
    """Chroma's product telemetry."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
