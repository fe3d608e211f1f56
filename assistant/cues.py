"""Signs by which a message that tells of harm differs from a question about harm: plain tables, for those who answer for them to read.

In a phrase, `*` stands for the rest of a word and ` .. ` for up to three words; `(a|b)` are alternatives. They are matched on
lower-case words without apostrophes, once `SPELLINGS` has been applied: "she's" is "she is", "wanna" is "want to".
"""

import re
from collections.abc import Mapping

SPELLINGS: Mapping[str, str] = {
    "yr": "year", "y": "year", "sed": "said", "n": "and", "u": "you", "ur": "your", "r": "are", "2": "to", "wen": "when", "pls": "please",
    "wanna": "want to", "wnt": "want", "gonna": "going to", "gna": "going to", "gotta": "have to", "nemore": "any more", "anymore": "any more",
    "nomore": "any more", "cant": "can not", "cannot": "can not", "dont": "do not", "wont": "will not", "doesnt": "does not", "didnt": "did not",
    "isnt": "is not", "havent": "have not", "lyk": "like", "sum1": "someone", "somone": "someone", "somebody": "someone", "enuf": "enough",
    "fink": "think", "bein": "being", "gettin": "getting", "getn": "getting", "goin": "going", "hes": "he is", "shes": "she is", "im": "i am",
    "ive": "i have", "theyre": "they are", "theyve": "they have", "id": "i would", "ppl": "people", "kms": "kill myself", "hisself": "himself",
    "pupl": "pupil", "stuent": "student", "wkend": "weekend", "wknd": "weekend", "bf": "boyfriend", "gf": "girlfriend", "cos": "because",
    "bloke": "man", "tutee": "pupil", "yo": "year old", "mam": "mum", "mummy": "mum", "daddy": "dad", "mom": "mum", "grandpa": "grandad",
    "nanny": "grandmother", "gran": "grandmother", "nan": "grandmother", "stepdad": "step dad", "stepmum": "step mum",
    "stepfather": "step dad", "stepmother": "step mum", "ta": "teaching assistant", "nqt": "teacher", "ect": "teacher", "suicdal": "suicidal",
    "suisidal": "suicidal", "abusd": "abused", "groomd": "groomed", "sexualy": "sexually", "touchd": "touched", "bruses": "bruises",
}  # fmt: skip

_YOUNG = r"(pupil|student|girl|boy|lad|lass|child|kid|teenager|toddler|baby|sixth former|daughter|son|sister|brother|friend|twin|year \d+|\d+ year old|little one|young person)"
_GROWN = "(teacher|colleague|teaching assistant|member of staff|deputy|head|headteacher|manager|caretaker|coach|cook|cleaner|tutor|volunteer|governor|parent|neighbour|mum|dad|member of my team)"
_ONE = "(a|an|one|this|that|my|our|another|the|former|some|two|her|his)"
_OWN = "(myself|herself|himself|themselves|him self|her self|my self)"
_LIFE = "(her|his|their|my|your)( own)? life"
_WISH = "(want|wants|wanted|wish|wishes|wishing|going|plan|plans|planning|planned|hope|hopes|like|decided|ready|try|tried|trying)"

