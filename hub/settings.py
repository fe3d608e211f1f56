"""Settings from the environment and `.env`, read once at each way in and passed down."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every switch of the program. Each is an environment variable of the same name with `HUB_` before it."""

    model_config = SettingsConfigDict(env_prefix="HUB_", env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True)

    store: Path = ROOT / ".hub" / "store"
    """The folder that holds the library and the index."""
    chroma_url: str = ""
    """Address of a Chroma server; empty: Chroma runs inside the program, in the store."""
    sources: str = ""
    """Folders to ingest when none is named, separated by the system's path separator; empty: `sources/`."""
    illustrative: bool = False
    """Answer from invented examples even when real sources are held."""
    database_url: SecretStr = SecretStr("")
    """SQLAlchemy address of the conversations; empty: SQLite in the store."""
    embedder: str = ""
    """A litellm embedding model; empty: all-MiniLM-L6-v2 on this machine."""
    embedder_folder: Path = ROOT / ".hub" / "embedder"
    """Where the prepared graph of the default embedder lies."""
    embedder_weights: Path | None = None
    """A folder with all-MiniLM-L6-v2's files, where the package that carries them is not to be had."""
    llm: str = ""
    """A litellm chat model; empty: answers are made of the sources' own sentences."""
    llm_timeout_seconds: float = Field(default=60, gt=0)
    """How long to wait for the llm's first word before answering without it."""
    judge: str = ""
    """A litellm chat model that says whether an llm's sentence stands in its quotes; empty: nobody does."""
    judge_timeout_seconds: float = Field(default=15, gt=0)
    """How long an answer waits for the judge once it is written."""
    unverified: Literal["show", "leave_out"] = "show"
    """What becomes of an llm's sentences that are neither quoted nor supported by the judge."""
    passages: int = Field(default=40, ge=1, le=400)
    """How many passages the search brings to a question; the answer is chosen from them."""
    question_max_characters: int = Field(default=2000, gt=0)
    """Longer questions are turned away with a plain line."""

    def conversations_url(self) -> str:
        """The SQLAlchemy address in force. May hold a password: never log it."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.store.resolve() / 'conversations.db'}"


class SettingsError(ValueError):
    """A setting cannot be used; the message names it."""


def load_settings() -> Settings:
    """The settings in force. SettingsError names the variable that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:  # its own text holds the value, so it is not chained
        first = error.errors(include_input=False)[0]
        raise SettingsError(f"HUB_{str(first['loc'][0]).upper()}: {first['msg']}; mend it in the environment or in .env") from None
