"""Where the evidence is thin or one-sided, what was asked in vain, and a draft of the next call for evidence."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from assistant.explore.coverage import Map
from assistant.explore.groups import NOT_STATED, PHASE_GROUPS, phase_of, regions_of
from assistant.explore.levels import PRACTICE_ALONE, RULE, Found
from assistant.explore.unanswered import Asked, Disliked, group_unanswered
from assistant.wording import counted, join_names
from hub.domain import Noun
from hub.places import REGIONS

THIN = 3
"""Fewer organisations than this are thin evidence, however many are held."""
FEW_HELD = 10
"""With fewer organisations than this held, nothing is said of sides."""
ONE_SIDED = 4
"""So many organisations must describe a component before it can be called one-sided."""
Side = Literal["component", "strand", "phase", "region"]
What = Literal["nothing", "thin", "one-sided", "no figures", "not confirmed"]

GAPS_RULE = (
    f"Nothing: no organisation held describes it. Thin: one or two do. One-sided: {ONE_SIDED} or more describe it and all of them are of one phase or one region. "
    "No figures: none of those that describe it gives a figure of what came of it. Not confirmed: the program alone found it. "
    "A phase or region is thin where one or two organisations in it are held, whatever they describe."
)


class Gap(Noun):
    """One thing that the library is short of."""

    side: Side
    id: str
    name: str
    what: What
    count: int
    """Organisations that describe it, or that are held in it."""
    held: int
    line: str


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


def find_gaps(atlas: Map, questions: Iterable[str] = (), disliked: Iterable[Disliked] = ()) -> Gaps:
    """The gaps of the library in force. `questions`: those that found nothing; `disliked`: those whose answer got a thumbs-down. Unmasked."""
    gaps = (*_of_components(atlas), *_of_strands(atlas), *_of_phases(atlas), *_of_regions(atlas))
    asked = group_unanswered(questions, atlas.shelf, atlas.model, disliked)
    held = _organisations(atlas)
    illustrative = any(s.illustrative for s in atlas.shelf.sources.values())
    return Gaps(
        gaps=gaps,
        asked=asked,
        notes=(*_notes(held, asked, illustrative), *_unplaced(atlas)),
        call=draft_call(gaps, asked, held),
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


def _notes(held: int, asked: Sequence[Asked], illustrative: bool) -> tuple[str, ...]:
    notes = [
        f"{counted(held, 'organisation')} {'is' if held == 1 else 'are'} held: these are counts of what we hold, not of what trusts do."
    ]
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


def draft_call(gaps: Sequence[Gap], asked: Sequence[Asked], held: int) -> str:
    """A text to begin the next call for evidence with. It names no organisation and quotes no question."""
    first = [g for g in gaps if g.side == "component" and g.what in ("nothing", "thin")]
    wanted = {c.component: c for c in asked if c.component and c.times}
    lines = [
        "# Draft: call for evidence",
        "",
        f"The library holds case studies of {counted(held, 'organisation')}. We would like to hear from trusts about what it is short of.",
        "",
    ]
    if first:
        lines += ["**Where we have least**", "", *(_wanted_line(g, wanted.get(g.id), held) for g in first), ""]
    if others := [a for a in asked if a.component and a.times and a.component not in {g.id for g in first}]:
        lines += [
            "**What people ask and do not find**",
            "",
            *(f"- *{a.name}*: {counted(a.times, 'question')} without an answer" for a in others),
            "",
        ]
    figures = [f"*{g.name}*" for g in gaps if g.what == "no figures"]
    if figures:
        lines += [
            f"We hold accounts of {join_names(figures)} without a figure of what came of it. If you measured, tell us what, when and how, whichever way it went.",
            "",
        ]
    sided = [g.line for g in gaps if g.what == "one-sided"]
    places = [g.name for g in gaps if g.side in ("phase", "region")]
    if sided or places:
        lines += ["**From where**", "", *(f"- {line}" for line in sided)]
        lines += [f"- We hold few or none from: {join_names(places)}."] if places else []
        lines.append("")
    lines += [
        "**What makes an account useful to others**",
        "",
        "- where you are: schools, phase, region, pupils",
        "- what you set out to change, what you did, and what you stopped to make room",
        "- how you know what came of it, and what did not work",
    ]
    return "\n".join(lines) + "\n"


def _wanted_line(gap: Gap, asked: Asked | None, held: int) -> str:
    have = f"{counted(gap.count, 'organisation')} of {held} so far" if gap.count else "nobody whose case study we hold describes it"
    return f"- *{gap.name}*: {have}" + (f"; asked about {counted(asked.times, 'time')} without an answer" if asked else "")
