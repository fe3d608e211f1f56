"""How well a passage answers to a question word by word: late interaction, after ColBERT (Khattab and Zaharia, 2020).

Each token of the question looks for its nearest token, in context, in two neighbouring sentences of a passage; the mean of these cosines
is the alignment. A passage that is merely on the topic leaves some word of the question without a partner, which one vector a passage
cannot show. Two sentences and no more, and no title: what is asked must be said in one place.
"""

import re
from collections import OrderedDict
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np

from hub.domain import Chunk
from hub.embedder import MiniLM, Tokens

WINDOW = 2
"""Sentences side by side."""
HELD = 128
"""Passages whose tokens stay in memory: some 30 MB."""
WEAKEST = 2
"""Tokens of the question that are farthest from the passage."""


@dataclass(frozen=True)
class Alignment:
    """How well the best window of a passage answers to a question."""

    mean: float = 0.0
    """Mean cosine of the question's tokens to their nearest in the window."""
    weakest: float = 0.0
    """Mean cosine of the two tokens that it answers to least."""


@dataclass(frozen=True, eq=False)
class _Read:
    vectors: np.ndarray
    """float16 [tokens, 384]."""
    sentence: np.ndarray
    """int64 [tokens]: the number of the sentence that a token stands in, -1 for none."""


class Aligner:
    """Aligns questions with passages. Safe for several threads."""

    def __init__(self, reader: MiniLM) -> None:
        self._reader = reader
        self._held: OrderedDict[str, _Read] = OrderedDict()
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(reader.threads, thread_name_prefix="align")

    def align(self, question: str, chunks: Sequence[Chunk], leave_out: Collection[str] = ()) -> list[Alignment]:
        """The best window of each chunk. The words in `leave_out` are not looked for: a document seldom names itself in each sentence."""
        tokens = self._reader.read(question)
        kept = np.array([question[start:end].lower() not in leave_out for start, end in _whole_words(question, tokens)], dtype=bool)
        asked = tokens.vectors[kept] if kept.any() else tokens.vectors
        return [_best_window(asked, read) for read in self._passages(chunks)]

    def partners(self, question: str, chunks: Sequence[Chunk]) -> dict[str, float]:
        """For each word of the question, in lower case, the cosine of its nearest word anywhere in the chunks; 0 where there are none."""
        tokens = self._reader.read(question)
        nearest = np.zeros(len(tokens.vectors), dtype=np.float32)
        for read in self._passages(chunks):
            if len(read.vectors):
                nearest = np.maximum(nearest, (tokens.vectors @ read.vectors.T.astype(np.float32)).max(axis=1))
        pieces: dict[str, list[float]] = {}
        for (start, end), cosine in zip(_whole_words(question, tokens), nearest.tolist(), strict=True):
            pieces.setdefault(question[start:end].lower(), []).append(cosine)
        return {word: sum(cosines) / len(cosines) for word, cosines in pieces.items()}

    def _passages(self, chunks: Sequence[Chunk]) -> list[_Read]:
        return list(self._pool.map(self._passage, chunks))

    def _passage(self, chunk: Chunk) -> _Read:
        with self._lock:
            if chunk.id in self._held:
                self._held.move_to_end(chunk.id)
                return self._held[chunk.id]
        heading = f"{chunk.embed_text.partition(chr(10))[0]}\n"  # the title and the headings: they tell what "it" is
        tokens = self._reader.read(heading + chunk.text)
        starts = tokens.spans[:, 0] - len(heading) + chunk.start
        sentence = np.full(len(starts), -1)
        for number, span in enumerate(chunk.sentences):
            sentence[(starts >= span.start) & (starts < span.end)] = number
        read = _Read(tokens.vectors.astype(np.float16), sentence)
        with self._lock:
            self._held[chunk.id] = read
            if len(self._held) > HELD:
                self._held.popitem(last=False)
        return read


def _best_window(question: np.ndarray, passage: _Read) -> Alignment:
    best = Alignment()
    if not len(question) or not len(passage.vectors):
        return best
    cosines = question @ passage.vectors.T.astype(np.float32)
    for first in range(max(1, int(passage.sentence.max()) - WINDOW + 2)):
        inside = (passage.sentence >= first) & (passage.sentence < first + WINDOW)
        if inside.any():
            nearest = np.sort(cosines[:, inside].max(axis=1))
            if (mean := float(nearest.mean())) > best.mean:
                best = Alignment(mean, float(nearest[:WEAKEST].mean()))
    return best


def _whole_words(text: str, tokens: Tokens) -> list[tuple[int, int]]:
    """The word that each token is a piece of."""
    words = [match.span() for match in re.finditer(r"\w+(?:['’-]\w+)*", text)]
    return [next(((a, b) for a, b in words if a <= start and end <= b), (start, end)) for start, end in tokens.spans.tolist()]
