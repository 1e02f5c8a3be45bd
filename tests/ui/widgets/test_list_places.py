"""What is at each place of a list of groups."""

from __future__ import annotations

from tui.search.clusters import PaperGroup
from tui.ui.widgets.list_places import GroupPlaces, ListPlaces

GROUPS = [PaperGroup("Wheat", [4, 2]), PaperGroup("Glass", [3, 1])]


def shown(places: ListPlaces) -> list[int | str | None]:
    rows: list[int | str | None] = []
    for place in range(len(places)):
        heading = places.heading_at(place)
        rows.append(heading.name if heading else places.row_at(place))
    return rows


def test_a_list_without_groups_has_a_paper_at_each_place() -> None:
    places = ListPlaces([3, 1])
    assert shown(places) == [3, 1]
    assert places.places_of(1) == [1]
    assert list(places.rows_at(0)) == [3]
    assert places.heading_above(1) is None


def test_a_folded_group_is_its_heading_and_stands_for_its_papers() -> None:
    places = GroupPlaces(GROUPS)
    assert shown(places) == ["Wheat", "Glass"]
    assert list(places.rows) == [4, 2, 3, 1]
    assert list(places.rows_at(0)) == [4, 2]
    assert places.places_of(1) == [1]


def test_an_unfolded_group_shows_its_papers_below_its_heading() -> None:
    places = GroupPlaces(GROUPS).fold(0, False)
    assert shown(places) == ["Wheat", 4, 2, "Glass"]
    assert list(places.rows_at(0)) == []
    assert places.places_of(2) == [2]
    assert places.places_of(9) == []
    above = places.heading_above(2)
    assert above
    assert (above.name, above.folded) == ("Wheat", False)
    assert [places.place_of_heading(number) for number in (0, 1, 2)] == [0, 3, 3]
    assert shown(places.fold(0, True)) == ["Wheat", "Glass"]
