"""How a document stands, as the Library's list and pages say it."""

from pathlib import Path

import pytest

from hub.components import load_model
from hub.domain import Chunk, Citation, Context, Kind, Loaded, Place, Source, Tag
from hub.stock import Figures
from ingest.decisions import Decision
from ingest.last import Unread
from ingest.load import load
from ui.library_draft import fields_of, missing
from ui.library_passages import _words, by_component
from ui.library_rows import Row, find, kinds_of, list_rows, states_of
from ui.library_text import SHORT_CHARACTERS, contents, count_pages, parts_of

UPLOADS = "/store/uploads"


def source(id: str, kind: Kind = "case-study", illustrative: bool = False, region: str = "") -> Source:
    organisation = "Larkfield (illustrative)" if illustrative else "Larkfield"
    context = Context(region=region)
    return Source(
        id=id, title=f"Title {id}", kind=kind, organisation=organisation, path=f"{id}.md", illustrative=illustrative, context=context
    )


def held(id: str, folder: str = "/own", warnings: tuple[str, ...] = (), **fields: object) -> Figures:
    return Figures(source(id, **fields), folder, "2026-03-02T10:00:00+00:00", 3, 7, warnings, False)  # type: ignore[arg-type]


def unread(id: str) -> Unread:
    return Unread(
        source=id,
        title=f"Title {id}",
        kind="guide",
        organisation="O",
        folder="/own",
        path="x.pdf",
        reason="it is encrypted",
        at="2026-03-02",
    )


def cited(id: str) -> Citation:
    return Citation(
        marker=1,
        source=id,
        title="Gone",
        organisation="Larkfield",
        kind="news",
        published="",
        illustrative=False,
        ocr=False,
        page=None,
        page_label="",
        heading="",
        components=(),
        tag_method="",
        quote="",
        start=0,
        end=1,
        url="",
        licence="",
    )


def rows(illustrative: bool = False) -> list[Row]:
    figures = [
        held("b"),
        held("a", warnings=("page 7 has no text",), region="North East"),
        held("c"),
        held("made-up", illustrative=True),
        held("upload-gone", UPLOADS),
        held("upload-kept", UPLOADS),
    ]
    uploads = [source("upload-kept"), source("upload-new")]
    return list_rows({f.source.id: f for f in figures}, [unread("c"), unread("z")], uploads, UPLOADS, [cited("old")], illustrative, {"b"})


def test_each_document_stands_as_it_does_and_trouble_comes_first() -> None:
    assert [(r.id, r.state) for r in rows()] == [
        ("c", "failed"),
        ("z", "failed"),
        ("upload-gone", "leaving"),
        ("upload-new", "waiting"),
        ("b", "read"),
        ("old", "withdrawn"),
        ("a", "warnings"),
        ("made-up", "set aside"),
        ("upload-kept", "read"),
    ]
    by_id = {r.id: r for r in rows()}
    assert by_id["c"].told == ("it is encrypted. What was read before stays in use.",)
    assert by_id["z"].told == ("it is encrypted.",)
    assert (by_id["c"].held, by_id["z"].held) == (True, False)
    assert next(r for r in rows(illustrative=True) if r.id == "made-up").state == "read"


@pytest.mark.parametrize(
    ("words", "kind", "state", "ids"),
    [
        ("north east", "", "", ["a"]),
        ("TITLE upload", "", "", ["upload-gone", "upload-new", "upload-kept"]),
        ("", "guide", "", ["z"]),
        ("", "", "withdrawn", ["old"]),
        ("gone", "", "", ["upload-gone"]),
        ("nothing like it", "", "", []),
    ],
)
def test_the_list_is_narrowed_by_words_kind_and_state(words: str, kind: str, state: str, ids: list[str]) -> None:
    listed = rows()
    listed = [r if r.id != "upload-gone" else Row(**{**r.__dict__, "words": "title upload-gone gone"}) for r in listed]
    assert [r.id for r in find(listed, words, kind, state)] == ids
    assert kinds_of(listed) == ["guide", "case-study", "news"]
    assert states_of(listed) == {"failed": 2, "waiting": 1, "leaving": 1, "warnings": 1, "read": 2, "set aside": 1, "withdrawn": 1}


