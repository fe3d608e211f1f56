"""Personal data that a pattern can see, put out of sight before anything is kept or sent. It does not see all: see docs/data-protection.md.

A number is masked for its shape, right or wrong in its check letter: a mistyped pupil number is as personal as a right one.
"""

import re

_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML"
    "|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DATE = rf"(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[\s/.-]{{1,2}}(?:\d{{1,2}}|{_MONTH})[\s,/.-]{{1,2}}(?:\d{{4}}|\d{{2}})\b|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
_SHAPES = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+", "[email]"),
        (r"(?<![\w.+-])[\w.+-]{1,64}\s?[\[({]\s?at\s?[\])}]\s?[\w-]+(?:(?:\s?[\[({]\s?dot\s?[\])}]\s?|\.)[\w-]+)+", "[email]"),
        (r"(?<![\w.+-])[\w.+-]{1,64} at [\w-]+(?: dot [\w-]+)+", "[email]"),
        # The check letter is one of 23; one of the other three is still somebody's number, mistyped.
        (r"\b[A-Z]\s?\d(?:\s?\d){10}\s?[\dA-Z]\b", "[pupil number]"),
        (r"(?<![\w.])(?:(?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)(?:[\s.()/-]{0,2}\d){9,10}(?!\d)(?:\s?(?:ext|x)\.?\s?\d{1,5})?", "[phone]"),
        (r"(?<![\w.])\+\d{1,3}(?:[\s.()-]{0,2}\d){7,12}(?!\d)", "[phone]"),
        (r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z]{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?\d{2}[\s.-]?[A-D]\b", "[NI number]"),
        (r"\b(?:NI|NINO|national insurance)(?: (?:number|no\.?))?\W{1,3}(?:is )?[A-Z]{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-Z]?\b", "[NI number]"),
        (r"\b\d{3}[\s-]\d{3}[\s-]\d{4}\b|(?<![\d.,£$€])\d{10}(?![\d.,%]*\d)", "[number]"),  # learner, health or tax numbers
        (r"\b(?:ULN|UPN|NHS(?: number| no\.?)|URN of (?:the )?pupil)\W{0,3}(?:is )?[A-Z]?\d[\dA-Z\s]{7,14}\b", "[number]"),
        # Not "KS2 1st" or "Y7 1AB": a key stage is no area, an ordinal no street.
        (rf"\b(?:{_AREAS})\d[A-Z\d]?\s{{0,2}}\d(?!(?-i:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{{2}}\b", "[postcode]"),
        (rf"\b(?:born|d\.?o\.?b\.?|date of birth|birthday|birth date)\W{{0,4}}(?:(?:on|is|was|of)\W{{1,2}})?(?:the )?{_DATE}", "[date of birth]"),
    )
)  # fmt: skip

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}[\w’'-]*"
_NAME = rf"(?P<name>{_WORD}(?: (?:{_WORD})){{0,4}})"
_AGE = r"(?:(?:year|yr|y) ?\d{1,2}|reception|nursery|\d{1,2}[- ]year[- ]old|former|new|young|little)"
_NOUN = r"(?:pupil|student|child|girl|boy|kid|lad|tutee|learner|sixth[- ]former|young person|year ?\d{1,2}|mentee)"
_ADULT = r"(?:teacher|colleague|teaching assistant|TA|parent|governor|friend|man|woman|person|neighbour|caretaker|coach|headteacher|deputy)"
_KIN = r"(?:mum|mam|mom|dad|mother|father|step(?:-| )?(?:mum|dad|mother|father|brother|sister)|gran|nan|grandad|grandmother|grandfather|uncle|aunt|auntie|brother|sister|carer|foster (?:mum|dad|carer)|guardian|cousin|social worker)"
_TITLE = r"(?:(?:Mr|Mrs|Miss|Ms|Mx|Dr)\.? (?:and (?:Mr|Mrs)\.? )?)"
_WHOSE = r"(?:my|our|his|her|their|the (?:pupil|student|child|girl|boy)[’']s)"
_AFTER = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b(?:{_NOUN}|{_ADULT}|{_KIN}|one)\b,? (?:is |was )?(?:called|named|who is called|whose name is|by the name of)),? {_NAME}",
        rf"(?i:\b(?:his|her|their|the (?:{_NOUN})[’']s) name is) {_NAME}",
        rf"(?i:\b(?:my|our|a|an|this|the|one|another)(?: {_AGE}){{0,2}} (?:{_NOUN})),? {_NAME}",
        rf"(?i:\b(?:my|our|two|the)(?: {_AGE}){{0,2}} (?:pupils|students|children|girls|boys|twins|siblings|tutees)),? {_NAME}(?=,? and )",
        rf"(?i:\bone of (?:my|our) (?:{_AGE} )?(?:pupils|students|children|girls|boys|lads|tutees|year ?\d{{1,2}}s)),? {_NAME}",
        rf"(?i:\b{_WHOSE} {_KIN}),? (?i:is )?(?=[(]?{_TITLE}|[(]?[A-ZÀ-ÞĀ-Ž])[(]?{_TITLE}?{_NAME}",
        rf"(?i:\b(?:my|our) (?:son|daughter|nephew|niece|grandson|granddaughter|colleague|mentee)),? {_NAME}",
        rf"(?i:\b(?:pupils?|students?|tutees?)) {_NAME}",
    )
)
_BEFORE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w’'-]){_NAME}(?=[’']s (?i:(?:{_KIN})\b))",
        rf"(?<![\w’'-]){_NAME}(?=,? \(?(?i:aged? \d|(?:who is )?(?:a|an|one of (?:my|our)|my|our) (?:{_AGE} )?(?:{_NOUN})s?\b(?![’'])))",
        rf"(?<![\w’'-]){_NAME}(?= (?i:is|was) (?i:(?:a|an|one of|my|our) (?:(?:my|our) )?(?:{_AGE} )?(?:{_NOUN})s?\b|in my (?:class|form|tutor group)))",
        rf"(?<![\w’'-]){_NAME}(?=,? (?i:in my (?:class|form|tutor group|year group)))",
        rf"(?<![\w’'-]){_TITLE}{_NAME}(?=,? \(?(?i:{_WHOSE} {_KIN}|(?:the|a) (?:mother|father|parent|mum|dad) of))",
    )
)
_ALSO = re.compile(rf"\[name\](?:,| and| &)+ (?P<name>{_WORD}(?: {_WORD})?)")
_PARTICLES = frozenset(["van", "der", "den", "de", "da", "di", "la", "le", "al", "bin", "binti", "ibn", "el", "ap", "von"])
_ORDINARY = (
    "pupils students children people individuals girls boys teenagers adults those learners staff young anyone everyone teachers parents leaders all any each every one two three this that these there it he she they we you "
    "aged mr mrs miss ms mx dr sir premium voice voices council leadership leaders leader survey surveys protection referral unit action act parliament support services service progress attainment wellbeing welfare development centre "
    "book books passport profile tracker outcomes achievement behaviour led focus group groups panel assessment teams team number numbers numeracy literacy data loans finance teacher teachers services "
    "send sen ks pe ict ofsted dsl eal pru cst eef dfe year reception nursery key stage january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday i in at on of the a an and or who what how which is was has had does do did will can from with for to about when where why if but not no at christmas easter english maths "
    "find show list give tell compare explain describe summarise look science history reading writing phonics ramadan diwali british academy school college trust primary secondary first"
)
_NO_NAME = frozenset(_ORDINARY.split())
"""Words with a capital that follow a pupil cue and name nobody: "pupil Premium"."""
_INSTITUTION = re.compile(r"^(?:school|academy|college|trust|primary|secondary|infants?|junior|high|grammar|federation|learning|partnership|schools|academies|nursery|church|catholic|cofe)$", re.IGNORECASE)  # fmt: skip


