"""Where the evidence is thin or one-sided, what was asked in vain, and a draft of the next call for evidence."""

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.explore.call import Gap, Side, What, draft_call
from assistant.explore.coverage import Map
from assistant.explore.groups import NOT_STATED, PHASE_GROUPS, phase_of, regions_of
from assistant.explore.levels import PRACTICE_ALONE, RULE, Found
from assistant.explore.unanswered import Asked, Disliked, group_unanswered
from assistant.wording import counted
from hub.domain import Noun
from hub.places import REGIONS

THIN = 3
"""Fewer organisations than this are thin evidence, however many are held."""
FEW_HELD = 10
"""With fewer organisations than this held, nothing is said of sides."""
ONE_SIDED = 4
"""So many organisations must describe a component before it can be called one-sided."""
GAPS_RULE = (
    f"Nothing: no organisation held describes it. Thin: one or two do. One-sided: {ONE_SIDED} or more describe it and all of them are of one phase or one region. "
    "No figures: none of those that describe it gives a figure of what came of it. Not confirmed: the program alone found it. "
    "A phase or region is thin where one or two organisations in it are held, whatever they describe."
)


class Gaps(Noun):
    """The whole page."""

    gaps: tuple[Gap, ...]
    asked: tuple[Asked, ...]
    """Questions that found nothing or whose answer got a thumbs-down, by component."""
    notes: tuple[str, ...]
    call: str
    """A draft of the next call for evidence, in Markdown: to be edited by whoever sends it."""
    rule: str = f"{GAPS_RULE} {RULE} {PRACTICE_ALONE}"
    illustrative: bool = False
    generation: str = ""


def find_gaps(atlas: Map, questions: Iterable[str] = (), disliked: Iterable[Disliked] = (), filtered: int = 0) -> Gaps:
    """The gaps of the library in force. `questions`: those that found nothing; `disliked`: those whose answer got a thumbs-down. Unmasked.

    `filtered`: how many more found nothing within a reader's own filters; these are no gaps.
    """
    gaps = (*_of_components(atlas), *_of_strands(atlas), *_of_phases(atlas), *_of_regions(atlas))
    asked = group_unanswered(questions, atlas.shelf, atlas.model, disliked)
    held = _organisations(atlas)
    illustrative = any(s.illustrative for s in atlas.shelf.sources.values())
    return Gaps(
        gaps=gaps,
        asked=asked,
        notes=(
            *_notes(
                held, asked, illustrative, filtered, any(g.what in ("nothing", "not confirmed") for g in gaps if g.side == "component")
            ),
            *_unplaced(atlas),
        ),
        call=draft_call(gaps, asked, held, atlas.model),
        illustrative=illustrative,
        generation=atlas.shelf.generation,
    )


def _organisations(atlas: Map) -> int:
    return len({s.organisation for s in atlas.shelf.case_studies()})


def _of_components(atlas: Map) -> Iterable[Gap]:
    held = _organisations(atlas)
    for total in atlas.draw().totals:
        name = atlas.model.component(total.component).name
        described = [f for f in atlas.practice(total.component) if f.rated.level == "described"]

        def gap(what: What, line: str, id: str = total.component, name: str = name, count: int = total.described) -> Gap:
            return Gap(side="component", id=id, name=name, what=what, count=count, held=held, line=line)

        if not total.described:
            may = f"; {counted(total.mentioned, 'organisation')} may mention it" if total.mentioned else ""
            yield gap("nothing", f"No organisation held describes *{name}*{may}.")
            continue
        if total.described < THIN:
            yield gap(
                "thin",
                f"Only {counted(total.described, 'organisation')} of the {held} held {'describes' if total.described == 1 else 'describe'} *{name}*.",
            )
        if held >= FEW_HELD and total.described >= ONE_SIDED and (side := _one_side(described)):
            yield gap("one-sided", f"All {total.described} organisations that describe *{name}* are {side}.")
        if not total.figures:
            who = (
                f"None of the {total.described} organisations that describe *{name}* gives a"
                if total.described > 1
                else f"The one organisation that describes *{name}* gives no"
            )
            yield gap("no figures", f"{who} figure of what came of it.")
        if not total.confirmed:
            yield gap("not confirmed", f"No member of staff has confirmed where *{name}* is described: the program alone found it.")


