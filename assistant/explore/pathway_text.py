"""A pathway as Markdown, to read or to go on writing in."""

from collections.abc import Iterator

from assistant.explore.cited import cited_line, quoted
from assistant.explore.pathway import Pathway, Stop


def as_markdown(pathway: Pathway) -> str:
    """The whole walk: strand by strand, with room for notes."""
    lines = ["# A pathway through the model", "", pathway.line, "", *(f"*{n}*\n" for n in pathway.notices)]
    if pathway.own.said:
        lines += ["What “near to yours” means here: " + "; ".join(pathway.own.said) + ".", ""]
    else:
        lines += [
            "Your text names no phase, region or number of schools, and none was chosen: no case study counts as nearer than another.",
            "",
        ]
    for strand in pathway.strands:
        lines += [f"## {strand}", ""]
        for stop in pathway.stops:
            if stop.strand == strand:
                lines += [*_of_stop(stop), ""]
    return "\n".join(lines).rstrip() + "\n"


def _of_stop(stop: Stop) -> Iterator[str]:
    yield f"### {stop.name}"
    yield ""
    yield "**What the model asks**" if stop.model else f"**In our own words** (the model paper is not held): {stop.gloss}"
    yield from (f"- {quoted(c)} {cited_line(c)}" for c in stop.model)
    yield ""
    yield "**What your text says**"
    yield from (f"- “{' '.join(s.quote.split())}” (characters {s.start} to {s.end})" for s in stop.said)
    if stop.said_line:
        yield f"- *{stop.said_line}*"
    yield ""
    yield "**Questions to work through**"
    yield from (f"- {q}" for q in stop.questions)
    yield ""
    yield f"**What others did.** {stop.practice_line}"
    for practice in stop.practice:
        near = f" Like yours? {practice.near}." if practice.near else ""
        yield f"- *{practice.name}* ({practice.context}).{near}{'' if practice.confirmed else ' Component found by the program.'}"
        yield from (f"  - {quoted(c)} {cited_line(c)}" for c in practice.quotes)
    yield ""
    if stop.returns:
        yield "**It may send you back to** " + "; ".join(f"*{r.name}*: {r.why}" for r in stop.returns) + "."
        yield ""
    yield "**Your notes**"
    yield ""
    yield "…"
