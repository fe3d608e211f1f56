"""What a question is about, and which way it is answered."""

import pytest
from assistant_making import known_bug

from assistant.engine import Assistant
from assistant.journey import Ask, JourneyEnds, Understood
from assistant.names import Names
from assistant.rewrite import Standalone
from assistant.route import route


def understand(real: Assistant, question: str, **limits: str) -> Understood:
    real.shelf.refresh()
    return route(Ask(question, **limits), Standalone(question), real.model, Names(real.shelf.sources))


@pytest.mark.parametrize(
    ("question", "way", "components"),
    [
        ("What does De-implement mean?", "define", ["de-implement"]),
        ("What is meant by de-implementation?", "define", ["de-implement"]),
        ("What is connect?", "define", ["connect"]),
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
        ("Name the twelve components", "list", []),
        ("How have others handled De-implement?", "how_others", ["de-implement"]),
        ("How have other trusts handled de-implementation?", "how_others", ["de-implement"]),
        ("Which trusts have used Develop expertise?", "how_others", ["develop-expertise"]),
        ("Any case studies on Use evidence?", "how_others", ["use-evidence"]),
        ("How have others cut marking?", "how_others", []),
        ("Find a small rural primary that shares staff", "find", []),
        ("Is there a school that plays a game?", "find", []),
        ("Which school cut staff turnover?", "find", []),
        ("How does De-implement differ from Anticipate and adapt?", "compare", ["de-implement", "anticipate-and-adapt"]),
        ("What is the difference between Connect and Align strategy?", "compare", ["connect", "align-strategy"]),
        ("Compare Barr Beacon and Kensington on marking", "compare", []),
        ("How did Barr Beacon cut marking?", "lookup", []),
        ("How has Kensington handled De-implement?", "lookup", ["de-implement"]),
        ("What time do staff finish?", "lookup", []),
        ("Can Lean be moved straight into public services?", "lookup", []),
    ],
)
def test_a_question_finds_its_way(real: Assistant, question: str, way: str, components: list[str]) -> None:
    understood = understand(real, question)
    assert (understood.route, list(understood.components)) == (way, components)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the current Ofsted grade of St Mary's, Leeds?", "inspection"),
        ("Was Kensington rated outstanding by Ofsted?", "inspection"),
        ("What did the last inspection report say?", "inspection"),
        ("Can we lawfully dismiss a teacher who refuses coaching?", "legal"),
        ("Can we sack a teacher?", "legal"),
        ("Is it against the law to ban phones?", "legal"),
        ("What is the salary of a trust's chief executive?", "pay"),
        ("How much is the head paid?", "pay"),
        ("Which is the best trust in England?", "ranking"),
        ("Rank the trusts by results", "ranking"),
        ("Will the trust win next year?", "prediction"),
        ("Predict our results", "prediction"),
        ("Write me a press statement", "writing task"),
        ("Could you draft a letter to parents", "writing task"),
        ("What is the weather in Leeds?", "everyday"),
        ("Tell me a joke", "everyday"),
    ],
)
def test_what_the_library_is_not_for_ends_with_its_reason(real: Assistant, question: str, reason: str) -> None:
    with pytest.raises(JourneyEnds) as caught:
        understand(real, question)
    end = caught.value
    assert (end.status, end.reason, end.route) == ("out_of_scope", reason, "out_of_scope")
    assert end.text.count("**") == 2
    assert "!" not in end.text


def test_each_reason_points_somewhere_else(real: Assistant) -> None:
    texts = set()
    for question in ("Ofsted grade of Elm?", "Can we sue?", "What is the salary?", "Rank us", "Predict it", "Write a speech", "Tell me a joke"):
        with pytest.raises(JourneyEnds) as caught:
            understand(real, question)
        texts.add(caught.value.text)
    assert len(texts) == 7


@pytest.mark.parametrize(
    "question",
    ["How do schools write feedback?", "How have trusts dealt with falling rolls?", "How do schools prepare for inspection?", "What did staff earn back in time?"],
)
def test_a_question_near_the_edge_is_let_through(real: Assistant, question: str) -> None:
    assert understand(real, question).route in ("lookup", "how_others")


@pytest.mark.parametrize(
    "question",
    [
        "Do schools rank pupils by reading test?",
        "How do schools forecast pupil numbers?",
        "Which schools have used football to connect pupils?",
        "How much do schools that paid for coaching spend?",
        "Which schools share their marking scheme with the outcome of an Ofsted report in mind?",
    ],
)
@known_bug("one word, wherever it stands, puts a question about practice out of scope")
def test_a_question_about_practice_is_not_out_of_scope_for_one_word(real: Assistant, question: str) -> None:
    assert understand(real, question).route in ("lookup", "how_others", "find")


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("Why does the model have four strands?", "strands"),
        ("Why are there 7 strands?", "strands"),
        ("Which trusts use the model's six strands", "strands"),
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


@pytest.mark.parametrize("question", ["What are the two components on capacity in Implement improvement initiatives?", "How have schools changed two components of their plan?"])
@known_bug("any number before \"components\" is taken for the number of the model's")
def test_a_number_of_some_of_them_is_not_a_premise(real: Assistant, question: str) -> None:
    assert understand(real, question).premise == ""


@pytest.mark.parametrize(
    "question",
    ["How do schools connect the projector?", "Connect with us: how?", "What is the carbon cycle?", "Is there evidence of impact?", "What goals did they score?"],
)
def test_everyday_words_are_not_components(real: Assistant, question: str) -> None:
    assert understand(real, question).components == ()


def test_only_the_sources_of_the_names_are_let_in(real: Assistant) -> None:
    understood = understand(real, "Compare St Edward's and St Peter's")
    assert understood.sources == {"parental-communications-policy", "school-email-protocol", "staff-wellbeing-statement"}
    assert understand(real, "How have others cut email?").sources is None


def test_a_limit_to_a_component_and_an_organisation_is_kept(real: Assistant) -> None:
    limited = understand(real, "How was it done?", component="connect", organisation="Barr Beacon School")
    assert limited.components == ("connect",)
    assert limited.sources == {"cut-down-your-marking-workload"}


@known_bug("an organisation that is not held is dropped, and the whole library is searched")
def test_a_limit_to_an_organisation_that_is_not_held_lets_no_other_in(real: Assistant) -> None:
    assert understand(real, "How was marking cut?", organisation="Greenshaw Learning Trust").sources == frozenset()


@known_bug("the organisation named in the question widens the one that was picked")
def test_a_limit_to_an_organisation_holds_though_the_question_names_another(real: Assistant) -> None:
    limited = understand(real, "Is it like what Kensington did?", organisation="Barr Beacon School")
    assert limited.sources == {"cut-down-your-marking-workload"}
