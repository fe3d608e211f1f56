"""The sixth step with an llm: the same evidence as numbered sentences, prose that cites their ids, the same checks.

A sentence is shown only when it and its ids are whole and have been checked: every id was issued, and every figure, name and
quoted word stands in what it cites. If the llm fails, or nothing it wrote can stand, the reader gets the quotes-mode answer and
one plain line saying why.
"""

from collections.abc import Generator

from assistant.check import Unsupported, check_sentence
from assistant.citing import Page
from assistant.compose_quotes import compose_quotes, definition_row
from assistant.enough import Verdict
from assistant.events import Delta, Event, Restart
from assistant.follow_ups import suggest_follow_ups
from assistant.journey import Draft, Evidence, Understood
from assistant.llm import Llm, LlmError
from assistant.numbered import number, read_reply
from assistant.prompts import fill, load_prompt
from assistant.refuse import refuse
from assistant.shelf import Shelf
from hub.components import Model
from hub.quotes import canonical

NO_ANSWER = "NO ANSWER"
UNREACHABLE = "The language model could not be used ({why}), so this answer is made of the sources' own sentences."
UNSUPPORTED = "The language model's reply could not be tied to the sources, so this answer is made of their own sentences."
CUT_SHORT = "The language model's reply broke off; what stands here was checked."
LEFT_OUT = "{n} of the language model's sentences were left out: what they said did not stand in what they cited."


def compose_with_llm(
    understood: Understood, evidence: Evidence, verdict: Verdict, shelf: Shelf, model: Model, llm: Llm
) -> Generator[Event, None, Draft]:
    """A draft in prose; streams each sentence as it passes its check."""
    template, digest = load_prompt("answer")
    first = [row for id in understood.components[:2] if (row := definition_row(id, shelf))]
    numbered = number(evidence, shelf, first)
    page = Page(shelf)
    notices: list[str] = []
    dropped, refused = 0, False
    if understood.carried:
        page.frame(f"*{understood.carried}:*")
    try:
        for said in read_reply(llm.stream(fill(template, question=understood.question, passages=numbered.text))):
            if NO_ANSWER in said.text.upper() and not page.claims:
                refused = True
                break
            try:
                check_sentence(said.text, said.ids, numbered.quotes)
            except Unsupported:
                dropped += 1
                continue
            quotes = [numbered.quotes[id] for id in said.ids]
            word_for_word = any(canonical(said.text) in canonical(q.text) for q in quotes)
            yield Delta(page.say(said.before, said.text, quotes, "quoted" if word_for_word else "not_verified"))
    except LlmError as error:
        if not page.claims:
            return _in_quotes(understood, evidence, verdict, shelf, model, UNREACHABLE.format(why=error))
        notices.append(CUT_SHORT)
    if refused:
        return refuse(understood, evidence, Verdict("no_evidence", verdict.score, "the llm found no answer"), shelf, model)
    if not page.claims:
        yield Restart()
        return _in_quotes(understood, evidence, verdict, shelf, model, UNSUPPORTED)
    if dropped:
        notices.append(LEFT_OUT.format(n=dropped))
    return _draft(page, understood, verdict, shelf, model, llm.name, digest, notices)


def _draft(
    page: Page, understood: Understood, verdict: Verdict, shelf: Shelf, model: Model, llm: str, digest: str, notices: list[str]
) -> Draft:
    cited = tuple(dict.fromkeys(id for c in page.citations[:3] for id in c.components[:1]))
    return Draft(
        status=verdict.status, text=page.text, claims=tuple(page.claims), citations=tuple(page.citations),
        follow_ups=suggest_follow_ups(understood, cited, shelf, model), llm=llm, prompts={"answer": digest}, notices=tuple(notices),
    )  # fmt: skip


def _in_quotes(understood: Understood, evidence: Evidence, verdict: Verdict, shelf: Shelf, model: Model, notice: str) -> Draft:
    draft = compose_quotes(understood, evidence, verdict, shelf, model)
    return Draft(
        status=draft.status, text=draft.text, claims=draft.claims, citations=draft.citations, follow_ups=draft.follow_ups, notices=(notice,)
    )  # fmt: skip
