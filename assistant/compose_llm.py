"""The sixth step with an llm: the same evidence as numbered sentences, prose that cites their ids, the same checks.

A sentence is shown only when it and its ids are whole and have been checked (see `check_sentence`). If the llm fails, or nothing it
wrote can stand, the reader gets the quotes-mode answer and one plain line saying why.
"""

import time
from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace

from assistant.check_sentence import Unsupported, check_sentence, is_quoted
from assistant.choose import Quote
from assistant.citing import Page
from assistant.compose_model import definition_row
from assistant.compose_quotes import compose_quotes
from assistant.enough import Verdict
from assistant.events import Delta, Event, Restart
from assistant.follow_ups import suggest_follow_ups
from assistant.journey import Draft, Evidence, Understood
from assistant.judge import NOT_JUDGED, Bench, Judge, Judgement, wait_for
from assistant.leak import repeats
from assistant.ledger import Ledger
from assistant.llm import Llm, LlmError
from assistant.numbered import Numbered, fenced, harmless, number
from assistant.profile import near_line
from assistant.prompts import fill, load_prompt
from assistant.refuse import refuse
from assistant.reply import Said, read_reply
from assistant.shelf import Shelf
from assistant.wording import counted
from hub.components import Model
from hub.domain import Claim
from hub.quotes import canonical

NO_ANSWER = "NO ANSWER"
MOST_SENTENCES = 24
"""What comes after so many is not read: an answer has some six to twelve."""
MOST_IN_VAIN = 10
"""An llm whose first so many sentences all fail is not listened to any longer: the reader is waiting."""
HEADING_WORDS = 6
UNREACHABLE = "The language model could not be used ({why}), so this answer is made of the sources' own sentences."
UNSUPPORTED = "The language model's reply could not be tied to the sources, so this answer is made of their own sentences."
CUT_SHORT = "The language model's reply broke off; what stands here was checked."
LEFT_OUT = "{n} of the language model's sentences {were} left out: what {they} said did not stand in what {they} cited."
UNCONFIRMED = "{n} of the language model's sentences {were} left out: no second language model confirmed {them}."
PARTIAL = "*This is the nearest that the library holds; it may not answer the whole question.*"


@dataclass(frozen=True)
class Writer:
    """The llm that writes, the one that judges if any, and what is done with sentences that nobody verified."""

    llm: Llm
    judge: Judge | None = None
    leave_out: bool = False
    """Sentences that are neither quoted nor supported are not shown."""


@dataclass(eq=False)
class _Sentence:
    """A sentence that passed the program's checks, waiting for its place on the page."""

    said: Said
    quotes: list[Quote]
    judged: "Judgement | Future[Judgement]"


@dataclass(eq=False)
class _Writing:
    """An answer while it is written."""

    page: Page
    writer: Writer
    bench: Bench | None
    rules: str
    """The prompt before its slots are filled: no sentence of an answer repeats it."""
    waiting: deque[_Sentence] = field(default_factory=deque)
    shown: list[_Sentence] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    dropped: int = 0
    unconfirmed: int = 0
    refused: bool = False
    broke: str = ""

    @property
    def empty(self) -> bool:
        return not self.shown and not self.waiting


def is_for_code(understood: Understood) -> bool:
    """Whether code answers better than prose: a list of the model's parts, a correction with its quote."""
    return bool(understood.premise) or understood.route == "list"


def compose_with_llm(
    understood: Understood, evidence: Evidence, verdict: Verdict, shelf: Shelf, model: Model, writer: Writer, ledger: Ledger
) -> Generator[Event, None, Draft]:
    """A draft in prose; streams each sentence once it may be shown."""
    template, digest = load_prompt("answer")
    first = [row for id in understood.components[:2] if (row := definition_row(id, shelf))]
    numbered = number(evidence, shelf, first, understood.near)
    prompt = fill(template, question=fenced(harmless(understood.question), "QUESTION"), passages=fenced(numbered.text, "DOCUMENTS"))
    bench = Bench(writer.judge, ledger) if writer.judge else None
    state = _Writing(Page(shelf), writer, bench, template)
    if understood.carried:
        state.page.frame(f"*{understood.carried}:*")
        yield Delta(f"*{understood.carried}:*")
    with closing(bench) if bench else nullcontext():
        yield from _write(state, numbered, writer.llm.stream(prompt, ledger, "answer"))
        if not state.refused and not state.empty:
            yield from _settle(state, ledger)
    if state.refused:
        return refuse(understood, evidence, Verdict("no_evidence", verdict.score, "the llm found no answer"), shelf, model)
    if not state.page.claims:
        yield Restart()
        why = UNREACHABLE.format(why=state.broke) if state.broke else UNSUPPORTED
        return replace(compose_quotes(understood, evidence, verdict, shelf, model), notices=(why,))
    close = near_line(understood.near, (shelf.sources[c.source] for c in state.page.citations))
    for line in [*filter(None, [close]), *_frame(understood, verdict, shelf, model)]:
        state.page.gap()
        state.page.frame(line)
        yield Delta(f"\n\n{line}")
    ledger.prompts["answer"] = digest
    cited = tuple(dict.fromkeys(id for c in state.page.citations[:3] for id in c.components[:1]))
    return Draft(
        status=verdict.status, text=state.page.text, claims=tuple(state.page.claims), citations=tuple(state.page.citations),
        follow_ups=suggest_follow_ups(understood, cited, shelf, model), llm=writer.llm.name, prompts=ledger.prompts, notices=_notices(state),
    )  # fmt: skip


