"""Which components a text names, and which everyday words it only uses."""

import pytest

from hub.components import load_model, phrase_pattern

MODEL = load_model()


@pytest.mark.parametrize(
    "text",
    [
        "Connect with us",
        "Connect with us on social media",
        "Connect: news, events and more",
        "Please connect the projector to the laptop.",
        "We connect the schools by minibus.",
        "The internet connection failed.",
        "Connecting pupils to the library is slow.",
        "Pupils cycle to school.",
        "The cycle shed is full.",
        "They may recycle paper.",
        "There is evidence of a crime.",
        "Evidence was heard in court.",
        "She scored two goals.",
        "Our goals are many.",
        "Capacity in the hall is 200.",
        "The strategy is long.",
        "We expect expertise.",
        "Quality counts.",
        "They reconnect at lunch.",
        "Connect4 is a game.",
        "This is Connect's newsletter.",
        "Adapt the plan.",
        "Implement the plan.",
        "",
    ],
)
def test_everyday_words_name_no_component(text: str) -> None:
    assert MODEL.named_in(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How do trusts Connect their schools?", ["connect"]),
        ("What does “Connect” ask of us?", ["connect"]),
        ("'Connect' is a component", ["connect"]),
        ("The component Connect", ["connect"]),
        ("We began with de implementation", ["de-implement"]),
        ("De-implementation is hard", ["de-implement"]),
        ("De‑implement it", ["de-implement"]),  # a hyphen that does not break
        ("de–implementing", ["de-implement"]),
        ("to de-\nimplement", ["de-implement"]),
        ("DEIMPLEMENT", ["de-implement"]),
        ("Anticipate & adapt", ["anticipate-and-adapt"]),
        ("anticipate  and\nadapt", ["anticipate-and-adapt"]),
        ("Anticipating and adapting", ["anticipate-and-adapt"]),
        ("Grow culture & leadership", ["grow-culture-and-leadership"]),
        ("an improvement cycle", ["adopt-a-cycle"]),
        ("Adopt a cycle", ["adopt-a-cycle"]),
        ("use of evidence", ["use-evidence"]),
        ("quality goals", ["set-quality-goals"]),
        ("horizontal improvement", ["empower-horizontal-improvement"]),
        ("leverage our capacity", ["leverage-capacity"]),
        ("strategic alignment", ["align-strategy"]),
        ("evaluating insights", ["evaluate-insights"]),
        ("developing expertise", ["develop-expertise"]),
    ],
)
def test_names_and_variants_name_their_component(text: str, expected: list[str]) -> None:
    assert list(MODEL.named_in(text)) == expected


@pytest.mark.parametrize("component", MODEL.components, ids=lambda c: c.id)
def test_each_name_inside_a_sentence_names_its_component(component: object) -> None:
    assert MODEL.named_in(f"We spoke about {component.name} with the heads.") == (component.id,)  # type: ignore[attr-defined]


def test_components_come_in_the_order_of_first_mention() -> None:
    text = "To de-implement, first align strategy; then use evidence and align strategy anew."
    assert MODEL.named_in(text) == ("de-implement", "align-strategy", "use-evidence")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Connect", ("connect",)),
        ("connect", ("connect",)),
        (" CONNECT: ", ("connect",)),
        ("Anticipate & adapt", ("anticipate-and-adapt",)),
        ("de implement", ("de-implement",)),
        ("4. Connect", ()),
        ("Connect with us", ()),
        ("cycle", ()),
        ("evidence", ()),
        ("", ()),
        ("—", ()),
    ],
)
def test_a_label_is_called_by_a_component_only_as_a_whole(label: str, expected: tuple[str, ...]) -> None:
    assert MODEL.called(label) == expected


@pytest.mark.parametrize(
    ("phrases", "text", "found"),
    [
        (["one in, one out"], "a One in, one out rule", "One in, one out"),
        (["a", "a b"], "say a b c", "a b"),  # the longest of two
        (["c++"], "in c++ code", "c++"),
        (["x and y"], "x & y", "x & y"),
        (["x-y"], "x y", "x y"),
        (["cat"], "concatenate", None),
        ([], "anything", None),
    ],
)
def test_a_phrase_is_found_as_whole_words(phrases: list[str], text: str, found: str | None) -> None:
    match = phrase_pattern(phrases).search(text)
    assert (match.group() if match else None) == found
