"""What a question is about, and which way it is answered."""

import pytest
from assistant_making import understand

from assistant.engine import Assistant
from assistant.journey import Ask
from assistant.names import Names
from assistant.rewrite import Standalone
from assistant.route import route


@pytest.mark.parametrize(
    ("question", "way", "components"),
    [
        ("What does De-implement mean?", "define", ["de-implement"]),
        ("What is meant by de-implementation?", "define", ["de-implement"]),
        ("What is connect?", "define", ["connect"]),
        ("What does “Connect” mean as a component?", "define", ["connect"]),
        ("Define Align strategy", "define", ["align-strategy"]),
        ("Tell me about Connect.", "define", ["connect"]),
        ("Explain an improvement cycle", "define", ["adopt-a-cycle"]),
        ("Give examples of Leverage capacity", "examples", ["leverage-capacity"]),
        ("What examples does the paper give of Connect?", "examples", ["connect"]),
        ("Which components are in Build capability and capacity?", "list", []),
        ("Which components are in Build capability & capacity?", "list", []),
        ("Tell me about Implementing improvement", "list", []),
        ("How many strands are there?", "list", []),
        ("List all the components", "list", []),
        ("Are there four components in each strand?", "list", []),
        ("Name the twelve components", "list", []),
        ("How have others handled De-implement?", "how_others", ["de-implement"]),
        ("How have other trusts handled de-implementation?", "how_others", ["de-implement"]),
        ("Which trusts have used Develop expertise?", "how_others", ["develop-expertise"]),
        ("Any case studies on Use evidence?", "how_others", ["use-evidence"]),
        ("How have others cut marking?", "how_others", []),
        ("Find a small rural primary that shares staff", "find", []),
        ("Is there a school that plays a game?", "find", []),
        ("Are there special schools that kept more staff?", "find", []),
        ("How many staff took part?", "lookup", []),
        ("How is email kept down in Kent?", "how_others", []),
        ("Which of Barr Beacon and Kensington saved more time?", "compare", []),
        ("Which school cut staff turnover?", "find", []),
        ("How does De-implement differ from Anticipate and adapt?", "compare", ["de-implement", "anticipate-and-adapt"]),
        ("What is the difference between Connect and Align strategy?", "compare", ["connect", "align-strategy"]),
        ("Compare Barr Beacon and Kensington on marking", "compare", []),
        ("How did Barr Beacon cut marking?", "lookup", []),
        ("What did Barr Beacon do?", "overview", []),
        ("What did not change at Barr Beacon?", "lookup", []),
        ("Tell me about Kensington", "overview", []),
        ("Summarise what Notre Dame has tried", "overview", []),
        ("How has Kensington handled De-implement?", "lookup", ["de-implement"]),
        ("What time do staff finish?", "lookup", []),
        ("Can Lean be moved straight into public services?", "lookup", []),
    ],
)
def test_a_question_finds_its_way(real: Assistant, question: str, way: str, components: list[str]) -> None:
    understood = understand(real, question)
    assert (understood.route, list(understood.components)) == (way, components)


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Why does the model have four strands?", "strands"),
        ("Why are there 7 strands?", "strands"),
        ("Which trusts use the model's six strands", "strands"),
        ("Why did the model drop its fourth strand?", "strands"),
        ("What is the thirteenth component?", "components"),
        ("What is the third strand?", ""),
        ("The model has 5 components, doesn't it?", "components"),
        ("What are the ten components?", "components"),
        ("what about the fifteen key components?", "components"),
        ("Why does the model have three strands?", ""),
        ("Name the twelve components", ""),
        ("Does the model have 12 components?", ""),
        ("Which four components are in Curate clear goals?", ""),
        ("What are the strands?", ""),
        ("How have four schools used De-implement?", ""),
    ],
)
def test_a_number_that_the_model_contradicts_is_a_false_premise(real: Assistant, question: str, premise: str) -> None:
    assert understand(real, question).premise == premise


@pytest.mark.parametrize(
    "question",
    [
        "What are the two components on capacity in Implement improvement initiatives?",
        "How have schools changed two components of their plan?",
    ],
)
def test_a_number_of_some_of_them_is_not_a_premise(real: Assistant, question: str) -> None:
    assert understand(real, question).premise == ""


@pytest.mark.parametrize(
    "question",
    [
        "How do schools connect the projector?",
        "Connect with us: how?",
        "What is the carbon cycle?",
        "Is there evidence of impact?",
        "What goals did they score?",
    ],
)
def test_everyday_words_are_not_components(real: Assistant, question: str) -> None:
    assert understand(real, question).components == ()


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("How have schools in Cornwall cut marking?", ["South West"]),
        ("Find a trust in the north west", ["North West"]),
        ("Find a school in Leeds or Kent", ["Yorkshire and the Humber", "South East"]),
        ("How do schools cut reading at bath time?", []),
        ("How have schools in France cut marking?", []),
    ],
)
def test_a_place_is_read_as_its_region(real: Assistant, question: str, regions: list[str]) -> None:
    assert list(understand(real, question).regions) == regions


def test_the_subject_reading_is_not_the_town(real: Assistant) -> None:
    assert understand(real, "Reading schemes: how have others chosen one?").regions == ()


def test_only_the_sources_of_the_names_are_let_in(real: Assistant) -> None:
    understood = understand(real, "Compare St Edward's and St Peter's")
    assert understood.sources == {"parental-communications-policy", "school-email-protocol", "staff-wellbeing-statement"}
    assert understand(real, "How have others cut email?").sources is None


def test_a_limit_to_a_component_and_an_organisation_is_kept(real: Assistant) -> None:
    limited = understand(real, "How was it done?", component="connect", organisation="Barr Beacon School")
    assert limited.components == ("connect",)
    assert limited.sources == {"cut-down-your-marking-workload"}


def test_a_limit_to_an_organisation_that_is_not_held_lets_no_other_in(real: Assistant) -> None:
    assert understand(real, "How was marking cut?", organisation="Greenshaw Learning Trust").sources == frozenset()


def test_a_limit_to_an_organisation_holds_though_the_question_names_another(real: Assistant) -> None:
    limited = understand(real, "Is it like what Kensington did?", organisation="Barr Beacon School")
    assert limited.sources == {"cut-down-your-marking-workload"}


@pytest.mark.parametrize(
    ("root", "own", "way"),
    [
        ("Which schools in Kent are there?", "What have they done?", "how_others"),
        ("What are the strands?", "Name them", "list"),
        ("What does De-implement mean?", "Give an example", "examples"),
        ("How have others cut marking?", "How long did it take?", "lookup"),
    ],
)
def test_a_follow_up_goes_its_own_way_and_keeps_to_the_place_in_play(real: Assistant, root: str, own: str, way: str) -> None:
    real.shelf.refresh()
    whole = f"{root.rstrip('?')}: {own}"
    understood = route(Ask(own), Standalone(whole, "following it", own), real.model, Names(real.shelf.sources))
    assert understood.route == way
