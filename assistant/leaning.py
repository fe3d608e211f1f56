"""Whether a question leans on the conversation before it, or can be read alone."""

import re

CONTINUES = re.compile(
    r"^(?:what about|how about|what else|anything else|any others?|any more|any (?:in|at|from|of)\b|any\b[\w ]{0,30}\b(?:ones|examples)\b|which ones?|why\b\W*$|how so|for example|such as|more\b|tell me more|go on|who\?|when\?|where\?"
    r"|(?:can you |could you |please )?(?:give|show|tell) (?:me |us )?(?:an |some |another |more )?(?:examples?|more)\b\W*$|an? example\b\W*$|(?:who|what|which|when|how) (?:\w+ed|led|ran|began|paid|chose)\W*$)",
    re.IGNORECASE,
)
"""How a continuation begins, once "and", "but" and the like are taken off."""
FILLER = re.compile(
    r"^(?:(?:and|but|so|or|also|then|ok(?:ay)?|thanks|thank you|right|great|good)(?:[,.\s]+|(?=\W*$)))+(?!a\b)", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|that|those|these|this|there|he|she|his|her|him)\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:use[ds]?|using|run|ran|have|had|tried|set up|made|such an?|the (?:first|second|third|last|other)) one\b(?!\s+(?:of|in [a-z]+,)|-)"
    r"|\b(?:is|are) there (?:one|any|some)(?=\s+(?:in|at|near|for|with|from)\b|\W*$)",
    re.IGNORECASE,
)
"""A thing called "one": "Has anyone used one with support staff?"."""
_SAME = re.compile(
    r"\bthe same\b(?! \w+)|\b(?:do|does|did|done) (?:so|likewise)\b|\b(?:of|for|in|from) (?:each|both)\W*$|\bthe (?:most \w+|\w{3,}est)(?: ones?)?\W*$",
    re.IGNORECASE,
)
"""A thing not said again: "Has anyone done the same?", "Show me the latest"."""
_WHOLE = re.compile(
    r"^(?:what|who|when|where|why|how|which|is|are|do|does|did|has|have|can|find|list|show|compare|define|explain|tell)\b.*\w{3,}.*\?$",
    re.IGNORECASE,
)
"""A short question that is whole all the same: "What is PDSA?"."""
CONTENT = re.compile(r"[A-Za-z][\w’'-]{3,}")
_WORD = re.compile(r"[A-Za-z][\w’'-]{2,}")
_TOPICLESS = frozenset(
    _WORD.findall("""
    what who when where why how which does did are is was were has have had can could would should will the and for with from you
    many much long late often far soon more most any some about there been being get got give gave say said think thought tell
    show take took taken part involved happen happened change changed changes result results outcome outcomes impact impacts
    effect effects cost costs evidence example examples challenge challenges difficulty difficulties drawback drawbacks barrier
    barriers limit limits lesson lessons learn learned learnt next first steps step work worked staff teachers pupils parents
    leaders people else one ones other others then now reason reasons difference differences saving savings benefit benefits
    downside downsides problem problems over under into onto around back down charge anyone anybody someone somebody
""")
)
"""Words that ask after a topic and are none: a question made of them alone is about what was spoken of before."""
_OWN_REFERENT = re.compile(
    r"\b(?:how many|are|is|was|were) [\w ]{0,30}\bthere\b"
    r"|\b(?:schools?|trusts?|emails?|things?|people|those|one|ones|initiatives?|practices?|staff|teachers?|leaders?|number of \w+|(?!is\b|was\b|does\b|has\b)\w+s) that\b(?: (?:they|we|it)\b)?"
    r"|\bthat (?:they|we|it)\b"
    r"|\b(?:this|that|these|those) (?:school|trust|case study|paper|guide|model|library|hub|component|strand)s?\b|\b(?:is|are) there\b"
    r"|\bthat\b(?= (?:is|are|was|were|has|have|do|does|did|use|uses|used|plays?|shares?|cut|can))"
    # "How do schools improve their marking?": whose it is stands in the question
    r"|\b(?:schools|trusts|academies|others|teachers|leaders|heads|headteachers|staff|pupils|people|parents|governors)\b[^?]*?\b(?:their|they)\b"
    r"|\b(?:an?|the|each|every|one|another) (?:\w+ ){0,2}(?:school|trust|academy|model|paper|library)\b[^?]*?\bits\b"
    r"|(?<=[a-z] )(?-i:[A-Z][\w’'-]+)[^?]*?\b(?:its|their)\b",  # "What does Larkendale use for its payroll?"
    re.IGNORECASE,
)
"""A pronoun with what it stands for inside the question."""
_SECOND_CLAUSE = re.compile(
    r",? (?:and|but|or) (?:who|what|how|when|where|why|which|did|does|do|is|are|was|were|has|have|can)\b.*$", re.IGNORECASE
)
DANGLING = re.compile(
    r"(?:(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|how|why|when|where|what)\s+){1,2}(?P<word>it|they|them|those|these)\b|(?:and )?what about (?P<other>the other|that|this|the first|the second|another)(?: one)?\b",
    re.IGNORECASE,
)
"""A question whose very subject is a pronoun."""
MOST_CONTENT_OF_DANGLING = 3
MOST_TOPIC_WORDS = 1
SHORT = 3
_JOINED = re.compile(r"(?:and|but|so|or|also|then)\b", re.IGNORECASE)


