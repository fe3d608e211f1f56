"""`python -m evals.benchmarks.llm`: our own time around an llm's, against a local server that streams at a usual pace.

Measured at the server: from the question to the request's arrival, from its last word to the finished answer, each as a share of the
time between. The library is the one that ships; the reply is made of the numbered sentences of the prompt, so that it passes the checks.
"""

import json
import os
import re
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from assistant.build import build_assistant
from assistant.engine import Assistant
from assistant.journey import Ask
from hub.components import load_model
from hub.settings import ROOT, Settings
from ingest.run import ingest

TOKENS = 250
TOKENS_A_SECOND = 50
LIMIT = 0.1
_SENTENCE = re.compile(r"^\[(\d+\.\d+)\] (?:\([^)]*\) )?(.+)$", re.MULTILINE)


@dataclass
class Served:
    """When requests came and when their last words went, in seconds of `time.perf_counter`."""

    url: str
    arrived: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)


def reply_to(prompt: str) -> list[str]:
    """Some 250 tokens (of four characters) made of the prompt's own sentences."""
    text = ""
    for id, sentence in _SENTENCE.findall(prompt):
        if len(text) > 4 * TOKENS:
            break
        text += f"{sentence} [{id}] "
    return [text[i : i + 4] for i in range(0, 4 * TOKENS, 4)]


@contextmanager
def serve() -> Iterator[Served]:
    """An OpenAI-compatible server on loopback that streams fifty tokens a second."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            began = time.perf_counter()
            served.arrived.append(began)
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for number, piece in enumerate(reply_to(body["messages"][0]["content"]), 1):
                time.sleep(max(0.0, began + number / TOKENS_A_SECOND - time.perf_counter()))
                self._event({"content": piece}, None)
            served.ended.append(time.perf_counter())
            self._event({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, delta: dict[str, str], finish: str | None) -> None:
            chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "paced"}
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            self.wfile.write(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())
            self.wfile.flush()

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{httpd.server_address[1]}/v1")
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        httpd.shutdown()
        httpd.server_close()


def questions() -> list[str]:
    """What each component means, and how others handled some."""
    names = [c.name for c in load_model().components]
    return [f"What does {name} mean?" for name in names[:6]] + [f"How have others handled {name}?" for name in names[6:]]


def time_them(assistant: Assistant, served: Served) -> None:
    """Ask, and print the shares."""
    before, llm, after = [], [], []
    for question in questions():
        calls = len(served.arrived)
        began = time.perf_counter()
        answer = assistant.answer(Ask(question))
        finished = time.perf_counter()
        if len(served.arrived) == calls or answer.llm is None:
            continue
        before.append(served.arrived[-1] - began)
        llm.append(served.ended[-1] - served.arrived[-1])
        after.append(finished - served.ended[-1])
    if not llm:
        raise SystemExit("no answer was written by the llm; nothing to print")
    own = statistics.median(llm)
    print(f"{len(llm)} answers by an llm of {TOKENS} tokens at {TOKENS_A_SECOND} a second: {own:.2f} s its own (median)")
    for name, times in (("before it is called", before), ("after its last token", after)):
        share = statistics.median(times) / own
        print(
            f"our own time {name}: median {1000 * statistics.median(times):.0f} ms, most {1000 * max(times):.0f} ms: "
            f"{100 * share:.1f}% of the llm's ({'under' if share < LIMIT else 'NOT under'} a tenth)"
        )


def main() -> None:
    """Read the shipped library in, ask every question of a paced llm, and print the times."""
    with tempfile.TemporaryDirectory() as folder, serve() as served:
        os.environ["OPENAI_BASE_URL"], os.environ["OPENAI_API_KEY"] = served.url, "none"
        settings = Settings(store=Path(folder), llm="openai/paced", judge="", chroma_url="")
        ingest(settings, [ROOT / "sources"], _quietly)
        assistant = build_assistant(settings)
        if assistant.llm:
            assistant.llm.load()
        assistant.answer(Ask("What is the model?"))  # the first answer loads
        time_them(assistant, served)
        assistant.shelf.close()


def _quietly(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


if __name__ == "__main__":
    main()
