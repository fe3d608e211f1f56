"""Questions that found nothing or whose answer got a thumbs-down, by the component that they are about: counted, personal data masked."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

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


class Disliked(NamedTuple):
    """A question whose answer a reader did not find good."""

    question: str
    reason: str = ""
    """Which of the reasons offered was chosen; "" for none."""


class Asked(Noun):
    """Questions about one component that were not well answered."""

    component: str
    """Its id; "" for questions about none."""
    name: str
    times: int
    """How often such a question found nothing; one person may have asked several times."""
    different: int
    """How many of those differ in their words."""
    examples: tuple[str, ...]
    """The most frequent first, masked."""
    line: str
    down: int = 0
    """Thumbs-down on answers to other questions."""
    reasons: tuple[tuple[str, int], ...] = ()
    """Why, as readers chose, most often first."""
    down_examples: tuple[str, ...] = ()


def group_unanswered(questions: Iterable[str], shelf: Shelf, model: Model, disliked: Iterable[Disliked] = ()) -> tuple[Asked, ...]:
    """The questions by component, those asked most often first; those about no component last."""
    words: dict[str, str] = {}

    def key_of(question: str) -> str:
        masked = _short(mask(clean(question)))
        key = canonical(masked)
        if key not in words or (model.named_in(masked) and not model.named_in(words[key])):
            words[key] = masked  # "Connect" is the component, "connect" may be anything
        return key

    nothing = Counter(key for q in questions if (key := key_of(q)))
    reasons: dict[str, list[str]] = defaultdict(list)
    for given in disliked:
        if key := key_of(given.question):
            reasons[key].append(given.reason)
    keys = [key for key in words if key]
    groups: dict[str, list[str]] = defaultdict(list)
    for key, component in zip(keys, _components([words[k] for k in keys], shelf, model), strict=True):
        groups[component].append(key)
    order = sorted(groups, key=lambda id: (not id, -sum(nothing[k] + len(reasons.get(k, ())) for k in groups[id]), id))
    return tuple(_asked(id, groups[id], nothing, reasons, words, model) for id in order)


def _asked(id: str, keys: list[str], nothing: Counter[str], down: dict[str, list[str]], words: dict[str, str], model: Model) -> Asked:
    name = model.component(id).name if id else NO_COMPONENT
    about = f"about {f'*{name}*' if id else name}"
    vain = [k for k in keys if nothing[k]]
    poor = {k: down[k] for k in keys if k in down}
    times, thumbs = sum(nothing[k] for k in vain), sum(map(len, poor.values()))
    parts = []
    if times:
        many = f", in {counted(len(vain), 'wording')}" if times != len(vain) else ""
        parts.append(f"{counted(times, 'question')} {about} found nothing{many}")
    if thumbs:
        what = f"{counted(thumbs, 'answer')} got a thumbs-down"
        parts.append(what if times else f"{counted(thumbs, 'answer')} to questions {about} got a thumbs-down")
    why = Counter(reason for given in poor.values() for reason in given if reason)
    return Asked(
        component=id,
        name=name,
        times=times,
        different=len(vain),
        examples=tuple(words[k] for k in sorted(vain, key=lambda k: (-nothing[k], words[k]))[:EXAMPLES]),
        line=f"{'; '.join(parts)}.",
        down=thumbs,
        reasons=tuple(sorted(why.items(), key=lambda r: (-r[1], r[0]))),
        down_examples=tuple(words[k] for k in sorted(poor, key=lambda k: (-len(poor[k]), words[k]))[:EXAMPLES]),
    )


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