def mask(text: str) -> str:
    """The text with what a pattern can see put out of sight."""
    for pattern, instead in _SHAPES:
        text = pattern.sub(instead, text)
    return _mask_names(text)


def _mask_names(text: str) -> str:
    """Names after and before a cue, and the same names wherever else they stand."""
    hidden: list[str] = []

    def hide(match: re.Match[str], called: bool = False) -> str:
        name = _name_in(match["name"], called)
        if not name:
            return match[0]
        hidden.extend(name.split())
        begins = match.start("name") - match.start()
        return f"{match[0][:begins]}[name]{match[0][begins + len(name) :]}"

    for number, pattern in enumerate(_AFTER):
        text = pattern.sub(lambda m, called=number < 2: hide(m, called), text)
    for pattern in _BEFORE:
        text = pattern.sub(lambda m: _hide_last(m, hidden), text)
    if not hidden:
        return text
    text = _ALSO.sub(hide, text)
    for word in sorted({w for w in hidden if len(w) > 1 and w.lower() not in _PARTICLES}, key=len, reverse=True):
        text = re.sub(rf"(?<![\w’'-]){re.escape(word)}(?![\w])", "[name]", text)
    text = re.sub(r"\[name\](?: \[name\])+", "[name]", text)
    return re.sub(rf"(\[name\]\W{{0,3}}){_DATE}", r"\1[date of birth]", text, flags=re.IGNORECASE)


def _name_in(words: str, called: bool) -> str:
    """The words at the head of a run that are a name: capitals and what joins them; after "called", one small word too."""
    kept: list[str] = []
    for word in words.split():
        if word.lower() in _PARTICLES and (kept or word[0].isupper()):
            kept.append(word)
        elif word.lower().removesuffix("'s").removesuffix("’s") in _NO_NAME or not word[0].isupper():
            break
        else:
            kept.append(word)
    while kept and kept[-1].islower():
        kept.pop()
    after = words.split()[len(kept) : len(kept) + 1]
    if kept and (_INSTITUTION.match(kept[-1]) or (after and _INSTITUTION.match(after[0])) or kept[0] in ("St", "Saint")):
        return ""
    first = words.split()[0]
    if not kept and called and first.lower() not in _NO_NAME and len(first) > 1:
        return first
    name = " ".join(kept)
    return re.sub(r"[’']s$", "", name)


def _hide_last(match: re.Match[str], hidden: list[str]) -> str:
    """A name that stands before its cue: the capitals at the end of the run."""
    words = match["name"].split()
    kept: list[str] = []
    for word in reversed(words):
        if not word[0].isupper() or word.lower() in _NO_NAME:
            break
        kept.insert(0, word)
    before = words[: len(words) - len(kept)]
    if not kept or any(_INSTITUTION.match(w) or w in ("St", "Saint") for w in kept) or (before and before[-1] in ("St", "Saint")):
        return match[0]
    hidden.extend(kept)
    begins = match.start("name") - match.start()
    return f"{match[0][:begins]}{' '.join([*before, '[name]'])}{match[0][match.end('name') - match.start() :]}"
