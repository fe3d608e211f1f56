"""Rows for files that have none: filled in from what the file says, and valid once a person has filled in the rest."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from ingest_pdfs import lines, pdf
from ingest_worlds import write

from hub.components import load_model
from ingest.load import load
from ingest.manifest import read_manifest
from ingest.says import what_it_says
from ingest.suggest import suggest

STORY = """# Reading at Larkfield

Published: 12 March 2025

Larkfield Primary School is in Devon. It joined Moorland Learning Trust two years ago. Pupils on roll: 1,050

Larkfield Primary School and its primary partners read aloud each day. Moorland Learning Trust has 14 schools.
"""


def context(stub: str) -> dict[str, Any]:
    held: dict[str, Any] = tomllib.loads(stub)["source"][0].get("context", {})
    return held


def test_what_the_file_says_is_filled_in_and_what_it_may_say_is_a_comment(tmp_path: Path) -> None:
    stub = suggest(write(tmp_path / "a", {"reading.md": STORY}, ""))
    row = tomllib.loads(stub)["source"][0]
    assert (row["title"], row["published"], row["organisation"]) == ("Reading at Larkfield", "2025-03-12", "")
    assert row["context"] == {"phase": "Primary", "pupils": "1,050"}
    comments = [line for line in stub.splitlines() if line.startswith("#")]
    assert comments == [
        '# trust = "Moorland Learning Trust"',
        '# perhaps, in context: school = "Larkfield Primary School", region = "South West", schools = "14"',
    ]
    assert "it names Moorland Learning Trust, Larkfield Primary School" in stub


def test_the_stub_loads_once_the_blanks_are_filled_in_and_with_its_comments_taken_up(tmp_path: Path) -> None:
    documents = {
        "reading.md": STORY,
        "visits.txt": "Heads visit in threes.",
        'a "b" \\ c.md': '# Say "this" \\ that\n\nWords.\n',
        "é.md": "# É\n\nÀ.\n",
    }
    folder = write(tmp_path / "a", documents, "")
    stub = suggest(folder).replace('organisation = ""', 'organisation = "Larkfield"')
    (folder / "manifest.toml").write_text(stub, encoding="utf-8")
    assert sorted(s.path for s in read_manifest(folder, load_model())) == sorted(documents)
    taken_up = "\n".join(line.removeprefix("# ") if line.startswith("# trust") else line for line in stub.splitlines())
    (folder / "manifest.toml").write_text(taken_up, encoding="utf-8")
    assert {s.trust for s in read_manifest(folder, load_model())} == {"Moorland Learning Trust", ""}
    assert suggest(folder) == ""


@pytest.mark.parametrize(
    ("text", "published", "sure"),
    [
        ("Published on 3 May 2024. Words.", "2024-05-03", True),
        ("Updated: June 2023", "2023-06", True),
        ("Date: 2022-11-30", "2022-11-30", True),
        ("We began in September 2021 and went on.", "2021-09", False),
        ("We began in September 2021. Published: 1 July 2024", "2024-07-01", True),
        ("In 2021 we began.", "", False),
        ("He may 2024 times.", "", False),
        ("Words. " * 400 + "Larkfield, April 2020", "2020-04", False),
    ],
)
def test_dates(text: str, published: str, sure: bool) -> None:
    said = what_it_says(load("a.txt", text.encode()))
    assert (said.published, said.published_sure) == (published, sure)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-02-03T10:00:00Z">',
        '<script type="application/ld+json">{"datePublished": "2024-02-03"}</script>',
        '<meta name="DC.date" content="2024-02-03">',
    ],
)
def test_a_page_gives_its_date_to_machines(head: str) -> None:
    page = f"<html><head>{head}</head><body><h1>Visits</h1><p>Heads visit in threes, and did so in May 2019.</p></body></html>".encode()
    said = what_it_says(load("a.html", page), page)
    assert (said.published, said.published_sure) == ("2024-02-03", True)


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("There are 310 pupils on roll.", "pupils", ("310", True)),
        ("Number of pupils: 2,400", "pupils", ("2,400", True)),
        ("We worked with 30 pupils.", "pupils", ("30", False)),
        ("We worked with 30 pupils, then with 40 pupils.", "pupils", None),
        ("A trust of seven schools.", "schools", ("7", False)),
        ("Number of schools: 12", "schools", ("12", True)),
        ("The pupils read.", "pupils", None),
        ("GCSE results in this secondary school rose. Year 9 read more. Progress 8 rose.", "phase", ("Secondary", True)),
        ("A primary and a secondary worked together.", "phase", ("Primary", False)),
        ("Heads met.", "phase", None),
        ("In Cornwall, and in Truro.", "region", ("South West", False)),
        ("In Cornwall and in Kent.", "region", None),
    ],
)
def test_context(text: str, key: str, expected: tuple[str, bool] | None) -> None:
    assert what_it_says(load("a.txt", text.encode())).context.get(key) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Heads of Larkfield Trust met. The Larkfield Trust grew.", ["Larkfield Trust"]),
        ("Any Academy Trust may ask. So may a High School.", []),
        ("At St. Bride and All Saints Primary School they read.", ["St. Bride and All Saints Primary School"]),
        ("Larkfield\n\nLearning Trust", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert what_it_says(load("a.txt", text.encode())).names == names


def test_ids_are_unlike_each_other_and_unlike_those_of_the_manifest(tmp_path: Path) -> None:
    (tmp_path / "a" / "below").mkdir(parents=True)
    documents = {
        "visits.md": "# V\n\nW.\n",
        "visits.txt": "Words.",
        "below/visits.md": "# V\n\nX.\n",
        "Visits!.md": "# V\n\nY.\n",
        "日本.md": "# V\n\nZ.\n",
    }
    folder = write(
        tmp_path / "a", documents, '[[source]]\nid = "visits"\ntitle = "T"\nkind = "guide"\norganisation = "L"\npath = "other.md"\n'
    )
    ids = [row["id"] for row in tomllib.loads(suggest(folder))["source"]]
    assert len(set(ids)) == 5
    assert "visits" not in ids


def test_what_is_not_for_this_manifest_is_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"visits.md": "# V\n\nW.\n"}, "")
    write(folder / "own", {"theirs.md": "# T\n\nX.\n"})
    (folder / ".git").mkdir()
    (folder / ".git" / "hidden.md").write_text("# H\n\nY.\n")
    (tmp_path / "outside.md").write_text("# O\n\nZ.\n")
    (folder / "link.md").symlink_to(tmp_path / "outside.md")
    assert [row["path"] for row in tomllib.loads(suggest(folder))["source"]] == ["visits.md"]


def test_a_pdf_is_read_as_an_ingest_reads_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "a", {"report.pdf": pdf(lines("Larkfield High School wrote this.", "Pupils on roll: 900"))}, "")
    assert context(suggest(folder))["pupils"] == "900"
