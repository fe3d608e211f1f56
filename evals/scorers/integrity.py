"""Whether every quote stands in its source, at the place that the citation names.

Definition: the share of an answer's citations whose quote is, up to a page's setting, the source's text at the citation's offsets, and
whose page is that of its first character. Unscored where there are no citations. Refusals count too: what is "nearest" is quoted.
Source: the hub's first rule, a citation is a checked quote; the check is `hub.quotes.stands_at`.
"""

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import Answer, Citation
from hub.quotes import stands_at

ABOUT = About(
    name="integrity",
    title="Quotes stand in their source",
    meaning="The share of quotes that were found again, word for word, in the document and on the page that they name. Anything under 100% is a fault.",
)


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """The share that stands."""
    if not answer.citations or answer.status == "error":
        return Score(scorer=ABOUT.name, value=None)
    fallen = [c for c in answer.citations if not stands(c, grounds)]
    n = len(answer.citations)
    return Score(
        scorer=ABOUT.name,
        value=(n - len(fallen)) / n,
        answer=f"{n - len(fallen)} of {n}",
        explanation="; ".join(f"[{c.marker}] does not stand in {c.source}" for c in fallen) or "All stand.",
        metadata={"fallen": [c.marker for c in fallen]},
    )


def stands(citation: Citation, grounds: Grounds) -> bool:
    """Whether one citation's quote is where it says."""
    loaded = grounds.loaded(citation.source)
    if loaded is None or not stands_at(citation.quote, loaded, citation.start, citation.end):
        return False
    return loaded.place(citation.start).page == citation.page
