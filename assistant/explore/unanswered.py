"""Questions that found nothing, grouped by the component that they are about: counted, and shown with personal data masked."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from assistant.masks import mask
from assistant.shelf import Shelf
from assistant.wording import counted
from hub.components import Model
from hub.domain import Noun
from hub.plain import clean
from hub.quotes import canonical

EXAMPLES = 5
ABOUT = 6.0
"""Log-odds of likeness from which a question that names no component is about one."""
MOST_EMBEDDED = 2000
LONGEST_EXAMPLE = 200
NO_COMPONENT = "none of the components"


class Asked(Noun):
    """Unanswered questions about one component."""

    component: str
    """Its id; "" for questions about none."""
    name: str
    times: int
    """How often such a question was asked; one person may have asked several times."""
    different: int
    """How many of them differ in their words."""
    examples: tuple[str, ...]
    """The most frequent first, masked."""
    line: str


def group_unanswered(questions: Iterable[str], shelf: Shelf, model: Model) -> tuple[Asked, ...]:
    """The questions by component, those asked most often first; those about no component last."""
    kept: Counter[str] = Counter()
    words: dict[str, str] = {}
    for question in questions:
        masked = _short(mask(clean(question)))
        if key := canonical(masked):
            kept[key] += 1
            words.setdefault(key, masked)
    groups: dict[str, list[str]] = defaultdict(list)
    for key, component in zip(words, _components([words[k] for k in words], shelf, model), strict=True):
        groups[component].append(key)
    order = sorted(groups, key=lambda id: (not id, -sum(kept[k] for k in groups[id]), id))
    return tuple(_asked(id, groups[id], kept, words, model) for id in order)


def _asked(id: str, keys: list[str], kept: Counter[str], words: dict[str, str], model: Model) -> Asked:
    name = model.component(id).name if id else NO_COMPONENT
    times = sum(kept[k] for k in keys)
    line = f"{counted(times, 'question')} about {f'*{name}*' if id else name} found nothing"
    if times != len(keys):
        line += f", in {counted(len(keys), 'wording')}"
    examples = tuple(words[k] for k in sorted(keys, key=lambda k: (-kept[k], words[k]))[:EXAMPLES])
    return Asked(component=id, name=name, times=times, different=len(keys), examples=examples, line=f"{line}.")


def _components(questions: list[str], shelf: Shelf, model: Model) -> list[str]:
    """The component that each question is about, or "": named, in its wording, or like its examples."""
    found = [next(iter(model.named_in(q)), "") or next((c.id for c in model.components if model.cue_in(c.id, q)), "") for q in questions]
    open_ = [n for n, id in enumerate(found) if not id][:MOST_EMBEDDED]
    if open_:
        likeness = shelf.likeness(model).of_sentences(shelf.embedder.embed([questions[n] for n in open_]))
        for n, row in zip(open_, likeness, strict=True):
            if row.max() >= ABOUT:
                found[n] = model.components[int(row.argmax())].id
    return found


def _short(question: str) -> str:
    return question if len(question) <= LONGEST_EXAMPLE else question[: LONGEST_EXAMPLE - 2].rsplit(" ", 1)[0] + " …"
