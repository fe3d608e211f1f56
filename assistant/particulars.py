"""A particular that a question keeps to, of whoever it names: a term, a month, a day of the week, a subject, a national measure, a stage.

These are closed classes: what a document says of another term or subject is no answer, however near it lies, and a document that
speaks of the one asked for has its word, or one of the few that stand for it.
"""

import re
from collections.abc import Iterable

_MONTHS = {
    "autumn": ("september", "october", "november", "december"),
    "spring": ("january", "february", "march"),
    "summer": ("april", "may", "june", "july"),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SUBJECTS = {
    "maths": ("mathematics", "mathematical", "numeracy"),
    "mathematics": ("maths", "mathematical", "numeracy"),
    "science": ("sciences", "biology", "chemistry", "physics"),
    "history": ("humanities",),
    "geography": ("humanities",),
    "french": ("spanish", "german", "languages", "mfl"),
    "music": (),
    "drama": (),
    "phonics": (),
    "homework": (),
}
_SIXTH_FORM = (
    *("sixth forms", "sixth former", "sixth formers", "sixth-form", "sixth-former", "sixth-formers"),
    *("post-16", "key stage 5", "ks5", "year 12", "year 13"),
)
_STAGES = {
    "nursery": ("early years", "eyfs", "foundation stage", "pre-school"),
    "reception": ("early years", "eyfs", "foundation stage"),
    "early years": ("eyfs", "nursery", "reception", "foundation stage"),
    "sixth form": _SIXTH_FORM,
    **{
        f"key stage {n}": (f"ks{n}", f"ks {n}", *(f"year {year}" for year in years), *(f"key stages {a} and {n}" for a in range(1, n)))
        for n, years in {1: (1, 2), 2: (3, 4, 5, 6), 3: (7, 8, 9), 4: (10, 11), 5: (12, 13)}.items()
    },
}
_MONTHLY = {month: (term, "each term", "every term", "termly") for term, months in _MONTHS.items() for month in months}
_MEASURES = {
    "gcse": ("gcses", "key stage 4", "ks4"),
    "gcses": ("gcse", "key stage 4", "ks4"),
    "sats": ("key stage 2", "ks2"),
    "progress 8": ("p8",),
    "attainment 8": ("a8",),
    "effect size": ("effect sizes", "standard deviation", "standard deviations"),
    "a-level": ("a-levels", "a level", "a levels", "sixth form", *_SIXTH_FORM),
    "a-levels": ("a-level", "a level", "a levels", "sixth form", *_SIXTH_FORM),
}
SPOKEN_AS = {**_MONTHS, **_MONTHLY, **{day: (f"{day}s",) for day in _DAYS}, **_SUBJECTS, **_MEASURES, **_STAGES}
"""What may be asked for, in lower case, and what else speaks of it."""
_TERM = rf"\b({'|'.join(_MONTHS)}) terms?\b"
_DATE = rf"\b(?:in|on|for|during|by|last|next|each|every) ({'|'.join((*_MONTHLY, *_DAYS))})s?\b"
_SUBJECT = rf"\b({'|'.join((*_SUBJECTS, *_MEASURES, *_STAGES))})\b"
_ASKED = [re.compile(pattern, re.IGNORECASE) for pattern in (_TERM, _DATE, _SUBJECT)]


def never_spoken_of(question: str, texts: Iterable[str]) -> str:
    """The first particular of the question that none of the texts speaks of, as the question writes it; or ""."""
    asked = [match[1] for pattern in _ASKED for match in pattern.finditer(question)]
    if not asked:
        return ""
    said = "\n".join(texts)
    return next((word for word in asked if not _speaks_of(word.lower(), said)), "")


def _speaks_of(particular: str, text: str) -> bool:
    words = "|".join("(?-i:May)" if word == "may" else word for word in (particular, *SPOKEN_AS[particular]))  # not "staff may"
    return bool(re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))
