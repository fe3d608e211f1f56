"""What to ask next: only what the library can answer."""

from assistant.journey import Understood
from assistant.shelf import Shelf
from hub.components import Model
from hub.domain import CASE_STUDY

MOST = 3


def suggest_follow_ups(understood: Understood, cited: tuple[str, ...], shelf: Shelf, model: Model) -> tuple[str, ...]:
    """Up to three questions on the components in play, each with tagged passages behind it."""
    found: list[str] = []
    for id in dict.fromkeys((*understood.components, *cited)):
        name = model.component(id).name
        chunks = [c for c, _ in shelf.about(id)]
        practice = {c.source for c in chunks if shelf.sources[c.source].kind == CASE_STUDY}
        defined = any(t.method == "row" for c in chunks for t in c.tags)
        if practice and understood.route != "how_others":
            found.append(f"How have others handled {name}?")
        if defined and understood.route not in ("define", "examples"):
            found.append(f"What does {name} mean?")
        if defined and understood.route == "define":
            found.append(f"What examples does the model give of {name}?")
    return tuple(dict.fromkeys(found))[:MOST]