def text(sections: int, words: int) -> Loaded:
    body = "\n\n".join(f"## Part {n}\n\n" + "\n\n".join(f"Sentence {n} {m} is here." for m in range(words)) for n in range(sections))
    return load("a.md", f"# The whole\n\n{body}\n".encode())


@pytest.mark.parametrize(("sections", "words", "parts"), [(3, 5, 1), (4, 200, 5), (2, 4000, 5)])
def test_the_parts_of_a_text_are_all_of_it_in_order(sections: int, words: int, parts: int) -> None:
    loaded = text(sections, words)
    made = parts_of(loaded)
    assert [b for part in made for b in part.blocks] == list(loaded.blocks)
    assert len(made) == parts
    if len(loaded.text) > SHORT_CHARACTERS:
        assert made[0].label == "The whole"
    assert contents(loaded) == ["The whole", *(f"Part {n}" for n in range(sections))]


def test_a_text_without_headings_is_parted_by_its_pages() -> None:
    lines = [f"Line {n} " + "word " * 300 for n in range(12)]
    plain = load("a.txt", "\n\n".join(lines).encode())
    pages = tuple((b.start, n + 1, "") for n, b in enumerate(plain.blocks))
    loaded = plain.model_copy(update={"pages": pages})
    assert [p.label for p in parts_of(loaded)] == ["Pages 1 to 5", "Pages 6 to 10", "Pages 11 to 12"]
    assert (count_pages(loaded), count_pages(plain)) == (12, 0)


def chunk(id: str, start: int, tags: tuple[Tag, ...]) -> Chunk:
    return Chunk(
        id=id, source="s", kind="paragraph", start=start, end=start + 10, place=Place(), text="One <b>. Two.", sentences=(), embed_text="", tags=tags
    )  # fmt: skip


def test_what_staff_confirmed_is_told_apart_from_what_the_program_found() -> None:
    chunks = [
        chunk("machine", 0, (Tag(component="connect", score=1.0, method="row"),)),
        chunk("whole", 20, (Tag(component="connect", score=0.5, method="confirmed"),)),
        chunk("passage", 40, (Tag(component="connect", score=1.0, method="confirmed"),)),
    ]
    decision = Decision.model_validate(
        {
            "source": "s",
            "start": 40,
            "end": 50,
            "text_hash": "0" * 64,
            "component": "connect",
            "decision": "yes",
            "by": "A",
            "when": "2026-03-02",
        }
    )
    found = by_component(chunks, load_model(), [decision])
    assert [(t.chunk.id, t.by) for t in found["connect"]] == [("passage", "staff"), ("machine", "program"), ("whole", "document")]
    assert list(found) == ["connect"]


def test_of_a_passage_no_more_is_shown_than_its_publisher_lets_readers_see() -> None:
    [loaded] = [load("a.md", b"# T\n\nOne < two. Three.\n")]
    made = Chunk(
        id="c", source="s", kind="paragraph", start=5, end=22, place=Place(), text=loaded.text[5:22],
        sentences=({"start": 5, "end": 15},), embed_text="",  # type: ignore[arg-type]
    )  # fmt: skip
    assert _words(made, "link") == ""
    assert "Three" in _words(made, "page")
    assert "Three" not in _words(made, "quote")
    assert _words(made, "quote").startswith("“")


def test_what_is_typed_becomes_a_row_and_what_is_missing_is_named() -> None:
    typed: dict[str, object] = {
        "title": " A ", "kind": "case-study", "organisation": "Larkfield", "published": "", "authors": "B, C; D", "phase": "Primary", "pupils": "",
        "illustrative": True, "show": "quote", "region": None,
    }  # fmt: skip
    assert missing(typed) == []
    assert missing({"title": " ", "kind": None}) == ["the title", "what kind of document it is", "the trust or organisation"]
    assert fields_of(typed) == {
        "title": "A",
        "kind": "case-study",
        "organisation": "Larkfield (illustrative)",
        "show": "quote",
        "authors": ["B, C", "D"],
        "illustrative": True,
        "context": {"phase": "Primary"},
    }


def test_the_pages_stay_thin() -> None:
    for page in Path(__file__).parents[2].joinpath("ui").glob("library*.py"):
        assert len(page.read_text(encoding="utf-8").splitlines()) < 200, page
