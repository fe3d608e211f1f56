"""The evals' tests speak to the assistant's llm on loopback too."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.grounds import Grounds
from hub.settings import Settings

sys.path.append(str(Path(__file__).parent.parent / "assistant"))


@pytest.fixture(scope="module")
def grounds(own_settings: Settings) -> Iterator[Grounds]:
    """The shipped library's texts, as scorers read them."""
    made = Grounds(own_settings.store)
    yield made
    made.close()
