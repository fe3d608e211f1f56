"""The coverage map as a picture that is a table: each cell a button with a shape and a word; the arrows go from cell to cell."""

import re
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.explore.coverage import Cell, Coverage
from assistant.explore.groups import By
from hub.components import Model
from ui.strands import look_of

_HERE = Path(__file__).parent
_component = st.components.v2.component(
    "hub_coverage",
    html='<div class="map"></div>',
    css=(_HERE / "coverage_grid.css").read_text(encoding="utf-8"),
    js=(_HERE / "coverage_grid.js").read_text(encoding="utf-8"),
)
ROWS_ARE = {"organisation": "Organisation", "phase": "Phase", "region": "Region", "kind": "Kind of document"}
MARK_WORDS = {"confirmed": "confirmed", "described": "described", "mentioned": "mentioned", "nothing": "–"}


def mark_of(cell: Cell) -> str:
    """The cell's level, or "confirmed" where staff confirmed all that is described."""
    return "confirmed" if cell.level == "described" and len(cell.confirmed) == len(cell.described) else cell.level


def words_of(cell: Cell, by: By) -> str:
    """What stands in a cell: how many describe it, where the row holds several; else the level."""
    if by == "organisation" or not cell.described:
        return MARK_WORDS[mark_of(cell)]
    return f"{len(cell.described)} of {cell.held}"


def said_of(cell: Cell, by: By) -> str:
    """A cell in words."""
    if by != "organisation" and cell.described:
        confirmed = len(cell.confirmed)
        every = "confirmed by staff" if confirmed == 1 else "all confirmed by staff"
        staff = every if confirmed == len(cell.described) else f"{confirmed or 'none'} confirmed by staff"
        return f"described by {len(cell.described)} of {cell.held}, {staff}"
    return {
        "confirmed": "described, confirmed by staff",
        "described": "described, found by the program",
        "mentioned": "mentioned, found by the program",
        "nothing": "nothing found",
    }[mark_of(cell)]


def draw(coverage: Coverage, model: Model, rows: tuple[str, ...]) -> tuple[str, str] | None:
    """The map of these rows; the component and row of the cell that the reader has just opened, or None."""
    wide = len(coverage.components)
    by_row = {name: coverage.cells[n * wide : (n + 1) * wide] for n, name in enumerate(coverage.rows)}
    strands = [
        {
            "name": s.name,
            "shape": look_of(model, s.id).shape,
            "components": [{"id": c.id, "name": c.name} for c in model.of_strand(s.id) if c.id in coverage.components],
        }
        for s in model.strands
    ]
    data: dict[str, Any] = {
        "name": f"Coverage map: components by {ROWS_ARE[coverage.by].lower()}",
        "rows_are": ROWS_ARE[coverage.by],
        "strands": strands,
        "rows": [{"name": name, "cells": [_as_data(c, coverage.by, model) for c in by_row[name]]} for name in rows],
    }
    result = _component(key="coverage-grid", data=data, on_opened_change=lambda: None)
    match = re.fullmatch(r"([a-z-]+)\|(.+)", str(result.opened or ""))
    return (match[1], match[2]) if match else None


def _as_data(cell: Cell, by: By, model: Model) -> dict[str, str]:
    return {
        "mark": mark_of(cell),
        "words": words_of(cell, by),
        "said": f"{cell.row}, {model.component(cell.component).name}: {said_of(cell, by)}",
    }
