"""Papers that share words, and the answers of an index about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.authors import authors
from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.index.index import Index
from tui.search.query import parse
from tui.search.search import Search

WORDS = (
    *("attention", "deep", "graph", "learning", "model"),
    *("neural", "sparse", "state", "transformer", "vision"),
)
QUERIES = (
    "",
    "attention",
    "atention",
    "former",
    "t",
    "deep lear",
    '"deep graph"',
    "-model",
    "author:kim sort:title",
    "cat:cs.CL",
    "id:2401.0000",
    "venue:acl sort:votes",
    "year:2020..2022",
    "has:abstract sort:added",
    "feed:feed1 listed:2024-05-02..2024-05-04",
)


def paper(number: int, **changes: object) -> Paper:
    """Return paper `number`: the same number gives the same words."""
    pick = [WORDS[number * step % len(WORDS)] for step in (1, 3, 7, 11)]
    fields: dict[str, object] = {
        "title": f"{pick[0]} {pick[1]} for unique{number} {pick[2]}",
        "authors": authors(f"Ann Author{number % 7}", "Bo Kim") if number % 3 else (),
        "abstract": f"We study {pick[3]} and {pick[1]}." if number % 2 else "",
        "published": f"20{18 + number % 8}-0{1 + number % 9}",
        "venue": "ACL" if number % 4 else "ICML",
        "categories": ("cs.CL",) if number % 5 else ("cs.LG", "stat.ML"),
        "ids": {"arxiv": f"2401.{number:05}"},
        "votes": number % 6,
        "listings": (Listing(f"2024-05-{1 + number % 5:02}", f"feed{number % 3}", number % 4),),
    }
    return Paper(**(fields | changes))  # type: ignore[arg-type]


def answers(index: Index, queries: Iterable[str] = QUERIES) -> list[list[int]]:
    """Return the rows that each query finds."""
    search = Search(index, DictMarks())
    found = [search.run(parse(text)).rows.tolist() for text in queries]
    newest = index.snapshot.rows[index.snapshot.newest_first].tolist()
    return [*found, sorted(search.find_similar(2).rows.tolist()), newest]


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """A catalog of 40 papers."""
    catalog = Catalog(tmp_path / "papers.db", create=True)
    catalog.add(paper(n) for n in range(40))
    return catalog


@pytest.fixture
def right(tmp_path: Path) -> Callable[[Catalog], list[list[int]]]:
    """A function that returns the answers of a new index of a catalog."""
    made = iter(range(1000))

    def fresh(catalog: Catalog) -> list[list[int]]:
        index = Index.open(tmp_path / f"fresh-{next(made)}", catalog)
        index.update(catalog)
        return answers(index)

    return fresh
