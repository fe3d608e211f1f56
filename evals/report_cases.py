"""One case of a run as HTML: what was expected beside what came, and what each scorer found."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from evals.domain import EvalCase, Gold, Outcome
from evals.scoring import ABOUTS
from hub.components import load_model
from hub.domain import Answer

CSS = """
details{border:1px solid color-mix(in srgb,currentColor 25%,transparent);border-radius:4px;margin:.4rem 0;padding:.45rem .7rem}summary{cursor:pointer}
.why{color:light-dark(#8c1d18,#f5a9a4)}.said{font-weight:600}.two{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin-top:.6rem}.two>div{min-width:0;overflow-wrap:anywhere}
.two h4{margin:.1rem 0 .3rem;font-size:.95rem}.claim{margin:.3rem 0;padding-left:.6rem;border-left:3px solid color-mix(in srgb,currentColor 30%,transparent)}blockquote{margin:.2rem 0;padding-left:.6rem;border-left:3px solid light-dark(#0b5c5a,#63bdb3)}
@media(max-width:40rem){.two{grid-template-columns:1fr}}
"""
Thing = tuple[str, int]
"""A sentence by its place from 0, or a citation by its marker: ("sentence", 0)."""
NOBODY: Mapping[Thing, str] = MappingProxyType({})
_SHORT = {
    "error": "no answer came",
    "status": "answered or refused wrongly",
    "gold_source": "no right source is cited",
    "gold_quote": "the right words are not shown",
    "integrity": "a quote does not stand in its source",
    "cited": "a sentence is not cited",
    "words": "a figure or name is not in the quote",
    "voice": "voices are mixed",
}
_EMPHASIS = re.compile(r"\*{1,2}([^*]+)\*{1,2}")
_VERDICTS = {"quoted": "quoted", "supported": "supported by a judge", "not_verified": "not verified"}


def show_case(case: EvalCase, outcome: Outcome, why: Sequence[str], said: Mapping[Thing, str] = NOBODY) -> str:
    """A case, folded; its question and what it failed by stand outside. `said`: what people said of each sentence and citation."""
    reasons = f' <span class="why">{escape("; ".join(_SHORT.get(n, n) for n in why).capitalize())}.</span>' if why else ""
    return (
        f"<details><summary><strong>{escape(case.question)}</strong> <small>{escape(case.kind)} · {escape(case.id)}</small>{reasons}</summary>"
        f'<div class="two"><div><h4>Expected</h4>{show_expected(case, outcome)}</div><div><h4>What came</h4>{_came(outcome, said)}</div></div>{_scores(outcome)}</details>'
    )


def show_came(outcome: Outcome) -> str:
    """What came, with its scores: for one of two runs side by side, where what was expected stands above both."""
    return f'<div class="came">{_came(outcome, NOBODY)}{_scores(outcome)}</div>'


def show_expected(case: EvalCase, *outcomes: Outcome) -> str:
    """What was expected. A source goes by its title where one of the outcomes tells it."""
    answers = [o.answer for o in outcomes if o.answer]
    titles = {c.source: c.title for a in answers for c in a.citations} | {n.source: n.title for a in answers for n in a.nearest}
    earlier = f"<p><small>Asked before: {escape(' → '.join(case.history))}</small></p>" if case.history else ""
    note = f"<p><small>Note: {escape(case.note)}</small></p>" if case.note else ""
    statuses = ", ".join(case.expected_status).replace("_", " ")
    said = f"<p>{'An answer' if case.answerable else 'A refusal'}{f' ({escape(statuses)})' if statuses else ''}.</p>"
    golds = "".join(
        f"<blockquote>{escape(say_gold(g))}<br><small>{escape(titles.get(g.source, g.source))}</small></blockquote>" for g in case.gold
    )
    any_of = "<p><small>Resting on any of these:</small></p>" if len(case.gold) > 1 else ""
    names = {c.id: c.name for c in load_model().components}
    about = f"<p><small>About: {escape(', '.join(names.get(c, c) for c in case.components))}</small></p>" if case.components else ""
    return earlier + said + any_of + golds + about + note


def say_gold(gold: Gold) -> str:
    """What a case's gold points at, in words."""
    if gold.quote:
        return f"“{gold.quote}”"
    if gold.place:
        place = gold.place
        return (
            f"the section “{place.heading}”"
            if place.heading
            else f"page {place.page}"
            if place.page
            else f"characters {place.start} to {place.end}"
        )
    return "anything of it"


def _came(outcome: Outcome, said: Mapping[Thing, str]) -> str:
    answer = outcome.answer
    if answer is None or outcome.error:
        return f"<p><strong>No answer:</strong> {escape(outcome.error)}</p>"
    reason = f" ({escape(answer.reason)})" if answer.reason else ""
    head = f"<p>Status: <strong>{answer.status.replace('_', ' ')}</strong>{reason}</p>"
    if not answer.claims:
        return f"{head}<p>{escape(plain(answer.text))}</p>"
    return head + "".join(_claim(answer, n, said) for n in range(len(answer.claims)))


def _claim(answer: Answer, number: int, said: Mapping[Thing, str]) -> str:
    claim = answer.claims[number]
    cited = {c.marker: c for c in answer.citations}
    places = "; ".join(
        f"[{m}] {_marked(said.get(('citation', m), ''))}{cited[m].title}{f', page {cited[m].page}' if cited[m].page else ''}{' (invented example: do not cite)' if cited[m].illustrative else ''}"
        for m in claim.markers
        if m in cited
    )
    told = said.get(("sentence", number), "")
    people = f'<br><small class="said">{escape(told)}</small>' if told else ""
    return f'<div class="claim">{escape(plain(claim.text))}<br><small>{_VERDICTS[claim.verdict]} · {escape(places) or "no citation"}</small>{people}</div>'


def _marked(said: str) -> str:
    return f"({said}) " if said else ""


def plain(text: str) -> str:
    """An answer's Markdown without its marks of emphasis."""
    return _EMPHASIS.sub(r"\1", text)


def _scores(outcome: Outcome) -> str:
    rows = []
    for score in outcome.scores:
        if score.value is None or ABOUTS[score.scorer].unit != "share":
            continue
        flagged = score.metadata.get("contradicted")
        flag = f" {flagged} verdicts are contradicted by their own reasons." if flagged else ""
        rows.append(
            f"<tr><td>{escape(ABOUTS[score.scorer].title)}</td><td>{100 * score.value:.0f}%</td><td>{escape(score.explanation)}{flag}{_reasons(score.metadata.get('verdicts'))}</td></tr>"
        )
    return f"<details><summary><small>Every score</small></summary><table>{''.join(rows)}</table></details>" if rows else ""


def _reasons(verdicts: object) -> str:
    """A judge's verdicts on each sentence, with how much they spread."""
    if not isinstance(verdicts, list | tuple):
        return ""
    lines = [
        f"<br><small>“{escape(str(v['sentence']))}”: {escape(str(v['verdict']) or 'no verdict')}, spread {v['spread']}. {escape(' / '.join(v['reasons']))}</small>"
        for v in verdicts
        if isinstance(v, dict)
    ]
    return "".join(lines)
