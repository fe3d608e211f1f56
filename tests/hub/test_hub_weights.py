"""Weights that are missing or not the published ones: said plainly, with the folder named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hub.embedder
from hub.embedder import EmbedderError, LiteLLMEmbedder, MiniLM, find_weights, make_embedder, prepare
from hub.settings import ROOT, Settings


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder with links to the published files."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for file in ("model.safetensors", "tokenizer.json"):
        (folder / file).symlink_to(find_weights(None) / file)
    return folder


def test_a_folder_with_the_published_files_is_taken(weights: Path) -> None:
    assert find_weights(weights) == weights


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_missing_file_names_the_folder_the_file_and_the_setting(weights: Path, file: str) -> None:
    (weights / file).unlink()
    with pytest.raises(EmbedderError) as caught:
        find_weights(weights)
    assert [s for s in (str(weights), file, "HUB_EMBEDDER_WEIGHTS") if s not in str(caught.value)] == []


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_file_with_another_sha256_is_refused_by_name(weights: Path, file: str) -> None:
    (weights / file).unlink()
    (weights / file).write_bytes(b"another model")
    with pytest.raises(EmbedderError, match="sha256") as caught:
        find_weights(weights)
    assert str(weights / file) in str(caught.value)


def test_weights_that_are_not_installed_name_the_setting_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub.embedder, "WEIGHTS_PACKAGE", "no_such_package_of_weights")
    with pytest.raises(EmbedderError, match=r"not installed.*HUB_EMBEDDER_WEIGHTS"):
        find_weights(None)


def test_nothing_is_left_for_the_next_start_where_preparing_fails(tmp_path: Path) -> None:
    folder, empty = tmp_path / "made", tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(EmbedderError, match=str(empty)):
        prepare(folder, empty)
    assert [p.name for p in folder.iterdir() if p.suffix == ".onnx"] == []


def test_a_prepared_folder_without_its_tokenizer_is_mended(tmp_path: Path, embedder: MiniLM) -> None:
    (tmp_path / "minilm-int8-v4.onnx").symlink_to(embedder.folder / "minilm-int8-v4.onnx")
    prepare(tmp_path)
    assert (tmp_path / "tokenizer.json").exists()


def test_the_prepare_command_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hub.prepare"],
        cwd=ROOT,
        env={**os.environ, "HUB_EMBEDDER_FOLDER": str(tmp_path / "made"), "HUB_EMBEDDER_WEIGHTS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("setup: ")
    assert str(tmp_path) in done.stderr


def test_another_embedder_that_cannot_be_reached_is_named(settings: Settings) -> None:
    remote = make_embedder(settings.model_copy(update={"embedder": "nosuchprovider/some-model"}))
    assert isinstance(remote, LiteLLMEmbedder)
    assert "some-model" in remote.name
    with pytest.raises(EmbedderError, match=r"nosuchprovider/some-model.*HUB_EMBEDDER"):
        remote.embed(["words"])
