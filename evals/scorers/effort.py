"""What an answer took: time and money.

Definitions: latency is the whole of an answer in milliseconds, as the engine timed it. Cost is the sum over the answer's calls of language
models, in US dollars, as the engine wrote them down: the tokens that the provider counted, at the price in litellm's own list. It is 0 where no
language model was called, and unscored where a call's price or tokens are not known.
Source: litellm's model_prices_and_context_window, as installed.
"""

from evals.domain import About, EvalCase, Score
from evals.grounds import Grounds
from hub.domain import Answer

LATENCY = About(
    name="latency",
    title="Time to answer",
    meaning="How long a whole answer takes, in thousandths of a second.",
    unit="milliseconds",
    higher_is_better=False,
)
COST = About(
    name="cost",
    title="Cost of an answer",
    meaning="What the language model's part of an answer costs, at its published price. Nothing where no language model is used.",
    unit="dollars",
    higher_is_better=False,
)


def score_latency(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """Milliseconds; unscored for errors."""
    total = answer.timings_ms.get("total")
    return Score(scorer=LATENCY.name, value=None if answer.status == "error" or total is None else float(total))


def score_cost(case: EvalCase, answer: Answer, grounds: Grounds) -> Score:
    """Dollars."""
    if answer.status == "error":
        return Score(scorer=COST.name, value=None)
    costs = [call.cost_usd for call in answer.usage]
    if any(cost is None for cost in costs):
        return Score(scorer=COST.name, value=None, answer="not known", explanation="The price of a language model is not known here.")
    told = f"{len(costs)} calls of a language model." if costs else "No language model was called."
    return Score(scorer=COST.name, value=float(sum(cost or 0.0 for cost in costs)), explanation=told)
