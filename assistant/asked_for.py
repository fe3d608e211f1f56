"""The very thing that a question asks for: a thing, a name, the members of a list. Is it spoken of?"""

import re

from assistant.journey import Candidate, Evidence, Understood
from assistant.retrieve import near_sentences, question_words
from assistant.shelf import Shelf
from hub.places import regions_in
from vectorstore.lexical import tokenize

NEAREST = 6
SAME_SENSE = 0.65
"""Cosine of two words, each in its context, from which they may mean the same thing."""
WELL_READ = 6
"""Passages in which a word's partner is looked for, where its own letters were not found."""
_FOCUS = re.compile(
    r"(?:^\W*|[,;:.?!–-] ?|\b(?:and|but|so|at|in|on|by|for|from|to|with|of|under) )(?:what|which)\s+(?!(?:did|does|do|is|are|was|were|has|have|had|can|could|should|will|would|happen\w*|if|about|else|ones? of)\b)((?:[\w’'-]+\s+){1,3}?)(?:does|do|did|is|are|was|were|has|have|had|will|can|could|should|would|runs?|uses?)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\b(?:who (?:is|was|are) the ([\w ]{3,40}?) (?:at|of|in|for)\b|(?:say|says|said|wording) (?:about|on|of) ([\w -]{3,40}?)(?= (?:in|from|of) |\??$))",
    re.IGNORECASE,
)
MEASURES = """
    proof sign signs grounds basis share time result results number percentage percent proportion kind kinds type types sort sorts way ways thing
    things step steps example examples effect effects impact outcome outcomes difference evidence school schools trust
    trusts approach approaches change changes advice role reason reasons problem problems benefit benefits year date day
    part parts point points lesson lessons question questions support much many long recommendation recommendations
    case study studies saving savings other others one two three four five six name system help staff colleagues teachers drawbacks else state shape condition position situation place mess
"""
"""Words that ask for a measure or an account, not for a thing: any passage may give it."""
_NAME_ASKED = re.compile(
    r"\b(?:what(?:['’]s| is| was| are| were)? the names? of|what .{3,60} (?:called|named)\b|name (?:of )?the)", re.IGNORECASE
)
_CALLED = re.compile(r"\bwhat (?:is|are|was|were|do they call) (.{3,60}?) (?:called|named)\b", re.IGNORECASE)
_WHOSE_ASKED = re.compile(
    r"\b(?:which|what) (?:[\w-]+ )?(trust|school|company|firm|agency|consultancy|supplier|provider|contractor|publisher|university|charity|awarding body)\b(?! (?:that|which|who)\b)",
    re.IGNORECASE,
)
_OTHERS = r"(?:schools|trusts|others|academies|leaders|heads|teachers|people|primaries|secondaries|mats)"
_TOPIC = (
    r"(?:(?:the|an?|their|its|any|some|more|all|this|these|with|of) )*((?:[\w’'-]+ ){0,3}?[\w’'-]+)"
    r"(?= (?:for|among|in|to|with|at|on|by|from|of|that|who|when|while|without|during|and|or|across|between|so|if|as|into|after|before|since|because)\b|\W*$)"
)
_TRIED = re.compile(
    rf"\bhow (?:have|has|do|did|does|are|can|could) (?:[\w-]+ ){{0,3}}?{_OTHERS}"
    r" (?:\w+ly )?[a-z-]+(?: (?:in|up|down|out|off|on|over|back|about|with|rid of))? "
    + _TOPIC
    + rf"|\bwhat (?:have|has|do|did|are) (?:[\w-]+ ){{0,3}}?{_OTHERS}(?: [\w-]+){{0,3}}? (?:done|do|doing|tried|try|trying|put in place) (?:about|on|with|for|around|against) "
    + _TOPIC
    + r"|\b(?:(?:which|any|an?) (?:[\w-]+ )?|(?<=has )(?=any))(?:schools?|trusts?|academ(?:y|ies)|primar(?:y|ies)|secondar(?:y|ies)|one|body|mats?|anyone|anybody) (?:that |which |who )?(?:(?:has|have|had|ever) )*(?:tried|trialled|piloted|adopted|introduced|brought in|banned|moved to|switched to|gone over to|(?:gives?|offers?|lets?) (?:its |their |all |the )*(?:staff|teachers|pupils|heads|leaders|parents)(?: have| take)?) "
    + _TOPIC,
    re.IGNORECASE,
)
""" "How have others brought in a nine-day fortnight for teachers": what they brought in."""
FAR_IN_SENSE = 0.35
"""Cosine of a topic to the nearest word of the first passages, from which they may speak of it."""
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+(?:[A-Z]\w*)?(?: [A-Z][a-z]\w*)*|\b[A-Z][a-z]+[A-Z]\w*")
"""Words with a capital inside a sentence, or within themselves: "ChatGPT"."""
EVERYDAY_NAME = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|What|How|Who|Which|When|Where|Why|Does|Did|Is|Are|And|But|The|An?|England|English|Britain|British|Europe|I|Year|Key|Stage|Head\w*|Chief|Chair|Director|Deputy|Mr|Mrs|Ms|Miss|Dr|Sir|Dame)s?",
)
_ACRONYM = re.compile(r"(?<![\w’'])[A-Z]{2,6}(?![\w])")
_PLAIN_ACRONYMS = frozenset(
    [
        "MAT",
        "MATS",
        "SAT",
        "CEO",
        "COO",
        "CFO",
        "SLT",
        "SMT",
        "CPD",
        "INSET",
        "HR",
        "TA",
        "TAS",
        "HLTA",
        "SENCO",
        "SENDCO",
        "HOD",
        "DSL",
        "ECT",
        "NQT",
        "PPA",
        "LA",
        "UK",
        "US",
        "GB",
        "IT",
        "OK",
        "PE",
        "RE",
        "FAQ",
        "RAG",
    ]
)
"""Short forms of what documents say in words: "senior leaders", "training"."""
_POST = re.compile(
    r"\b(?:who (?:is|was)|name of) (?:the|its|their) ([\w -]{3,40}?)(?= (?:at|of|in|for|there|that|who|which|with|to)\b|\W*$)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame) [A-Z]\w+|(?!The |Our |This |Key |Year )[A-Z][a-z]+ [A-Z][a-z]+)\b")
