"""The orders of a list that have a name; `tui.search.ranking` computes them."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.commands import answers
from tui.core.paper import Paper


class Order(NamedTuple):
    """One way to order papers."""

    name: str
    """Its name in the query language: `sort:name`."""
    unit: str = ""
    """What is counted, if papers are ordered by a count."""

    @property
    def command_id(self) -> str:
        """The command of the table that chooses it."""
        return f"order_{self.name}"

    @property
    def label(self) -> str:
        """Its name for people, that of the command."""
        return next(each.label for each in answers("order") if each.id == self.command_id)

    def count(self, paper: Paper) -> int:
        """Return the count of `paper` that this order shows; 0 if it has none."""
        return paper.votes if self.unit == "votes" else paper.counts.get(self.name, 0)


ORDERS = (
    Order("date"),
    Order("added"),
    Order("title"),
    Order("author"),
    Order("rank"),
    Order("rising", "votes"),
    Order("votes", "votes"),
    Order("comments", "comments"),
    Order("stars", "stars"),
    Order("citations", "citations"),
    Order("rating"),
    Order("relevance"),
    Order("foryou"),
)


def find_order(name: str) -> Order | None:
    """Return the order of a name in the query language; None if there is none."""
    return next((order for order in ORDERS if order.name == name), None)
