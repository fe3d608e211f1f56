"""Requests for the instructions, for whole documents, or to set rules aside; and words in a document that are meant for a machine.

Whatever such a request is dressed in, nothing depends on its being caught here: the llm's words are checked after it has written them.
"""

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator

_RULES = (
    r"(?:instruction|rule|prompt|guardrail|guideline|direction|restriction|constraint|safeguard(?!ing)|filter|polic(?:y|ie)|programming)s?"
)
_YOURS = r"(?:your|the|these|those|all|any|every|its|above|prior|previous|earlier|initial|original|preceding|system|my last|own|safety|internal|of|or|and|other)"
_SAY = r"(?:print|show|reveal|repeat|output|tell me|tell us|give me|display|leak|write out|spell out|recite|disclose|dump|share|list|paste|quote|summari[sz]e|translate|encode|what (?:is|are|was|were|does)|what's)"
_ORDER = r"(?:^|[.!?:;,\"'“‘(\n-]\s*|\b(?:please|and|then|now|you|you to|must|just|kindly|so|first|to you)\s+)\W{0,3}"
"""An order has no subject: "ignore the rules", not "schools ignore the rules"."""
_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_ORDER}(?:ignore|disregard|forget|override|bypass|set aside|skip|drop|do not follow|don't follow|stop following|pay no attention to|turn off|disable|switch off)\s+(?:{_YOURS}\s+){{1,4}}{_RULES}\b",
        rf"{_ORDER}(?:ignore|disregard|forget) (?:everything|all|anything)(?: that (?:was|you were) (?:said|told)| (?:said |written )?(?:above|before|you know|you were told|you have been told))",
        rf"{_ORDER}ignore (?:the )?(?:above|previous|prior)\b",
        rf"\b{_SAY}\b.{{0,30}}\b(?:(?:your|the assistant's)\s(?:\w+ ){{0,3}}(?:rules|guidelines|settings)|(?:your|the system|hidden|initial|secret|the assistant's|the developer's?)\s?(?:\w+ ){{0,2}}(?:prompt|instructions?|configuration|api keys?|message))\b",
        rf"\b{_SAY}\b.{{0,20}}\b(?:system prompt|api key|environment variables?|file paths?|(?:text|words|lines|everything) (?:above|before) (?:this|my|the (?:question|line)))",
        r"\b(?:repeat|print|copy|say|recite|translate|summari[sz]e|list|show)\b(?: [\w-]+){0,4} (?:everything|all|whatever|what) (?:that )?you (?:were|have been|had been) (?:told|given|instructed|asked|shown)\b(?! (?:about|on|of|by|in|from|at|during|for|when|as)\b)",
        r"\b(?:words?|wording|text|lines?|brief|instructions?) (?:that )?you (?:were|have been) (?:set up|started|configured|primed|loaded) with\b",
        r"\b(?:repeat|print|copy|say) (?:back )?(?:everything|all|the (?:text|words|lines)|what (?:is|was) (?:written )?)\s?(?:above|before|you were (?:told|given))",
        r"\byour (?:system |initial |original |hidden )(?:prompt|instructions?|message)\b",
        r"\b(?:answer|respond|reply)\b.{0,20}\bwithout (?:any |giving |citing |the )?(?:sources|citations|quotes|references)\b",
        r"\b(?:print|show|reproduce|copy|paste|output|give me|send me|type out|write out|recite|read out)\b.{0,30}\b(?:whole|entire|full text|complete (?:text|copy)|all (?:of )?the (?:text|pages|words)|every (?:page|word|line))\b.{0,30}\b\b(?:papers?|documents?|guides?|reports?|text|pdfs?|case stud(?:y|ies)|library|sources?|thing|file|contents?)\b",
        r"\b(?:print|reproduce|copy|paste|output|give me|send me|type out|write out|recite|read out)\b.{0,20}\b(?:every|each) (?:page|word|line)\b",
        r"\b(?:print|show|reproduce|copy|paste|output|dump|give me|send me|type out|write out|recite|read out|list)\b.{0,20}\b(?:every|each|all(?: of)?(?: the| your)?) (?:passages?|chunks?|quotes?|sentences?|documents?|sources?|texts?)\b.{0,30}\b(?:you|stored|hold|held|have|memory|index|database|library)\b",
        r"\b(?:restrictions?|rules|limits|filters?|guardrails|safeguards) (?:are|is|have been|has been|were) (?:now )?(?:lifted|removed|off|disabled|suspended|waived|switched off|turned off)\b",
        r"\bword[- ]for[- ]word\b.{0,40}\b(?:paper|document|guide|whole|all)\b|\b(?:paper|document|guide|case study)\b.{0,30}\bword[- ]for[- ]word\b",
        r"\b(?:you are|you're|you will be) (?:now|no longer)\b|\bfrom now on,? (?:you|act|answer|respond)\b|\bpretend (?:to be|you(?:'re| are)|that you(?:'re| are)|there are no)\b|\blet's (?:play a game|role[- ]?play)\b.{0,60}\b(?:you|rules?)\b",
        r"\b(?:act|respond|answer|behave|speak) (?:as|like)(?: if| though)?\b.{0,40}\b(?:unrestricted|unfiltered|jailb\w+|dan\b|no (?:rules|restrictions|filters?|limits)|without (?:any )?(?:rules|restrictions|filters?|sources|citations)|evil|another (?:ai|assistant|chatbot))",
        r"\b(?:developer|debug|god|admin(?:istrator)?|sudo|maintenance|unrestricted) mode\b|\bjail ?break(?:ing)? (?:yourself|mode|prompt|the assistant|this)\b|^\W*jail ?break\W*$|\bdo anything now\b|\b(?:without|no) (?:any )?(?:citations?|sources|checks?) (?:needed|required|and say|at all)",
        # The same in the languages that are most spoken in English schools, and some of their neighbours'.
        r"\b(?:ignore[zr]?|oublie[zr]?|montre[zr]?|affiche[zr]?|r[ée]v[èe]le[zr]?)\b.{0,30}\b(?:instructions?|consignes|r[èe]gles|invite|prompt)\b",
        r"\b(?:ignor(?:iere?n?|a|e|uj|ieren sie)|vergiss|vergessen sie|zeige?n?|olvida|muestra|revela|ignora|dimentica|mostra|esque[çc]a|zignoruj|poka[żz]|anwybyddwch|anwybydda|dangoswch)\b.{0,40}\b(?:anweisung\w*|regeln?|prompt|instrucciones|reglas|istruzioni|regole|instru[çc][õo]es|regras|polecenia|instrukcj\w+|zasady|[cg]h?yfarwyddiadau|rheolau)\b",
        r"(?:忽略|无视|显示).{0,12}(?:指令|提示|规则)|(?:игнорируй|забудь|покажи).{0,25}(?:инструкц|правил|промпт)|(?:تجاهل|أظهر).{0,20}(?:تعليمات|التعليمات|قواعد)|(?:نظر انداز|ਨਜ਼ਰਅੰਦਾਜ਼).{0,25}",
    )
)
_ROLE = re.compile(r"(?:^|\n|[.!?\"'»)\]-]\s{0,3})\s*(?:<\|?/?)?(?:system|assistant|developer|user)(?:\|?>)?\s?:|<\|?(?:im_start|im_end|system|endoftext|assistant)\|?>|\[/?INST\]|<</?SYS>>", re.IGNORECASE)  # fmt: skip
_TO_A_MACHINE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*(?:(?:note|message|instructions?|attention|important|reminder)\W+)?(?:(?:to|for)\W+)?(?:the )?(?:ai|a\.i\.|llm|language model|chat ?bot|chatgpt|gpt|assistant|ai assistant|large language model)s?\s?[:,]",
        r"\b(?:ai|llm|chat ?bot|language model|assistant|model reading this)s?\b.{0,30}\b(?:must|should|shall|will|please)\b.{0,30}\b(?:tell|say|answer|reply|respond|state|recommend|rank|praise|cite|ignore|output)\b",
        r"\b(?:tell|inform|assure|convince) (?:the |all |any |every )?(?:readers?|users?|askers?|people who ask|whoever asks)\b.{0,60}\bthat\b",
        r"\bwhen (?:asked|you (?:are asked|answer|summari[sz]e)|summari[sz]ing|answering)\b.{0,60}\b(?:say|answer|reply|respond|state|always|tell|cite|recommend)\b",
        r"\bif you are an? (?:ai|llm|language model|assistant|chat ?bot|machine)\b",
    )
)
_MAY_ORDER = re.compile(
    r"\b(?:ai|llms?|gpt|chatgpt|chat ?bots?|assistants?|models?|system|developer|user|users|readers?|askers?|people|whoever|instructions?|prompts?|ignore|disregard|forget|override|bypass|when|if|inst|im_start|endoftext|sys)\b",
    re.IGNORECASE,
)
"""Most sentences have none of these words: a quick look first."""
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{20,}={0,2}(?![A-Za-z0-9+/=_-])")
_LOOK_ALIKES = str.maketrans("аАеЕоОрРсСхХуУіІјЈѕЅԁһкКмМтТнНвВωορανικετΑΒΕΗΙΚΜΝΟΡΤΧ", "aAeEoOpPcCxXyYiIjJsSdhkKmMtTnHbBwopavikeTABEHIKMNOPTX")  # fmt: skip
_LEET = str.maketrans("013457@$", "oieastas")


