"""Manifests: what a row may say, and how a wrong one is named."""

from pathlib import Path

import pytest
from ingest_worlds import toml_row

from hub.components import load_model
from ingest.errors import ManifestError
from ingest.manifest import read_manifest

MODEL = load_model()


def refused(folder: Path, manifest: str | bytes) -> str:
    (folder / "manifest.toml").write_bytes(manifest if isinstance(manifest, bytes) else manifest.encode())
    with pytest.raises(ManifestError) as caught:
        read_manifest(folder, MODEL)
    return str(caught.value)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"colour": "blue"}, ['unknown key "colour"']),
        ({"Title": "T"}, ['unknown key "Title"']),
        ({"context": {"head": "x"}}, ['"context.head"']),
        ({"kind": "blog"}, ['kind = "blog"', "'case-study'"]),
        ({"show": "all"}, ['show = "all"', "'quote'"]),
        ({"components": ["conect"]}, ['"conect"', "connect, de-implement"]),
        ({"components": ["connect", "Use evidence"]}, ['"Use evidence"']),
        ({"components": "connect"}, ["components", "connect"]),
        ({"title": None}, ['no "title"; add it']),
        ({"kind": None}, ['no "kind"; add it']),
        ({"organisation": None}, ['no "organisation"; add it']),
        ({"path": None}, ['no "path"; add it']),
        ({"title": ""}, ["title = ''"]),
        ({"organisation": ""}, ["organisation = ''"]),
        ({"published": "April 2024"}, ["published = 'April 2024'"]),
        ({"illustrative": True}, ['"(illustrative)"', "organisation"]),
        ({"illustrative": True, "organisation": "Larkfield (Illustrative) Trust"}, ['"(illustrative)"']),
        ({"illustrative": "perhaps"}, ["illustrative", "perhaps"]),
        ({"path": "../other.md"}, ["../other.md lies outside the manifest's folder"]),
        ({"path": "a/../../b.md"}, ["outside"]),
        ({"path": "/etc/passwd"}, ["/etc/passwd lies outside"]),
    ],
)
def test_a_row_that_is_wrong_is_named_with_its_file_and_its_fault(tmp_path: Path, fields: dict[str, object], says: list[str]) -> None:
    message = refused(tmp_path, toml_row("first") + toml_row("second", **fields))
    assert message.startswith(f'{tmp_path}/manifest.toml, row "second": ')
    assert [s for s in says if s not in message] == []


@pytest.mark.parametrize("id", ["Upper", "two words", "-first", "a/b", "café"])
def test_an_id_that_is_no_name_is_refused(tmp_path: Path, id: str) -> None:
    message = refused(tmp_path, toml_row(id))
    assert [s for s in ("manifest.toml", f'row "{id}"', "id = ") if s not in message] == []


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        (toml_row("a") + toml_row("b") + toml_row("a"), ['row "a"', "twice"]),
        (toml_row("a") + toml_row("a", id=None), ["row 2", 'no "id"']),
        ('title = "x"\n' + toml_row("a"), ['"title"', "[[source]] rows only"]),
        (toml_row("a") + "[[sources]]\n", ['"sources"']),
        ("[source]\nid = 'a'\n", ["two brackets"]),
        ("source = 'a'\n", ["two brackets"]),
        (toml_row("a") + "[[source\n", ["not valid TOML", "line"]),
        (toml_row("a", title="Café").encode("cp1252"), ["not valid TOML"]),
        (toml_row("a") + 'id = "b"\n', ["not valid TOML"]),
        ("source = [1, 2]\n", ["row 1"]),
    ],
    ids=lambda m: None,
)  # fmt: skip
def test_a_manifest_that_is_wrong_is_named_with_its_fault(tmp_path: Path, manifest: str | bytes, says: list[str]) -> None:
    message = refused(tmp_path, manifest)
    assert message.startswith(f"{tmp_path}/manifest.toml")
    assert [s for s in says if s not in message] == []


@pytest.mark.parametrize("key", ["title", "organisation"])
def test_a_name_of_spaces_alone_is_refused(tmp_path: Path, key: str) -> None:
    (tmp_path / "manifest.toml").write_text(toml_row("a", **{key: "  "}), encoding="utf-8")
    with pytest.raises(ManifestError, match=key):
        read_manifest(tmp_path, MODEL)


def test_a_manifest_may_begin_with_the_mark_of_utf_8(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_bytes(b"\xef\xbb\xbf" + toml_row("a").encode())
    assert [s.id for s in read_manifest(tmp_path, MODEL)] == ["a"]


def test_a_folder_without_a_manifest_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"no manifest\.toml there; write one") as caught:
        read_manifest(tmp_path / "nowhere", MODEL)
    assert str(tmp_path / "nowhere") in str(caught.value)


def test_a_link_that_leads_outside_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("words", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").symlink_to(tmp_path / "outside.md")
    assert "outside the manifest's folder" in refused(folder, toml_row("a"))


def test_a_whole_row_is_read_as_it_stands(tmp_path: Path) -> None:
    row = toml_row(
        "visits",
        kind="case-study",
        organisation="Larkfield Trust (illustrative)",
        path="below/visits.md",
        trust="Larkfield Trust",
        url="https://larkfield.example",
        authors=["S. Hale", "R. Patel"],
        published="2024-04",
        licence="Our own",
        show="quote",
        components=["connect", "de-implement"],
        illustrative=True,
        context={"schools": "4", "region": "North East", "phase": "primary"},
    )
    (tmp_path / "manifest.toml").write_text(row, encoding="utf-8")
    source = read_manifest(tmp_path, MODEL)[0]
    assert (source.authors, source.components, source.show, source.illustrative) == (
        ("S. Hale", "R. Patel"),
        ("connect", "de-implement"),
        "quote",
        True,
    )
    assert (source.context.schools, source.context.region, source.context.pupils) == ("4", "North East", "")
    assert (source.voice, source.path) == ("practice", "below/visits.md")


@pytest.mark.parametrize("manifest", ["", "# nothing yet\n", "source = []\n"])
def test_a_manifest_may_hold_no_rows(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "manifest.toml").write_text(manifest, encoding="utf-8")
    assert read_manifest(tmp_path, MODEL) == []
