"""The third step: what a question is about, and which way it is answered."""

import re

from assistant.documents import titles_asked
from assistant.journey import Ask, JourneyEnds, Route, Understood
from assistant.names import Names, phase_in
from assistant.rewrite import Standalone
from assistant.size import size_in
from hub.components import Model
from hub.numbers import WORDS
from hub.places import regions_in

_PIECES = r"(?:letter|statement|press release|appraisal|reference|advert(?:isement)?|job description|speech|email|tweet|post|blog|article|essay|newsletter|contract|script|poem|quiz|worksheet|lesson plan|scheme of work|assembly|timetable|logo|slide deck|slides|presentation|policy|business case|bid|testimonial|obituary|eulogy)"
"""What people write: not what a library tells of."""
_OUTSIDE: tuple[tuple[str, re.Pattern[str], str], ...] = (
    (
        "inspection",
        re.compile(
            r"\b(?:ofsted|inspection|inspectorate)\b.{0,60}\b(?:grade|rating|judge?ment|outcome|result|report|rated|graded|inspection|due)|\b(?:next|last|latest) (?:ofsted )?inspection\b|\binspectors? (?:say|said|find|found|judged?|think|thought)\b|\b(?:grade|rating|rated|graded)\b.{0,40}\b(?:ofsted|inspect)|\b(?:rated|graded|judged) (?:as )?(?:outstanding|good|inadequate|requires improvement)\b|\bofsted (?:say|said|find|found|judged?|think|thought|gave|give|rate|grade|make of|made of)\b|\b(?:outstanding|good|inadequate|requires improvement) (?:with|by|from|for) ofsted\b|\binspectors? (?:give|gave|given|award\w*|grade\w*|rate\w*|make of|made of)\b|\b(?:outstanding|inadequate|requires improvement|good)\b.{0,30}\b(?:inspectors|inspection|inspected)\b|\b(?:inspectors|ofsted)\b.{0,30}\b(?:outstanding|inadequate|requires improvement)\b"
            r"|^\W*(?:and |so |but )?(?:is|are|was|were|has|have) (?!(?:there|an?|any\w*|some\w*|other|one|schools|trusts|leaders|staff|teachers|heads|peer|support)\b)(?:[\w’'.,-]+ ){1,8}?(?:(?-i:Requires Improvement|RI)\b|(?:still|out of|now|back|placed|put|come|coming|currently) (?:\w+ ){0,2}?(?:requires improvement|special measures)\b|in special measures\W*$)"
            r"|\b(?:its|their|an?) (?-i:Outstanding|Inadequate|Requires Improvement)\b(?! [a-z])",
            re.IGNORECASE,
        ),
        "Inspection reports are published by Ofsted, on its own site.",
    ),
    (
        "legal",
        re.compile(
            r"\b(?:lawful(?:ly)?|legal(?:ly)? (?:advice|dismiss|sack|liable|obliged|allowed)|(?:are|is|am|can|could|would|might) (?:we|i|our \w+|the (?:trust|board|school)|trustees|governors|a head|heads) (?:be |held )*(?:personally |legally |jointly )?liable|liable in law|where (?:do|would) (?:we|i) stand (?:on|with|over|for|in) (?:liability|the law)|where (?:do|would) (?:we|i) stand legally|in the eyes of the law|can (?:we|i|you) (?:dismiss|sack|fire|sue|discipline|make [^?]{1,60} redundant)|sue|unfair(?:ly)? dismiss\w*|tribunal|employment law|against the law|discrimination claims?|equality act|in breach of|(?:are|would|could|might) (?:we|i|you) (?:be )?(?:open|exposed) to (?:an? )?(?:[\w-]+ ){0,3}(?:claim|challenge|action)|grounds for (?:dismissal|a claim))\b",
            re.IGNORECASE,
        ),
        "For legal questions, ask your trust's HR or legal adviser.",
    ),
    (
        "pay",
        re.compile(
            r"\b(?:salar(?:y|ies)|pay scales?|pay rise|pay award|how much (?:(?:is|are|was|were) (?:(?!that\b|which\b|who\b)[\w’'-]+ ){1,6}?paid|(?:does|do|did) (?:(?!that\b|which\b|who\b)[\w’'-]+ ){1,6}?(?:earn|get paid)|should (?:we|i|you|one) (?:be )?pay(?:ing)?\b)|what should (?:we|i|you|one) (?:be )?pay(?:ing)? (?:an?|our|the|my)|going rate for)\b",
            re.IGNORECASE,
        ),
        "Pay is set out in the School Teachers' Pay and Conditions Document and in trusts' own policies and accounts.",
    ),
    (
        "ranking",
        re.compile(
            r"\b(?:best|worst|top|weakest|strongest|most effective|failing)\b.{0,15}\b(?:trusts?|schools?|academ\w+|mats?)\b.{0,20}\b(?:in (?:england|the country|the uk|the region)|nationally|overall)|\b(?:which|what|whose) (?:\w+ )?(?:trusts?|schools?|academ\w+|mats?)(?: (?:in|of|across|round|around|near) (?:[\w’'-]+ ){1,4}?)?(?: ?(?:is|are|was|were)|['’]s) (?:the )?(?:very )?(?:best|worst|top|weakest|strongest|number one)\b|\b(?:which|who)(?:['’]s| is| are| was) (?:the )?(?:better|best|worse|worst|stronger|weaker) (?:schools?|trusts?|academ\w+|mats?)(?=\W*$|[,:;–-]| (?:in|near|for (?:my|our)|to (?:join|work|send)|out of)\b)|\bwho(?: is| are|['’]s) (?:the )?(?:best|worst|top|strongest|weakest)\b|^\W*rank\b|\brank (?:the |these |all |our |england)?\w* ?(?:trusts|schools|mats|academies)\b|\b(?:our|my|which|what) (?:trust|school|mat)\b.{0,30}\b(?:rank(?:ings?|ed|s)?|league)\b|\bleague tables?\b|\b(?:put|place|list|sort|arrange) .{2,40} in order\b.{0,20}\b(?:best|worst|strongest|weakest)\b|\bbest to worst\b|\bworst to best\b|\b(?:which|what|whose) (?:\w+ )?(?:trusts?|schools?|academ\w+|mats?) (?:has|have|had|gets?|got) (?:the )?(?:best|worst|highest|lowest) (?:[\w-]+ ){1,5}?(?:in (?:england|the country|the uk)|nationally)\b|\b(?:which|what|whose) (?:\w+ )?(?:trusts?|schools?|academ\w+|mats?) (?:scored?|scores|ranks?|ranked|came|comes) (?:the )?(?:highest|lowest|top|bottom|best|worst) (?:on|against|for|in) the (?:\w+ ){0,2}?(?:model|framework|components?)\b",
            re.IGNORECASE,
        ),
        "The model ranks no trust and no school, and neither does this assistant.",
    ),
    (
        "prediction",
        re.compile(
            r"^\W*predict\b|\b(?:predict|forecast) (?:our|my|what|who|which|whether|how|the (?:future|result|outcome))\b|\bwill\b.{0,60}\b(?:by 20\d\d|next (?:year|term|summer|autumn|spring|winter|month)|in 20\d\d|win|be elected|happen)\b",
            re.IGNORECASE,
        ),
        "It holds what trusts and schools have reported, and makes no predictions.",
    ),
    (
        "writing task",
        re.compile(
            r"^\W*(?:please |kindly |can you |could you |would you |will you |i (?:want|need) you to |help me (?:to )?)?(?:write|draft|compose|rewrite|translate|knock (?:up|out|together)|rustle up|pen|dash off|whip up|ghost-?write)\b(?! (?:out|down) (?:what|how)\b)"
            r"|^\W*(?:please |kindly |can you |could you |would you |will you )?(?:(?:book|order|reserve|register) (?:me|us)|sign (?:me|us) up)\b"
            rf"|^\W*(?:please |kindly |can you |could you |would you |will you |i (?:want|need) you to )?(?:prepare|produce|create|make|generate|put together|come up with|give|do|design|plan|build|draw up|work out)(?: (?:me|us))? (?:an?|our|my|the|some|(?:this|next) (?:year|term|week)['’]?s?) (?:[\w’'-]+ ){{0,4}}?{_PIECES}\b(?! (?:of what|of how|showing)\b)",
            re.IGNORECASE,
        ),
        "It answers with quotes that you can put into your own words.",
    ),
    (
        "everyday",
        re.compile(
            r"\b(?:weather (?:forecast|be|like|today|tomorrow)|football (?:match|score|result|team won)|stock price|lottery|horoscope|tell me a joke|poem|song lyrics|capital of|who won)\b",
            re.IGNORECASE,
        ),
        "It knows only the documents in its library.",
    ),
    (
        "decision",
        re.compile(
            r"^\W*(?:so |but |and )?(?:should|shall|ought) (?:we|i|our (?:\w+ )?(?:school|trust|board|governors|trustees)|my (?:school|trust|board))(?: \w+)? (?:resign\b|convert to (?:an )?academ|sell (?:our|the)\b|(?:join|leave|merge with|close) (?:an?|the|our|its|another|this|that|their) (?:[\w-]+ ){0,3}?(?:trusts?|mats?|schools?|academ\w+|federation|sixth form|nursery|one)\b)"
            r"|\b(?:what|which)(?:['’]s| is| are) the best (?:(?!(?:to|of|for|in|on|way|approach)\b)[\w-]+ ){0,2}?(?:schemes?|software|apps?|platforms?|providers?|suppliers?|products?|company|consultants?|packages?|textbooks?)(?= (?:for|to (?:buy|use)|on the market)\b|\W*$)",
            re.IGNORECASE,
        ),
        "That decision is for you and your board.",
    ),
    (
        "personal case",
        re.compile(r"(?!)"),  # known by its meaning alone: see `outside`
        "One person's own case is for those who know it: your HR adviser or occupational health for a colleague, your pastoral or SEND lead for a pupil. Leave names out of your question.",
    ),
)
_PRACTICE = re.compile(
    r"^\W*(?:and |so |but )?(?:(?:how )?(?:do|did|have|has|does|can|could|should|might) (?:(?:any|other|some|most|many|these|small|large|primary|secondary|special|your|our) )*(?:schools|trusts|others|leaders|teachers|staff|heads|headteachers|academies|mats|organisations|we|you)\b"
    r"|(?:which|what|any|are there|is there an?) (?:other )?(?:schools?|trusts?|academ\w+) (?:that )?(?!is|are|was|were|will|has|have|had|got|gets?|received?|that\b)\w+)",
    re.IGNORECASE,
)
"""Asks what schools do, about an inspection it may be: "How do schools use an Ofsted report?"."""
_OF_ONE = re.compile(
    r"\b(?:rated|graded|judged)\b.{0,40}\b(?:ofsted|inspect)|\b(?:ofsted|inspectors?) (?:rate|grade|judge|say|said|find|found|think|gave)",
    re.IGNORECASE,
)
"""Asks what an inspection came to, whoever does what with it."""
_DEFINE = re.compile(
    r"\b(?:what (?:does|do|is|are)|what's|define|definition|meaning|mean(?:s|t)?|explain|tell me about|describe|understand)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(r"\b(?:define|definition|mean(?:s|t|ing)?)\b", re.IGNORECASE)
"""Asks what one thing means, and not which things there are."""
_EXAMPLES = re.compile(r"\bexamples?\b", re.IGNORECASE)
_WHOEVER = r"(?:schools?|trusts?|others|academies|primaries|secondaries|leaders|heads|people|mats)"
_OTHERS = re.compile(
    r"\b(?:other|another|any|which|(?<!how )many|some|different|how (?:have|has|do|did|are|can)) (?:\w+ ){0,3}?(?:trusts?|schools?|academies|primaries|secondaries|mats|organisations?|others|leaders|people)\b|\bcase stud(?:y|ies)\b|\bin practice\b|\bhow (?:have|has|did|do) (?:others|trusts|schools)\b"
    rf"|\bwhat (?:have|has|do|did|are) (?:\w+ )?{_WHOEVER} (?:\w+ ){{0,2}}?(?:done|do|doing|tried|trying|put in place)\b|^\W*(?:and |so |but )?(?:has|have) (?:any(?:one|body)|some(?:one|body)|{_WHOEVER})\b"
    rf"|\bexamples?,? (?:please )?(?:of|from) (?:\w+ ){{0,2}}?{_WHOEVER}\b|\bwhat(?:['’]s| is) out there (?:on|about)\b|^\W*who(?:['’]s| has| have)? (?:ever )?(?!is\b|are\b|was\b|were\b)[a-z]+(?:ed|ught|one|ept|ut|ade|ound|iven|aken)\b",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"(?:^\W*|[.!?;:] )(?:and |so |but )?(?:who|has anyone|have any) (?:has|have|does|did|else|uses|used|done|tried)\b", re.IGNORECASE
)
_OVERVIEW = re.compile(
    r"\bwhat (?:did|has|have) (?!not\b).{2,60} (?:do|done|try|tried|change|changed|learn|learned|learnt)\b(?:, and what (?:changed|happened))?\W*$|\b(?:tell me about|summari[sz]e|overview of|sum up)\b|\bwhat (?:is|was) .{2,60} (?:case study|story) about\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(r"\b(?:which of|compare[ds]?|comparison|versus|vs\.?|differ(?:s|ent|ence)?|contrast)\b", re.IGNORECASE)
_FIND = re.compile(
    r"^(?:find|show|list|look for|search)\b|\b(?:is|are) there (?:a|an|any)\b|\b(?:is|are) there (?:\w+ ){0,3}?(?:schools?|trusts?|academ\w+|primaries|secondaries|case stud\w+)\b|\bwhich (?:\w+ ){0,2}(?:schools?|trusts?|academ\w+)\b|\bany (?:schools?|trusts?|case stud\w+)\b|\bwho has\b|\bwhich place\b|\b(?:is|are) there any(?:one|body)\b"
    r"|^\W*(?:have you (?:got )?|do you (?:have|hold) |i(?:['’]?a?m (?:after|looking for)|['’]d like| (?:need|want)) |any(?:thing|one|body)? (?:from )?)(?:[\w’'-]+ ){0,6}?(?:schools?|trusts?|academy|primary|secondary|mat|colleges?|grammar|federation|referral unit)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\bwhat\b.{0,20}\b(?:sits?|belongs?|falls?|comes?|goes|makes?|is|are)\b.{0,12}\b(?:under|in|inside|within|up|to)\b", re.IGNORECASE
)
_IN_CONTEXT = re.compile(r"\bin [^?:]{2,50}\?$", re.IGNORECASE)
_OF_THE_MODEL = re.compile(r"\b(?:model|paper|helix|cst|framework)\b|\bthe (?:\w+ ){0,3}(?:strands|components)\b|\bthere\b", re.IGNORECASE)
_ASKED_OF_THE_MODEL = re.compile(
    r"^\W*(?:and |so |but )?(?:does|do|is|can|why (?:does|do|is)|how (?:does|do)) (?:the |this |cst['’]?s? )(?:\w+ )?(?:model|paper|guide)\b",
    re.IGNORECASE,
)
""" "Does the model rank trusts?": it says so itself."""
_LIST = re.compile(
    r"\b(?:which|what|list|name|how many|all|are there)\b.{0,40}\b(?:components?|strands?|(?:parts?|elements?) (?:of|does|do|has|have|are|is|in)\b)",
    re.IGNORECASE,
)
_NAME_THEM = re.compile(r"(?:(?:name|list|show)(?: me)? (?:them|these|those|all)|(?:what|which) are they)\b", re.IGNORECASE)
_MODEL = re.compile(
    r"^(?:what(?:['’]s| is)|explain|describe|summari[sz]e|tell me about|how does) (?:the|this|cst['’]?s?) (?:\w+ ){0,2}model(?: (?:about|work|made of))?\W*$",
    re.IGNORECASE,
)
"""The model as a whole: its strands and components, in its own words."""
_NUMBERS = {word: n for n, word in enumerate(WORDS[:16])}
_COUNTED = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)})\s+(?:\w+\s+)?(strands?|components?)\b", re.IGNORECASE)


