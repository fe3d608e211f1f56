"""Whether a text ranks trusts or schools: no answer does."""

import re

_WHO = r"(?:trusts?|schools?|academ(?:y|ies)|MATs?|multi-academy trusts?|partnerships?|federations?|organisations?|providers?|colleges?|groups?)"
_BEST = (
    r"(?:best|worst|finest|greatest|strongest|weakest|poorest|leading|foremost|top|number one|no\. ?1|second[- ]best|unrivalled|unbeaten"
    r"|highest[- ]performing|top[- ]performing|lowest[- ]performing|most (?:effective|successful|improved|impressive|innovative|advanced|outstanding))"
)
_RANKS = re.compile(
    rf"\b{_BEST}(?:[- ](?!(?:practice|interests?|of|way|ways|to|for|on|at)\b)[\w’'-]+){{0,3}}? {_WHO}\b"
    rf"|\b(?:is|are|was|were|as|be|being|becomes?|became|remains?|ranks?|ranked|rated) (?:\w+ )?(?:the |among the |one of the |England[’']s |(?:the )?(?:country|nation)[’']s )+{_BEST}\b(?! (?:of|way|ways|practice|interests?|at|for|on|to|time|example)\b)"
    rf"|\b{_BEST} (?:performing |performer )?(?:in|across|of) (?:England|Britain|the (?:country|county|region|UK|nation|sector|world)|all\b|them all|any\b|(?:the )?(?:two|three|four|five|six)\b)"
    r"|\b(?:outperform(?:s|ed|ing)?|outranks?|outshines?|outclass(?:es|ed)?)\b"
    r"|\b(?:ranks?|ranked|ranking) (?:\w+ ){0,2}(?:first|second|third|top|bottom|highest|lowest|above|below|ahead|behind|\d)"
    r"|\bleague tables?\b"
    rf"|\b(?:better|worse|stronger|weaker|more (?:effective|successful|advanced|impressive)|less (?:effective|successful)|ahead of|further ahead) (?:than )?(?:at |in )?(?:any |most |all |every |many |the )*(?:other )?{_WHO}\b",
    re.IGNORECASE,
)
_BETTER_THAN_NAME = re.compile(
    r"\b(?:better|worse|stronger|weaker|[Mm]ore (?:effective|successful|advanced|impressive)|[Ll]ess (?:effective|successful)|more|less|faster|further)(?: [\w’'-]+){0,4} than (?:at |in |that of |those of )?(?P<name>[A-Z][\w’'-]+)"
)


def ranks(text: str, organisations: str = "") -> bool:
    """Whether a text sets one trust or school above or below another. `organisations`: the names that count as such."""
    if _RANKS.search(text):
        return True
    match = _BETTER_THAN_NAME.search(text)
    return bool(match and re.search(rf"\b{re.escape(match['name'])}\b", organisations))
