"""What a language model may write of a component: the chat's own answer, under the chat's own checks. Nothing of the reader's text is in it."""

import re

from assistant.explore.pathway import Stop
from assistant.journey import Ask
from assistant.profile import Profile
from hub.domain import Answer

_MARKER = re.compile(r"\[(\d+)\]")


def ask_for_prose(stop: Stop, phase: str = "", region: str = "", schools: int = 0) -> Ask:
    """The question whose answer tells what others did. Of the reader it holds what they chose to say of their trust, and no more."""
    return Ask(f"How have others handled {stop.name}?", component=stop.component, near=Profile(phase, region, schools))


def number_on(answer: Answer, last: int) -> Answer:
    """The same answer with its markers after `last`: the page that it stands on has numbers of its own."""
    known = {c.marker for c in answer.citations}

    def later(match: re.Match[str]) -> str:
        return f"[{int(match[1]) + last}]" if int(match[1]) in known else match[0]  # else a bracketed number of the source's own

    claims = tuple(c.model_copy(update={"markers": tuple(m + last for m in c.markers)}) for c in answer.claims)
    citations = tuple(c.model_copy(update={"marker": c.marker + last}) for c in answer.citations)
    return answer.model_copy(update={"text": _MARKER.sub(later, answer.text), "claims": claims, "citations": citations})
