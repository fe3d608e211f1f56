"""Folders of case studies of our own making, for pages that change what is held."""

from pathlib import Path

from hub.settings import Settings
from ingest.run import ingest

WORDS = ("the Friday log", "the data drops", "the paper returns", "the second report", "the old forms", "the extra test",
         "the hall rota", "the mock week", "the long agenda", "the wall charts", "the home diary", "the lost hour")  # fmt: skip


def lone_passages(folder: Path, store: Path) -> Settings:
    """A store whose map has twelve cells of one passage each, on De-implement, and a folder beside it that decisions may be written to."""
    folder.mkdir(parents=True)
    rows = []
    for number, words in enumerate(WORDS):
        name = f"study-{number:02}"
        (folder / f"{name}.md").write_text(f"# Less\n\nDe-implementation of {words} began in the spring of 2023.\n", encoding="utf-8")
        rows.append(
            f'[[source]]\nid = "{name}"\ntitle = "Less {number}"\nkind = "case-study"\norganisation = "Trust {number:02}"\npath = "{name}.md"\n'
        )
    (folder / "manifest.toml").write_text("\n".join(rows), encoding="utf-8")
    settings = Settings(store=store)
    assert not ingest(settings, [folder], lambda *_: None).failed
    return settings
