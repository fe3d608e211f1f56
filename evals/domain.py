"""The nouns of evals, frozen: a case, a set of them, a score, a metric, a run."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from hub.domain import Answer, Noun, Status, Words

Unit = Literal["share", "milliseconds", "dollars"]
Importance = Literal["vital", "okay"]
State = Literal["starting", "running", "stopped", "done"]
SentenceLabel = Literal["right", "partly", "wrong"]
CitationLabel = Literal["right", "nearby", "wrong"]


class GoldPlace(Noun):
    """Where in a source the answer stands: a heading's section, a page, or offsets in the text that `ingest --text` prints."""

    heading: str = ""
    page: int | None = Field(default=None, ge=1)
    start: int | None = Field(default=None, ge=0)
    end: int | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "GoldPlace":
        if (self.start is None) != (self.end is None):
            raise ValueError('a place by offsets has both "start" and "end"')
        if not (self.heading or self.page or self.end):
            raise ValueError('a place names a "heading", a "page", or "start" and "end"')
        return self


class Gold(Noun):
    """One thing that a good answer rests on. Any of a case's golds will do, unless a scorer says otherwise."""

    source: Words
    quote: str = ""
    """Verbatim words of the source; empty: the place, or the source as a whole."""
    place: GoldPlace | None = None


class Nugget(Noun):
    """A fact that a good answer holds, after TREC's nuggets: vital, or worth having (okay)."""

    text: Words
    importance: Importance = "vital"


class EvalCase(Noun):
    """A question with what a good answer to it is. The contract of a line in an eval set."""

    id: Words
    question: str
    history: tuple[str, ...] = ()
    """The conversation's earlier questions, oldest first."""
    answerable: bool
    """Whether the library holds an answer. A false premise that the library corrects is answerable."""
    expected_status: tuple[Status, ...] = ()
    """The statuses that are right; empty: any answer where it is answerable, any refusal where it is not."""
    kind: str = ""
    """What sort of question it is; results are grouped by it."""
    gold: tuple[Gold, ...] = ()
    also: tuple[str, ...] = ()
    """Other sources that are right to cite."""
    components: tuple[str, ...] = ()
    """Component ids that the answer is about; empty: not said."""
    nuggets: tuple[Nugget, ...] = ()
    """Facts that a judge looks for in the answer."""
    note: str = ""


class EvalSet(Noun):
    """A file of cases, named exactly by its content."""

    name: str
    version: str
    """The first 12 hex digits of the sha256 of its cases, in order, as canonical JSON: white space and key order do not count."""
    cases: tuple[EvalCase, ...]


class Score(Noun):
    """What one scorer found on one case. Unscored is not zero, and an error is not a score."""

    scorer: str
    value: float | None
    """None: this scorer has nothing to say of the case."""
    answer: str = ""
    """What was judged, or the verdict, in a word or two."""
    explanation: str = ""
    """Why, for a reader."""
    metadata: Mapping[str, Any] = {}


class About(Noun):
    """What a scorer measures, as a reader is told."""

    name: str
    title: str
    meaning: str
    """What this means, in plain words."""
    unit: Unit = "share"
    higher_is_better: bool = True
    judged: bool = False
    """By a judge llm."""


class Metric(Noun):
    """A scorer over a group of cases."""

    scorer: str
    group: str
    """"" for all cases, else "kind: define" or "component: connect"."""
    n: int
    """Cases scored."""
    unscored: int
    mean: float | None
    low: float | None
    high: float | None
    """95% interval of the mean: Wilson's for yes and no, bootstrap for the rest."""


class StoreState(Noun):
    """What a run was answered from."""

    generation: str
    made_by: str
    sources: int
    chunks: int
    digest: str


class Run(Noun):
    """One execution of a set, saved with what it was made by."""

    id: str
    set_name: str
    set_version: str
    cases: int
    started: str
    finished: str = ""
    state: State = "starting"
    settings: Mapping[str, Any]
    """What was in force, without secrets."""
    prompts: Mapping[str, str]
    """Name to the first 12 hex digits of the sha256."""
    commit: str
    dirty: bool
    """Whether the code differed from the commit."""
    code: str
    """The first 12 hex digits of the sha256 of what differed, or ""."""
    store: StoreState
    judge: str = ""
    repeats: int = 1
    """How often the judge is asked the same."""
    lost: int = 0
    """Cases none of whose gold the library held when it began: no answer to them can be found right."""
    calls: int = 0
    """The estimate before it started: llm calls."""
    tokens: int = 0
    dollars: float | None = None
    """None: the llm's price is not known here."""
    seconds: float = 0.0
    """Time spent on cases so far, over all sittings."""


class Outcome(Noun):
    """One case of a run: its answer, or why there is none, and its scores."""

    case: str
    answer: Answer | None
    error: str = ""
    """Why the case could not be answered; then it has no scores."""
    seconds: float = 0.0
    scores: tuple[Score, ...] = ()

    def score(self, scorer: str) -> Score | None:
        """This case's score by a scorer, or None."""
        return next((s for s in self.scores if s.scorer == scorer), None)
