"""A draft of the next call for evidence, from what the library is short of."""

from collections.abc import Sequence
from typing import Literal

from assistant.explore.unanswered import Asked
from assistant.wording import counted, join_names
from hub.components import Model
from hub.domain import Noun

Side = Literal["component", "strand", "phase", "region"]
What = Literal["nothing", "thin", "one-sided", "no figures", "not confirmed"]


TOGETHER: dict[What, str] = {
    "no figures": "Described, but nobody gives a figure of what came of it:",
    "not confirmed": "Found by the program alone, and confirmed by no member of staff:",
}
"""What is said once of all that it holds of: a line each would say the same a dozen times over."""


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


def draft_call(gaps: Sequence[Gap], asked: Sequence[Asked], held: int, model: Model) -> str:
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
        lines += ["**Where we have least**", "", *(_wanted_line(g, wanted.get(g.id), held, model) for g in first), ""]
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
    phases = [g.name.lower() for g in gaps if g.side == "phase"]
    regions = [g.name for g in gaps if g.side == "region"]
    if sided or phases or regions:
        lines += ["**From where**", "", *(f"- {line}" for line in sided)]
        lines += [f"- We hold few accounts or none of these phases: {join_names(phases)}."] if phases else []
        lines += [f"- We hold few accounts or none from these regions: {join_names(regions)}."] if regions else []
        lines.append("")
    lines += [
        "**What makes an account useful to others**",
        "",
        "- where you are: schools, phase, region, pupils",
        "- what you set out to change, what you did, and what you stopped to make room",
        "- how you know what came of it, and what did not work",
    ]
    return "\n".join(lines) + "\n"


def _wanted_line(gap: Gap, asked: Asked | None, held: int, model: Model) -> str:
    have = f"{counted(gap.count, 'organisation')} of {held} so far" if gap.count else "nobody whose case study we hold describes it"
    gloss = model.component(gap.id).gloss.rstrip(".")
    return f"- *{gap.name}* ({gloss[:1].lower()}{gloss[1:]}): {have}" + (
        f"; asked about {counted(asked.times, 'time')} without an answer" if asked else ""
    )
