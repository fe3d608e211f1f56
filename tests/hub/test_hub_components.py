"""The conceptual model as data: what the file holds, and what it may not hold."""

from pathlib import Path

import pytest

from hub.components import MODEL_FILE, ModelError, load_model

STRANDS = {
    "Curate clear goals": ["Set quality goals", "Align strategy", "Use evidence", "Evaluate insights"],
    "Build capability and capacity": ["Develop expertise", "Empower horizontal improvement", "Connect", "Grow culture and leadership"],
    "Implement improvement initiatives": ["Adopt a cycle", "Leverage capacity", "Anticipate and adapt", "De-implement"],
}

ONE = """
[[strand]]
id = "grow"
name = "Grow"
gloss = "Get bigger."

[[component]]
id = "water"
name = "Water"
strand = "grow"
gloss = "Pour it on."
"""


def test_the_model_is_three_strands_of_four_components_in_order() -> None:
    model = load_model()
    assert {s.name: [c.name for c in model.of_strand(s.id)] for s in model.strands} == STRANDS
    assert [c.name for c in model.components] == [name for names in STRANDS.values() for name in names]


def test_every_id_is_its_name_in_lower_case_with_hyphens() -> None:
    model = load_model()
    rows = [*model.strands, *model.components]
    assert [r.id for r in rows] == [r.name.lower().replace(" ", "-") for r in rows]
    assert len({r.id for r in rows}) == 15


def test_every_component_has_a_gloss_of_its_own_and_cues() -> None:
    components = load_model().components
    assert len({c.gloss for c in components}) == 12
    assert [c.id for c in components if len(c.gloss.split()) < 6 or len(c.cues) < 5] == []


def test_no_cue_belongs_to_two_components() -> None:
    cues = [cue.lower() for c in load_model().components for cue in c.cues]
    assert sorted(cue for cue in set(cues) if cues.count(cue) > 1) == []


def test_a_component_and_a_strand_are_found_by_id_and_nothing_else() -> None:
    model = load_model()
    assert model.component("connect").name == "Connect"
    assert model.strand("curate-clear-goals").name == "Curate clear goals"
    with pytest.raises(KeyError):
        model.component("Connect")
    with pytest.raises(KeyError):
        model.strand("connect")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Build capability & capacity first", ["build-capability-and-capacity"]),
        ("implementing improvement takes time", ["implement-improvement-initiatives"]),
        ("We curate clear goals", ["curate-clear-goals"]),
        ("We have goals", []),
        ("Improvement happens", []),
        ("What is under the goals strand?", ["curate-clear-goals"]),
        ("the strand about capability", ["build-capability-and-capacity"]),
        ("Name the parts of the implementation strand", ["implement-improvement-initiatives"]),
        ("Which strand do we start with?", []),
        ("A strand of wool, and our goals", []),
    ],
)
def test_strands_are_named_by_their_names_and_variants(text: str, expected: list[str]) -> None:
    assert list(load_model().strands_named_in(text)) == expected


@pytest.mark.parametrize(
    ("component", "text", "expected"),
    [
        ("evaluate-insights", "Each spring there is a peer review.", True),
        ("evaluate-insights", "Peer-review is a habit here.", True),
        ("evaluate-insights", "Our peers reviewed the menu.", False),
        ("de-implement", "We stopped doing that.", True),
        ("de-implement", "De-implement it.", True),
        ("de-implement", "The bus stopped.", False),
        ("develop-expertise", "Our CPD is on Fridays.", True),
        ("develop-expertise", "cpdx", False),
    ],
)
def test_a_cue_is_whole_words_in_any_case(component: str, text: str, expected: bool) -> None:
    assert load_model().cue_in(component, text) is expected


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda t: t + t.partition("[[component]]")[1] + t.partition("[[component]]")[2], ['"water"', "twice"]),
        (lambda t: t.replace('id = "water"', 'id = "grow"'), ['"grow"', "twice"]),
        (lambda t: t.replace('strand = "grow"', 'strand = "shrink"'), ['component "water"', '"shrink"']),
        (lambda t: t + 'colour = "blue"\n', ['component "water"', "colour"]),
        (lambda t: t.replace('gloss = "Pour it on."', ""), ['component "water"', "gloss"]),
        (lambda t: t.replace('gloss = "Get bigger."', ""), ['strand "grow"', "gloss"]),
        (lambda t: t.replace('id = "water"', ""), ['component "?"', "id"]),
        (lambda t: t + '[[pillar]]\nid = "x"\n', ["[pillar]", "[[component]]"]),
        (lambda t: t + "[[component\n", ["line"]),
        (lambda t: t.replace("[[component]]", "[component]"), ["[[component]]", "two brackets"]),
    ],
)
def test_a_model_that_cannot_be_used_names_the_file_and_the_row(tmp_path: Path, change: object, says: list[str]) -> None:
    path = tmp_path / "components.toml"
    path.write_text(change(ONE), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(ModelError) as caught:
        load_model(path)
    assert [s for s in (str(path), *says) if s not in str(caught.value)] == []


def test_the_same_model_without_the_fault_is_read(tmp_path: Path) -> None:
    path = tmp_path / "components.toml"
    path.write_text(ONE, encoding="utf-8")
    assert [c.id for c in load_model(path).components] == ["water"]


def test_a_missing_model_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.toml"):
        load_model(tmp_path / "nowhere.toml")


def test_a_model_that_is_not_utf_8_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "components.toml"
    path.write_bytes(ONE.replace("Pour", "Café").encode("cp1252"))
    with pytest.raises(ModelError, match=r"components\.toml"):
        load_model(path)


def test_the_file_that_ships_is_the_default() -> None:
    assert load_model(MODEL_FILE) == load_model()
