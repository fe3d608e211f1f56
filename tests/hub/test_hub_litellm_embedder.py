"""Another embedder by its litellm name, over the wire: a real server on loopback that speaks OpenAI's embeddings."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from hub.embedder import EmbedderError, LiteLLMEmbedder, make_embedder
from hub.settings import Settings


class Handler(BaseHTTPRequestHandler):
    """Gives each text a vector of its own, of length 5: hashed, so that alike texts are alike."""

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
        rows = [
            {"object": "embedding", "index": i, "embedding": [float(b) + 1 for b in hashlib.sha256(t.encode()).digest()[:5]]}
            for i, t in enumerate(texts)
        ]
        data = json.dumps(
            {"object": "list", "model": body["model"], "data": rows, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{httpd.server_address[1]}/v1")
    yield
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.mark.usefixtures("server")
def test_vectors_come_in_order_and_of_length_one() -> None:
    embedder = make_embedder(Settings(embedder="openai/test-embedding"))
    assert isinstance(embedder, LiteLLMEmbedder)
    vectors = embedder.embed(["one", "two", "one"])
    assert vectors.shape == (3, 5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.allclose(vectors[0], vectors[1])


def test_a_server_that_is_down_is_named_without_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-123")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(EmbedderError, match="openai/test-embedding did not answer") as caught:
        LiteLLMEmbedder("openai/test-embedding").embed(["one"])
    assert "sk-secret" not in str(caught.value)
