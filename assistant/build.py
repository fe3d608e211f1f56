"""Joins the parts from the settings: the only place that knows them all."""

from assistant.engine import Assistant
from assistant.judge import Judge
from assistant.llm import Llm
from assistant.shelf import Shelf
from hub.components import Model, load_model
from hub.embedder import make_embedder, make_reader
from hub.settings import Settings


def build_assistant(settings: Settings, model: Model | None = None) -> Assistant:
    """An assistant over the store that the settings name; `model`: the one that has been loaded already. Raises EmbedderError, LibraryError or ModelError."""
    llm = Llm(settings.llm, settings.llm_timeout_seconds) if settings.llm else None
    judge = Judge(Llm(settings.judge, settings.judge_timeout_seconds), settings.judge_timeout_seconds) if settings.judge and llm else None
    shelf = Shelf(settings, make_embedder(settings), reader=make_reader(settings) if settings.embedder else None)
    return Assistant(settings, shelf, model or load_model(), llm, judge)
