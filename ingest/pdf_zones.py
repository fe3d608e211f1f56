"""Zones: stretches of a PDF page that share their columns."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ingest.pdf_segments import Segment

GUTTER_POINTS = 9.0
"""White space at least this wide parts two columns."""


@dataclass(slots=True)
class _Zone:
    """Segments that share their columns; one column where the text runs over the whole width."""

    columns: list[tuple[float, float]]
    held: list[Segment]
    several: bool

    def split(self) -> list[list[Segment]]:
        return [column for left, right in self.columns if (column := [s for s in self.held if left - 1 <= s.x <= right + 1])]


def find_zones(page: list[Segment]) -> list[list[list[Segment]]]:
    """The page as a list of zones, top to bottom; each zone is its columns, left to right."""
    zones: list[_Zone] = []
    ordered = sorted(page, key=lambda s: (-s.y, s.x))
    depths = [-s.y for s in ordered]
    for segment in ordered:
        zone = zones[-1] if zones else None
        reach = 2 * segment.size  # more than a neighbour may be off
        near = ordered[bisect_left(depths, -segment.y - reach) : bisect_right(depths, -segment.y + reach)]
        beside = _has_neighbour(segment, near)
        if zone and not zone.several and not beside:
            zone.columns, zone.held = _add_interval(zone.columns, segment), [*zone.held, segment]
            zone.columns = [(min(c[0] for c in zone.columns), max(c[1] for c in zone.columns))]
            continue
        if zone and zone.several:
            merged = _add_interval(zone.columns, segment)
            if len(merged) == len(zone.columns) or (len(merged) > len(zone.columns) and beside):
                zone.columns, zone.held = merged, [*zone.held, segment]
                # What began like columns and runs over the whole width after all is none.
                zone.several = len(merged) > 1 or beside
                continue
        zones.append(_Zone([(segment.x, segment.x_end)], [segment], beside))
    return [zone.split() for zone in zones]


def _has_neighbour(segment: Segment, near: list[Segment]) -> bool:
    """Whether something stands beside it, a gutter away."""
    return any(
        abs(other.y - segment.y) < 1.8 * min(other.size, segment.size)
        and (other.x - segment.x_end > GUTTER_POINTS or segment.x - other.x_end > GUTTER_POINTS)
        for other in near
    )


def _add_interval(columns: list[tuple[float, float]], segment: Segment) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted([*columns, (segment.x, segment.x_end)]):
        if merged and left < merged[-1][1] + GUTTER_POINTS:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged
