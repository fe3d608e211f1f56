"""Which stored answers cite a source."""

from typing import Any

from assistant_making import answer_to

from assistant.conversations import Conversations


def cites(*sources: str) -> dict[str, Any]:
    plain = {
        "title": "T", "organisation": "O", "kind": "guide", "published": "", "illustrative": False, "ocr": False, "page": None, "page_label": "",
        "heading": "", "components": [], "tag_method": "", "quote": "Q", "start": 0, "end": 1, "url": "", "licence": "",
    }  # fmt: skip
    return {"citations": [{**plain, "marker": n, "source": source} for n, source in enumerate(sources, 1)]}


def test_a_persons_answers_that_cite_a_source_come_newest_first(kept: Conversations) -> None:
    kept.add("a", answer_to("First?", **cites("x", "y", "x")))
    kept.add("a", answer_to("None?"))
    kept.add("b", answer_to("Second?", **cites("x")))
    kept.add("c", answer_to("Another's?", **cites("x")), person="other")
    kept.add("b", answer_to("Third?", **cites("xy")))
    assert [t.question for t in kept.citing({"x"})] == ["Second?", "First?"]
    assert [t.question for t in kept.citing({"x", "xy"})] == ["Third?", "Second?", "First?"]
    assert [[c.source for c in t.citations] for t in kept.citing()] == [["xy"], ["x"], ["x", "y"]]
    assert [t.question for t in kept.citing(person="other")] == ["Another's?"]
    assert list(kept.citing({"nothing"})) == []
