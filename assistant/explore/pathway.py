"""From what a strategy means to improve to a whole look at how: three strands, twelve components, each with what the reader can work from."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.compose_model import definition_row, row_quotes
from assistant.explore.asking import Asking, load_questions
from assistant.explore.coverage import Map
from assistant.explore.levels import Found
from assistant.explore.near import Own, Wish, in_words, nearness, read_own, share_met
from assistant.explore.quoting import Citer
from assistant.explore.strategy import Said, check_text, said_of
from assistant.wording import context_of, counted, join_names, name_of
from hub.components import Component
from hub.domain import Citation, Noun, Source

ORGANISATIONS = 3
QUOTES_OF_EACH = 2
EXAMPLES = 2
NOT_A_RECIPE = (
    "The model says what improvement has to attend to. It is not a recipe and nothing here is scored: start anywhere, and expect to come back. "
    "That your text says nothing yet of a component may be right for now."
)
ON_PRACTICE = "What others did is evidence from where they are, not advice. Those nearest to your trust come first; where a case study is unlike it, that is said."


class Practice(Noun):
    """What one organisation did, with how near it is to the reader's trust."""

    organisation: str
    name: str
    """The school, where one is named, with its organisation."""
    context: str
    wishes: tuple[Wish, ...]
    near: str
    """The wishes, in words."""
    confirmed: bool
    quotes: tuple[Citation, ...]


class Return(Noun):
    """Where an answer may lead back to."""

    component: str
    name: str
    why: str


class Stop(Noun):
    """One component on the way."""

    component: str
    name: str
    strand: str
    gloss: str
    """Ours, for where no paper is held."""
    model: tuple[Citation, ...]
    """What the model asks here, then examples."""
    questions: tuple[str, ...]
    practice: tuple[Practice, ...]
    practice_line: str
    said: tuple[Said, ...]
    """What the strategy's own text says."""
    said_line: str
    returns: tuple[Return, ...]
    notes: str = ""
    """Room for the reader's own."""


class Pathway(Noun):
    """The whole walk. It holds quotes of the reader's text and nothing else of it."""

    own: Own
    strands: tuple[str, ...]
    stops: tuple[Stop, ...]
    said_of: int
    """Of how many components the text says something."""
    line: str
    notices: tuple[str, ...] = (NOT_A_RECIPE, ON_PRACTICE)
    illustrative: bool = False
    generation: str = ""


@dataclass(frozen=True)
class _Way:
    """What every stop is made from."""

    atlas: Map
    own: Own
    said: Mapping[str, tuple[Said, ...]]
    towards: np.ndarray
    asked: Mapping[str, Asking]
    citer: Citer


def trace(atlas: Map, text: str, phase: str = "", region: str = "", schools: int = 0) -> Pathway:
    """The pathway of a strategy's text. Nothing of it is kept. ExploreError where it cannot be read."""
    check_text(text)
    model = atlas.model
    asked = load_questions(model)
    said, towards = said_of(text, atlas.shelf, model, asked)
    way = _Way(atlas, read_own(text, phase, region, schools), said, towards, asked, Citer(atlas.quoter))
    stops = tuple(_stop(way, component) for component in model.components)
    spoken, silent = [s.name for s in stops if s.said], [s.name for s in stops if not s.said]
    line = " ".join(
        [
            f"Your text speaks of {join_names(spoken)}." if spoken else "",
            f"It says nothing yet, that we could find, of {join_names(silent)}." if silent else "",
            "It is not a score: read your own text again before you rely on a gap.",
        ]
    ).strip()
    return Pathway(
        own=way.own,
        strands=tuple(s.name for s in model.strands),
        stops=stops,
        said_of=len(spoken),
        line=line,
        illustrative=any(c.illustrative for s in stops for p in s.practice for c in p.quotes),
        generation=atlas.shelf.generation,
    )


def _stop(way: _Way, component: Component) -> Stop:
    model, asking = way.atlas.model, way.asked[component.id]
    said = way.said.get(component.id, ())
    meaning = _meaning(way, component.id)  # cited before the practice: numbers follow the reading
    practice, line = _practice(way, component)
    return Stop(
        component=component.id,
        name=component.name,
        strand=model.strand(component.strand).name,
        gloss=component.gloss,
        model=meaning,
        questions=tuple(asking.questions),
        practice=practice,
        practice_line=line,
        said=said,
        said_line="" if said else "Your text says nothing of this yet that we could find.",
        returns=tuple(Return(component=r.to, name=model.component(r.to).name, why=r.why) for r in asking.returns),
    )


def _meaning(way: _Way, id: str) -> tuple[Citation, ...]:
    shelf = way.atlas.shelf
    row = definition_row(id, shelf)
    if row is None:
        return ()
    definition, examples = row_quotes(row, shelf)
    return way.citer.cite([*definition, *examples[:EXAMPLES]])


def _practice(way: _Way, component: Component) -> tuple[tuple[Practice, ...], str]:
    """What the organisations nearest to the reader's trust did, and a line on how many that is of."""
    described = [f for f in way.atlas.practice(component.id) if f.rated.level == "described"]
    held = len({s.organisation for s in way.atlas.shelf.case_studies()})
    shown: list[Practice] = []
    seen: set[str] = set()
    for found in _nearest_first(way, described):
        known = _known_as(found.source)
        if not known & seen and len(shown) < ORGANISATIONS and (practice := _told(way, found)):
            shown.append(practice)
            seen |= known
    many = len({f.source.organisation for f in described})
    if not many:
        return (), f"None of the {counted(held, 'organisation')} held describes this: a gap in what we hold."
    nearer = sum(any(w.verdict in ("met", "in part") for w in p.wishes) for p in shown)
    like = ""
    if way.own.said:
        like = f", {_how_many(nearer, len(shown))}like your trust in phase, region or size"
    return tuple(
        shown
    ), f"{many} of the {counted(held, 'organisation')} held {'describes' if many == 1 else 'describe'} this; {len(shown)} shown here{like}."


def _known_as(source: Source) -> set[str]:
    """Its organisation and its school: one school may have told of itself under its own name and under its trust's."""
    return {name.casefold() for name in (source.organisation, source.context.school) if name}


def _how_many(some: int, of: int) -> str:
    if of == 1:
        return "" if some else "not "
    return f"{'none' if not some else 'each' if some == of else f'{some} of them'} "


def _nearest_first(way: _Way, described: list[Found]) -> list[Found]:
    """By how many wishes are met, then what staff confirmed, then how near the passages are to what the strategy is after."""

    def topical(found: Found) -> float:
        vectors = way.atlas.shelf.sentence_vectors([chunk for chunk, _ in found.passages])
        return max((float((v @ way.towards).max()) for v in vectors if len(v)), default=0.0)

    return sorted(
        described, key=lambda f: (-share_met(nearness(way.own, f.source)), f.rated.basis != "confirmed", -topical(f), f.source.id)
    )


def _told(way: _Way, found: Found) -> Practice | None:
    quotes = way.citer.cite(way.atlas.quoter.choose([found], QUOTES_OF_EACH, towards=way.towards))
    if not quotes:
        return None
    wishes = nearness(way.own, found.source)
    return Practice(
        organisation=found.source.organisation,
        name=name_of(found.source),
        context=context_of(found.source),
        wishes=wishes,
        near=in_words(wishes),
        confirmed=found.rated.basis == "confirmed",
        quotes=quotes,
    )
