"""The fourth step: the passages that may hold the answer, and their sentences by how well they fit the question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.answer_forms import form_of_answer
from assistant.journey import Candidate, Evidence, Understood
from assistant.names import of_phase, of_regions
from assistant.shelf import Shelf
from assistant.size import of_size
from hub.domain import CASE_STUDY, Chunk, Passage, Sentence
from vectorstore.index import Hit
from vectorstore.lexical import tokenize

NEAR = 40
"""Sentences that count as near, best first."""
MOST_PASSAGES = 12
ALIGNED = 2
"""Passages that are read word by word."""
MOST_TAGGED = 60
SPOKEN_OF = 0.7
"""The share of the question's weight that a passage has of whoever is named, from which nobody else need be looked to."""
_WEIGHTS: Mapping[str, float] = {
    "sentence": 1.0,
    "passage": 0.5,
    "words": 0.3,
    "passage_words": 0.3,
    "about": 0.4,
    "figure": 0.3,
    "form": 0.3,
    "footnote": -0.35,
    "short": -0.15,
    "fragment": -0.35,
    "label": -0.3,
    "opens_list": -0.1,
    "context": 0.5,
}
"""What a sentence's features count for; `python -m evals.benchmarks.sentences` prints what each adds."""
_ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|late|long|often|old|big|large|far|soon)\b|\bwhat (?:share|time|percentage|percent|proportion|number|year|date|score|results?)\b|\bby how\b|\bwhen\b|\bwhich year\b|\bin how\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[A-Z][\w ]{2,28}: \S.{0,90}(?<![.!?])$")
"""A form's line: "Number of pupils: 1,000"."""
_HAS_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|third|quarter|monday|friday|january|march|june|september|weekly|daily|hour|minutes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class _Found:
    """What the search brought, side by side."""

    hits: list[Hit]
    chunks: list[Chunk]
    vectors: list[np.ndarray]
    """float32 [sentences, dimensions] of each chunk."""
    stems: list[set[str]]
    """The stemmed words of each chunk, its headings' too."""


def retrieve(understood: Understood, shelf: Shelf, vector: np.ndarray, matter: np.ndarray | None = None) -> Evidence:
    """As many chunks as the settings say, by fused search, within the organisations named, and their sentences scored.

    `vector` is the question's; `matter`, where it is another, that of the question without the names in it.
    """
    matter = vector if matter is None else matter
    inside = _within(understood, shelf)
    hits = shelf.search(vector, understood.question, shelf.settings.passages, inside)
    if inside == set() and understood.sources is None:
        hits = shelf.search(vector, understood.question, shelf.settings.passages)  # the nearest, for the refusal
    hits = [hit for hit in hits if hit.chunk in shelf.chunks]
    hits += _about_component(understood, shelf, inside, {hit.chunk for hit in hits})
    chunks = [shelf.chunks[hit.chunk] for hit in hits]
    found = _Found(hits, chunks, shelf.sentence_vectors(chunks), [set(s) for s in tokenize([c.embed_text for c in chunks])])
    candidates = _score(understood, shelf, matter, found)
    passages = tuple(
        Passage(
            chunk=c.id, source=c.source, page=c.place.page, start=c.start, end=c.end, rank=rank,
            scores={"fused": round(h.fused, 4), "dense": round(h.dense, 4), "lexical": round(h.lexical, 3)},
        )
        for rank, (h, c) in enumerate(zip(hits[:MOST_PASSAGES], chunks[:MOST_PASSAGES], strict=True), 1)
    )  # fmt: skip
    signals = _signals(understood, shelf, vector, found)
    others = _others(understood, shelf, matter, found, inside)
    compared, instead = _compare_with(others, understood, shelf, matter, found)
    return Evidence(tuple(chunks), passages, tuple(candidates), signals | compared, instead, tuple(others))


def _within(understood: Understood, shelf: Shelf) -> set[str] | None:
    if understood.sources is not None:
        return set(understood.sources)
    if understood.route not in ("how_others", "find") or not (understood.phase or understood.regions or understood.size):
        return None
    return in_context(understood, shelf)


