"""What an uploaded file says of itself, for a person to check; and what that person typed, as a manifest's row."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.library import Library
from ingest.errors import IngestError
from ingest.reader import Reader
from ingest.says import what_it_says
from ingest.suggest import title_of
from ingest.uploads import check_file, same_document
from ui.library_text import count_pages

INVENTED = "(illustrative)"
_NEEDED = {"title": "the title", "kind": "what kind of document it is", "organisation": "the trust or organisation"}
_PLAIN = ("title", "kind", "organisation", "published", "url", "licence", "show", "trust")
_CONTEXT = ("school", "trust", "phase", "region", "schools", "pupils")


@dataclass(frozen=True)
class Draft:
    """A file as it was read, before anything is kept of it."""

    hash: str
    """Of the file: names the form that is about it."""
    trouble: str = ""
    """Why it cannot be added; then nothing else is said."""
    title: str = ""
    published: str = ""
    names: tuple[str, ...] = ()
    """Trusts and schools that it names most."""
    context: Mapping[str, str] = field(default_factory=dict)
    """What it says outright."""
    unsure: Mapping[str, str] = field(default_factory=dict)
    """What it only seems to say: shown as a hint, never filled in."""
    pages: int = 0
    words: int = 0
    warnings: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    """Sources held that are this very document."""

    def perhaps(self, name: str, otherwise: str = "") -> str:
        """A hint for an empty box."""
        return f"perhaps {self.unsure[name]}" if name in self.unsure else otherwise


def draft_of(name: str, data: bytes, library: Library) -> Draft:
    """Read a file under the limits of any ingest, in a process of its own. It is not kept."""
    hash = hashlib.sha256(data).hexdigest()[:16]
    try:
        check_file(name, data)
        with Reader(workers=1) as reader:
            loaded = reader.read(name, data)
    except IngestError as error:
        return Draft(hash, trouble=str(error))
    said = what_it_says(loaded, data if name.lower().endswith((".html", ".htm")) else b"")
    unsure = {key: value for key, (value, sure) in said.context.items() if not sure}
    unsure |= {"published": said.published} if said.published and not said.published_sure else {}
    unsure |= {"trust": said.trust} if said.trust else {}
    return Draft(
        hash,
        title=title_of(loaded, name),
        published=said.published if said.published_sure else "",
        names=tuple(said.names),
        context={key: value for key, (value, sure) in said.context.items() if sure},
        unsure=unsure,
        pages=count_pages(loaded),
        words=len(loaded.text.split()),
        warnings=loaded.warnings,
        same=tuple(same_document(library, data, loaded)),
    )


def missing(typed: Mapping[str, object]) -> list[str]:
    """What is needed and was left out, in words."""
    return [words for name, words in _NEEDED.items() if not str(typed.get(name) or "").strip()]


def fields_of(typed: Mapping[str, object]) -> dict[str, object]:
    """A row's fields, but for its id and path. What was left empty is left out."""
    said = {name: value.strip() if isinstance(value, str) else value for name, value in typed.items() if value}
    fields: dict[str, object] = {
        name: said[name] for name in ("title", "kind", "organisation", "published", "url", "licence", "show", "trust") if name in said
    }
    if authors := [a.strip() for a in str(said.get("authors", "")).split(";") if a.strip()]:
        fields["authors"] = authors
    if said.get("illustrative"):
        fields["illustrative"] = True
        if not str(fields.get("organisation", "")).endswith(INVENTED):
            fields["organisation"] = f"{fields.get('organisation', '')} {INVENTED}"
    if context := {name: said[name] for name in _CONTEXT if name in said}:
        fields["context"] = context
    return fields