_PROPER = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")


def thing_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """The thing asked for ("what software"), if nothing near speaks of it."""
    question = understood.asked
    match = _FOCUS.search(question) or (_SUBJECT.search(question) if understood.sources else None)
    if not match:
        return ""
    asked = next(group for group in match.groups() if group)
    plain = " ".join(w for w in asked.split() if "-" not in w and not w.endswith("ly") and w.upper() not in _PLAIN_ACRONYMS)
    words = [w for w in tokenize([plain])[0] if w not in tokenize([MEASURES])[0] and w in question_words(understood)]
    if not words or _spoken_of(words, understood, evidence):
        return ""
    by_sense = partners(understood, evidence, shelf)
    meant = [by_sense[w] for w in re.findall(r"[\w’'-]+", plain.lower()) if w in by_sense and set(tokenize([w])[0]) & set(words)]
    return "" if meant and min(meant) >= SAME_SENSE else asked.strip()


def topic_in_vain(understood: Understood, evidence: Evidence, shelf: Shelf) -> str:
    """What others are asked to have handled or brought in, if no passage found speaks of it or of anything like it."""
    match = _TRIED.search(understood.asked)
    if understood.sources is not None or not match:
        return ""
    topic = match[1] or match[2] or match[3]
    if re.search(r"s \w+ing$", topic):  # "stop emails eating into evenings"
        topic = topic.rpartition(" ")[0]
    head = topic.split()[-1].lower()
    if _spoken_of(tokenize([head])[0], understood, evidence):
        return topic.strip() if _unheard_of(topic, understood, evidence, shelf) else ""
    found = partners(understood, evidence, shelf)
    return topic.strip() if found.get(head, 1.0) < FAR_IN_SENSE else ""