def in_context(understood: Understood, shelf: Shelf) -> set[str]:
    """The case studies of the phase, region and size that the question names."""
    studies = shelf.case_studies()
    inside = {s.id for s in studies}
    if understood.size:
        inside &= of_size(studies, understood.size)
    if understood.phase:
        inside &= of_phase(studies, understood.phase)
    if understood.regions:
        inside &= of_regions(studies, understood.regions)
    return inside


def _about_component(understood: Understood, shelf: Shelf, inside: set[str] | None, found: set[str]) -> list[Hit]:
    """The passages tagged with the component asked about that the search did not bring."""
    if not understood.components or understood.route not in ("define", "examples", "how_others"):
        return []
    tagged = [c for c, _ in shelf.about(understood.components[0]) if c.id not in found and (inside is None or c.source in inside)]
    return [Hit(chunk.id, fused=0.0, dense=0.0, lexical=0.0) for chunk in tagged[:MOST_TAGGED]]


_ASKING = frozenset(
    tokenize(
        [
            "who whose whom what which how when where why does do did done doing has have had having can could should would will may might must "
            "am being been we us our you your they their them he she his her i me my its it's there any anyone anybody someone some many much also just really "
            "please tell show give say said"
        ]
    )[0]
)
"""Words that make a sentence a question, and are not what it is about."""


def question_words(understood: Understood) -> set[str]:
    """The stemmed words that tell what the question is about, without those of the names it holds."""
    names = set(tokenize([" ".join(understood.names)])[0])
    words = set(tokenize([understood.question])[0]) - names
    return words - _ASKING or words


def nameless(understood: Understood) -> str:
    """The question without the names of whoever is asked about: their documents are searched alone, and of these the ones that say the
    name are not nearer to the matter."""
    if len(understood.names) != 1:
        return understood.question
    named = {word.lower() for name in understood.names for word in re.findall(r"\w+", name)}
    return " ".join(w for w in understood.question.split() if not set(re.findall(r"\w+", w.lower())) & named)


def _score(understood: Understood, shelf: Shelf, matter: np.ndarray, found: _Found) -> list[Candidate]:
    wanted, words = question_words(understood), shelf.words
    asks_figure, form = bool(_ASKS_FIGURE.search(understood.question)), form_of_answer(understood.asked)
    texts = [_text(c, s) for c in found.chunks for s in c.sentences]
    stems = iter(tokenize([f"{s.lead} {t}" for (c, s), t in zip(((c, s) for c in found.chunks for s in c.sentences), texts, strict=True)]))
    plain = iter(texts)
    contexts = {c.source: set(tokenize([" ".join(shelf.sources[c.source].context.model_dump().values())])[0]) for c in found.chunks}
    candidates = []
    for hit, chunk, of_chunk, chunk_stems in zip(found.hits, found.chunks, found.vectors, found.stems, strict=True):
        source = shelf.sources[chunk.source]
        passage_words = words.coverage(wanted, chunk_stems)
        context = words.coverage(wanted, contexts[source.id]) if understood.route == "find" else 0.0
        for sentence, sentence_vector in zip(chunk.sentences, of_chunk, strict=True):
            text, said = next(plain), set(next(stems))
            if (chunk.id, sentence.start) in shelf.furniture_spots:
                continue
            features = {
                "sentence": float(sentence_vector @ matter),
                "passage": hit.fused,
                "words": words.coverage(wanted, said),
                "passage_words": passage_words,
                "about": float(understood.sources is not None and source.id in understood.sources),
                "figure": float(asks_figure and bool(_HAS_FIGURE.search(text))),
                "form": form(text) if form else 0.0,
                "footnote": float(chunk.kind == "footnote"),
                "short": float(len(text.split()) < 5),
                "fragment": float(_is_fragment(text, sentence)),
                "label": float(bool(_LABEL.match(text))),
                "opens_list": float(text.endswith(":")),
                "context": context,
            }
            score = sum(_WEIGHTS[name] * value for name, value in features.items())
            candidates.append(Candidate(chunk, sentence, source, text, score, sentence_vector, features))
    return sorted(candidates, key=lambda c: -c.score)


