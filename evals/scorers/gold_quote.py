"""Whether an answer shows the words that answer the question.

Definition: 1 where one of the first six citations of an answered question shows a gold quote of its source, or lies in a gold place;
0 otherwise, a refusal included. A quote shows the gold one where it holds its first sixty letters and digits, or is itself a stretch of more than
thirty of the gold's. It lies in a gold place where at least half of it does. Cases without a gold quote or place are unscored.
Source: the overlap rule of the hub's outside judge; letters and digits are compared after `hub.quotes.canonical`, so that a page's
setting does not count.
"""

from evals.domain import About, EvalCase, Gold, Score
from evals.grounds import Grounds
from evals.scorers.gold_source import applies, first_citations
from hub.domain import Answer, Citation
from hub.quotes import canonical

ABOUT = About(
    name="gold_quote",
    title="The right words are shown",
    meaning="Of the questions that the library answers, the share whose answer shows, among its first six quotes, the very words that answer it.",
)
ENOUGH_OF_GOLD = 60
ENOUGH_OF_QUOTE = 30


def overlaps(quote: str, gold: str) -> bool:
    """Whether a quote shows the gold one: its first sixty letters, or the quote is a good part of it."""
    shown, wanted = canonical(quote), canonical(gold)
    return bool(wanted) and (wanted[:ENOUGH_OF_GOLD] in shown or (len(shown) > ENOUGH_OF_QUOTE and shown in wanted))


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """1 or 0, or unscored."""
    golds = [g for g in case.gold if g.quote or g.place]
    if not applies(case, answer) or not golds:
        return Score(scorer=ABOUT.name, value=None)
    for citation in first_citations(answer):
        for gold in golds:
            if citation.source == gold.source and _shows(citation, gold, grounds):
                return Score(
                    scorer=ABOUT.name, value=1.0, answer=f"[{citation.marker}]", explanation=f"Citation [{citation.marker}] shows it."
                )
    lost = grounds.lost(case)
    gone = f" {len(lost)} of the case's golds do not stand in the library." if lost else ""
    return Score(scorer=ABOUT.name, value=0.0, answer="none", explanation=f"None of the first citations shows it.{gone}")


def _shows(citation: Citation, gold: Gold, grounds: Grounds) -> bool:
    if gold.quote:
        return overlaps(citation.quote, gold.quote)
    span = grounds.span(gold)
    return span is not None and 2 * span.overlap(citation.start, citation.end) >= citation.end - citation.start > 0