def _unheard_of(topic: str, understood: Understood, evidence: Evidence, shelf: Shelf) -> bool:
    """Whether what the topic is told from others by, "persistent absence", is a word that no document has, nor one near to it in sense."""
    *before, head = topic.split()
    if not (of_head := tokenize([head])[0]) or of_head[0] in tokenize([MEASURES])[0]:
        return False
    strange = [w.lower() for w in before if (stems := tokenize([w])[0]) and not w.endswith("ing") and not shelf.words.known(stems[0])]
    found = partners(understood, evidence, shelf) if strange else {}
    return any(found.get(word, 1.0) < SAME_SENSE for word in strange)


def acronym_in_vain(understood: Understood, shelf: Shelf) -> str:
    """A short form in capitals, or a name, that no document has: what it stands for is the topic, and no other word stands for it."""
    own = {word for name in understood.names for word in re.findall(r"\w+", name)}
    return next(
        (
            name
            for name in names_in(understood.asked)
            if (stems := tokenize([name])[0]) and not own & set(re.findall(r"\w+", name)) and not shelf.words.known(stems[-1])
        ),
        "",
    )


def names_in(question: str) -> list[str]:
    """Short forms in capitals, then names inside the sentence: neither days, months and posts nor places."""
    found = [word for word in _ACRONYM.findall(question) if word not in _PLAIN_ACRONYMS]
    named = [name[0] for name in _NAME.finditer(question) if name[0].upper().removesuffix("S") not in _PLAIN_ACRONYMS]
    return found + [name for name in named if not (all(map(EVERYDAY_NAME.fullmatch, name.split())) or regions_in(name))]


def name_in_vain(understood: Understood, evidence: Evidence) -> str:
    """What something is called, if no near sentence has a name in it but the organisation's own."""
    question = understood.asked
    whose = _WHOSE_ASKED.search(question)
    if understood.sources is None or not (whose or _NAME_ASKED.search(question)):
        return ""
    own = {*" ".join(understood.names).lower().split(), whose[1].lower() if whose else ""}
    near = [
        c.text
        for c in _on_what_is_called(question, near_sentences(understood, evidence))
        if not whose or whose[1].lower() in c.text.lower()
    ]
    return "" if any(word.lower() not in own for text in near for word in _PROPER.findall(text)) else "such name"


def _on_what_is_called(question: str, near: list[Candidate]) -> list[Candidate]:
    """The sentences that speak of what a name is asked for; the nearest, where none does."""
    called = _CALLED.search(question)
    stem = tokenize([called[1].split()[-1]])[0] if called else []
    return [c for c in near if stem and stem[0] in tokenize([f"{c.sentence.lead} {c.text}"])[0]] or near[:NEAREST]


def person_in_vain(understood: Understood, evidence: Evidence) -> str:
    """Who holds a post, if no near sentence that speaks of the post has a person's name or another post in it."""
    match = _POST.search(understood.asked)
    if understood.sources is None or not match:
        return ""
    post = tokenize([match[1]])[0][-1:]
    near = [c.text for c in near_sentences(understood, evidence) if post and post[0] in tokenize([f"{c.sentence.lead} {c.text}"])[0]]
    own = {word for name in understood.names for word in name.split()}
    named = any(not own & set(found.split()) for text in near for found in _PERSON.findall(text))
    return "" if named else f"name for the {match[1]}"


def partners(understood: Understood, evidence: Evidence, shelf: Shelf) -> dict[str, float]:
    """For each telling word of the question, in lower case, how near the nearest word of the first passages comes to it in sense."""
    if not shelf.aligner:
        return {}
    inside = [c for c in evidence.chunks if understood.sources is None or c.source in understood.sources][:WELL_READ]
    telling = question_words(understood)
    found = shelf.aligner.partners(understood.question, inside)
    return {word: cosine for word, cosine in found.items() if set(tokenize([word])[0]) & telling}


def _spoken_of(words: list[str], understood: Understood, evidence: Evidence) -> bool:
    """Whether one near passage has all the words."""
    chunks = {c.chunk.id: c.chunk for c in near_sentences(understood, evidence)}.values()
    return any(all(w in set(stems) for w in words) for stems in tokenize([c.embed_text for c in chunks]))