def _text(chunk: Chunk, sentence: Sentence) -> str:
    return chunk.text[sentence.start - chunk.start : sentence.end - chunk.start]


def _is_fragment(text: str, sentence: Sentence) -> bool:
    """Not a statement by itself: a label, a piece of a list without its lead, a bare question of a form."""
    return not sentence.lead and not sentence.row and (text[:1].islower() or not re.search(r"[.!?:;…][\"'”’)\]]*$", text))


def _signals(understood: Understood, shelf: Shelf, vector: np.ndarray, found: _Found) -> dict[str, float]:
    """What the decision on enough evidence looks at: the best cosines, and how well the first passages answer to the question word by
    word."""
    signals = {
        "sentence": _nearest(found.vectors, vector),
        "chunk": max((h.dense for h in found.hits), default=0.0),
    }
    if shelf.aligner and found.chunks:
        names = set(" ".join(understood.names).lower().split())
        best = max(shelf.aligner.align(understood.question, found.chunks[:ALIGNED], names), key=lambda a: a.mean)
        signals |= {"aligned": best.mean, "weakest": best.weakest}
    return signals


def _own(understood: Understood, shelf: Shelf, found: _Found) -> float:
    """The share of the question's weight in the best passage of whoever is named; 1 where nobody is."""
    if understood.sources is None:
        return 1.0
    wanted = question_words(understood)
    ours = (stems for chunk, stems in zip(found.chunks, found.stems, strict=True) if chunk.source in understood.sources)
    return max((shelf.words.coverage(wanted, stems) for stems in ours), default=1.0)


def _others(understood: Understood, shelf: Shelf, matter: np.ndarray, found: _Found, inside: set[str] | None) -> list[Chunk]:
    """The nearest case studies' passages of others than those that the question keeps to, where these may not speak of it."""
    if not inside or understood.route not in ("lookup", "overview", "how_others", "find"):
        return []
    if understood.sources is not None and _own(understood, shelf, found) >= SPOKEN_OF:
        return []
    hits = shelf.search(matter, nameless(understood), MOST_PASSAGES)
    nearest = [shelf.chunks[hit.chunk] for hit in hits if hit.chunk in shelf.chunks]
    return [c for c in nearest if c.source not in inside and shelf.sources[c.source].kind == CASE_STUDY]


def _compare_with(
    others: list[Chunk], understood: Understood, shelf: Shelf, matter: np.ndarray, found: _Found
) -> tuple[dict[str, float], frozenset[str]]:
    """How much better another organisation's passage answers to the question's words, and its sentences to its sense, than those of the
    one that is named; and that other's source. What is asked of the wrong school is near to nothing of its own, and very near to the
    right one's."""
    if understood.sources is None or understood.route not in ("lookup", "overview"):
        return {}, frozenset()
    own = _own(understood, shelf, found)
    if not others:
        return {"own": own}, frozenset()
    wanted = question_words(understood)
    covered = [shelf.words.coverage(wanted, set(stems)) for stems in tokenize([c.embed_text for c in others])]
    best = int(np.argmax(covered))
    ours = [vectors for chunk, vectors in zip(found.chunks, found.vectors, strict=True) if chunk.source in understood.sources]
    nearer = _nearest(shelf.sentence_vectors([others[best]]), matter) - _nearest(ours, matter)
    return {"own": own, "elsewhere": covered[best], "nearer": nearer}, frozenset({others[best].source})


def _nearest(vectors: list[np.ndarray], vector: np.ndarray) -> float:
    """The best cosine of any sentence."""
    return max((float((v @ vector).max()) for v in vectors if len(v)), default=0.0)


def near_sentences(understood: Understood, evidence: Evidence) -> list[Candidate]:
    """The best sentences, of whoever is named."""
    inside = understood.sources
    return [c for c in evidence.candidates if inside is None or c.source.id in inside][:NEAR]
