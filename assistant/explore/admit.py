"""What may be walked of a reader's own text: the guard's rules for one long text, as `assistant/guard.py` has them for a question."""

from collections.abc import Iterator

from assistant.disclosure import Disclosures
from assistant.explore.strategy import PARAGRAPH, check_text
from assistant.guard import CRISIS_TEXT, SAFEGUARDING_TEXT
from assistant.journey import JourneyEnds
from assistant.masks import mask
from assistant.misuse import as_read
from hub.plain import HIDDEN, clean
from hub.sentences import split_sentences

MOST_TOGETHER = 1_500
"""Characters that are read as one message."""
WHERE = "It is about line {line} of your text. If that is a general point, put it about schools, not about one person, or leave it out; then trace it again."


def admit(text: str, disclosures: Disclosures) -> str:
    """The text with personal data masked. JourneyEnds where a passage of it tells of a person at risk; ExploreError where it cannot be read.

    Passage by passage: a disclosure is as short in a long text as in a question, and would be lost in the whole.
    """
    text = HIDDEN.sub("", check_text(text).replace("\r\n", "\n").replace("\r", "\n"))
    for start, words in _passages(text):
        if kind := disclosures.kind_of(as_read(clean(words))):
            said = (CRISIS_TEXT if kind == "crisis" else SAFEGUARDING_TEXT).rpartition("If you meant a general question")[0]
            where = WHERE.format(line=text.count("\n", 0, start) + 1)
            raise JourneyEnds("blocked", kind, f"{said}{where}", "blocked", keep_question=False)
    return mask(text)


def _passages(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs and items with where they begin; of a long one, a few sentences at a time."""
    for paragraph in PARAGRAPH.finditer(text):
        begin = end = paragraph.start()
        for _, sentence_end in split_sentences(paragraph[0]):
            if end > begin and paragraph.start() + sentence_end - begin > MOST_TOGETHER:
                yield begin, text[begin:end]
                begin = end
            end = paragraph.start() + sentence_end
        if text[begin:end].strip():
            yield begin, text[begin:end]
