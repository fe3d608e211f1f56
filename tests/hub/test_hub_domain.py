"""The nouns: what a Source may say, and where an offset stands."""

import pytest
from hub_makers import make_source
from pydantic import ValidationError

from hub.domain import Loaded, Source


@pytest.mark.parametrize(
    ("kind", "voice"),
    [
        ("model-paper", "model"),
        ("guide", "model"),
        ("case-study", "practice"),
        ("research", "other"),
        ("news", "other"),
        ("opinion", "other"),
        ("policy", "other"),
    ],
)
def test_a_kind_has_a_voice(kind: str, voice: str) -> None:
    assert make_source("a", kind=kind).voice == voice


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "Upper"),
        ("id", "two words"),
        ("id", "-first"),
        ("id", ""),
        ("title", ""),
        ("organisation", ""),
        ("path", ""),
        ("kind", "blog"),
        ("show", "all"),
        ("published", "April 2024"),
        ("published", "2024-4"),
        ("colour", "blue"),
        ("context", {"head": "Ms Hale"}),
    ],
)
def test_a_source_refuses_what_it_does_not_know(key: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        make_source(**{"id": "a", key: value})  # type: ignore[arg-type]
    assert caught.value.errors()[0]["loc"][0] == key


@pytest.mark.parametrize("published", ["", "2024", "2024-04", "2024-04-17"])
def test_a_date_may_be_a_year_a_month_or_a_day(published: str) -> None:
    assert make_source("a", published=published).published == published


def test_a_noun_is_frozen_and_survives_json() -> None:
    source = make_source("a", authors=["S. Hale"], context={"school": "Larkfield Primary"})
    with pytest.raises(ValidationError):
        source.title = "Other"  # type: ignore[misc]
    assert Source.model_validate_json(source.model_dump_json()) == source


@pytest.mark.parametrize(
    ("offset", "page", "label"),
    [(0, 1, "i"), (9, 1, "i"), (10, 2, "1"), (19, 2, "1"), (20, 3, ""), (25, 2, "1"), (30, 3, ""), (10_000, 3, "")],
)
def test_an_offset_is_on_the_page_that_began_last(offset: int, page: int, label: str) -> None:
    # A footnote of page 2 is read after the sentence that ends on page 3.
    loaded = Loaded(text="", blocks=(), pages=((0, 1, "i"), (10, 2, "1"), (20, 3, ""), (25, 2, "1"), (30, 3, "")))
    place = loaded.place(offset, "A › B")
    assert (place.page, place.page_label, place.heading) == (page, label, "A › B")


def test_a_text_without_pages_has_places_without_pages() -> None:
    place = Loaded(text="words", blocks=()).place(3)
    assert (place.page, place.page_label, place.heading) == (None, "", "")
