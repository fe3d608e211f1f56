"""The second step with an llm: a follow-up that leans on the conversation becomes a question that stands alone, by a prompt.

The rules of `rewrite` come first: they say whether a question leans at all, and end the journey where a pronoun has nothing to hold
on to. The llm's reading is taken only if it adds nothing; otherwise, and on any fault, the rules' own reading stands.
"""

import re
from dataclasses import replace

from assistant.claim_names import new_names
from assistant.figures import figures_in
from assistant.ledger import Ledger
from assistant.llm import Llm, LlmError
from assistant.numbered import fenced, harmless
from assistant.prompts import fill, load_prompt
from assistant.rewrite import Standalone, read_as
from hub.components import Model
from hub.plain import clean
from vectorstore.lexical import tokenize

MOST_SECONDS = 8.0
"""A reader waits no longer than this for a reading that the rules can give."""
MOST_CHARACTERS = 400
MOST_EARLIER = 6
KEPT_OF_QUESTION = 0.5
"""The share of the follow-up's own words that its reading must keep."""


def rewrite_with_llm(by_rule: Standalone, question: str, history: tuple[str, ...], model: Model, llm: Llm, ledger: Ledger) -> Standalone:
    """The question as the llm reads it; as the rules read it where the question is whole, or the llm's reading cannot be used."""
    if not history or by_rule.question == question:
        return by_rule
    template, digest = load_prompt("rewrite")
    earlier = "\n".join(f"- {harmless(h)}" for h in history[-MOST_EARLIER:])
    prompt = fill(template, history=fenced(earlier, "EARLIER QUESTIONS"), question=fenced(harmless(question), "LAST QUESTION"))
    try:
        reply = llm.complete(prompt, ledger, "rewrite", min(MOST_SECONDS, llm.timeout_seconds))
    except LlmError:
        return by_rule  # the ledger says so; if the llm is gone, composing will tell the reader
    read = usable(reply, question, history, model)
    if not read:
        return by_rule
    ledger.prompts["rewrite"] = digest
    said_as_read = by_rule.carried == read_as(by_rule.question)
    return replace(by_rule, question=read, carried=read_as(read) if said_as_read else by_rule.carried)


def usable(reply: str, question: str, history: tuple[str, ...], model: Model) -> str:
    """The reply as a question, or "" unless it is one line, not too long, keeps the question's own words, and has no name, figure or
    subject that neither the question nor the conversation has."""
    lines = [line for line in reply.strip().splitlines() if line.strip()]
    if len(lines) != 1:
        return ""
    read = clean(lines[0]).strip('"“” ')
    if not read or len(read) > MOST_CHARACTERS or re.search(r"[\[\]{}<>|]|://", read):
        return ""
    known = " ".join((question, *history))
    if not {f.token for f in figures_in(read)} <= {f.token for f in figures_in(known)}:
        return ""
    own_names = [*(c.name for c in model.components), *(s.name for s in model.strands)]
    if new_names(read, [*history, question], own_names):
        return ""
    words, asked, held = (set(tokenize([text])[0]) for text in (read, question, known))
    kept = len(words & asked) >= KEPT_OF_QUESTION * len(asked)
    added = words - held - _FRAMING
    return read if words and kept and len(added) <= 1 else ""


_FRAMING = frozenset(
    tokenize(
        [
            "example trust school schools trusts model library case study component improve improvement about give gave did do does other others use used say says way"
        ]
    )[0]
)
"""Words that make a fragment a question and name no subject."""
