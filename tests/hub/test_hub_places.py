"""England's regions, and which of them the places in a text lie in."""

import pytest

from hub.places import REGIONS, regions_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a trust in the north east", ["North East"]),
        ("the North-East of England", ["North East"]),
        ("NORTH  WEST", ["North West"]),
        ("Kirklees", ["Yorkshire and the Humber"]),
        ("North East Lincolnshire", ["Yorkshire and the Humber"]),  # and not the North East, nor Lincolnshire
        ("Lincolnshire", ["East Midlands"]),
        ("Ashford, Kent", ["South East"]),
        ("Leeds, Hull and Truro in Cornwall", ["Yorkshire and the Humber", "South West"]),
        ("Bristol and Bath", ["South West"]),
        ("London Borough of Newham", ["London"]),
        ("reading and bath time in schools", []),
        ("the Midlands", []),
        ("Yorkshireman", []),
        ("", []),
        ("Bury St Edmunds", ["East of England"]),
        ("Bury, and Bury St. Edmunds", ["North West", "East of England"]),
        ("York", ["Yorkshire and the Humber"]),
        ("Newcastle-under-Lyme", ["West Midlands"]),
        ("Reading is taught every day.", []),
        ("What does the Sutton Trust say?", []),
        ("New York", []),
    ],
)
def test_places_are_told_by_their_regions(text: str, expected: list[str]) -> None:
    assert list(regions_in(text)) == expected


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_names_itself_in_any_case(region: str) -> None:
    assert regions_in(f"Schools in {region}.") == (region,)
    assert regions_in(f"schools in the {region.lower()}, mostly" if " " in region else f"in {region}") == (region,)


def test_england_has_nine_regions() -> None:
    assert len(set(REGIONS)) == 9
