"""What a case study says of how it knows: labels by the text's own words, each with its quote. Never a score, never a rank."""

import re
from collections.abc import Iterable
from typing import Literal

from assistant.choose import Quote, quote_of
from assistant.explore.coverage import Map
from assistant.explore.levels import Level
from assistant.explore.quotable import gives_figure, is_quotable, text_of, under_results
from assistant.explore.quoting import Citer, Quoter
from assistant.shelf import Shelf
from assistant.wording import context_of, name_of
from hub.domain import Chunk, Citation, Noun, Source

Label = Literal["figures", "external", "judgement", "none"]
LABEL_WORDS: dict[Label, str] = {
    "figures": "figures given",
    "external": "external validation named",
    "judgement": "own judgement",
    "none": "none stated",
}
EVIDENCE_RULE = (
    "Figures given: a sentence counts or measures something beside words of change, or under a heading of results. External validation named: "
    "a sentence says what an outside body found, awarded or evaluated. Own judgement: a sentence says what the school or trust, its staff or "
    "its pupils think or report, without a figure. None stated: no sentence of these kinds was found. The labels say what the text offers, not whether it is right."
)
QUOTES_OF_LABEL = 2
QUOTES_OF_TOLD = 3
_BODY = (
    r"(?:ofsted|hmi|estyn|inspect(?:ion|ors?)|(?:external|outside|independent|visiting) (?:\w+ )?(?:review(?:er|ers|s)?|evaluat(?:ion|ors?)|audit(?:or|ors)?|assessors?|examiners?|researchers?)"
    r"|(?:the |a )?university(?: of)?(?: \w+)?|auditors?|(?:reviewers?|lecturer|researchers?|colleagues|heads?|leaders|advis[eo]rs?|moderators?|teachers) (?:from|of) (?:a|an|another|the) (?:local |neighbouring |other )?(?:university|trust|local authority|charity|network))"
)
_EXTERNAL = re.compile(
    rf"\b{_BODY}\b.{{0,80}}\b(?:found|said|watch(?:ed)?|matched|compared|measured|tested|analysed|judged|rated|graded|praised|noted|commented|reported|recognised|described|agreed|confirmed|checked|concluded|reviewed|moderated|evaluated|wrote|saw)\b"
    rf"|\b(?:evaluated|checked|validated|verified|audited|reviewed|judged|rated|praised|recognised|accredited|inspected|commended|confirmed) by (?:\w+ ){{0,3}}{_BODY}\b"
    r"|\b(?:won|awarded|received|gained|achieved|hold|holds)\b.{0,40}\b(?:award|quality mark|accreditation|charter mark|kitemark)\b",
    re.IGNORECASE,
)
_WHO = r"(?:we|(?:our |the |some |most |many |all |several )?(?:staff|teachers|heads|leaders|pupils|parents|governors|colleagues|children)|everyone|most of (?:us|them))"
_THINKS = re.compile(
    rf"\b{_WHO}(?: (?:now|also|all|have|has|had|often|still|mostly|already|generally)){{0,2}} "
    r"(?:feels?|felt|thinks?|thought|believed?|found|says?|said|report(?:ed|s)?|tell us|told us|noticed|seen|agreed?)\b|\bfeedback (?:has|was|is|had)\b|\bin our (?:view|judgement|opinion)\b",
    re.IGNORECASE,
)
_OF_EFFECT = re.compile(
    r"\b(?:improv\w+|reduc\w+|better|worse|fair(?:er)?|easier|harder|less|more|fewer|positive|confiden\w+|happier|help(?:ed|s)|differen\w+|benefit\w*|impact|chang\w+|work(?:ed|s)|saved?|greater|stronger)\b",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"\b(?:has|have|had) (?:already |also |greatly |really )?(?:helped us|improved|reduced|helped to (?:reduce|improve|raise)|led to|made an? (?:\w+ )?difference|resulted in|saved|freed)\b",
    re.IGNORECASE,
)
"""An effect stated without a figure is the writer's own judgement."""
_DENIED = re.compile(
    r"\b(?:no|not|nobody|none|never|neither|without|yet to|cannot|can't|n[o']t been|hardly|may|might|could|would|should|if|hopes?|before an?|ready for|prepar\w+ for|worr\w+|feared|expect\w*)\b",
    re.IGNORECASE,
)
"""Around an outside body: it said nothing yet, or the text only fears or expects it."""


