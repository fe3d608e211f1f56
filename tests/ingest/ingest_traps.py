"""Loaders that misbehave, run in a worker in place of the real one."""

import os
from typing import NoReturn

from hub.domain import Block, Loaded
from ingest.errors import LoadError
from ingest.text import AskTime


def misbehave(name: str, data: bytes, ask_time: AskTime) -> Loaded:
    """Does what the document's name says."""
    text = data.decode()
    match name:
        case "hangs":
            _hang()
        case "asks for time":
            ask_time(600.0)
        case "eats memory":
            held = []
            while True:
                held.append(bytearray(50_000_000))
        case "dies":
            os._exit(3)
        case "raises":
            raise RuntimeError("a fault of ours")
        case "refuses":
            raise LoadError("not this one")
        case "prints":
            print("what a library says", flush=True)
            os.write(1, b"and what its C part says")
        case "process":
            text = str(os.getpid())
    return Loaded(text=text, blocks=(Block(kind="paragraph", start=0, end=len(text)),))


def _hang() -> NoReturn:
    while True:
        pass
