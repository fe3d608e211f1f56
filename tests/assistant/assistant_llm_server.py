"""An OpenAI-compatible server on loopback whose replies are queued: the llm's wire, real; its words, ours."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """How the server answers one request."""

    text: str = ""
    status: int = 200
    piece: int = 7
    """Characters in each streamed chunk."""
    break_after: int | None = None
    """Close the connection after so many characters."""
    garble: bool = False
    hang: bool = False
    """Say nothing until the client has gone."""


@dataclass
class Server:
    """A running server: its address, what is queued, and the requests that came."""

    url: str
    replies: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serve() -> Iterator[Server]:
    """Run a server on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(body)
            reply = server.replies.popleft() if len(server.replies) > 1 else server.replies[0]
            if reply.hang:
                server.stopping.wait(30)
                self.close_connection = True
                return
            if reply.status != 200:
                self._send_error(reply.status)
                return
            self._stream(reply)

        def _send_error(self, status: int) -> None:
            data = json.dumps({"error": {"message": "no key sk-secret-123 here", "type": "test", "code": None}}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, reply: Reply) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            sent = 0
            pieces = [reply.text[i : i + reply.piece] for i in range(0, len(reply.text), reply.piece)]
            for piece in pieces:
                if reply.break_after is not None and sent >= reply.break_after:
                    self.close_connection = True
                    self.connection.close()
                    return
                self._event("{not json" if reply.garble else json.dumps(_chunk({"content": piece})))
                sent += len(piece)
            self._event(json.dumps(_chunk({}, "stop")))
            self._event("[DONE]")
            self.wfile.write(b"0\r\n\r\n")

        def _event(self, data: str) -> None:
            line = f"data: {data}\n\n".encode()
            self.wfile.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")
            self.wfile.flush()

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that goes away is what some tests are about."""

    httpd = Quiet(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    server = Server(f"http://127.0.0.1:{httpd.server_address[1]}/v1")
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def _chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "x",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": "test",
        "choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}],
    }