def _write(state: _Writing, numbered: Numbered, pieces: Iterator[str]) -> Generator[Event, None, None]:
    """Read the reply, keep the sentences that stand, and show those that may be shown already."""
    try:
        for said in read_reply(pieces):
            if NO_ANSWER in said.text.upper() and state.empty:
                state.refused = True
                return
            _take(state, said, numbered)
            yield from _show(state, wait=False)
            if len(state.taken) >= MOST_SENTENCES or (not state.taken and state.dropped >= MOST_IN_VAIN):
                return
    except LlmError as error:
        state.broke = str(error)


def _take(state: _Writing, said: Said, numbered: Numbered) -> None:
    words = canonical(said.text)
    if words in state.taken:
        return
    if not said.ids and len(said.text.split()) <= HEADING_WORDS and not said.text.endswith("."):
        return  # a heading of its own: it asserts nothing, and is not shown
    try:
        if repeats(said.text, state.rules):
            raise Unsupported("words of the prompt")
        check_sentence(said.text, said.ids, numbered.quotes)
    except Unsupported:
        state.dropped += 1
        return
    state.taken.add(words)
    quotes = [numbered.quotes[id] for id in said.ids]
    judged: Judgement | Future[Judgement] = Judgement("quoted") if is_quoted(said.text, quotes) else NOT_JUDGED
    if judged is NOT_JUDGED and state.bench:
        judged = state.bench.submit(said.text, quotes)
    state.waiting.append(_Sentence(said, quotes, judged))


def _show(state: _Writing, wait: bool, deadline: float = 0.0) -> Generator[Event, None, None]:
    """Put on the page, in order, what may stand there. Where unverified sentences are left out, each waits for its judgement."""
    while state.waiting:
        sentence = state.waiting[0]
        if state.writer.leave_out:
            if isinstance(sentence.judged, Future):
                if not wait and not sentence.judged.done():
                    return
                sentence.judged = wait_for(sentence.judged, deadline)
            if sentence.judged.verdict == "not_verified":
                state.unconfirmed += 1
                state.waiting.popleft()
                continue
        state.waiting.popleft()
        state.shown.append(sentence)
        yield Delta(state.page.say(sentence.said.before, sentence.said.text, sentence.quotes, "not_verified"))


def _settle(state: _Writing, ledger: Ledger) -> Generator[Event, None, None]:
    """Wait for the judgements that are still out, but no longer than settings say, and write each verdict into its claim."""
    began = time.monotonic()
    deadline = began + (state.writer.judge.timeout_seconds if state.writer.judge else 0.0)
    yield from _show(state, wait=True, deadline=deadline)
    for place, sentence in enumerate(state.shown):
        judged = sentence.judged
        if isinstance(judged, Future):
            judged = wait_for(judged, deadline)
        claim: Claim = state.page.claims[place]
        state.page.claims[place] = claim.model_copy(update={"verdict": judged.verdict, "note": judged.note})
    if state.bench:
        ledger.waited_seconds = time.monotonic() - began


def _frame(understood: Understood, verdict: Verdict, shelf: Shelf, model: Model) -> Iterator[str]:
    """What code adds under the prose: how much of what is held speaks of it, and that it may be half an answer."""
    held = shelf.case_studies()
    if understood.components and understood.route in ("define", "examples", "how_others") and held:
        about = len(shelf.described(understood.components[0]))
        name = model.component(understood.components[0]).name
        yield f"*Passages about {name} stand in {about or 'none'} of the {counted(len(held), 'case study', 'case studies')} held.*"
    if verdict.status == "partial":
        yield PARTIAL


def _notices(state: _Writing) -> tuple[str, ...]:
    found = [CUT_SHORT] if state.broke else []
    for n, line in ((state.dropped, LEFT_OUT), (state.unconfirmed, UNCONFIRMED)):
        if n:
            found.append(
                line.format(n=n, were="was" if n == 1 else "were", they="it" if n == 1 else "they", them="it" if n == 1 else "them")
            )
    return tuple(found)
