"""Sets that are made in the app: where they lie, one case put in or taken out, and what in a case the library does not bear out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from evals.domain import EvalCase, EvalSet, Gold
from evals.grounds import Grounds
from evals.sets import FOLDER, SetError, load_set, write_set
from hub.domain import Source
from hub.settings import Settings

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,40}")


def own_folder(settings: Settings) -> Path:
    """Where the sets made here lie: beside the texts that they quote."""
    return settings.store / "sets"


def held_sets(settings: Settings) -> dict[str, Path]:
    """Every set by name, those made here first."""
    return {p.stem: p for folder in (own_folder(settings), FOLDER) for p in sorted(folder.glob("*.jsonl"))}


def new_path(settings: Settings, name: str) -> Path:
    """Where a new set of that name will lie. SetError where it may not have the name."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.strip().lower()).strip("-")
    if not _NAME.fullmatch(plain):
        raise SetError("give the new set a name first: two letters or digits at least, such as spring board")
    if plain in held_sets(settings):
        raise SetError(f"there is a set “{plain}” already; give another name")
    return own_folder(settings) / f"{plain}.jsonl"


def put_case(path: Path, case: EvalCase, instead_of: str = "") -> EvalSet:
    """Keep a case in a set, in the place of the one with that id or at its end; a set that is not there yet begins with it. SetError where its id is taken."""
    before = load_set(path).cases if path.is_file() else ()
    if case.id != instead_of and any(c.id == case.id for c in before):
        raise SetError(
            "this question is in the set already, with the same questions before it; change that one, or word this one differently"
        )
    if any(c.id == instead_of for c in before):
        return write_set(path, (case if c.id == instead_of else c for c in before))
    return write_set(path, (*before, case))


def drop_case(path: Path, id: str) -> EvalSet | None:
    """Take a case out of a set. None, and the set is gone, where it was the last."""
    left = [c for c in load_set(path).cases if c.id != id]
    if left:
        return write_set(path, left)
    path.unlink()
    return None


def settle(cases: Iterable[EvalCase], sources: Mapping[str, Source]) -> tuple[EvalCase, ...]:
    """The cases with the ids of sources that were given by their titles."""
    titles = {s.title.casefold(): id for id, s in sources.items()}

    def named(source: str) -> str:
        return source if source in sources else titles.get(source.casefold(), source)

    def settled(case: EvalCase) -> EvalCase:
        gold = tuple(g.model_copy(update={"source": named(g.source)}) for g in case.gold)
        return case if gold == case.gold else case.model_copy(update={"gold": gold, "also": tuple(map(named, case.also))})

    return tuple(settled(c) for c in cases)


def not_borne_out(cases: Sequence[EvalCase], grounds: Grounds) -> list[str]:
    """What no answer could ever be found right by: sources that the library does not hold, words that do not stand in theirs."""
    return [f"“{case.question}”: {why}" for case in cases for gold in case.gold if (why := _wrong_with(gold, case, grounds))]


def out_of_reach(cases: Iterable[EvalCase], grounds: Grounds) -> list[EvalCase]:
    """The cases with gold of which the library holds none."""
    return [c for c in cases if c.gold and all(_wrong_with(gold, c, grounds) for gold in c.gold)]


def _wrong_with(gold: Gold, case: EvalCase, grounds: Grounds) -> str:
    if gold.source not in grounds.sources:
        return f"the library holds no source “{gold.source}”; give its title or id as the Library page shows it"
    if gold in grounds.lost(case):
        where = f"“{gold.quote[:80]}{'…' if len(gold.quote) > 80 else ''}”" if gold.quote else "the place given"
        return f"{where} does not stand in “{grounds.sources[gold.source].title}”; copy the words from the source"
    return ""
