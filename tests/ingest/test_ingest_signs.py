"""Pairs of words that show a component."""

import pytest

from hub.components import load_model
from ingest.signs import Signs, sign_pattern

MODEL = load_model()


@pytest.mark.parametrize(
    ("sign", "text", "found"),
    [
        ("reduc* ~3~ workload", "This reduced teachers' workload.", True),
        ("reduc* ~3~ workload", "Workload was at last reduced.", True),  # in either order
        ("reduc* ~3~ workload", "REDUCING THE WORKLOAD", True),
        ("reduc* ~1~ workload", "This reduced the number of hours of workload.", False),  # too far apart
        ("reduc* ~3~ workload", "Costs were reduced. Workload rose.", False),  # not in one sentence
        ("reduc* ~3~ workload", "Costs were reduced\nWorkload", False),  # nor in one line
        ("cut|cuts ~3~ email|emails", "He cuts emails.", True),
        ("cut ~3~ email", "A shortcut to emails.", False),  # whole words, unless a star says otherwise
        ("peer review*", "Peer-reviewed by heads.", True),
        ("peer review*", "A peer reads the review.", False),
        ("c++ ~2~ a.b", "Not a pattern, but axb.", False),
    ],
)
def test_a_sign_is_words_near_each_other(sign: str, text: str, found: bool) -> None:
    assert (sign_pattern(sign).search(text) is not None) == found


def test_a_sign_with_three_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="is no sign"):
        sign_pattern("a ~2~ b ~2~ c")


def test_each_component_has_signs_and_its_own_examples_show_them_most() -> None:
    signs = Signs(MODEL)
    for place, component in enumerate(MODEL.components):
        shown = [sum(counts) for counts in zip(*(signs.count(example) for example in component.examples), strict=True)]
        assert shown.index(max(shown)) == place, component.id


def test_sentences_about_nothing_seldom_show_a_sign() -> None:
    signs = Signs(MODEL)
    assert sum(any(signs.count(sentence)) for sentence in MODEL.none) <= len(MODEL.none) // 4
