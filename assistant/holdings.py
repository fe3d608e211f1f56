"""Questions about the library itself: what is held, how much, of whom, and what can be asked. Counts and names by code, no claim."""

import re
from collections import Counter

from assistant.shelf import Shelf
from assistant.wording import counted, join_names, kind_of, name_of
from hub.domain import CASE_STUDY

_HELD = r"(?:case stud(?:y|ies)|documents?|sources?|organisations?|trusts?|schools?|papers?|guides?|policies|evidence|information|data)"
_HERE = r"(?:(?:do|does|can) (?:you|this|the (?:library|hub|assistant)) (?:hold|have|know|contain|cover|include|use)|(?:(?:is|are) (?:there )?)?(?:held|in (?:this|the|your) (?:library|hub|collection|assistant|store))|(?:is|are) here)"
_ASKED = re.compile(
    rf"^(?:and |so )?(?:how (?:many|much)|what|which|list|show)(?: me)?(?: all)?(?: the)?(?: kinds? of)? {_HELD} (?:there )?{_HERE}\W*$"
    r"|^what(?:['’]s| is| do you have| does it hold)?(?: held)?(?: in)? (?:this|the|your) (?:library|collection)(?: hold| contain)?\W*$"
    r"|^what (?:can|could|should|may) (?:i|we|you|one|this|it)\b.{0,25}\b(?:ask|do|answer|help)\b.{0,20}$"
    r"|^who (?:made|built|runs|are) (?:you|this(?: (?:assistant|tool|app|site|library))?)\W*$"
    r"|^(?:what|who) are you\W*$|^what is this\W*$|^how (?:do|does) (?:you|this(?: (?:assistant|tool|app|library))?|it) work\W*$|^(?:help|hello|hi)\W*$",
    re.IGNORECASE,
)
MOST_NAMED = 30


def asks_of_holdings(question: str) -> bool:
    """Whether a question is about the library, not about what stands in it."""
    return bool(_ASKED.search(" ".join(question.split())))


def describe_holdings(shelf: Shelf) -> str:
    """What is held, in numbers and names, and what can be asked of it."""
    sources = list(shelf.sources.values())
    kinds = Counter(kind_of(s) for s in sources)
    lines = [
        f"**This library holds {counted(len(sources), 'document')}**: {join_names([counted(n, kind, _many(kind)) for kind, n in kinds.most_common()])}."
    ]
    dates = sorted(s.published[:4] for s in sources if s.published)
    if dates:
        lines.append(
            f"Where they say when they were published, they are of {dates[0]}{f' to {dates[-1]}' if dates[-1] != dates[0] else ''}."
        )
    names = sorted({name_of(s) for s in sources if s.kind == CASE_STUDY})
    if names:
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        lines.append(f"\nIts case studies are of {join_names(names) if not more else ', '.join(names[:MOST_NAMED]) + more}.")
    if any(s.illustrative for s in sources):
        lines.append("\nThese are invented examples, for a first look: do not cite them.")
    lines.append(
        "\nYou can ask what a component of the model means, how others handled it, what one trust or school did, to compare several, or to find "
        "a case study by topic, phase, size or place. Answers are the documents' own words; what is not held is said to be missing. "
        "This is an assistant over these documents, and no service of the Confederation of School Trusts."
    )
    return "\n".join(lines)


def _many(kind: str) -> str:
    return "case studies" if kind == "case study" else "policies" if kind == "policy" else f"{kind}s"
