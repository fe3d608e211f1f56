"""What the tests share: real stores made by the real ingest, once a session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.build import build_assistant
from assistant.engine import Assistant
from hub.embedder import Embedder, make_embedder
from hub.settings import ROOT, Settings
from ingest.run import ingest

SHARED = ROOT.parent / "shared"

# Neither an operator's .env nor the environment reaches a test.
for name in [n for n in os.environ if n.startswith("HUB_") and n not in ("HUB_BROWSER_REQUIRED", "HUB_TESSERACT_REQUIRED")]:
    del os.environ[name]
Settings.model_config["env_file"] = None


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real documents, which are not part of the project."""
    if not (SHARED / "sources").is_dir():
        pytest.skip("../shared is missing: the real documents are not here")
    return SHARED


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return make_embedder(Settings())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an empty store of the test's own."""
    return Settings(store=tmp_path / "store")


@pytest.fixture(scope="session")
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store with the library that ships with the project."""
    settings = Settings(store=tmp_path_factory.mktemp("own"))
    report = ingest(settings, [ROOT / "sources"], silent)
    assert not report.failed
    return settings


@pytest.fixture(scope="session")
def shared_settings(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Settings:
    """A store with the real documents and case studies."""
    settings = Settings(store=tmp_path_factory.mktemp("real"))
    report = ingest(settings, [shared / "sources", shared / "sources" / "case-studies"], silent)
    assert (report.added, report.failed) == (37, [])
    return settings


@pytest.fixture(scope="session")
def own(own_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the library that ships with the project."""
    assistant = build_assistant(own_settings)
    yield assistant
    assistant.shelf.close()


@pytest.fixture(scope="session")
def real(shared_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the real documents."""
    assistant = build_assistant(shared_settings)
    yield assistant
    assistant.shelf.close()
