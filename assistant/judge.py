"""A second llm that says of each claim whether its own quotes support it. It sees nothing else.

Asked while the answer is still being written, a few at a time, and never waited for beyond a bound: a word that is late, odd or
missing leaves its claim not verified.
"""

import re
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field

from assistant.choose import Quote
from assistant.ledger import Ledger
from assistant.llm import Llm, LlmError
from assistant.numbered import fenced, harmless, headed
from assistant.prompts import fill, load_prompt
from hub.domain import Verdict

AT_ONCE = 4
_WORD = re.compile(r"\W*(?:(?P<yes>supported)|(?P<no>not[ _]supported|unsupported))\W*", re.IGNORECASE)

UNJUDGED = "No second language model is set to compare its meaning with the quote."
REJECTED = "A second language model did not find it in the quote."
NO_WORD = "A second language model gave no clear word on it in time."


@dataclass(frozen=True)
class Judgement:
    """A claim's verdict, and why it is not verified where it is not."""

    verdict: Verdict
    note: str = ""


NOT_JUDGED = Judgement("not_verified", UNJUDGED)


@dataclass(frozen=True)
class Judge:
    """Which llm judges, and how long an answer waits for it."""

    llm: Llm
    timeout_seconds: float


@dataclass
class Bench:
    """The judgements of one answer. Close it, or let its `with` block end, when the answer is done."""

    judge: Judge
    ledger: Ledger
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE, thread_name_prefix="judge"))

    def submit(self, claim: str, quotes: Sequence[Quote]) -> "Future[Judgement]":
        """Have a claim judged against the quotes that it cites."""
        return self._pool.submit(self._judge, claim, tuple(quotes))

    def close(self) -> None:
        """Ask nothing more; what is being asked ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _judge(self, claim: str, quotes: Sequence[Quote]) -> Judgement:
        template, digest = load_prompt("judge")
        self.ledger.prompts["judge"] = digest
        listed = "\n".join(f"- {harmless(headed(q.source))}: “{harmless(f'{q.lead} {q.text}'.strip())}”" for q in quotes)
        prompt = fill(template, claim=fenced(harmless(claim), "CLAIM"), quotes=fenced(listed, "QUOTES"))
        try:
            return read_word(self.judge.llm.complete(prompt, self.ledger, "judge", self.judge.timeout_seconds))
        except LlmError:
            return Judgement("not_verified", NO_WORD)


def read_word(reply: str) -> Judgement:
    """The judge's word. Anything but one of the two words by itself is no word."""
    match = _WORD.fullmatch(reply)
    if match is None:
        return Judgement("not_verified", NO_WORD)
    return Judgement("supported") if match["yes"] else Judgement("not_verified", REJECTED)


def wait_for(judgement: "Future[Judgement]", deadline: float) -> Judgement:
    """The judgement, or that there is none yet at the deadline (of `time.monotonic`)."""
    try:
        return judgement.result(timeout=max(0.0, deadline - time.monotonic()))
    except NotYet:
        return Judgement("not_verified", NO_WORD)