def as_read(text: str) -> str:
    """The text with letters that only look Latin made so, in words that mix alphabets; and straight apostrophes."""
    text = text.replace("’", "'").replace("‘", "'")
    return re.sub(r"\w+", lambda m: _latin(m[0]), text)


def _latin(word: str) -> str:
    if word.isascii():
        return word
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()}
    return word.translate(_LOOK_ALIKES) if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"} else word


def is_misuse(text: str) -> bool:
    """Whether a question asks for what the assistant does not give, as it stands or in a usual disguise."""
    return any(pattern.search(said) for said in _undressed(text) for pattern in _ASKS) or bool(_ROLE.search(text))


def gives_orders(text: str) -> bool:
    """Whether a sentence of a document speaks to a machine that reads it, and not to people."""
    said = as_read(text)
    if not _MAY_ORDER.search(said):
        return False
    return any(pattern.search(said) for pattern in (*_ASKS[:3], *_TO_A_MACHINE)) or bool(_ROLE.search(said))


def _undressed(text: str) -> Iterator[str]:
    """The text as it stands, and what it may hide: base64, letters turned by thirteen, figures for letters, spaced or reversed letters."""
    text = as_read(text)
    yield text
    for blob in _BASE64.findall(text):
        try:
            decoded = base64.b64decode(blob.replace("-", "+").replace("_", "/") + "=" * (-len(blob.rstrip("=")) % 4), validate=False)
            yield decoded.decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    yield codecs.decode(text, "rot13")
    yield text[::-1]
    if re.search(r"[a-zA-Z][013457@$][a-zA-Z]", text):
        yield text.translate(_LEET)
    if re.search(r"(?:\b\w[ .-]){6}", text):
        yield re.sub(r"(?<=\b\w)[ .-](?=\w\b)", "", text.replace("  ", " \u2003 "))