CUES: Mapping[str, tuple[str, ...]] = {
    "one young person": (
        f"{_ONE} {_YOUNG}", rf"{_ONE} \w+ {_YOUNG}", rf"(a|an|one|my|this) \w+ \w+ {_YOUNG}", "(one|two|some) of (my|our|mine|the)",
        "(she|he|her|him|his)", "(kid|girl|boy|lad) in", r"(year \d+|reception) (girl|boy|lad|child|kid|pupil|student)",
    ),
    "one grown person": (f"{_ONE} {_GROWN}", rf"{_ONE} \w+ {_GROWN}", "someone (in|on) (my|our)", r"(my|our) \w+ (husband|wife|partner)"),
    "family": (
        "(mum|dad|father|mother|parent|parents|uncle|aunt|auntie|cousin|grandad|grandmother|grandfather|brother|carer|boyfriend|girlfriend|husband|wife|partner|ex|family friend|old man)",
        "step (dad|mum|brother|sister)", "foster*",
    ),
    "home": ("home", "in the house", "(her|his) room", "(in|into|to) bed"),
    "told": (
        "told (me|us|her|his|the|someone|my)", "tells", "said", "says", "disclos*", "confid*", "confess*", "admit*", "opened up", "whispered", "(showed|shown|asked|begged) me",
        "came to me", "spoke to me", "wrote", "(written|emailed|phoned) to say",
    ),
    "seen or heard": (
        "i (saw|see|noticed|found|heard|witnessed|think|suspect|believe|fear|reckon)", "i have (seen|noticed|found|heard)", "i am (worried|concerned|scared|afraid)", "overheard", "apparently",
        "rumour*", "word is", "kids are saying", "walked in on", "turned up", "came in with", "(come|comes) in", "there (is|are|was|were)", "bad feeling", "not right", "going on",
    ),
    "of late": (
        "today", "tonight", "yesterday", "this (morning|afternoon|week|lunchtime)", "last (night|week|weekend|month|year)", "(at|over) (the )?(weekend|lunch)", "an hour ago",
        "just (told|said|now|disclosed)", "again", "right now", "at the moment", "every (night|day|time|morning)", "before lunch", r"period \d",
    ),
    "grave harm": (
        "rape*", "raping", "molest*", "groom*", "abus*", "self harm*", "selfharm*", "suicid*", "overdose*", "fgm", "traffick*", "indecent", "porn*", "nude*", "naked", "blackmail*", "incest", "sex", "sexual*", "exploit*",
        f"(kill|kills|killed|killing|hang|hangs|hanged|hanging|harm|harms|harmed|harming|hurt|hurts|hurting|cut|cuts|cutting|burn|burns|burned|burning|starve|starves|starving) {_OWN}",
        f"(end|ends|ending|take|takes|taking|took|taken) (it all|{_LIFE})", "hanged", "strangl*", "chok*", "stabbed", "stab (me|him|her|someone)", "starv*", "bruis*", "black eye", "burn (mark|marks)", "burn shaped",
        "(cut|cuts) (on|all|up|her|his|my)", "cutting", "marks (on|around)", "welts", "assault*", "batter*", "beaten", "beats", "beat (me|her|him)", "forced to marry", "(be|get|getting) married", "neglect*",
    ),
    "harm": (
        "hit", "hits", "hitting", "punch*", "slap*", "smack*", "kick*", "hurt", "hurts", "hurting", "touches", "touched", "touching", "threat*", "grab*", "dragg*", "pinned", "push*", "belt", "leathers", "burn*",
        "locked", "locks", "shut in", "knife", "blade", "razor", "machete", "drunk", "drug*", "cannabis", "weed", "ket", "heroin", "pills", "tablets", "blood", "bleeding", "wet himself", "wetting", "flinch*", "kiss*",
        "stalk*", "attack*", "harm*", "injur*", "broken (arm|wrist|leg)", "broke (her|his|my)", "scream*", "smells of", "hungry", "no food", "dirty", "alone", "sleeping (rough|in the car|on the street)", "gang",
        "county lines", "pregnant", "older (man|men|guy|boy|boys|lads)", "grown (man|men)", "threw (me|her|him|them)",
    ),
    "fear": (
        "scared", "afraid", "frighten*", "terrif*", "unsafe", "not (feel )?safe", "crying", "cries", "tears", "secret", "not to tell", "not tell", "will not say", "danger", "at risk",
        "worried about (a|my|one|her|him)",
    ),
    "wish to die": (
        f"{_WISH} to (die|kill|end|jump|disappear|hang|overdose|go to sleep)", "wish* .. dead", "(were|was) dead", "if i (was|were) (dead|gone)", "not want to (be here|live|be alive|wake|go on|exist)",
        "not be alive", "never wake up", "better off (without|dead)", "happier (if|without)", "no (point|reason) .. (living|alive|going|life|live)", "end it", "goodbye (letter|letters|note)", "saying goodbye",
        "no way out", "will not be here", "(tired|fed up|sick) of (living|life)", "done with living", "ways to die", "(thoughts of|thinking of|thinking about|think of) (dying|suicide|hurting|killing|ending|death)",
        "topping myself", "top myself", "my own life", "off (a|the) (bridge|roof)", "in front of a train", "nothing left", "end of my rope",
    ),
    "myself": ("i", "me", "my", "myself", "mine"),
    "despair": (
        "i can not (go on|carry on|cope|do this|take|stand|breathe|face|stop shaking|stop crying)", "can not cope", "not coping", "had enough of life", "i (hate|hurt|cut|harm|harmed|hanged) myself",
        "(hurting|cutting|harming|killing) myself", "breakdown", "i (just )?want (it )?(all )?to (stop|be over|die|disappear)", "panic attack*", "i am not (safe|coping)", "i have (nothing|no one|nobody) left",
        "(no one|nobody) would (care|notice|miss)", "miss me", "without me", "hope that i crash", "drinking every night", "i was (raped|assaulted|attacked|abused|hit)",
        "(hurting|hits|hit|beats|hurts|punched|choked|raped|touches|touching|following|stalking|kill) me", "(afraid|scared) of my", "throws things at me", "i took .. (tablets|pills)", "i have the pills",
    ),
    "asks in general": (
        "^(how|which|what|who|where|why|when|do|does|did|has|have|is|are|can|could|should|in what) .. (schools|trusts|leaders|others|headteachers|heads|staff|teachers|research|evidence|pupils|children|students|trustees|case studies|school|trust|the model|the guide|the library|any)",
        "^(compare|find|list|show|tell me about|define|explain|give me examples)", "how (do|have|did|can|could|should|might) (other |most |small )?(schools|trusts|leaders|others|heads|headteachers|teachers|staff|we|you)",
        r"which (\w+ )?(schools|trusts|component|components|strand|strands|programmes)", "what (have|do|did) (other |most |small )?(schools|trusts|leaders|others|they)", "who (has|else)",
        "(is|are) there (a|an|any|research|evidence|guidance|data)", "has (any|anyone|anybody)", "what does .. mean", "do any", "does (the|any)",
    ),
    "of schools": (
        "schools", "trusts", "academies", "leaders", "others", "headteachers", "trustees", "governors", "trust wide", "case stud*", "the (model|paper|hub|library)", "component*", "strand*",
    ),
    "of many": ("pupils", "children", "students", "teenagers", "young people", "teachers", "staff", "girls", "boys", "families", "parents", "colleagues", "victims"),
    "of policy": (
        "policy", "policies", "train*", "guidance", "evidence", "research", "percentage", "proportion", "rate", "figures", "data", "strateg*", "plan", "planned", "planning", "calendar", "review*", "audit*",
        "initiative*", "framework*", "teach", "teaches", "teaching", "taught", "curriculum", "approach*", "programme*", "survey*", "risk assessment*", "procedure*", "record", "records", "recording", "supervision",
        "role of", "responsib*", "prevent*", "reduc*", "improv*", "support*", "examples", "measure*", "results", "workload", "marking", "feedback", "meetings", "email", "emails", "lesson", "lessons", "attendance",
        "budget", "goal", "goals", "coaching",
    ),
}  # fmt: skip


