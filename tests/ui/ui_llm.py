"""A language model on loopback that copies two of the sentences it is given and waits at a gate between them."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_NUMBERED = re.compile(r"(?m)^(\[\d+\.\d+\]) ([A-Z][^()\[\]|“”]{30,140}\.)$")
WAIT_SECONDS = 120


@dataclass
class GatedLlm:
    """The server's address, and how it behaves."""

    url: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    """Closed: the second sentence is not written yet."""
    waiting: threading.Event = field(default_factory=threading.Event)
    """A reply stands at the gate."""
    break_off: bool = False
    """Close the connection at the gate."""
    down: bool = False
    """Answer every request with an error."""
    calls: int = 0
    prompts: list[str] = field(default_factory=list)


@contextmanager
def gated_llm() -> Iterator[GatedLlm]:
    """Run it on a free port until the block ends."""
    llm = GatedLlm()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            prompt = "\n".join(m["content"] for m in body["messages"])
            llm.calls += 1
            llm.prompts.append(prompt)
            if llm.down:
                self._error()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            (first, one), (second, other), *_ = _NUMBERED.findall(prompt)
            # A sentence is whole once the next has begun.
            self._say(f"“{one}” {first}\n\n“{other[: len(other) // 2]}")
            llm.waiting.set()
            if llm.break_off:
                self.close_connection = True
                self.connection.close()
                return
            llm.gate.wait(WAIT_SECONDS)
            self._say(f"{other[len(other) // 2 :]}” {second}")
            self._event({}, "stop")
            self._chunk(b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _error(self) -> None:
            data = b'{"error": {"message": "away", "type": "test", "code": null}}'
            self.send_response(400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _say(self, words: str) -> None:
            self._event({"role": "assistant", "content": words}, None)

        def _event(self, delta: dict[str, Any], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            data = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "test", "choices": [choice]}
            self._chunk(f"data: {json.dumps(data)}\n\n".encode())

        def _chunk(self, line: bytes) -> None:
            self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
            self.wfile.flush()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that goes away is what some tests are about."""

    httpd = Quiet(("127.0.0.1", 0), Handler)
    llm.url = f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield llm
    finally:
        llm.gate.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join()