def _one_side(described: Sequence[Found]) -> str:
    phases = {phase_of(f.source) for f in described}
    if len(phases) == 1 and NOT_STATED not in phases:
        return f"of one phase: {phases.pop().lower()}"
    regions = {r for f in described for r in regions_of(f.source)}
    return f"in one region: {regions.pop()}" if len(regions) == 1 and NOT_STATED not in regions else ""


def _of_strands(atlas: Map) -> Iterable[Gap]:
    held = _organisations(atlas)
    for strand in atlas.model.strands:
        who = {
            f.source.organisation for c in atlas.model.of_strand(strand.id) for f in atlas.practice(c.id) if f.rated.level == "described"
        }
        if len(who) < THIN:
            few = f"Only {counted(len(who), 'organisation')}" if who else "No organisation"
            line = f"{few} of the {held} held {'describe' if len(who) > 1 else 'describes'} a component of *{strand.name}*."
            yield Gap(
                side="strand", id=strand.id, name=strand.name, what="thin" if who else "nothing", count=len(who), held=held, line=line
            )


def _of_phases(atlas: Map) -> Iterable[Gap]:
    held = {(phase_of(s), s.organisation) for s in atlas.shelf.case_studies()}
    yield from _of_groups("phase", [p for p in PHASE_GROUPS if p != NOT_STATED], Counter(phase for phase, _ in held), _organisations(atlas))


def _of_regions(atlas: Map) -> Iterable[Gap]:
    held = {(region, s.organisation) for s in atlas.shelf.case_studies() for region in regions_of(s)}
    yield from _of_groups("region", REGIONS, Counter(region for region, _ in held), _organisations(atlas))


def _of_groups(side: Side, names: Iterable[str], counts: Counter[str], held: int) -> Iterable[Gap]:
    for name in names:
        count = counts[name]
        if count < THIN:
            what = counted(count, "organisation") if count else "no organisation"
            yield Gap(
                side=side, id=name, name=name, what="thin" if count else "nothing", count=count, held=held, line=f"{name}: {what} held."
            )


def _notes(held: int, asked: Sequence[Asked], illustrative: bool, filtered: int, unconfirmed: bool) -> tuple[str, ...]:
    notes = [
        f"{counted(held, 'organisation')} {'is' if held == 1 else 'are'} held: these are counts of what we hold, not of what trusts do."
    ]
    if unconfirmed:
        notes.append(
            "Where no member of staff has confirmed a component, these are what the program found. It misses more than it invents: look through the case studies before you say in public that nobody describes one."
        )
    if held < FEW_HELD:
        notes.append(
            f"With fewer than {FEW_HELD} organisations, one case study changes this picture. Nothing is said of one-sided evidence."
        )
    if any(a.down for a in asked):
        notes.append("A thumbs-down says that an answer did not help one reader: it may be the answer that is poor, and not the library.")
    if any(a.times for a in asked):
        notes.append(
            "Questions are counted as they were asked: several may be one person's. Names and numbers that a pattern can see are masked; read the examples before you share them."
        )
    else:
        notes.append("No question that found nothing is kept in the conversations.")
    if filtered:
        notes.append(
            f"{counted(filtered, 'question')} that found nothing {'was' if filtered == 1 else 'were'} asked within a reader’s own filters, and {'is' if filtered == 1 else 'are'} not counted: the library may hold what lay outside."
        )
    if illustrative:
        notes.append("What is held is invented: the draft below is an example and must not be sent.")
    return tuple(notes)


def _unplaced(atlas: Map) -> Iterable[str]:
    """Case studies whose context does not say where they stand: they may fill what looks like a gap."""
    studies = atlas.shelf.case_studies()
    for what, count in (
        ("phase", sum(phase_of(s) == NOT_STATED for s in studies)),
        ("region", sum(regions_of(s) == (NOT_STATED,) for s in studies)),
    ):
        if count:
            yield f"{counted(count, 'case study', 'case studies')} {'does' if count == 1 else 'do'} not state a {what}, and {'is' if count == 1 else 'are'} counted under none."
