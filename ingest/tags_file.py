"""Writes `tags.toml`: a row is added or taken out, and every other character of the file stays as it is."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from hub.components import Model
from ingest.decisions import NAME, Decision, read_decisions
from ingest.errors import ManifestError

HEAD = "# What staff decided on single passages. Each row holds while its words stand where they stood.\n"


def add_row(folder: Path, decision: Decision, model: Model) -> None:
    """Put a decision at the end of the file, which is made where there is none. ManifestError where that cannot be; the file is then as it was."""
    read_decisions(folder, model)  # a file that is wrong is not made longer
    _write(folder, f"{_text(folder) or HEAD}{as_row(decision)}")


def drop_row(folder: Path, decision: Decision, model: Model) -> bool:
    """Take the last row out that reads as this decision was written. False where there is none: somebody has changed it since."""
    read_decisions(folder, model)
    text, row = _text(folder), as_row(decision)
    at = text.rfind(row)
    if at < 0:
        return False
    rest = text[:at] + text[at + len(row) :]
    if rest.strip() == HEAD.strip():  # it was made for this row alone
        (folder / NAME).unlink()
    else:
        _write(folder, rest)
    return True


def as_row(decision: Decision) -> str:
    """The decision as a `[[tag]]` row, with an empty line before it."""
    fields = decision.model_dump(exclude={"name"})
    return "\n[[tag]]\n" + "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())


def can_write(folder: Path) -> str:
    """ "" where decisions can be kept beside the folder's manifest, else why not."""
    if not folder.is_dir():
        return f"the folder {folder} is not there"
    path = folder / NAME
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return f"{path} may not be written by this program"
    return ""


def _text(folder: Path) -> str:
    path = folder / NAME
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", newline="") as file:  # line ends as they are
        text = file.read()
    return text if not text or text.endswith("\n") else f"{text}\n"


def _write(folder: Path, text: str) -> None:
    """Whole or not at all: a program that dies here leaves the old file."""
    path = (folder / NAME).resolve()  # a link stays one
    try:
        number, name = tempfile.mkstemp(prefix=f".{NAME}.", dir=path.parent)
        try:
            with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise ManifestError(f"{path} cannot be written ({error.strerror}); see who may write to {folder}, then decide again") from error
