"""Ingests in processes of their own that are killed at a chosen moment. One process imports everything once, and forks for each."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from hub.settings import ROOT, Settings

_FORKING = """
import json, os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import bm25s, chromadb, onnxruntime, tokenizers
from hub.settings import Settings
from ingest.run import ingest

def work(order, out):
    calls = changes = 0
    switching = False
    def count(frame, event, arg):
        nonlocal calls, changes
        calls += 1
        changes += switching and event == "c_call" and arg.__name__ in CHANGING
        if calls == order["call"] or (changes and changes == order["change"]):
            os.kill(os.getpid(), signal.SIGKILL)
    def progress(step, done, total):
        nonlocal switching
        switching = (step, done) == ("indexing", 1)
    sys.setprofile(count)
    ingest(Settings(store=Path(order["store"])), [Path(order["folder"])], progress)
    sys.setprofile(None)
    os.write(out, f"{calls} {changes}".encode())
    os._exit(0)

CHANGING = {"execute", "executemany", "rename", "replace", "unlink", "rmdir", "mkdir"}

Settings.model_config["env_file"] = None
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
for line in sys.stdin:
    order = json.loads(line)
    into, out = os.pipe()
    child = os.fork()
    if not child:
        work(order, out)
    os.close(out)
    if order["seconds"] is not None and not signal.sigtimedwait({signal.SIGCHLD}, order["seconds"]):
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    signal.sigtimedwait({signal.SIGCHLD}, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), *map(int, (os.read(into, 100) or b"0 0").split())]), flush=True)
    os.close(into)
"""


class Moment(NamedTuple):
    """When an ingest is killed: at a call of a function, counted over the whole run; at a change of the database or the disk, counted from
    where the index has been built, which is the switch; or after some seconds. None of them: never."""

    call: int = -1
    change: int = -1
    seconds: float | None = None


class Killer:
    """Runs ingests and kills them. Used as a context."""

    def __enter__(self) -> "Killer":
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        command = [sys.executable, "-c", _FORKING, str(ROOT)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.communicate()

    def run(self, settings: Settings, folder: Path, moment: Moment) -> tuple[int, int, int]:
        """An ingest up to its moment: its exit code (-9 where it was killed), and the calls and changes it made where it came to its end."""
        assert self._process.stdin
        assert self._process.stdout
        order = {"store": str(settings.store), "folder": str(folder), **moment._asdict()}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        code, calls, changes = json.loads(self._process.stdout.readline())
        return code, calls, changes
