"""Stored answers after their sources have changed or gone: older words stay readable, withdrawn ones are withheld."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from assistant_making import Document, make_assistant, write_folder

from assistant.conversations import Conversations
from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.standing import WITHDRAWN, drop_uncited, withhold
from hub import readings
from hub.domain import Answer, Citation, Claim
from hub.settings import Settings
from ingest.run import ingest

ROW = 'title = "Visits at {name}"\nkind = "case-study"\norganisation = "{name} Trust"'
WORDS = {
    "Larkfield": "# Visits at Larkfield\n\nHeads of Larkfield visit one another in {number} each term to watch teaching.\n",
    "Mossgate": "# Peer visits\n\nEvery autumn Mossgate sends {number} headteachers to visit lessons at a partner school, and they write one page together.\n",
}


def document(name: str, number: str) -> Document:
    return Document(name.lower(), ROW.format(name=name), WORDS[name].format(number=number))


class World:
    """A folder, the store made of it, and an assistant over it."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.settings = Settings(store=base / "store")
        self.assistant: Assistant | None = None

    def ingest(self, *documents: Document) -> Assistant:
        shutil.rmtree(self.base / "folder", ignore_errors=True)
        folder = write_folder(self.base / "folder", list(documents))
        if self.assistant is None:
            self.assistant = make_assistant(self.settings, [folder])
        else:
            ingest(self.settings, [folder], lambda step, done, total: None)
        return self.assistant


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    if made.assistant:
        made.assistant.shelf.close()


@pytest.fixture
def answered(world: World) -> Answer:
    """An answer that cites both documents."""
    assistant = world.ingest(document("Larkfield", "threes"), document("Mossgate", "fours"))
    one, two = (assistant.answer(Ask("How do heads visit schools?", organisation=f"{name} Trust")) for name in WORDS)
    other = of(two, "mossgate").model_copy(update={"marker": len(one.citations) + 1})
    answer = one.model_copy(update={"text": f"{one.text}\n\n“{other.quote}” [{other.marker}]", "citations": (*one.citations, other)})
    assert {c.source for c in answer.citations} == {"larkfield", "mossgate"}
    return answer


def of(answer: Answer, source: str) -> Citation:
    return next(c for c in answer.citations if c.source == source)


def test_a_changed_document_still_opens_at_the_words_that_were_cited(world: World, answered: Answer, kept: Conversations) -> None:
    kept.add("c1", answered)
    assistant = world.ingest(document("Larkfield", "fives"), document("Mossgate", "fours"))
    [stored] = kept.turns("c1")
    citation = of(stored, "larkfield")
    cited = assistant.shelf.library.readings.cited(citation)
    assert cited.standing == "older"
    assert cited.loaded is not None
    assert cited.loaded.text[citation.start : citation.end] == citation.quote
    assert assistant.shelf.library.readings.cited(of(stored, "mossgate")).standing == "current"
    assert withhold(stored, assistant.shelf.library) == stored
    new = assistant.answer(Ask("How do heads visit schools?", organisation="Larkfield Trust"))
    assert "fives" in of(new, "larkfield").quote


def test_a_removed_documents_quotes_are_withheld_everywhere(world: World, answered: Answer, kept: Conversations) -> None:
    kept.add("c1", answered)
    quote = of(answered, "larkfield").quote
    assistant = world.ingest(document("Mossgate", "fours"))
    shown = withhold(kept.turns("c1")[0], assistant.shelf.library)
    assert "threes" not in shown.model_dump_json(exclude={"question", "standalone_question"})
    assert quote not in shown.model_dump_json()
    assert f"{WITHDRAWN} [{of(shown, 'larkfield').marker}]" in shown.text
    assert of(shown, "mossgate") == of(answered, "mossgate")
    assert of(shown, "mossgate").quote in shown.text
    world.ingest(document("Larkfield", "threes"), document("Mossgate", "fours"))
    assert withhold(kept.turns("c1")[0], assistant.shelf.library) == answered  # put back, it is shown again


def test_an_older_text_goes_once_no_stored_answer_cites_it(
    world: World, answered: Answer, kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "GRACE", -readings.GRACE)  # as if an hour had passed
    kept.add("c1", answered)
    kept.add("c2", answered.model_copy(update={"id": "0" * 32}), person="another")
    assistant = world.ingest(document("Larkfield", "fives"), document("Mossgate", "fours"))
    library = assistant.shelf.library
    store = world.settings.store
    assert drop_uncited(kept, store) == 0
    kept.delete("c1")
    assert drop_uncited(kept, store) == 0  # the other's conversation cites it
    kept.delete_all("another")
    assert drop_uncited(kept, store) == 1
    assert library.readings.kept() == []
    assert library.readings.cited(of(answered, "larkfield")).loaded is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Gone.” [1]", f"{WITHDRAWN} [1]"),
        ("- Larkfield: “Gone.” [1] “Stays.” [2]", f"- Larkfield: {WITHDRAWN} [1] “Stays.” [2]"),
        ("- It went [1]", f"- {WITHDRAWN} [1]"),
        ("It went well. [1][2]", "It went well. [1][2]"),  # has another to rest on
        ("One sentence. [2] Another one. [1]", f"One sentence. [2] {WITHDRAWN} [1]"),
        ("Nothing rests here.", "Nothing rests here."),
    ],
)
def test_only_the_words_that_rest_on_it_are_withheld(world: World, text: str, expected: str) -> None:
    assistant = world.ingest(document("Mossgate", "fours"))

    def cite(marker: int, source: str) -> Citation:
        return Citation(
            marker=marker, source=source, title="T", organisation="O", kind="guide", published="", illustrative=False, ocr=False, page=None,
            page_label="", heading="", components=(), tag_method="", quote="Q", start=0, end=1, url="", licence="",
        )  # fmt: skip

    answer = Answer(
        id="a", question="q", standalone_question="q", route="search", status="answered", text=text,
        claims=(Claim(text="Gone.", markers=(1,), voice="other", verdict="quoted"), Claim(text="Stays.", markers=(2,), voice="other", verdict="quoted")),
        citations=(cite(1, "larkfield"), cite(2, "mossgate")),
    )  # fmt: skip
    shown = withhold(answer, assistant.shelf.library)
    assert shown.text == expected
    assert [c.text for c in shown.claims] == [WITHDRAWN, "Stays."]
    assert [c.quote for c in shown.citations] == ["", "Q"]
