"""The map, a comparison and the gaps for the terminal."""

from collections.abc import Iterator

from assistant.explore.call import TOGETHER
from assistant.explore.cited import INVENTED, cited_line, quoted
from assistant.explore.compared import NOT_DESCRIBED, Comparison
from assistant.explore.coverage import Coverage
from assistant.explore.gaps import Gaps
from assistant.explore.levels import Level
from assistant.explore.rows import STATE_WORDS
from hub.components import Model

_MARKS: dict[Level, str] = {"described": "●", "mentioned": "○", "nothing": "·"}
_WIDEST = 44


def coverage_lines(coverage: Coverage, model: Model) -> Iterator[str]:
    """The totals as sentences, the grid, and the rule."""
    if coverage.illustrative:
        yield f"What is held is invented ({INVENTED}).\n"
    for total in coverage.totals:
        yield f"- {total.sentence}"
    yield ""
    numbers = [str(n) for n in range(1, len(coverage.components) + 1)]
    yield "; ".join(f"{n} {model.component(id).name}" for n, id in zip(numbers, coverage.components, strict=True))
    yield ""
    width = min(_WIDEST, max((len(row) for row in coverage.rows), default=0))
    yield f"{'':{width}}  {' '.join(f'{n:>4}' for n in numbers)}"
    cells = iter(coverage.cells)
    for row in coverage.rows:
        marks = []
        for _ in coverage.components:
            cell = next(cells)
            count = str(len(cell.described)) if coverage.by != "organisation" and cell.described else ""
            marks.append(f"{count}{_MARKS[cell.level]}{'*' if cell.basis == 'confirmed' and cell.level == 'described' else ' '}")
        label = row if len(row) <= width else f"{row[: width - 1]}…"
        yield f"{label:{width}}  {' '.join(f'{m:>4}' for m in marks)}"
    yield ""
    yield "● described, ○ mentioned, · nothing found; * confirmed by staff. The quotes are in --json and --csv."
    yield coverage.rule


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Row by row, each organisation's quotes with their places; then what is alike and what differs."""
    for column in comparison.columns:
        yield f"- {column.name}{f' ({column.context})' if column.context else ''}"
    for row in comparison.told:
        yield f"\n## {row.label}"
        for cell in row.cells:
            yield f"\n**{cell.column}**" + (
                ""
                if cell.state == "described"
                else f": {NOT_DESCRIBED}"
                if cell.state == "nothing"
                else f" ({STATE_WORDS[cell.state]}; {cell.note})"
            )
            yield from (f"- {quoted(c)} {cited_line(c)}" for c in cell.quotes)
    for title, said in comparison.said:
        yield f"\n## {title}\n"
        yield from (f"- {line}" for line in said)
    yield ""
    yield from (f"*{note}*" for note in comparison.notes)


def gaps_lines(gaps: Gaps) -> Iterator[str]:
    """The gaps by side, the questions asked in vain, and the draft."""
    yield from (f"*{note}*" for note in gaps.notes)
    for side, title in (("component", "Components"), ("strand", "Strands"), ("phase", "Phases"), ("region", "Regions")):
        own = [g for g in gaps.gaps if g.side == side]
        if own:
            yield f"\n## {title}\n"
            yield from (f"- {g.line}" for g in own if g.what not in TOGETHER)
            for what, words in TOGETHER.items():
                if names := [g.name for g in own if g.what == what]:
                    yield f"- {words} {', '.join(names)}."
    if gaps.asked:
        yield "\n## Asked, and not well answered\n"
        for asked in gaps.asked:
            yield f"- {asked.line}"
            yield from (f"  - {example}" for example in (*asked.examples, *asked.down_examples))
    yield f"\n---\n\n{gaps.call}"
    yield f"*{gaps.rule}*"
