"""Nothing leaves that does not stand in its source: drafts with altered quotes, against the real library."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.check import FALLEN, check
from assistant.citing import shown
from assistant.engine import Assistant
from assistant.journey import Ask, Draft
from assistant.tables import table_lines
from assistant.wording import DIFFERENT
from hub.domain import Answer, Citation

ONE_WORD = ("a word", lambda quote: re.sub(r"\b(?!not\b)\w{4,}", "never", quote, count=1))
ONE_LETTER = ("a letter", lambda quote: re.sub(r"[a-y](?=\w)", "z", quote, count=1))
ONE_MORE = ("a word more", lambda quote: f"{quote} Always.")
ONE_LESS = ("a word less", lambda quote: quote.rsplit(" ", 1)[0])
ALTERED = [ONE_WORD, ONE_LETTER, ONE_MORE, ONE_LESS]


@pytest.fixture(scope="module")
def answered(real: Assistant) -> Answer:
    """A quote or more of each of several sources."""
    answer = real.answer(Ask("How have others handled De-implement?"))
    assert len(answer.citations) >= 3
    return answer


def draft_of(answer: Answer, citations: tuple[Citation, ...] | None = None) -> Draft:
    return Draft(
        answer.status,
        answer.text,
        answer.claims,
        answer.citations if citations is None else citations,
        answer.nearest,
        follow_ups=answer.follow_ups,
    )


def altered(answer: Answer, marker: int, change: Callable[[str], str]) -> Draft:
    """The draft with one quote altered, in its citation, its claim and the text."""
    [citation] = [c for c in answer.citations if c.marker == marker]
    quote = change(citation.quote)
    assert quote != citation.quote
    bad = citation.model_copy(update={"quote": quote})
    return Draft(
        answer.status,
        answer.text.replace(shown(citation.quote), shown(quote)),
        tuple(c.model_copy(update={"text": c.text.replace(shown(citation.quote), shown(quote))}) for c in answer.claims),
        tuple(bad if c.marker == marker else c for c in answer.citations),
        answer.nearest,
    )


def markers_in(text: str) -> list[int]:
    return [int(m) for m in re.findall(r"\[(\d+)\]", text)]


def test_a_draft_that_stands_is_left_as_it_is(real: Assistant, answered: Answer) -> None:
    draft = draft_of(answered)
    assert check(draft, real.shelf.library) is draft


@pytest.mark.parametrize(("what", "change"), ALTERED, ids=[what for what, _ in ALTERED])
@pytest.mark.parametrize("place", [0, 1, -1], ids=["first", "second", "last"])
def test_an_altered_quote_is_lost_and_the_others_move_up_in_step(
    real: Assistant, answered: Answer, place: int, what: str, change: Callable[[str], str]
) -> None:
    gone = answered.citations[place]
    draft = altered(answered, gone.marker, change)
    checked = check(draft, real.shelf.library)
    kept = [c.quote for c in answered.citations if c is not gone]
    assert [(c.marker, c.quote) for c in checked.citations] == list(enumerate(kept, 1))
    assert markers_in(checked.text) == list(range(1, len(kept) + 1))
    assert [c.markers for c in checked.claims] == [(n,) for n in range(1, len(kept) + 1)]
    for citation, claim in zip(checked.citations, checked.claims, strict=True):
        assert shown(citation.quote) in claim.text
        assert f"“{shown(citation.quote)}” [{citation.marker}]" in checked.text
    assert shown(draft.citations[gone.marker - 1].quote) not in str(checked.claims)
    assert checked.status == "answered"


@pytest.mark.parametrize(("old", "new"), [("14%", "41%"), ("14%", "15%"), ("6%", "8%")])
def test_one_altered_digit_is_enough(real: Assistant, old: str, new: str) -> None:
    answer = real.answer(Ask("Which school cut staff turnover from 14% to 6%, and in how long?"))
    [marker] = [c.marker for c in answer.citations if old in c.quote and "%" in c.quote][:1]
    checked = check(altered(answer, marker, lambda quote: quote.replace(old, new, 1)), real.shelf.library)
    assert len(checked.citations) == len(answer.citations) - 1
    assert all(old not in c.quote for c in checked.citations if "%" in c.quote)


@pytest.mark.parametrize("shift", [-5, 5, 40])
def test_a_quote_at_the_wrong_offsets_does_not_stand(real: Assistant, answered: Answer, shift: int) -> None:
    first, *rest = answered.citations
    moved = first.model_copy(update={"start": first.start + shift, "end": first.end + shift})
    assert len(check(draft_of(answered, (moved, *rest)), real.shelf.library).citations) == len(rest)


@pytest.mark.parametrize("source", ["no-such-source", "school-email-protocol"])
def test_a_quote_of_another_source_does_not_stand(real: Assistant, answered: Answer, source: str) -> None:
    first, *rest = answered.citations
    assert first.source != source
    assert len(check(draft_of(answered, (first.model_copy(update={"source": source}), *rest)), real.shelf.library).citations) == len(rest)


def test_an_empty_quote_does_not_stand(real: Assistant, answered: Answer) -> None:
    first, *rest = answered.citations
    for quote in ("", " ", "…"):
        bad = first.model_copy(update={"quote": quote, "end": first.start})
        assert len(check(draft_of(answered, (bad, *rest)), real.shelf.library).citations) == len(rest)


def test_what_a_pages_setting_changes_does_not_matter(real: Assistant, answered: Answer) -> None:
    first, *rest = answered.citations
    reset = first.model_copy(update={"quote": f"  {first.quote.replace(' ', chr(10))}\u00ad ".replace("fi", "ﬁ")})
    assert len(check(draft_of(answered, (reset, *rest)), real.shelf.library).citations) == len(rest) + 1


def test_all_gone_is_no_evidence_and_shows_no_altered_word(real: Assistant, answered: Answer) -> None:
    bad = tuple(c.model_copy(update={"quote": f"{c.quote} Always."}) for c in answered.citations)
    text = re.sub(r"” \[", " Always.” [", answered.text)
    checked = check(Draft("answered", text, answered.claims, bad), real.shelf.library)
    assert (checked.status, checked.citations, checked.claims) == ("no_evidence", (), ())
    assert "Always." not in checked.text
    assert "[" not in checked.text


def test_a_claim_on_two_quotes_keeps_the_one_that_stands(real: Assistant, answered: Answer) -> None:
    one, two = answered.citations[:2]
    claim = answered.claims[0].model_copy(update={"text": "Both of them stopped something.", "markers": (1, 2)})
    draft = Draft(
        "answered", "Both of them stopped something. [1][2]", (claim,), (one.model_copy(update={"quote": "Not there at all."}), two)
    )
    checked = check(draft, real.shelf.library)
    assert checked.claims[0].markers == (1,)
    assert markers_in(checked.text) == [1]
    assert checked.citations[0].quote == two.quote


def of_one_line(answered: Answer) -> Draft:
    one, two = answered.citations[:2]
    text = f"- Words: “{one.quote}” [1] “Words that stand nowhere.” [2]"
    return Draft("answered", text, answered.claims[:2], (one, two.model_copy(update={"quote": "Words that stand nowhere."})))


def test_an_invented_quote_is_not_shown_beside_one_that_stands(real: Assistant, answered: Answer) -> None:
    assert "stand nowhere" not in check(of_one_line(answered), real.shelf.library).text


def test_an_invented_quote_loses_its_citation_and_claim_beside_one_that_stands(real: Assistant, answered: Answer) -> None:
    checked = check(of_one_line(answered), real.shelf.library)
    assert len(checked.citations) == len(checked.claims) == 1


def test_the_nearest_of_a_refusal_is_checked_too(real: Assistant) -> None:
    answer = real.answer(Ask("Why did Hilltop scrap its email rules?"))
    if not answer.nearest:
        pytest.fail("this refusal must have a nearest for the test to say anything")
    draft = draft_of(answer, tuple(c.model_copy(update={"quote": f"{c.quote} Always."}) for c in answer.citations))
    assert check(draft, real.shelf.library).nearest == ()


OLD, NEW = "opportunity cost", "opportunity gain"


def test_a_text_that_changed_behind_the_index_is_not_quoted(tampered: Callable[[str, str, str], Assistant]) -> None:
    assistant = tampered("conceptual-model", OLD, NEW)
    answer = assistant.answer(Ask("What examples does the paper give of De-implement?"))
    assert answer.citations
    assert all(OLD not in c.quote and NEW not in c.quote for c in answer.citations)
    assert [c.marker for c in answer.citations] == sorted(set(markers_in(answer.text)))
    assert all(OLD not in claim.text for claim in answer.claims)


def test_an_answer_that_loses_every_quote_is_a_refusal_in_words(tampered: Callable[[str, str, str], Assistant]) -> None:
    assistant = tampered("conceptual-model", "e", "3")
    answer = assistant.answer(Ask("What does De-implement mean?"))
    assert answer.status == "no_evidence"
    assert "conceptual-model" not in {c.source for c in answer.citations}
    assert "The library does not answer this" in answer.text


def tabled(answer: Answer) -> Draft:
    """The first two citations in a table, under a heading, and in a line that sets them side by side."""
    lines = [
        *table_lines(["", "A", "B"], [["**Aim**", "“a” [1]", "“b” [2]"]]),
        "",
        "**A group**",
        "- **B**: “b” [2]",
        "",
        f"{DIFFERENT}: A says so [1]; B does not [2].",
        "",
        "**Another group**",
        "- **A**: “a” [1]",
    ]
    return Draft(answer.status, "\n".join(lines), answer.claims, answer.citations[:2], answer.nearest)


def test_what_falls_out_of_a_table_leaves_the_table_whole(real: Assistant, answered: Answer) -> None:
    draft = tabled(answered)
    assert check(draft, real.shelf.library) == draft
    bad = draft.citations[1].model_copy(update={"quote": "Nobody ever wrote this."})
    left = check(replace(draft, citations=(draft.citations[0], bad)), real.shelf.library)
    assert left.text.split("\n")[2] == f"| **Aim** | “a” [1] | {FALLEN} |"
    assert DIFFERENT not in left.text
    assert "**A group**" not in left.text
    assert left.text.endswith("**Another group**\n- **A**: “a” [1]")
    assert [c.marker for c in left.citations] == [1]
