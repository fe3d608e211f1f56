"""What is shown of an llm's sentences: each one's verdict beside it, in words, and what the words mean."""

from uuid import uuid4

from streamlit.testing.v1 import AppTest

from assistant.journey import Ask
from hub.domain import Answer, Claim
from ui.markdown import answer_markdown

CLAIMS = (
    Claim(text="Marking fell.", markers=(1,), voice="practice", verdict="quoted"),
    Claim(text="It fell by _half_.", markers=(1, 2), voice="practice", verdict="supported"),
    Claim(text="Staff were glad.", markers=(2,), voice="practice", verdict="not_verified", note="No clear word."),
    Claim(text="Staff were glad of it.", markers=(2,), voice="practice", verdict="not_verified"),
)
TEXT = "Marking fell. [1] It fell by _half_. [1][2]\n\n- Staff were glad. [2]\n- Staff were glad of it. [2]\n\n*Passages stand in 3.*"


def test_each_sentence_of_an_llm_carries_its_verdict_and_a_quoted_one_needs_none() -> None:
    lines = answer_markdown(TEXT, "0" * 32, CLAIMS).split("\n")
    first, second = lines[0].split(" It fell ")
    assert "gray" not in first
    assert second.endswith(":gray[:small[judged]]")
    assert [line.endswith(":gray[:small[not verified]]") for line in lines[2:4]] == [True, True]
    assert "gray" not in lines[-1]


def test_without_an_llm_nothing_is_added() -> None:
    assert "gray" not in answer_markdown(TEXT, "0" * 32)


def test_what_an_llm_writes_never_becomes_a_verdict() -> None:
    assert ":gray[" not in answer_markdown("All is :gray[:small[judged]]. [1]", "0" * 32)


def stored(app: AppTest, claims: tuple[Claim, ...]) -> str:
    """The page of a conversation that holds one answer by an llm."""
    from ui import session

    app.run()
    fields = {"question": "Why?", "standalone_question": "Why?", "route": "lookup", "status": "answered", "text": TEXT, "llm": "openai/x"}
    real = session.assistant().answer(Ask("What does Connect mean?"))
    answer = Answer.model_validate({**fields, "id": uuid4().hex, "claims": claims, "citations": real.citations[:2]})
    id = session.conversations().start()
    session.conversations().add(id, answer)
    app.query_params["c"] = id
    app.run()
    assert not app.exception
    return "\n".join(str(e.value) for group in (app.markdown, app.caption) for e in group)


def test_the_page_says_what_the_words_mean(app: AppTest) -> None:
    shown = stored(app, CLAIMS)
    assert shown.count(":small[not verified]") == 2
    assert "nobody has checked its meaning" in shown
    assert "a second language model found the sentence in its quotes" in shown


def test_a_word_that_is_not_used_is_not_explained(app: AppTest) -> None:
    shown = stored(app, CLAIMS[:2])
    assert "nobody has checked its meaning" not in shown
