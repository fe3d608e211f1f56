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
    stall_after: int | None = None
    """After so many characters send nothing but comments that keep the connection warm, until the client has gone."""
    finish: str = "stop"
    usage: tuple[int, int] | None = None
    """Tokens in and out, told at the end where the client asks for them."""
    headers: dict[str, str] = field(default_factory=dict)
    """Of an error."""


@dataclass
class Server:
    """A running server: its address, what is queued, and the requests that came."""

    url: str
    replies: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    by_prompt: list[tuple[str, Reply]] = field(default_factory=list)
    """Replies for prompts that hold a text, before the queue is looked at: calls that run side by side come in any order."""
    stopping: threading.Event = field(default_factory=threading.Event)

    def prompts(self, holding: str = "") -> list[str]:
        """The prompts that came, in order; those that hold a text."""
        sent = ["\n".join(m["content"] for m in r["messages"]) for r in self.requests]
        return [prompt for prompt in sent if holding in prompt]

    def reply_to(self, prompt: str) -> Reply:
        """The reply set for such a prompt, else the next of the queue; its last stays."""
        for text, reply in self.by_prompt:
            if text in prompt:
                return reply
        return self.replies.popleft() if len(self.replies) > 1 else self.replies[0]


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
            reply = server.reply_to("\n".join(m["content"] for m in body["messages"]))
            if reply.hang:
                server.stopping.wait(30)
                self.close_connection = True
                return
            if reply.status != 200:
                self._send_error(reply)
                return
            self._stream(reply, bool((body.get("stream_options") or {}).get("include_usage")))

        def _send_error(self, reply: Reply) -> None:
            data = json.dumps({"error": {"message": "no key sk-secret-123 here", "type": "test", "code": None}}).encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, reply: Reply, with_usage: bool) -> None:
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
                if reply.stall_after is not None and sent >= reply.stall_after:
                    while not server.stopping.wait(0.02):
                        self._chunk(b": still here\n\n")
                    return
                self._event("{not json" if reply.garble else json.dumps(_chunk({"content": piece})))
                sent += len(piece)
            self._event(json.dumps(_chunk({}, reply.finish)))
            if reply.usage and with_usage:
                self._event(json.dumps(_usage(*reply.usage)))
            self._event("[DONE]")
            self.wfile.write(b"0\r\n\r\n")

        def _event(self, data: str) -> None:
            self._chunk(f"data: {data}\n\n".encode())

        def _chunk(self, line: bytes) -> None:
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


def _usage(tokens_in: int, tokens_out: int) -> dict[str, Any]:
    counted = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "total_tokens": tokens_in + tokens_out}
    return {**_chunk({}), "choices": [], "usage": counted}
