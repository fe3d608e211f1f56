"""Whether the two voices are kept: what the model says, and what one organisation did.

Definition: the share of an answer's cited claims that (a) carry the voice of what they cite; (b) say "the model says", or a guide, only on a
model paper or guide; (c) name an organisation, outside quotation marks, only on a source of that organisation; and (d) say what
"trusts", "schools" or "others" do only on more than one organisation. Unscored where no claim is cited.
Source: the hub's second rule; attribution to the speaker as in AIS, attributable to identified sources (Rashkin et al., 2023).
"""

import re
from collections.abc import Sequence

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import Answer, Citation, Claim, Source

ABOUT = About(
    name="voice",
    title="Voices kept apart",
    meaning="The share of sentences in which no trust's practice is told as the model's, none of the model's as a trust's, and one trust is never “trusts”.",
)
_QUOTED = re.compile(r"“[^”]*”")
_MODEL_SAYS = re.compile(
    r"\b(?:the|this) (?:conceptual )?(?:model|model paper|paper|guide)\b\W+(?:\w+\W+){0,2}?(?:says?|asks?|means?|calls?|gives?|holds?|names?|sets? out|describes?|defines?)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"(?:^|[.;]\s+)(?:many |most |some |other |all )?(?:trusts|schools|others|academies)\s+(?:do|have|had|find|found|use|used|stop|stopped|give|gave|share|shared|now|often|usually|also)\b",
    re.IGNORECASE,
)


def score(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """The share of claims that keep their voice."""
    cited = {c.marker: c for c in answer.citations}
    judged = [(c, quotes) for c in answer.claims if (quotes := [cited[m] for m in c.markers if m in cited])]
    if not judged or answer.status == "error":
        return Score(scorer=ABOUT.name, value=None)
    faults = [f"“{claim.text[:60]}…”: {fault}" for claim, quotes in judged if (fault := find_fault(claim, quotes, grounds))]
    n = len(judged)
    return Score(
        scorer=ABOUT.name, value=(n - len(faults)) / n, answer=f"{n - len(faults)} of {n}", explanation="; ".join(faults) or "All are kept."
    )


def find_fault(claim: Claim, quotes: Sequence[Citation], grounds: Grounds) -> str:
    """How a claim mixes voices; "" where it does not."""
    sources = [s for q in quotes if (s := grounds.sources.get(q.source))]
    voices = {s.voice for s in sources}
    outside = _QUOTED.sub(" ", claim.text)
    if len(voices) == 1 and claim.voice not in voices:
        return f"told in the voice of “{claim.voice}”, resting on “{voices.pop()}”"
    if _MODEL_SAYS.search(outside) and "model" not in voices:
        return "told as the model's, resting on none of its documents"
    owners = {_plain(s.organisation) for s in sources} | {s.context.school for s in sources}
    for name in _organisations(grounds):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", outside) and not any(name in o or o in name for o in owners if o):
            return f"names {name}, resting on {', '.join(sorted(o for o in owners if o))}"
    if _MANY.search(outside) and len({s.organisation for s in sources}) < 2:
        return "one organisation told as many"
    return ""


def _plain(organisation: str) -> str:
    return organisation.removesuffix("(illustrative)").strip()


def _organisations(grounds: Grounds) -> set[str]:
    """The names by which the organisations of case studies go, and their first words where only one has them."""
    full = {_plain(s.organisation) for s in _studies(grounds)} | {s.context.school for s in _studies(grounds)} - {""}
    firsts = [n.split()[0] for n in full]
    return full | {f for f in firsts if firsts.count(f) == 1 and len(f) > 5}


def _studies(grounds: Grounds) -> list[Source]:
    return [s for s in grounds.sources.values() if s.voice == "practice"]
