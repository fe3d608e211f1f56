"""A strategy of a person's own: let in or turned away, masked, kept for them alone, and gone when deleted."""

import sqlite3
from pathlib import Path

import pytest

from assistant.conversations import Conversations
from assistant.disclosure import Disclosures
from assistant.engine import Assistant
from assistant.explore.admit import MOST_TOGETHER, admit
from assistant.explore.strategy import sentences_of
from assistant.explore.usage import ExploreError
from assistant.journey import JourneyEnds
from assistant.pathways import Listed, title_of

PLAN = """# Reading in our nine primaries

By July 2029 every child in our nine primary schools reads well.

- train every teacher, led by Ms Okafor (k.okafor@example.org, 01632 960123)
- a pupil called Zuleika Marchbanks read to the governors
"""


@pytest.fixture(scope="module")
def disclosures(own: Assistant) -> Disclosures:
    return Disclosures(own.shelf.reader)


def test_a_strategy_is_let_in_with_personal_data_masked(disclosures: Disclosures) -> None:
    text = admit(PLAN.replace("\n", "\r\n") + "\u200b\x00", disclosures)
    assert [w for w in ("okafor@", "01632", "Zuleika", "Marchbanks", "\r", "\u200b", "\x00") if w in text] == []
    assert text.count("\n") == PLAN.count("\n")
    assert "By July 2029 every child in our nine primary schools reads well." in [s.quote for s in sentences_of(text)]


@pytest.mark.parametrize(
    "lines",
    [
        ["A Year 8 boy called Tom told me he is being hurt at home."],
        ["A Year 8 boy called Tom told me he", "is being hurt at home."],
        ["We will read more. " * (MOST_TOGETHER // 10) + "A Year 8 boy called Tom told me he is being hurt at home."],
    ],
)
def test_a_disclosure_in_it_is_pointed_to_people_and_never_repeated(disclosures: Disclosures, lines: list[str]) -> None:
    with pytest.raises(JourneyEnds) as ended:
        admit("\n".join([PLAN, *lines, "", "We will train all staff."]), disclosures)
    said = ended.value.text
    assert (ended.value.reason, ended.value.keep_question) == ("safeguarding", False)
    assert [
        w
        for w in ("designated safeguarding lead", "999", "not been searched or kept", "line 7")
        if w not in said.replace("line 8", "line 7")
    ] == []
    assert "Tom" not in said


def test_an_empty_strategy_says_so(disclosures: Disclosures) -> None:
    with pytest.raises(ExploreError, match="empty"):
        admit(" \u200b\n", disclosures)


def test_it_is_kept_resumed_renamed_and_another_persons_is_not_there(kept: Conversations) -> None:
    store = kept.pathways
    id = store.begin("# Reading well\nWe want more.", "a", phase="primary", schools=14)
    assert store.note(id, "connect", "Ask Ms Bell, b.bell@example.org", "a")
    assert store.note(id, "use-evidence", "soon", "a")
    assert store.note(id, "use-evidence", "  ", "a")
    held = store.get(id, "a")
    assert held
    assert (held.title, held.phase, held.region, held.schools) == ("Reading well", "primary", "", 14)
    assert held.notes == {"connect": "Ask Ms Bell, [email]"}
    assert store.place(id, "a", "secondary", "London", 3)
    assert store.rename(id, "For the board", "a")
    held = store.get(id, "a")
    assert held
    assert (held.title, held.phase, held.region, held.schools) == ("For the board", "secondary", "London", 3)

    assert store.get(id, "b") is None
    assert not any(
        (store.note(id, "connect", "x", "b"), store.rename(id, "x", "b"), store.place(id, "b", "", "", 0), store.rename(id, " ", "a"))
    )
    store.delete(id, "b")
    assert store.list("b") == []
    assert store.list("a") == [Listed(id, "For the board", held.updated_at)]


def test_a_deleted_one_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    store = Conversations(f"sqlite:///{path}")
    id = store.pathways.begin("The unmistakable quillwort pledge.", "a")
    store.pathways.note(id, "connect", "an unmistakable note", "a")
    store.pathways.delete(id, "a")
    assert store.pathways.get(id, "a") is None
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert db.execute("SELECT COUNT(*) FROM pathway_notes").fetchone() == (0,)
    db.close()
    assert b"nmistakable" not in path.read_bytes()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n## Our *plan*\nx", "Our *plan*"),
        ("- first item", "first item"),
        ("word " * 40, "word word word word word word word word word word word …"),
        ("Led by a.b@example.org", "Led by [email]"),
        ("", "A strategy"),
    ],
)
def test_its_first_line_names_it(text: str, title: str) -> None:
    assert title_of(text) == title
