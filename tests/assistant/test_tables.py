"""A table in an answer's text: written, known again, and set row by row where there is no room for columns."""

import pytest

from assistant.tables import cells_of, column_name, stacked, table_line, table_lines

LINES = table_lines(["Looked for", "**Larkfield** (primary, 2023)", "**Penhallow**"], [["**Aim**", "“Less | lighter.” [1]", "*nothing*"]])


def test_what_is_written_is_read_again_bars_and_all() -> None:
    assert [cells_of(line) for line in LINES] == [
        ["Looked for", "**Larkfield** (primary, 2023)", "**Penhallow**"],
        [],
        ["**Aim**", "“Less | lighter.” [1]", "*nothing*"],
    ]
    assert LINES[2].count("|") - LINES[2].count("\\|") == 4


@pytest.mark.parametrize("line", ["", "|", "||", "- **Aim**: “a | b” [1]", "a | b", "| an llm's line [1]", "“| quoted |” [1]"])
def test_a_line_of_prose_is_no_tables_line(line: str) -> None:
    assert cells_of(line) is None


def test_a_narrow_place_has_a_line_a_cell_under_the_name_alone() -> None:
    text = "\n".join(["Before.", "", *LINES, "", "After."])
    assert stacked(text) == "Before.\n\n**Aim**\n- **Larkfield**: “Less | lighter.” [1]\n- **Penhallow**: *nothing*\n\nAfter."


@pytest.mark.parametrize("text", ["No table here.", "- a | b\n- c", ""])
def test_a_text_without_a_table_is_left_as_it_is(text: str) -> None:
    assert stacked(text) == text


def test_a_columns_name_is_what_is_bold() -> None:
    assert column_name("**Larkfield Trust (illustrative)** (primary, 2023)") == "**Larkfield Trust (illustrative)**"
    assert column_name("Looked for") == "Looked for"
    assert table_line(["a", "b"]) == "| a | b |"
