"""Who a question asks about by a short name: "How did Elmwood cut marking?", where no source is of an Elmwood."""

import re
from collections.abc import Iterable

from hub.places import regions_in

_NAME = r"[A-Z][\w’'&-]*[\w](?:\s+(?:of\s+|and\s+|&\s+)?[A-Z][\w&-]*\w)*"
_DOES = re.compile(
    rf"(?:[Hh]ow|[Ww]hy|[Ww]hat|[Ww]hen|[Ww]here)\s+(?:did|has|have|had)\s+(?:the\s+)?({_NAME})(?:['’]s)?\s+"
    r"(?!mean|say|said|state|argue|define|suggest|describe|think|believe|write|wrote|find|found|conclude|recommend|call|cite|affect|come)[a-z]"
)
"""One who did something; not one who said something: authors are cited, and no case study is of them."""
_AT = re.compile(r"\b(?:at|from)\s+((?:[A-Z][\w’'&-]+\s+)+(?:[A-Z][\w’'&-]*\w))")
_KNOWN = frozenset(["england", "britain", "uk", "ofsted", "cst", "dfe", "eef", "government", "parliament", "key", "stage", "year", "term"])


def doers_in(text: str) -> list[str]:
    """Names of those who did what a question asks about, as far as its grammar tells."""
    found = [re.sub(r"['’]s$", "", m[1]) for pattern in (_DOES, _AT) for m in pattern.finditer(text)]
    return [name for name in found if not {w.lower() for w in name.split()} & _KNOWN and not regions_in(name)]


def is_a_name(name: str, texts: Iterable[str]) -> bool:
    """Whether words with capitals are a name: none of them stands in the texts without one. "Teachers" does."""
    words = [re.compile(rf"\b{re.escape(w.lower())}\b") for w in re.findall(r"\w+", name) if len(w) > 2]
    texts = list(texts)
    return bool(words) and not any(word.search(text) for word in words for text in texts)
