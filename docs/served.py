"""The app as a reader has it, for the pictures and the times that the documentation shows."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent


@contextmanager
def served(*first: str) -> Iterator[str]:
    """The app on a free port, over a store of its own with the library that ships; its address, as soon as it is healthy.

    `first`: a command of the project, such as "evals", "run", "hub", to be carried out over that store before.
    """
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        env = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")} | {"HUB_STORE": folder}
        for command in (["ingest", "sources"], [*first]):
            if command:
                subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        try:
            address = f"http://localhost:{port}"
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The app did not start; run `make chat` to see why.")
