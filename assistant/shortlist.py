"""Case studies by their context alone: "List the case studies from special schools", "Who do you hold in the South West?".

No topic is asked for, so none is searched: what is listed is what the rows say, each with the words by which its case study says whom it is of.
"""

from assistant.choose import MOST, Quote, quote_of
from assistant.citing import Page
from assistant.compose_practice import studies_counted
from assistant.explore.quotable import is_quotable, text_of
from assistant.journey import Understood
from assistant.retrieve import in_context, question_words
from assistant.shelf import Shelf
from assistant.wording import context_of, join_names, name_of, plain_organisation
from hub.domain import Source
from hub.places import places_in
from vectorstore.lexical import tokenize

_NO_TOPIC = """
    who what which any all list show find give name me us you we they your our hold held have has got do does is are there here from in at of the
    case study studies trust trusts mat mats school schools academy academies organisation organisations one ones example examples library hub
    primary primaries secondary secondaries special infant infants junior juniors alternative provision pupil referral unit units small smaller
    tiny large larger big multi-academy under below fewer less than over above more at least most pupils students children with and or based held
    included include covered cover near around region area county england english
"""


def asks_for_context_alone(understood: Understood) -> bool:
    """Whether a question asks for case studies of a place, phase or size and of nothing else."""
    if understood.route not in ("find", "how_others") or understood.names or understood.components or understood.strands:
        return False
    if not (understood.phase or understood.regions or understood.size):
        return False
    no_topic = set(tokenize([f"{_NO_TOPIC} {' '.join(places_in(understood.question))}"])[0])
    return all(word in no_topic or word.isdigit() for word in question_words(understood))


def shortlist(page: Page, understood: Understood, shelf: Shelf) -> None:
    """What is held of that context, the newest first, each with its own words on who it is."""
    inside = in_context(understood, shelf)
    found = sorted((s for s in shelf.case_studies() if s.id in inside), key=lambda s: (s.published, s.title), reverse=True)
    page.frame(f"We hold **{studies_counted(understood, len(found))}**{':' if found else '.'}")
    page.gap()
    for source in found[:MOST]:
        where = f" ({context})" if (context := context_of(source)) else ""
        before = f"**{name_of(source)}**{where}, *{source.title}*"
        opening = _opening(source, shelf)
        if opening:
            page.quote(f"{before}:", [opening], bullet=True)
        else:
            page.frame(f"- {before}")
    if rest := found[MOST:]:
        page.gap()
        page.frame(f"And {join_names([name_of(s) for s in rest])}.")
    if understood.size and understood.size.rule:
        page.gap()
        page.frame(f"*Taken as {understood.size.rule}.*")


def _opening(source: Source, shelf: Shelf) -> Quote | None:
    """The first statement that has a word of its own name, else the first statement."""
    statements = [
        (chunk, sentence)
        for chunk in sorted((c for c in shelf.chunks.values() if c.source == source.id), key=lambda c: c.start)
        for sentence in chunk.sentences
        if is_quotable(chunk, sentence, shelf.furniture) and not sentence.lead and not text_of(chunk, sentence).endswith((":", "?"))
    ]
    own = set(tokenize([f"{plain_organisation(source)} {source.context.school}"])[0]) - set(tokenize([_NO_TOPIC])[0])
    named = [(c, s) for c, s in statements if own & set(tokenize([text_of(c, s)])[0])]
    for chunk, sentence in named[:1] or statements[:1]:
        return quote_of(source, chunk, sentence.start, sentence.end)
    return None
