"""Settings: what the environment may say, and what an error may not."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest

from hub.settings import ROOT, Settings, SettingsError, load_settings


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HUB_ILLUSTRATIVE", "sk-hunter2"),
        ("HUB_LLM_TIMEOUT_SECONDS", "sk-hunter2"),
        ("HUB_LLM_TIMEOUT_SECONDS", "-41"),
        ("HUB_QUESTION_MAX_CHARACTERS", "41.7"),
        ("HUB_QUESTION_MAX_CHARACTERS", "-41"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{variable}: ")
    assert ".env" in message
    assert value not in message


def test_the_traceback_of_a_wrong_setting_does_not_show_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_ILLUSTRATIVE", "sk-hunter2")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HUB_STORE", str(tmp_path))
    monkeypatch.setenv("HUB_ILLUSTRATIVE", "1")
    monkeypatch.setenv("HUB_LLM", "openai/some-model")
    settings = load_settings()
    assert (settings.store, settings.illustrative, settings.llm) == (tmp_path, True, "openai/some-model")


@pytest.mark.parametrize("variable", ["HUB_STORE", "HUB_ILLUSTRATIVE", "HUB_LLM_TIMEOUT_SECONDS", "HUB_EMBEDDER_WEIGHTS"])
def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "")
    assert load_settings() == Settings()


def test_unknown_variables_and_keys_of_providers_are_not_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_COLOUR", "blue")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-hunter2")
    assert load_settings() == Settings()
    assert "hunter2" not in repr(load_settings())


def test_a_database_password_is_not_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://hub:hunter2@localhost/hub"
    monkeypatch.setenv("HUB_DATABASE_URL", address)
    settings = load_settings()
    assert settings.conversations_url() == address
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_conversations_lie_in_the_store_by_default(tmp_path: Path) -> None:
    assert Settings(store=tmp_path / "store").conversations_url() == f"sqlite:///{tmp_path / 'store' / 'conversations.db'}"


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().llm = "other"  # type: ignore[misc]


def test_a_dot_env_file_is_read_and_the_environment_outranks_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HUB_LLM=from/file\nHUB_EMBEDDER=from/file\nOPENAI_API_KEY=sk-hunter2\n", encoding="utf-8")
    printed = subprocess.run(
        [sys.executable, "-c", "from hub.settings import load_settings as s; print(s().llm, s().embedder)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HUB_EMBEDDER": "from/environment"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (printed.stdout.strip(), printed.stderr) == ("from/file from/environment", "")