def without_filler(question: str) -> str:
    """A follow-up without the "and" or "thanks" that it begins with, as a sentence."""
    own = FILLER.sub("", question).strip() or question.strip()
    return own[:1].upper() + own[1:]


def leans(question: str, names_something: bool) -> bool:
    """Whether a question leans on the one before: it begins as a continuation, a pronoun in it stands for something said earlier, it is
    a fragment, or it has no topic of its own. `names_something`: it names a component, a strand or an organisation."""
    own = without_filler(question)
    if CONTINUES.match(own) or DANGLING.match(own) or _looks_back(own):
        return True
    joined, whole, topic = bool(_JOINED.match(question)), bool(_WHOLE.match(own)), _topic_words(own)
    if names_something:
        return not whole and (joined or len(own.split()) <= SHORT)
    if joined and not (whole and len(topic) > MOST_TOPIC_WORDS):
        return True
    return not topic or (len(CONTENT.findall(own)) <= 2 and not whole)


def _looks_back(question: str) -> bool:
    """Whether a pronoun stands for something that the question does not hold. In "When did X start, and who led it?" X is held."""
    first = _SECOND_CLAUSE.sub("", question)
    heard = first if _topic_words(first) else question
    return bool(_PRONOUN.search(_OWN_REFERENT.sub(" ", heard)) or _ONE.search(heard) or _SAME.search(heard))


def _topic_words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if w.lower() not in _TOPICLESS and not _PRONOUN.fullmatch(w)]


_TOPIC_FIRST = re.compile(
    r"^\W*\w[\w ’'-]+?\s*(?:\s[-–—]|:|…|\.\.\.)\s+(?:what|who|how|when|where|why|which|does|do|is|are|was|has|have|can)\b", re.IGNORECASE
)
""" "Marking - what does it say?": what the pronoun stands for comes first."""


_CALLED_SO = re.compile(r"\bwhy (?:is|was) it (?:called|known as|named) [a-z]", re.IGNORECASE)
""" "Why is it called a triple helix?": the name itself says what is meant."""


def dangling_pronoun(question: str) -> str:
    """The pronoun that a question without a conversation leaves hanging, or ""."""
    first = _TOPIC_FIRST.match(own := without_filler(question))
    if (first and not _PRONOUN.match(own)) or _CALLED_SO.search(question):
        return ""
    subject = DANGLING.match(question)
    pronoun = subject or _PRONOUN.search(question)
    if not pronoun:
        return ""
    dangles = not _topic_words(question) or (bool(subject) and len(CONTENT.findall(question)) <= MOST_CONTENT_OF_DANGLING)
    if not dangles and not (_is_bare(question) and not _OWN_REFERENT.search(question)):
        return ""
    groups = pronoun.groupdict()
    return (groups.get("word") or groups.get("other") or pronoun.group()).lower()


def _is_bare(question: str) -> bool:
    """Few words of its own beside the pronoun."""
    words = [w.lower() for w in CONTENT.findall(question)]
    return sum(w not in _BARE for w in words) <= 1


_BARE = frozenset(
    _WORD.findall("""
    what when where which does about tell more they that this those these there their have with work mean examples example
""")
)
