"""The orders a list can have, beside that of the best match."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui.core.paper import Paper


@dataclass(frozen=True, slots=True)
class Order:
    """One way to order papers."""

    key: str
    """The key that chooses it in the menu."""
    word: str
    """Its name in the query language: `sort:word`."""
    label: str
    """Its name for people."""
    unit: str = ""
    """What is counted, if papers are ordered by a count."""

    def count(self, paper: Paper) -> int:
        """The count of `paper` that this order goes by; 0 where it has none."""
        return paper.votes if self.word == "votes" else paper.counts.get(self.word, 0)


ORDERS = (
    Order("d", "date", "date, newest first"),
    Order("a", "added", "added, last first"),
    Order("t", "title", "title"),
    Order("f", "author", "first author"),
    Order("v", "votes", "votes", "votes"),
    Order("c", "comments", "comments", "comments"),
    Order("g", "stars", "stars of its code", "stars"),
    Order("i", "citations", "citations", "citations"),
    Order("r", "rating", "your rating"),
    Order("m", "relevance", "best match"),
    Order("y", "foryou", "for you: like what you starred"),
)


def order_by_word(word: str, orders: Iterable[Order] = ORDERS) -> Order | None:
    """The order of a name in the query language; None if there is none."""
    return next((order for order in orders if order.word == word), None)
