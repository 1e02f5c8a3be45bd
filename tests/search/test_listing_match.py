"""Papers are found by the feed, day and person of one listing, in the order of their page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.search.dict_marks import DictMarks
from tui.catalog.catalog import Catalog
from tui.core.listing import Listing
from tui.core.paper import Paper
from tui.index.index import Index
from tui.search.query import parse
from tui.search.search import Search
from tui.sources.reader import read

Make = Callable[..., tuple[Catalog, Index]]


def paper(title: str, *listings: Listing, **fields: object) -> Paper:
    return Paper(title, listings=listings, **fields)  # type: ignore[arg-type]


DAY = (
    paper("Third", Listing("2026-05-07", "hf:daily", 3, "AK"), published="2026-05-07"),
    paper("First", Listing("2026-05-07", "hf:daily", 1, "Ada Lee"), published="2020-01-01"),
    paper(
        "Second",
        Listing("2026-05-06", "arxiv:cs.CL", 1),
        Listing("2026-05-07", "hf:daily", 2),
        published="2026-05-07",
    ),
    paper("Day before", Listing("2026-05-06", "hf:daily", 9)),
    paper("Never listed", published="2026-05-08"),
)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("feed:hf:daily listed:2026-05-07", ["First", "Second", "Third"]),
        ("listed:2026-05-06 feed:hf:daily", ["Day before"]),
        ("listed:2026-05-06", ["Second", "Day before"]),
        ("feed:HF", ["First", "Second", "Third", "Day before"]),
        ("by:lee", ["First"]),
        ("by:ak feed:hf:daily", ["Third"]),
        ("-feed:hf", ["Never listed"]),
        ("feed:arxiv feed:hf", ["Second"]),
        ("listed:2026-05-07 feed:arxiv feed:hf", []),
        ("feed:hf listed:2026-05-06|2026-05-07", ["First", "Second", "Third", "Day before"]),
        ("feed:arxiv|hf listed:2026-05-06", ["Second", "Day before"]),
        ("feed:hf:daily sort:date", ["Second", "Third", "Day before", "First"]),
        ("sort:rank", ["First", "Second", "Third", "Day before", "Never listed"]),
        ("", ["Never listed", "Second", "Third", "Day before", "First"]),
        ("date:2026-05-07", ["Second", "Third", "First"]),
    ],
)
def test_a_query_about_listings(library: Make, query: str, titles: list[str]) -> None:
    catalog, index = library(*DAY)
    rows = Search(index, DictMarks()).run(parse(query)).rows.tolist()
    assert [each.paper.title for each in catalog.get_many(rows)] == titles


def test_a_feed_with_quotes_in_its_name_is_found_without_them(library: Make) -> None:
    _, index = library(paper("T", Listing("2026-04-01", 'arxiv:au:"Ada Lee" AND abs:x')), *DAY)
    search = Search(index, DictMarks())
    assert search.run(parse('feed:"arxiv:au:Ada Lee AND"')).rows.tolist() == [1]


def test_the_first_rows_are_in_the_order_of_the_search(library: Make) -> None:
    dates = ("2025", "2024-12-31", "2025-01-01", "2024-12")
    catalog, index = library(*DAY, *(Paper(f"Dated {day}", published=day) for day in dates))
    assert catalog.newest() == Search(index, DictMarks()).run(parse("")).rows.tolist()


def test_a_paper_counts_at_its_best_place_of_its_last_day(library: Make) -> None:
    twice = paper("Twice", Listing("2026-05-07", "a", 9), Listing("2026-05-07", "b", 1))
    _, index = library(paper("Fifth", Listing("2026-05-07", "a", 5)), twice)
    assert Search(index, DictMarks()).run(parse("listed:2026-05-07")).rows.tolist() == [2, 1]


def test_days_are_counted_for_all_feeds_and_for_one(library: Make) -> None:
    search = Search(library(*DAY)[1], DictMarks())
    assert search.days() == {"2026-05-06": 2, "2026-05-07": 3}
    assert search.days("arxiv:") == {"2026-05-06": 1}
    assert search.days("nothing") == {}


def test_rising_papers_have_gained_votes_in_the_last_days(library: Make) -> None:
    catalog, index = library(
        paper("Steady", votes=900, votes_on={"2026-05-10": 890, "2026-05-20": 900}),
        paper("Rising", votes=90, votes_on={"2026-05-10": 10, "2026-05-20": 90}),
        paper("Long ago", votes=500, votes_on={"2026-04-01": 10, "2026-04-04": 500}),
    )
    rows = Search(index, DictMarks()).run(parse("sort:rising")).rows.tolist()
    assert [each.paper.title for each in catalog.get_many(rows)] == ["Rising", "Steady", "Long ago"]


def test_a_page_is_shown_in_its_order(library: Make, shared: Path) -> None:
    page = next((shared / "seed").glob("*.txt"))
    papers = [each for each in read(str(page), date(2026, 5, 8)) if isinstance(each, Paper)]
    catalog, index = library(*papers)
    rows = Search(index, DictMarks()).run(parse("")).rows.tolist()
    assert [stored.paper.title for stored in catalog.get_many(rows)] == [p.title for p in papers]
    assert Search(index, DictMarks()).run(parse("by:ak")).total == len(papers) == 82
