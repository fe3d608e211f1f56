"""The llm, through llama-index's adapter of litellm. The only file that imports litellm.

A call runs in a thread of its own and hands its pieces over, so that its time limits hold whatever the network does: a server that
only keeps the connection warm sends no piece, and no read of ours would ever end.
"""

import queue
import threading
import time
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.ledger import Call, Ledger, Purpose
from hub.quiet import quiet_litellm

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MOST_CHARACTERS = 12_000
"""A reply is cut off here: an answer has some 1,500."""
MOST_TOKENS = 4000
"""Room for what a reasoning llm spends before its first word."""
WHOLE_REPLY = 3
"""A reply may take so many times as long as its first word."""
RETRIES = 1
RETRY_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 5.0
"""A server that asks for a longer wait is not asked again: the reader is waiting."""


class LlmError(RuntimeError):
    """The llm gave no usable reply; the message says why in plain words, and holds no secret."""


class Llm:
    """A chat model by its litellm name; the provider's key comes from the environment."""

    def __init__(self, name: str, timeout_seconds: float, retry_wait_seconds: float = RETRY_WAIT_SECONDS) -> None:
        self.name = name
        self.timeout_seconds = timeout_seconds
        """How long to wait for the first word, and for any word after the one before."""
        self.retry_wait_seconds = retry_wait_seconds

    def load(self) -> None:
        """Import what speaks to the provider: some three seconds, which count in no time limit."""
        _ = self._remote

    @cached_property
    def _remote(self) -> "LLM":
        # Imported when first needed: a quotes-mode answer must not wait for it.
        quiet_litellm()
        import litellm
        from llama_index.llms.litellm import LiteLLM

        litellm.suppress_debug_info = True
        litellm.drop_params = True
        # 0 goes down to the provider's client too: nobody tries again but `_read`, alike for every provider.
        remote: LLM = LiteLLM(
            model=self.name,
            temperature=0.0,
            max_tokens=MOST_TOKENS,
            max_retries=1,
            additional_kwargs={"num_retries": 0, "stream_options": {"include_usage": True}},
        )
        return remote

    def stream(self, prompt: str, ledger: Ledger, purpose: Purpose, seconds: float = 0.0) -> Iterator[str]:
        """The reply in pieces, as they come. LlmError where it does not come in time, breaks off or does not end.

        `seconds` bounds the whole call; 0: three times the time that the first word may take. What it took goes into the ledger.
        """
        self.load()
        pieces: queue.Queue[str | BaseException | None] = queue.Queue()
        gone = threading.Event()
        whole = seconds or WHOLE_REPLY * self.timeout_seconds
        call = ledger.begin(purpose, self.name)
        worker = threading.Thread(target=self._read, args=(prompt, pieces, gone, min(self.timeout_seconds, whole), call), daemon=True)
        worker.start()
        deadline, length, error = time.monotonic() + whole, 0, ""
        try:
            while True:
                try:
                    left = deadline - time.monotonic()
                    piece = pieces.get(timeout=max(0.0, min(left, self.timeout_seconds)))
                except queue.Empty:
                    raise LlmError(call.trouble or ("it took too long" if length else "it did not answer in time")) from None
                if piece is None:
                    break
                if isinstance(piece, BaseException):
                    raise LlmError(explain(piece)) from piece
                length += len(piece)
                if length > MOST_CHARACTERS:
                    raise LlmError("its reply ran on too long")
                yield piece
            if not length:
                raise LlmError("its reply was empty")
            if call.finish == "length":
                raise LlmError("its reply was cut off at its longest")
        except LlmError as failed:
            error = str(failed)
            raise
        finally:
            gone.set()
            ledger.end(call, error, price_of(self.name, call.tokens_in, call.tokens_out))

    def complete(self, prompt: str, ledger: Ledger, purpose: Purpose, seconds: float) -> str:
        """The whole reply, within so many seconds."""
        return "".join(self.stream(prompt, ledger, purpose, seconds))

    def _read(
        self, prompt: str, pieces: "queue.Queue[str | BaseException | None]", gone: threading.Event, seconds: float, call: Call
    ) -> None:
        """Put the pieces of the reply, then None, or the error that ended it."""
        tries = 0
        while not gone.is_set():
            try:
                for piece in self._open(prompt, seconds):
                    call.note(piece.raw)
                    if piece.delta:
                        call.piece()
                        pieces.put(piece.delta)
                    if gone.is_set():
                        return
                pieces.put(None)
                return
            except Exception as error:  # each provider raises its own, and a broken stream whatever was being parsed
                wait = _wait_before_another(error, self.retry_wait_seconds)
                if call.first_piece is not None or wait is None or tries == RETRIES:
                    pieces.put(error)
                    return
                tries, call.trouble = tries + 1, explain(error)
                gone.wait(wait)

    def _open(self, prompt: str, seconds: float) -> Iterator[Any]:
        from llama_index.core.base.llms.types import ChatMessage, MessageRole
        from llama_index.core.callbacks import CallbackManager

        # Each call's own: several threads that traced in one manager at once brought the interpreter down.
        remote = self._remote.model_copy(update={"callback_manager": CallbackManager([])})
        return iter(remote.stream_chat([ChatMessage(role=MessageRole.USER, content=prompt)], timeout=seconds))


def _wait_before_another(error: BaseException, usual: float) -> float | None:
    """Seconds to wait before asking again, or None where asking again would not help."""
    if type(error).__name__ not in (
        "RateLimitError",
        "InternalServerError",
        "ServiceUnavailableError",
        "APIConnectionError",
        "BadGatewayError",
    ):
        return None
    headers = getattr(error, "litellm_response_headers", None) or {}
    try:
        asked = float(headers.get("retry-after", usual))
    except ValueError:
        return None  # a date: longer than anybody waits for an answer
    return asked if asked <= LONGEST_WAIT_SECONDS else None


_REASONS = {
    "Timeout": "it did not answer in time",
    "APITimeoutError": "it did not answer in time",
    "RateLimitError": "it is busy: too many requests",
    "AuthenticationError": "it refused the key",
    "PermissionDeniedError": "it refused the key",
    "NotFoundError": "it does not know this model",
    "ContextWindowExceededError": "the passages were too long for it",
    "ContentPolicyViolationError": "it declined to answer",
    "BadRequestError": "it did not accept the request",
    "BudgetExceededError": "its budget is spent",
    "ServiceUnavailableError": "it is not available at the moment",
    "BadGatewayError": "it is not available at the moment",
    "InternalServerError": "it could not be reached or failed",
    "APIConnectionError": "it could not be reached",
    "MidStreamFallbackError": "its reply broke off",
}


def explain(error: BaseException) -> str:
    """Why, in plain words. Only the error's kind is looked at: its text may hold addresses or keys."""
    seen: Any = error
    while seen is not None:
        if reason := _REASONS.get(type(seen).__name__):
            return reason
        seen = seen.__cause__ or seen.__context__
    return "its reply broke off or could not be read"


def price_of(llm: str, tokens_in: int | None, tokens_out: int | None) -> float | None:
    """What so many tokens cost in US dollars, by litellm's own price list; None where the list or the count does not know."""
    if tokens_in is None or tokens_out is None:
        return None
    quiet_litellm()
    import litellm

    try:
        paid = litellm.cost_per_token(model=llm, prompt_tokens=tokens_in, completion_tokens=tokens_out)
    except Exception:  # a name that is not on the list raises whatever its provider's lookup does
        return None
    return float(sum(paid))
