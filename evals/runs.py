"""Runs on disk: a folder each under `HUB_STORE/runs`, beside the texts that their answers quote.

`run.json` says what it is, `cases.jsonl` holds the very cases, `outcomes.jsonl` an outcome a line, appended as each is made, so that a run that dies
loses none. A line cut by the death is left out, and its case is asked again.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from evals.domain import EvalCase, EvalSet, Outcome, Run
from evals.sets import SetError, load_set, version_of
from hub.settings import Settings

_STOP = "stop"


class RunError(RuntimeError):
    """A run cannot be read or carried on; the message says what to do."""


def runs_folder(settings: Settings) -> Path:
    """Where runs lie."""
    return settings.store / "runs"


@dataclass(frozen=True)
class RunFolder:
    """A run's folder."""

    path: Path

    # Writing.

    def begin(self, run: Run, cases: EvalSet) -> None:
        """Keep what the run is, and its cases."""
        self.path.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(c.model_dump(mode="json"), ensure_ascii=False) for c in cases.cases)
        (self.path / "cases.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.save(run)

    def save(self, run: Run) -> None:
        """Keep what the run is now, whole or not at all."""
        making = self.path / "run.making"
        making.write_text(run.model_dump_json(indent=1), encoding="utf-8")
        making.replace(self.path / "run.json")

    def append(self, outcome: Outcome) -> None:
        """Keep one more outcome."""
        with (self.path / "outcomes.jsonl").open("ab") as file:
            file.write(outcome.model_dump_json().encode() + b"\n")
            file.flush()

    def mend(self) -> None:
        """Take off a last line that was cut."""
        file = self.path / "outcomes.jsonl"
        if not file.is_file():
            return
        data = file.read_bytes()
        if data and not data.endswith(b"\n"):
            file.write_bytes(data[: data.rfind(b"\n") + 1])

    # Reading.

    def run(self) -> Run:
        """What the run is. RunError where the folder holds none."""
        try:
            return Run.model_validate_json((self.path / "run.json").read_bytes())
        except (OSError, ValidationError) as error:
            raise RunError(f"{self.path} holds no run ({type(error).__name__}); `python -m evals list` shows those held") from error

    def cases(self) -> EvalSet:
        """The very cases that were asked."""
        run = self.run()
        try:
            held = load_set(self.path / "cases.jsonl")
        except SetError as error:
            raise RunError(f"{error}; the run cannot be used") from error
        if version_of(held.cases) != run.set_version:
            raise RunError(f"the cases in {self.path} are not those of the run: its set is {run.set_name} {run.set_version}")
        return EvalSet(name=run.set_name, version=run.set_version, cases=held.cases)

    def outcomes(self) -> dict[str, Outcome]:
        """What has been found so far, by case; the last of a case counts."""
        file = self.path / "outcomes.jsonl"
        found: dict[str, Outcome] = {}
        for line in file.read_bytes().split(b"\n") if file.is_file() else ():
            if not line.strip():
                continue
            try:
                outcome = Outcome.model_validate_json(line)
            except ValidationError:  # cut by a death
                continue
            found[outcome.case] = outcome
        return found

    def pairs(self) -> list[tuple[EvalCase, Outcome]]:
        """Each case that has an outcome, with it, in the set's order."""
        outcomes = self.outcomes()
        return [(c, outcomes[c.id]) for c in self.cases().cases if c.id in outcomes]

    # One writer, and how it is stopped.

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else writes this run inside the block. RunError where somebody does."""
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            # A second's patience: whoever looks whether it is alive holds the lock for a moment.
            with FileLock(self.path / ".lock", timeout=1):
                yield
        except Timeout as error:
            raise RunError(f"the run {self.path.name} is being made by another process; wait for it, or stop it") from error

    def is_alive(self) -> bool:
        """Whether a process is making it now."""
        try:
            with FileLock(self.path / ".lock", timeout=0):
                return False
        except Timeout:
            return True

    def ask_to_stop(self) -> None:
        """The run stops after the case that it is at; it can be carried on."""
        (self.path / _STOP).touch()

    def is_stopping(self) -> bool:
        """Whether it was asked to stop."""
        return (self.path / _STOP).exists()

    def forget_stop(self) -> None:
        """It is to go on."""
        (self.path / _STOP).unlink(missing_ok=True)

    def delete(self) -> None:
        """Remove it for good."""
        shutil.rmtree(self.path, ignore_errors=True)


def list_runs(settings: Settings) -> list[tuple[Run, RunFolder]]:
    """The runs held, newest first."""
    root = runs_folder(settings)
    found = []
    for path in root.iterdir() if root.is_dir() else ():
        folder = RunFolder(path)
        if (path / "run.json").is_file():
            found.append((folder.run(), folder))
    return sorted(found, key=lambda pair: (pair[0].started, pair[0].id), reverse=True)


def find_run(settings: Settings, name: str) -> RunFolder:
    """A run by its id, its folder, or "latest". RunError where there is none."""
    path = Path(name)
    if (path / "run.json").is_file():
        return RunFolder(path)
    held = list_runs(settings)
    if name == "latest" and held:
        return held[0][1]
    for run, folder in held:
        if run.id == name:
            return folder
    raise RunError(f'no run "{name}" in {runs_folder(settings)}; `python -m evals list` shows those held')
