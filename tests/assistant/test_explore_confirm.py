"""The queue of what staff might confirm, and that the map and the answers follow a decision at once."""

from pathlib import Path

import pytest
from assistant_making import Document, make_assistant, write_folder

from assistant.engine import Assistant
from assistant.explore.confirm import doubts
from assistant.explore.coverage import Map
from assistant.journey import Ask
from hub.settings import Settings
from ingest.deciding import Deciding, Verdict

STUDIES = [
    ("ash", "Ashdown Trust", "# A\n\nWe have ended the Friday log, and de-implementation gave staff an hour back.\n"),
    (
        "elm",
        "Elmside Trust",
        "# B\n\n## Stopping\n\nDe-implementation began with the data drops.\n\n## Later\n\nDe-implementation went on with the forms.\n",
    ),
]


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    documents = [Document(id, f'title = "{id}"\nkind = "case-study"\norganisation = "{name}"', text) for id, name, text in STUDIES]
    made = make_assistant(Settings(store=tmp_path / "store"), [write_folder(tmp_path / "folder", documents)])
    made.shelf.refresh()
    return made


def atlas(assistant: Assistant) -> Map:
    assistant.shelf.refresh()
    return Map(assistant.shelf, assistant.model)


def level(assistant: Assistant, organisation: str, component: str) -> tuple[str, str]:
    cell = next(c for c in atlas(assistant).draw().cells if (c.row, c.component) == (organisation, component))
    return cell.level, cell.basis


def test_cells_of_one_passage_come_first_and_what_a_name_settles_twice_is_not_asked(assistant: Assistant) -> None:
    queue = doubts(atlas(assistant))
    of_it = [d for d in queue if d.component == "de-implement"]
    assert [(d.source, d.why) for d in of_it] == [("ash", "alone")]  # Elmside's rests on two that name it
    order = [(d.why, d.score) for d in queue]
    assert order == sorted(order)
    assert all(assistant.shelf.chunks[d.chunk].start == d.start for d in queue)
    assert "Ashdown Trust" in of_it[0].line
    assistant.shelf.close()


@pytest.mark.parametrize("verdict", ["yes", "no"])
def test_a_map_that_follows_is_the_map_drawn_anew_and_reads_only_what_was_decided_on(assistant: Assistant, verdict: Verdict) -> None:
    deciding = Deciding(assistant.settings, assistant.model, assistant.shelf.embedder)
    before = atlas(assistant)
    [doubt] = [d for d in doubts(before) if d.component == "de-implement"]
    deciding.keep(doubt.source, doubt.chunk, doubt.component, verdict, "A")
    assistant.shelf.refresh()
    followed, anew = Map(assistant.shelf, assistant.model, before), Map(assistant.shelf, assistant.model)
    assert followed.found == anew.found != before.found
    assert followed.draw() == anew.draw()
    assert all(f is before.found[key] for key, f in followed.found.items() if key[0] != doubt.source)
    assistant.shelf.close()


def test_a_decision_leaves_the_queue_and_moves_the_map_and_the_answer_at_once(assistant: Assistant) -> None:
    deciding = Deciding(assistant.settings, assistant.model, assistant.shelf.embedder)
    [doubt] = [d for d in doubts(atlas(assistant)) if d.component == "de-implement"]
    state, generation = assistant.shelf.state, assistant.shelf.generation
    assert level(assistant, "Ashdown Trust", "de-implement") == ("described", "machine")

    decision = deciding.keep(doubt.source, doubt.chunk, doubt.component, "yes", "A")
    assert level(assistant, "Ashdown Trust", "de-implement") == ("described", "confirmed")
    assert doubt.key not in {d.key for d in doubts(atlas(assistant))}
    answer = assistant.answer(Ask("How have trusts handled de-implement?"))
    assert {c.tag_method for c in answer.citations if c.source == "ash"} == {"confirmed"}
    assert (assistant.shelf.state != state, assistant.shelf.generation) == (True, generation)

    deciding.undo(decision)
    assert level(assistant, "Ashdown Trust", "de-implement") == ("described", "machine")
    deciding.keep(doubt.source, doubt.chunk, doubt.component, "no", "A")
    assert level(assistant, "Ashdown Trust", "de-implement") == ("nothing", "")
    assert doubt.key not in {d.key for d in doubts(atlas(assistant))}
    assistant.shelf.close()
