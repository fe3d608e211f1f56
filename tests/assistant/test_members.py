"""Which ones: the group whose members a question asks for, and whether a sentence names any of them."""

import pytest
from assistant_making import make_candidates, make_chunk, make_source

from assistant.journey import Evidence, Understood
from assistant.members import group_asked, members_in_vain
from assistant.presumed import _number


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("Which departments wrote their own plans?", "departments"),
        ("Which three subject departments are in it?", "departments"),
        ("Name the prizes that Elm Park gives.", "prizes"),
        ("What are the six aims of the plan?", "aims"),
        ("What two aims did they choose?", "aims"),
        ("What is the aim of it?", ""),
        ("What was the first step?", ""),
        ("What does the head say?", ""),
        ("What happens at noon?", ""),
        ("Which class is taught by two?", ""),
        ("Which day does Elm Park keep free?", ""),
    ],
)
def test_only_a_question_for_the_members_of_a_group_names_one(question: str, group: str) -> None:
    assert group_asked(question) == group


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Some departments wrote their own plans.", False),
        ("We are proud of our departments, which work hard.", False),
        ("The departments were history, music and art.", True),
        ("Departments such as music wrote their own.", True),
        ("The music and art departments wrote their own.", True),
        ("Each department, like that of Mrs Adeyemi, wrote its own.", True),
        ("Some departments wrote their own plans. These were history and art.", True),
        ("Some departments wrote their own plans. It took a term.", False),
    ],
)
def test_a_group_that_is_spoken_of_is_told_from_one_that_is_named(said: str, named: bool) -> None:
    source = make_source()
    chunk = make_chunk(said, source)
    candidates = make_candidates(chunk, source, [1.0] * len(chunk.sentences))
    understood = Understood("Which departments wrote their own plans?", "lookup", sources=frozenset({source.id}), names=("Larkfield",))
    assert members_in_vain(understood, Evidence((chunk,), (), tuple(candidates), {})) == ("" if named else "departments")


def test_a_group_that_is_counted_must_be_listed() -> None:
    source = make_source()
    chunk = make_chunk("The plan of Mr Okafor set three aims.", source)
    candidates = tuple(make_candidates(chunk, source, [1.0]))
    asked = Understood("What are the three aims of the plan?", "lookup", sources=frozenset({source.id}))
    assert members_in_vain(asked, Evidence((chunk,), (), candidates, {})) == "aims"
    listed = make_chunk("calm corridors", source, lead="The plan set three aims:")
    both = (*candidates, *make_candidates(listed, source, [1.0]))
    assert members_in_vain(asked, Evidence((chunk, listed), (), both, {})) == ""


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("Two leadership teams run three meetings a week.", ""),
        ("There are five meetings a week.", "there are three leadership meetings"),
        ("Nobody counts them.", ""),
    ],
)
def test_so_many_of_a_thing_are_told_from_another_number_of_it(said: str, missing: str) -> None:
    source = make_source()
    chunk = make_chunk(said, source)
    understood = Understood("What do its three leadership meetings decide?", "lookup", sources=frozenset({source.id}))
    assert _number(understood, Evidence((chunk,), (), tuple(make_candidates(chunk, source, [1.0])), {})) == missing


def test_whoever_speaks_of_so_many_of_them_is_who_could_name_them() -> None:
    source, other = make_source(), make_source("Penhallow Schools")
    chunk = make_chunk("The plan of Mr Okafor set three aims.", source)
    listed = make_chunk("calm corridors", other, lead="Our aims:")
    candidates = (*make_candidates(chunk, source, [1.0]), *make_candidates(listed, other, [0.9]))
    asked = Understood("What are the three aims of the plan?", "lookup")
    assert members_in_vain(asked, Evidence((chunk, listed), (), candidates, {})) == "aims"
    assert members_in_vain(asked, Evidence((listed,), (), candidates[1:], {})) == ""
