"""Whether a claim leaves out what qualifies its quote, or turns it round: a "not", a "may", a "some", a rise for a fall.

Only what code can tell reliably: the claim must say again most of the words of the very clause that is qualified.
"""

import re
from collections.abc import Iterable, Sequence

from vectorstore.lexical import tokenize

SAME_CLAUSE = 0.6
"""The share of a clause's own words that a claim must have for it to be that clause said again."""
FEWEST_WORDS = 2
_CLAUSE = re.compile(r"[,;:.!?()]\s|\s[-–—]\s|\b(?:but|although|though|while|whereas|whilst|because|so that|and)\b")
_NOT = re.compile(
    r"\b(?:not|never|no longer|cannot|no|none|nobody|nothing|neither|nor|without|hardly|barely|scarcely)\b|n[’']t\b", re.IGNORECASE
)
_LEXICALLY_NOT = re.compile(
    r"\b(?:stop|stopp|ceas|remov|dropp?|abolish|scrap|abandon|lack|fail|refus|avoid|end|few|little|rather|instead|only|except|ban|prevent|replac|less|un\w|reject|"
    r"discontinu|de-|rid|absen|free|cut|away|oppos|against|deni|declin|miss|ditch|halt|withdr|exclud|unable|impossib)\w*",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|likely|unlikely|appears?|appeared|seems?|seemed|suggests?|suggested|potentially|hopes?|hoped|hoping|aims?|aimed|aiming"
    r"|plans?|planned|planning|intends?|intended|expects?|expected|believes?|believed|thinks?|thought|feels?|felt|early signs?|would|if|should|proposed?|proposes?|wants?|wanted|tends?|estimated?|estimates?|anecdotal(?:ly)?|indicates?|indicated|reports?|reported|says?|said|considers?|can)\b",
    re.IGNORECASE,
)
_STRICT_MAYBE = re.compile(
    r"\b(?:may|might|could|perhaps|possibly|probably|likely|appears?|appeared|seems?|seemed|potentially|hopes?|hoped|hoping|aims? to|aimed to|intends?|intended|expects?|expected|early signs?)\b(?! (?:20\d\d|\d))",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:some|a few|few|several|many|most|often|sometimes|usually|generally|typically|partly|in part|a handful|a minority|a majority|certain|occasionally|mainly|mostly|largely|nearly|almost|about|around|roughly|approximately|one|two|three|half|a number of)\b",
    re.IGNORECASE,
)
_STRICT_SOME = re.compile(
    r"\b(?:some|a few|several|most|sometimes|partly|in part|a handful of|a minority of|occasionally|almost|nearly)\b(?! of the (?:best|most))",
    re.IGNORECASE,
)
_ROSE = re.compile(
    r"\b(?:rose|rise|rises|risen|rising|increas\w+|grew|grow|grows|growing|grown|growth|climb\w*|doubl\w+|trebl\w+|tripl\w+|went up)\b",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"\b(?:fell|fall|falls|fallen|falling|decreas\w+|dropp\w+|drops?|declin\w+|reduc\w+|cut|cuts|cutting|halv\w+|shrank|shrunk|lower\w*|went down|fewer|less)\b",
    re.IGNORECASE,
)


def unqualified(claim: str, quotes: Sequence[str]) -> str:
    """What a claim leaves out of its quotes or turns round, in words; "" where nothing is found."""
    said = " ".join(quotes)
    if _turned(claim, said):
        return "a rise for a fall"
    if _NOT.search(claim) and not _NOT.search(said) and not _LEXICALLY_NOT.search(said):
        return "a not of its own"
    if _drops(claim, quotes, _NOT, (_NOT, _LEXICALLY_NOT)):
        return "a not left out"
    if _drops(claim, quotes, _STRICT_MAYBE, (_MAYBE,)):
        return "a maybe left out"
    if _drops(claim, quotes, _STRICT_SOME, (_SOME,)):
        return "a some left out"
    return ""


def omits_a_qualifier(omitted: str) -> bool:
    """Whether words left out of a quotation could change what the rest says."""
    return any(pattern.search(omitted) for pattern in (_NOT, _MAYBE, _SOME, _LEXICALLY_NOT)) or bool(
        re.search(
            r"\b(?:unless|until|except|although|though|but|however|only|despite|when|where|false|wrong|myth|claim\w*|argu\w+)\b",
            omitted,
            re.IGNORECASE,
        )
    )


def _turned(claim: str, said: str) -> bool:
    rose, fell = bool(_ROSE.search(claim)), bool(_FELL.search(claim))
    held_rose, held_fell = bool(_ROSE.search(said)), bool(_FELL.search(said))
    return (rose and not fell and held_fell and not held_rose) or (fell and not rose and held_rose and not held_fell)


def _drops(claim: str, quotes: Sequence[str], qualifier: re.Pattern[str], kept: Iterable[re.Pattern[str]]) -> bool:
    """Whether the claim says a qualified clause again without any such qualifier, and no plain clause says as much."""
    if any(pattern.search(claim) for pattern in kept):
        return False
    words = _own_words(claim)
    qualified = plain = 0.0
    for quote in quotes:
        for clause in _CLAUSE.split(quote):
            own = _own_words(qualifier.sub(" ", clause))
            if len(own) < FEWEST_WORDS:
                continue
            share = len(own & words) / len(own)
            if qualifier.search(clause):
                qualified = max(qualified, share)
            else:
                plain = max(plain, share)
    return qualified >= SAME_CLAUSE and qualified > plain


_WORDS = "we i you our us do does did has have had were been being am from what who which when how its so than also very more one"
_SMALL = frozenset(_WORDS.split())


def _own_words(text: str) -> set[str]:
    """The stems of a text's words that say something."""
    return set(tokenize([" ".join(w for w in re.findall(r"[\w’'-]+", text) if w.lower() not in _SMALL)])[0])
