"""The llm, through llama-index's adapter of litellm. The only file that imports litellm."""

import time
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from hub.quiet import quiet_litellm

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

MOST_CHARACTERS = 12_000
"""A reply is cut off here: an answer has some 1,500."""
MOST_TOKENS = 1200


class LlmError(RuntimeError):
    """The llm gave no usable reply; the message says why in plain words, and holds no secret."""


class Llm:
    """A chat model by its litellm name; the provider's key comes from the environment."""

    def __init__(self, name: str, timeout_seconds: float) -> None:
        self.name = name
        self.timeout_seconds = timeout_seconds

    @cached_property
    def _remote(self) -> "LLM":
        # Imported when first needed: it takes some three seconds, which a quotes-mode answer must not wait for.
        quiet_litellm()
        import litellm
        from llama_index.llms.litellm import LiteLLM

        litellm.suppress_debug_info = True
        litellm.drop_params = True
        # One attempt of llama-index's: litellm and the providers' clients do the retrying.
        remote: LLM = LiteLLM(
            model=self.name,
            temperature=0.0,
            max_tokens=MOST_TOKENS,
            max_retries=1,
            additional_kwargs={"timeout": self.timeout_seconds, "num_retries": 0},
        )
        return remote

    def stream(self, prompt: str) -> Iterator[str]:
        """The reply in pieces, as they come. LlmError where it does not come, breaks off or does not end."""
        from llama_index.core.base.llms.types import ChatMessage, MessageRole

        length, deadline = 0, time.monotonic() + 3 * self.timeout_seconds
        try:
            for piece in self._remote.stream_chat([ChatMessage(role=MessageRole.USER, content=prompt)]):
                length += len(piece.delta or "")
                if length > MOST_CHARACTERS:
                    return
                if time.monotonic() > deadline:
                    raise LlmError("it took too long")
                if piece.delta:
                    yield piece.delta
        except LlmError:
            raise
        except Exception as error:  # each provider raises its own, and a broken stream whatever was being parsed
            raise LlmError(explain(error)) from error
        if not length:
            raise LlmError("its reply was empty")


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
