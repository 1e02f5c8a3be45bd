"""ListPlaces: what is at each place of the list: a paper, or the heading of a group of papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tui.search.clusters import PaperGroup

    Rows = Sequence[int] | NDArray[np.integer]
    """Catalog row numbers in order, shape (papers,)."""


class Heading(NamedTuple):
    """The heading of a group."""

    number: int
    """The number of the group, from 0."""
    name: str
    rows: Sequence[int]
    """The catalog rows of the papers of the group."""
    folded: bool
    """Whether the papers are hidden."""


class ListPlaces:
    """The places of a list without groups: a paper at each."""

    is_grouped = False
    """Whether there are headings."""

    def __init__(self, rows: Rows = ()) -> None:
        self.rows = rows
        """The catalog rows of all papers in order, those of folded groups too."""

    def __len__(self) -> int:
        return len(self.rows)

    def row_at(self, place: int) -> int | None:
        """Return the catalog row of the paper at a place; None at a heading."""
        return int(self.rows[place])

    def heading_at(self, place: int) -> Heading | None:
        """Return the heading at a place; None at a paper."""
        return None

    def heading_above(self, place: int) -> Heading | None:
        """Return the heading of the group that a place is in; None without groups."""
        return None

    def rows_at(self, place: int) -> Sequence[int]:
        """Return the catalog rows that a place stands for: a paper, or those of a folded group."""
        return (int(self.rows[place]),)

    def places_of(self, row: int) -> list[int]:
        """Return the place of a paper, or that of the heading of its folded group; else nothing."""
        if isinstance(self.rows, list | tuple):
            return [place for place, each in enumerate(self.rows) if each == row]
        places: list[int] = (self.rows == row).nonzero()[0].tolist()  # type: ignore[union-attr]
        return places


class GroupPlaces(ListPlaces):
    """The places of a list of groups: a heading, and its papers unless they are folded."""

    is_grouped = True

    def __init__(
        self, groups: Sequence[PaperGroup], unfolded: frozenset[int] = frozenset()
    ) -> None:
        """Show `groups`; `unfolded` are the numbers of those that show their papers."""
        super().__init__([row for group in groups for row in group.rows])
        self.groups = groups
        self._unfolded = unfolded
        self._places: list[Heading | int] = []
        self._starts: list[int] = []
        """The place of the heading of each group."""
        for number, (name, rows) in enumerate(groups):
            self._starts.append(len(self._places))
            self._places.append(Heading(number, name, rows, number not in unfolded))
            self._places += rows if number in unfolded else ()

    def __len__(self) -> int:
        return len(self._places)

    def row_at(self, place: int) -> int | None:
        found = self._places[place]
        return None if isinstance(found, Heading) else found

    def heading_at(self, place: int) -> Heading | None:
        found = self._places[place]
        return found if isinstance(found, Heading) else None

    def heading_above(self, place: int) -> Heading | None:
        return next((h for each in range(place, -1, -1) if (h := self.heading_at(each))), None)

    def rows_at(self, place: int) -> Sequence[int]:
        found = self._places[place]
        if isinstance(found, Heading):
            return found.rows if found.folded else ()
        return (found,)

    def places_of(self, row: int) -> list[int]:
        return [place for place in range(len(self)) if row in self.rows_at(place)]

    def place_of_heading(self, number: int) -> int:
        """Return the place of the heading of a group; that of the last one for a greater number."""
        return self._starts[min(number, len(self._starts) - 1)]

    def fold(self, number: int, folded: bool) -> GroupPlaces:
        """Return the same list with a group folded or unfolded."""
        return GroupPlaces(
            self.groups, self._unfolded - {number} if folded else self._unfolded | {number}
        )
