"""A PDF's layers, of which some may be switched off: what they draw is not on the page that a reader sees."""

from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from ingest.pdf_errors import READ_ERRORS


def layers_off(reader: PdfReader) -> frozenset[int]:
    """The numbers of the layers that are off when the document is opened; none where it says nothing sensible."""
    try:
        held: Any = reader.root_object.get("/OCProperties")
        if held is None:
            return frozenset()
        held = held.get_object()
        shown: Any = held["/D"].get_object()
        off = _numbers(shown.get("/OFF"))
        if shown.get("/BaseState") == "/OFF":
            off |= _numbers(held.get("/OCGs")) - _numbers(shown.get("/ON"))
        return frozenset(off)
    except READ_ERRORS:
        return frozenset()


def is_off(reference: Any, off: frozenset[int]) -> bool:
    """Whether a layer, or a group of layers that shows where any of them is on, is off."""
    if not off or reference is None:
        return False
    if isinstance(reference, IndirectObject) and reference.idnum in off:
        return True
    group = reference.get_object()
    if not isinstance(group, DictionaryObject) or group.get("/Type") != "/OCMD" or "/OCGs" not in group:
        return False
    layers = group.raw_get("/OCGs")
    if isinstance(layers, IndirectObject) and isinstance(layers.get_object(), DictionaryObject):
        return layers.idnum in off
    numbers = _numbers(layers)
    return bool(numbers) and numbers <= off


def _numbers(references: Any) -> set[int]:
    held = references.get_object() if references is not None else None
    return {reference.idnum for reference in held or () if isinstance(reference, IndirectObject)}
