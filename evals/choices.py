"""What may be chosen for one run alone, beside what the operator has set: the engine's switches that are worth comparing."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from hub.settings import Settings

CHOICES = ("passages", "llm", "unverified")
"""Settings by name. An empty `llm` is none: answers in the sources' own words."""


class ChoiceError(ValueError):
    """A choice cannot be made; the message says what may be."""


def read_choices(pairs: Iterable[str]) -> dict[str, str]:
    """ "passages=10" and the like, by name. ChoiceError where one is not of that form, or names nothing that may be chosen."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or name not in CHOICES:
            raise ChoiceError(f'"{pair}" chooses nothing; write NAME=VALUE with one of: {", ".join(CHOICES)}')
        found[name] = value
    return found


def choose(settings: Settings, chosen: Mapping[str, Any]) -> Settings:
    """The settings with what was chosen in place of theirs. ChoiceError says which value will not do."""
    try:
        return Settings(**{**settings.model_dump(), **chosen})
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise ChoiceError(f"{first['loc'][0]}: {first['msg']}") from None


def chosen_in(settings: Mapping[str, Any]) -> list[str]:
    """What was in force in a run, as the words that choose it again."""
    return [f"{name}={settings[name]}" for name in CHOICES if name in settings]