def _compile(phrases: tuple[str, ...]) -> re.Pattern[str]:
    made = []
    for phrase in phrases:
        one = phrase.replace(" .. ", r" (?:\w+ ){0,3}?").replace("*", r"\w*")
        one = re.sub(r"\((?!\?)", "(?:", one)
        made.append(one if one.startswith("^") else rf"\b{one}")
    return re.compile(rf"(?:{'|'.join(made)})(?!\w)")


_TABLES = {name: _compile(phrases) for name, phrases in CUES.items()}
JOINED = (
    "grave harm to one",
    "harm to one, told, seen or of late",
    "the writer, in despair",
    "harm, asked in general",
    "no harm and no fear",
)
"""Signs made of others: what no table says alone."""
NAMES = (*CUES, *JOINED)


def plain(text: str) -> str:
    """A message as the tables read it: lower-case words, no apostrophes, usual short forms written out."""
    bare = re.sub(r"[’‘'`]", "", text.lower())
    bare = re.sub(r"\b(?:y|yr|year)\s?(\d+)s?\b", r"year \1", bare)
    return " ".join(SPELLINGS.get(word, word) for word in re.findall(r"\w+", bare))


def signs(text: str) -> dict[str, bool]:
    """Which signs a message shows, by name."""
    said = plain(text)
    seen = {name: bool(pattern.search(said)) for name, pattern in _TABLES.items()}
    one = seen["one young person"] or seen["one grown person"]
    harm = seen["grave harm"] or seen["harm"]
    joined = (
        one and seen["grave harm"],
        one and harm and (seen["told"] or seen["seen or heard"] or seen["of late"]),
        seen["myself"] and (seen["wish to die"] or seen["despair"]),
        harm and seen["asks in general"],
        not (harm or seen["fear"] or seen["wish to die"] or seen["despair"]),
    )
    return seen | dict(zip(JOINED, joined, strict=True))