class Evidence(Noun):
    """One label, with the words that give it."""

    label: Label
    words: str
    quotes: tuple[Citation, ...] = ()


class CaseStudyFacts(Noun):
    """What a card or a page shows of one case study."""

    source: str
    title: str
    name: str
    organisation: str
    context: str
    published: str
    illustrative: bool
    components: tuple[tuple[str, Level, str], ...]
    """(component, level, what it rests on) of those that it speaks of."""
    evidence: tuple[Evidence, ...]


def says_of_itself(text: str, heading: str) -> Label:
    """The label that one sentence gives, the first that fits; "none" where it gives none."""
    if _EXTERNAL.search(text) and not _DENIED.search(text):
        return "external"
    if gives_figure(text, heading):
        return "figures"
    thinks = _THINKS.search(text) and (_OF_EFFECT.search(text) or under_results(heading))
    return "judgement" if thinks or _CLAIMS.search(text) else "none"


def labels_of(chunks: Iterable[Chunk], shelf: Shelf) -> tuple[Label, ...]:
    """The labels of one source's chunks, without their quotes; "none" alone where nothing was found."""
    found = {
        says_of_itself(text_of(chunk, sentence), chunk.place.heading)
        for chunk in chunks
        for sentence in chunk.sentences
        if is_quotable(chunk, sentence, shelf.furniture)
    }
    return tuple(label for label in LABEL_WORDS if label in found and label != "none") or ("none",)


def label_evidence(source: Source, shelf: Shelf, quoter: Quoter, citer: Citer | None = None) -> tuple[Evidence, ...]:
    """The labels of one source with their quotes, those under headings of results first; "none stated" alone where nothing was found."""
    found: dict[Label, list[Quote]] = {"figures": [], "external": [], "judgement": []}
    chunks = sorted((c for c in shelf.chunks.values() if c.source == source.id), key=_results_first)
    for chunk in chunks:
        for sentence in chunk.sentences:
            if is_quotable(chunk, sentence, shelf.furniture):
                label = says_of_itself(text_of(chunk, sentence), chunk.place.heading)
                if label != "none":
                    found[label].append(quote_of(source, chunk, sentence.start, sentence.end, sentence.lead))
    cite = (citer or Citer(quoter)).cite
    labels = tuple(
        Evidence(label=label, words=LABEL_WORDS[label], quotes=cited)
        for label, quotes in found.items()
        if (cited := cite(quotes[:QUOTES_OF_LABEL]))
    )
    return labels or (Evidence(label="none", words=LABEL_WORDS["none"]),)


def _results_first(chunk: Chunk) -> tuple[bool, int]:
    return not under_results(chunk.place.heading), chunk.start


class Told(Noun):
    """What a case study tells of one component."""

    component: str
    level: Level
    why: str
    quotes: tuple[Citation, ...]


class CaseStudy(Noun):
    """The page of one case study: what it did by component, and what it says came of it. Every line is a quote."""

    facts: CaseStudyFacts
    told: tuple[Told, ...]


def tell(source: Source, atlas: Map) -> CaseStudy:
    """One case study, its quotes numbered through."""
    citer = Citer(atlas.quoter)
    found = [f for c in atlas.model.components for f in atlas.on(c.id, [source]) if f.rated.level != "nothing"]
    found.sort(key=lambda f: f.rated.level != "described")  # as the page has them, so that its numbers run on
    told = tuple(
        Told(
            component=f.component,
            level=f.rated.level,
            why=f.rated.why,
            quotes=citer.cite(_as_told(atlas.quoter.choose([f], QUOTES_OF_TOLD))),
        )
        for f in found
    )
    return CaseStudy(facts=facts_of(source, atlas, citer), told=tuple(t for t in told if t.quotes))


def _as_told(quotes: list[Quote]) -> list[Quote]:
    """In the text's own order."""
    return sorted(quotes, key=lambda q: q.start)


def facts_of(source: Source, atlas: Map, citer: Citer | None = None) -> CaseStudyFacts:
    """One case study's facts, for its card; components in the model's order."""
    found = [f for c in atlas.model.components for f in atlas.on(c.id, [source])]
    return CaseStudyFacts(
        source=source.id,
        title=source.title,
        name=name_of(source),
        organisation=source.organisation,
        context=context_of(source),
        published=source.published,
        illustrative=source.illustrative,
        components=tuple((f.component, f.rated.level, f.rated.why) for f in found),
        evidence=label_evidence(source, atlas.shelf, atlas.quoter, citer),
    )
