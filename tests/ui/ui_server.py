"""The app as its operator starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.settings import ROOT, Settings


@contextmanager
def served(settings: Settings, folder: Path, port: int = 0, **set_: str) -> Iterator[str]:
    """The app on this port, or on a free one, over a store, its conversations in a folder; with these settings too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = port or free.getsockname()[1]
    env = {**os.environ, "HUB_STORE": str(settings.store), "HUB_DATABASE_URL": f"sqlite:///{folder / 'c.db'}", **set_}
    log = (folder / "app.log").open("wb")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://localhost:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
                break
            except OSError:
                assert server.poll() is None, Path(log.name).read_text()
                time.sleep(0.25)
        yield url
    finally:
        server.terminate()
        server.wait(120)  # a busy machine is slow, not wrong
        log.close()
