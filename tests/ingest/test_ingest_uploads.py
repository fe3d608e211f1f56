"""Documents added in the app: kept in a folder of the store's own, whole, in order, and never lost to an ingest that names no folder."""

from pathlib import Path

import pytest
from ingest_worlds import counts, run, write

from hub.components import load_model
from hub.library import Library
from hub.settings import Settings
from ingest.errors import IngestError, ManifestError
from ingest.last import last_ingest
from ingest.load import load
from ingest.rows import default_folders
from ingest.uploads import MAX_BYTES, Uploads, check_file, id_for, same_document, uploads_folder

VISITS = b"# Visits\n\nHeads visit one another in threes.\n"
FIELDS: dict[str, object] = {"title": "Visits in threes", "kind": "case-study", "organisation": "Larkfield Trust"}


@pytest.fixture
def uploads(settings: Settings) -> Uploads:
    return Uploads(settings.store, load_model())


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Peer review (final).docx", "upload-peer-review-final"),
        ("../../etc/passwd.txt", "upload-passwd"),
        ("C:\\Users\\me\\Reading.PDF", "upload-reading"),
        ("Rôle du chef.md", "upload-role-du-chef"),
        ("校.md", "upload-document"),
        ("CON.txt", "upload-con"),
        (".htaccess.html", "upload-htaccess"),
        ("a" * 300 + ".pdf", "upload-" + "a" * 60),
    ],
)
def test_an_uploads_id_is_a_safe_name(name: str, id: str) -> None:
    assert id_for(name) == id


def test_rows_keep_their_order_and_what_was_typed_reads_back_as_it_was(uploads: Uploads) -> None:
    odd: dict[str, object] = {
        "title": 'A "quoted" \\ title ] [[source]] # with\u202e\x00 marks\nand a second line',
        "kind": "guide",
        "organisation": "O’Hara & Söhne",
        "authors": ["A, B", "C"],
        "components": ["adopt-a-cycle"],
        "context": {"phase": "Primary", "pupils": ""},
    }
    first = uploads.add("one.md", VISITS, {**FIELDS, "id": "other", "path": "../../elsewhere.md"})
    assert (first.id, first.path) == ("upload-one", "upload-one.md")
    second = uploads.add("two.md", VISITS, odd)
    third = uploads.add("one.md", b"# Other\n\nText.\n", FIELDS)
    assert [s.id for s in uploads.rows()] == ["upload-one", "upload-two", "upload-one-2"] == [first.id, second.id, third.id]
    held = uploads.rows()[1]
    assert held.title == 'A "quoted" \\ title ] [[source]] # with marks and a second line'
    assert (held.authors, held.context.phase) == (("A, B", "C"), "Primary")
    again = uploads.add("one.txt", b"New words.\n", {**FIELDS, "title": "Newer"}, replaces=first.id)
    assert next((s.id, s.path) for s in uploads.rows()) == ("upload-one", "upload-one.txt")
    assert again.title == "Newer"
    assert sorted(p.name for p in uploads.folder.iterdir() if p.suffix in (".md", ".txt")) == [
        "upload-one-2.md",
        "upload-one.txt",
        "upload-two.md",
    ]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"organisation": " "}, 'organisation = \'\': it is empty'),
        ({"kind": "leaflet"}, 'kind = "leaflet" is not one of'),
        ({"url": "javascript:alert(1)"}, "url = "),
        ({"components": ["magic"]}, 'no component has the id "magic"'),
        ({"illustrative": True}, 'organisation ends in "(illustrative)"'),
        ({"path": "../../elsewhere.md", "colour": "red"}, 'unknown key "colour"'),
    ],
)  # fmt: skip
def test_a_row_that_a_manifest_could_not_hold_is_refused_and_nothing_is_kept(
    uploads: Uploads, fields: dict[str, object], says: str
) -> None:
    with pytest.raises(ManifestError) as error:
        uploads.add("one.md", VISITS, {**FIELDS, **fields})
    assert says in str(error.value)
    assert uploads.rows() == []
    assert not (uploads.folder / "upload-one.md").exists()


def test_what_is_too_large_or_of_another_kind_is_refused() -> None:
    with pytest.raises(IngestError, match="larger than 50 MB"):
        check_file("a.md", bytes(MAX_BYTES + 1))
    with pytest.raises(IngestError, match=r"\.exe is not a format"):
        check_file("a.exe", b"MZ")


def test_a_folder_that_cannot_be_written_to_is_said(uploads: Uploads) -> None:
    uploads.folder.parent.mkdir(parents=True)
    uploads.folder.write_text("not a folder", encoding="utf-8")
    with pytest.raises(IngestError, match="it cannot be kept in"):
        uploads.add("one.md", VISITS, FIELDS)


def test_an_ingest_that_names_no_folder_keeps_the_uploads_and_one_that_names_another_does_too(
    uploads: Uploads, settings: Settings, tmp_path: Path
) -> None:
    own = write(tmp_path / "own", {"lunch.md": "# Lunch\n\nA second till opened.\n"})
    settings = settings.model_copy(update={"sources": str(own)})
    assert default_folders(settings) == [own]
    uploads.add("visits.md", VISITS, FIELDS)
    assert default_folders(settings) == [own, uploads_folder(settings.store)]
    assert counts(run(settings, *default_folders(settings))) == (2, 0, 0, 0, 0)
    assert counts(run(settings, own)) == (0, 0, 1, 0, 0)
    assert counts(run(settings, *default_folders(settings))) == (0, 0, 2, 0, 0)
    with Library(settings.store) as library:
        assert same_document(library, VISITS, load("x.md", VISITS)) == ["upload-visits"]
        assert same_document(library, b"other", load("x.txt", b"Other words.")) == []
    assert uploads.remove("upload-visits")
    assert not uploads.remove("upload-visits")
    assert [p.name for p in uploads.folder.iterdir() if p.suffix == ".md"] == []
    assert counts(run(settings, uploads.folder)) == (0, 0, 0, 1, 0)
    with Library(settings.store) as library:
        assert list(library.sources()) == ["lunch"]


def test_why_a_document_could_not_be_read_is_kept_until_it_can(settings: Settings, tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"lunch.md": "# Lunch\n\nA second till opened.\n", "empty.md": ""})
    other = write(tmp_path / "other", {"visits.md": VISITS})
    run(settings, own)
    run(settings, other)  # says nothing of the first folder
    with Library(settings.store) as library:
        [unread] = last_ingest(library).unread
    assert (unread.source, unread.folder, unread.path, unread.title) == ("empty", str(own), "empty.md", "Title of empty")
    assert "put the document in its place" in unread.reason
    (own / "empty.md").write_text("# Full\n\nNow it has words.\n", encoding="utf-8")
    run(settings, own)
    with Library(settings.store) as library:
        assert last_ingest(library).unread == ()
        assert last_ingest(library).ended
