"""What the judge's scorers measure, as a reader is told."""

from evals.domain import About

SUPPORT_RECALL = About(
    name="support_recall",
    title="Sentences borne out by what they cite (judge)",
    meaning="The share of sentences that follow, in a judge llm's reading, from the quotes they cite.",
    judged=True,
)
SUPPORT_PRECISION = About(
    name="support_precision",
    title="Citations that are needed (judge)",
    meaning="The share of citations that bear on their sentence, in a judge llm's reading.",
    judged=True,
)
NUGGETS_VITAL = About(
    name="nuggets_vital",
    title="Key facts told (judge)",
    meaning="Of the facts that a good answer must hold, the share that it holds, in a judge llm's reading.",
    judged=True,
)
NUGGETS_ALL = About(
    name="nuggets_all",
    title="Facts told, the less vital at half weight (judge)",
    meaning="Of the vital facts and those worth having, the share told; a fact worth having counts half.",
    judged=True,
)
RESPONSIVE = About(
    name="responsive",
    title="Answers the question (judge)",
    meaning="Whether the answer answers what was asked: 100% yes, 50% partly, 0% no, in a judge llm's reading.",
    judged=True,
)
ABOUTS = (SUPPORT_RECALL, SUPPORT_PRECISION, NUGGETS_VITAL, NUGGETS_ALL, RESPONSIVE)