_PLACES = {w: n for n, w in enumerate(["fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 4)}
_BEYOND = re.compile(rf"\b({'|'.join(_PLACES)}) strand\b|\bthirteenth component\b", re.IGNORECASE)
"""A place that the model's strands or components do not reach to."""


_TYPED = {"u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please"}
"""Words as they are typed in haste."""


def in_full(question: str) -> str:
    """The question with hasty spellings in full: "can u"."""
    return re.sub(r"\b(?:u|ur|r|pls|plz)\b", lambda m: _TYPED[m[0].lower()], question, flags=re.IGNORECASE)


def outside_by_words(question: str) -> str:
    """What a question asks for that the library is not for, by its words; or ""."""
    question = in_full(question)
    for reason, pattern, _ in _OUTSIDE:
        about_practice = reason in ("inspection", "prediction") and _PRACTICE.search(question) and not _OF_ONE.search(question)
        of_the_model = reason == "ranking" and _ASKED_OF_THE_MODEL.match(question)
        if pattern.search(question) and not (about_practice or of_the_model):
            return reason
    return ""


def turned_away(reason: str) -> JourneyEnds:
    """The end of a request that the library is not for."""
    pointer = next(pointer for known, _, pointer in _OUTSIDE if known == reason)
    return JourneyEnds(
        "out_of_scope",
        reason,
        f"**That is outside what this library is for.** {pointer} Here you can ask what the model says and what trusts and schools did.",
        "out_of_scope",
    )


def route(ask: Ask, standalone: Standalone, model: Model, names: Names) -> Understood:
    """What the question is about. JourneyEnds (`out_of_scope`) where the library is not for it."""
    question = standalone.question
    if reason := outside_by_words(question):
        raise turned_away(reason)
    components = (ask.component,) if ask.component else model.named_in(question) or _named_loosely(question, model)
    strands = model.strands_named_in(question)
    named = names.find(ask.organisation or question)  # the one that was picked, whatever else the question names
    named = named or names.titled(titles_asked(question))
    sources = frozenset().union(*(n.sources for n in named)) if named or ask.organisation else None
    return Understood(
        question=question,
        route=_way(standalone, components, strands, bool(named)),
        components=components,
        strands=strands,
        sources=sources,
        names=tuple(dict.fromkeys(n.name for n in named)),
        phase=(phase_in(question) or ask.filters.phase) if not named else "",
        regions=(regions_in(question) or tuple(filter(None, [ask.filters.region]))) if not named else (),
        size=size_in(question) if not named else None,
        premise=_contradicted(question, model),
        carried=standalone.carried,
        own=standalone.own,
        near=ask.near,
    )


def _named_loosely(question: str, model: Model) -> tuple[str, ...]:
    """A question that is only a component's everyday name is about the component: "what is connect?"."""
    return model.called(
        re.sub(
            r"(?i)\b(?:what|does|do|is|are|mean|means|tell|me|about|define|explain|the|component|please|by|it|say|says)\b", " ", question
        )
    )


def _way(standalone: Standalone, components: tuple[str, ...], strands: tuple[str, ...], named: bool) -> Route:
    """By the follow-up itself; by the whole where it only asks for the names, or where the whole keeps to a phase or place."""
    whole = _choose(standalone.question, components, strands, named)
    if not standalone.own:
        return whole
    own = _choose(standalone.own, components, strands, named)
    if own == "lookup" and whole == "list" and _NAME_THEM.match(standalone.own):
        return whole
    kept = not named and not components and (phase_in(standalone.question) or regions_in(standalone.question))
    return "how_others" if own == "lookup" and kept else own


def _choose(question: str, components: tuple[str, ...], strands: tuple[str, ...], named: bool) -> Route:
    if _COMPARE.search(question) and (named or len(components) > 1):
        return "compare"
    of_one = components and _MEANS.search(question)
    if not named and (_MODEL.search(question) or (_LIST.search(question) and not _OTHERS.search(question) and not of_one)):
        return "list"
    if named and _OVERVIEW.search(question):
        return "overview"
    if components and not named:
        if _OTHERS.search(question) or _WHO.search(question) or phase_in(question):
            return "how_others"
        if _EXAMPLES.search(question):
            return "examples"
        if _DEFINE.search(question) and len(question.split()) <= 12:
            return "define"
    if strands and not named and (_DEFINE.search(question) or _INSIDE.search(question)):
        return "list"
    if not named and _FIND.search(question):
        return "find"
    somewhere = _IN_CONTEXT.search(question)
    if not named and (_OTHERS.search(question) or (somewhere and (phase_in(somewhere[0]) or regions_in(somewhere[0])))):
        return "how_others"
    return "lookup"


def _contradicted(question: str, model: Model) -> str:
    """A number of strands or components that the model does not have, as "strands" or "components"."""
    beyond = _BEYOND.search(question)
    if beyond and (not beyond[1] or _PLACES[beyond[1].lower()] > len(model.strands)):
        return "strands" if beyond[1] else "components"
    for match in _COUNTED.finditer(question):
        said = _NUMBERS.get(match[1].lower(), -1) if not match[1].isdigit() else int(match[1])
        kind = "strands" if match[2].lower().startswith("strand") else "components"
        real = len(model.strands) if kind == "strands" else len(model.components)
        if said != real and _OF_THE_MODEL.search(question) and not (kind == "components" and said <= 4):  # each strand has four
            return kind
    return ""
