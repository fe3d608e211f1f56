"""What is deleted is gone, a disclosure is never kept, and no error tells the database's address."""

import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from assistant_making import answer_to

from assistant.conversations import Conversations, ConversationsError
from assistant.engine import Assistant
from assistant.journey import Ask
from hub.settings import Settings


def files_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("everything", [False, True])
def test_what_is_deleted_is_gone_from_the_file_too(tmp_path: Path, everything: bool) -> None:
    kept = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    kept.add("a", answer_to("What about the periwinkle plan?"))
    assert b"periwinkle" in files_of(tmp_path)
    kept.delete_all() if everything else kept.delete("a")
    kept.close()
    assert b"periwinkle" not in files_of(tmp_path)


@pytest.mark.parametrize("question", ["A Year 9 girl told me she is being hurt by Periwinkle.", "I want to kill myself, periwinkle."])
def test_a_disclosure_is_never_kept(real: Assistant, tmp_path: Path, question: str) -> None:
    kept = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    conversation = kept.start()
    assert kept.add(conversation, real.answer(Ask(question))) is False
    assert (kept.list(), kept.turns(conversation)) == ([], [])
    kept.close()
    assert b"periwinkle" not in files_of(tmp_path).lower()


def test_a_disclosure_in_the_history_is_never_kept(real: Assistant, kept: Conversations, tmp_path: Path) -> None:
    history = ("A Year 9 girl told me she is being hurt by Periwinkle.",)
    kept.add(kept.start(), real.answer(Ask("What does the paper say about that?", history)))
    assert b"periwinkle" not in files_of(tmp_path).lower()


SECRET = "s3cretpassw0rd"


@pytest.mark.parametrize(
    "url",
    [
        f"sqlite:////no/such/folder/{SECRET}.db",
        f"postgresql+nodriver://hub:{SECRET}@db.example/hub",
        f"mysql://hub:{SECRET}@db.example/hub",
        f"nonsense {SECRET}",
    ],
)
def test_a_database_that_cannot_be_opened_is_a_plain_error_without_its_address(url: str) -> None:
    with pytest.raises(ConversationsError, match="HUB_DATABASE_URL") as caught:
        Conversations(url)
    said = str(caught.value)
    assert SECRET not in said
    assert "db.example" not in said


@pytest.mark.parametrize("url", [f"postgresql://hub:{SECRET}@db.example:port/hub", f"postgresql://hub:{SECRET}/hub"])
def test_an_address_with_a_bad_port_is_a_plain_error_too(url: str) -> None:
    with pytest.raises(ConversationsError) as caught:
        Conversations(url)
    assert SECRET not in str(caught.value)


def test_a_file_that_is_no_database_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "c.db").write_text("not a database at all, but long enough to be read as the head of one " * 20)
    with pytest.raises(ConversationsError, match="HUB_DATABASE_URL"):
        Conversations(f"sqlite:///{tmp_path / 'c.db'}")


def test_not_even_the_whole_trace_holds_the_password() -> None:
    with pytest.raises(ConversationsError) as caught:
        Conversations(f"postgresql+nodriver://hub:{SECRET}@db.example/hub")
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def break_it(folder: Path, sql: str) -> None:
    db = sqlite3.connect(folder / "c.db")
    db.executescript(sql)
    db.close()


CALLS = {
    "add": lambda kept: kept.add("a", answer_to(f"peri{'winkle'}")),
    "turns": lambda kept: kept.turns("a"),
    "list": lambda kept: kept.list(),
    "delete": lambda kept: kept.delete("a"),
    "delete_all": lambda kept: kept.delete_all(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_database_that_goes_away_is_a_plain_error(tmp_path: Path, call: Callable[[Conversations], object]) -> None:
    kept = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    break_it(tmp_path, "DROP TABLE turns; DROP TABLE conversations;")
    try:
        with pytest.raises(ConversationsError, match="restart the chat") as caught:
            call(kept)
    finally:
        kept.close()
    trace = "".join(traceback.format_exception(caught.value))
    assert "periwinkle" not in trace
    assert str(tmp_path) not in trace


def test_a_turn_that_this_version_cannot_read_is_a_plain_error(tmp_path: Path) -> None:
    kept = Conversations(f"sqlite:///{tmp_path / 'c.db'}")
    kept.add("a", answer_to("periwinkle"))
    break_it(tmp_path, """UPDATE turns SET answer = '{"question": "periwinkle"}'""")
    try:
        with pytest.raises(ConversationsError, match="cannot read") as caught:
            kept.turns("a")
    finally:
        kept.close()
    assert "periwinkle" not in "".join(traceback.format_exception(caught.value))


def test_a_driver_that_is_not_installed_is_named_with_what_to_install() -> None:
    with pytest.raises(ConversationsError, match="psycopg"):
        Conversations("oracle+oracledb://hub@db.example/hub")


def test_the_settings_put_it_in_the_store_unless_an_address_is_named(tmp_path: Path) -> None:
    assert Settings(store=tmp_path).conversations_url() == f"sqlite:///{tmp_path.resolve() / 'conversations.db'}"
    named = Settings(store=tmp_path, database_url=f"postgresql://hub:{SECRET}@db/hub")
    assert SECRET in named.conversations_url()
    assert SECRET not in repr(named)
