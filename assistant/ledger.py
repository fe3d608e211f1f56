"""What an answer asked of language models: each call with its times, tokens and cost, and the prompts that shaped the answer."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from hub.domain import LlmCall, Purpose

__all__ = ["Call", "Ledger", "Purpose"]


@dataclass(eq=False)
class Call:
    """A call while it runs. Written by the thread that reads the reply."""

    purpose: Purpose
    llm: str
    began: float
    first_piece: float | None = None
    last_piece: float | None = None
    finish: str = ""
    """Why the llm stopped, in its own word: "stop", "length"."""
    trouble: str = ""
    """Why it is being asked again."""
    tokens_in: int | None = None
    tokens_out: int | None = None

    def piece(self) -> None:
        """A piece of text has come."""
        self.last_piece, self.trouble = time.perf_counter(), ""
        self.first_piece = self.first_piece or self.last_piece

    def note(self, raw: Any) -> None:
        """What a chunk of litellm's stream says beside its text."""
        choices = getattr(raw, "choices", None) or []
        if choices and getattr(choices[0], "finish_reason", None):
            self.finish = str(choices[0].finish_reason)
        usage = getattr(raw, "usage", None)
        if usage is not None:
            self.tokens_in, self.tokens_out = usage.prompt_tokens, usage.completion_tokens


@dataclass
class Ledger:
    """The calls of one answer, in the order in which they ended, and the hashes of the prompts. May be shared between threads."""

    calls: list[LlmCall] = field(default_factory=list)
    prompts: dict[str, str] = field(default_factory=dict)
    answer: Call | None = None
    """The call that wrote the answer, for the engine's own times."""
    waited_seconds: float = 0.0
    """For the judge, once the answer was written."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, purpose: Purpose, llm: str) -> Call:
        """A call begins now."""
        call = Call(purpose, llm, time.perf_counter())
        if purpose == "answer":
            self.answer = call
        return call

    def end(self, call: Call, error: str, cost_usd: float | None) -> None:
        """A call has ended, well or with an error."""
        ended = time.perf_counter()
        row = LlmCall(
            purpose=call.purpose, llm=call.llm, total_ms=_ms(ended - call.began), error=error,
            first_token_ms=_ms(call.first_piece - call.began) if call.first_piece else None,
            tokens_in=call.tokens_in, tokens_out=call.tokens_out, cost_usd=cost_usd,
        )  # fmt: skip
        with self._lock:
            self.calls.append(row)

    def timings_ms(self, began: float) -> dict[str, float]:
        """What an answer that began then (by `time.perf_counter`) spent on the llm, and on its own before the llm was called and after
        its last word; empty where no llm was asked to write. Waiting for a rewrite or for the judge is not its own."""
        call, now = self.answer, time.perf_counter()
        if call is None:
            return {}
        rewriting = sum(c.total_ms for c in self.calls if c.purpose == "rewrite")
        last = call.last_piece or call.began
        return {
            "before_llm": round(_ms(call.began - began) - rewriting, 1),
            "llm": _ms(last - call.began),
            "after_llm": round(_ms(now - last - self.waited_seconds), 1),
            "judge_wait": _ms(self.waited_seconds),
        }


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
