"""Records: those of earlier versions are read, and those that make no sense are damaged."""

from __future__ import annotations

import json

import pytest

from tui.catalog.record import StoredPaper, columns_of, stored_paper
from tui.core.listing import Listing
from tui.core.paper import Paper

PAPER = Paper(
    "T",
    listings=(Listing("2026-05-06", "arxiv:cs.CL"), Listing("2026-05-07", "hf:daily", 3, "AK", 9)),
    votes=9,
    votes_on={"2026-05-07": 9},
)


def read(**fields: object) -> StoredPaper:
    return stored_paper((1, "title:1", "", "T", json.dumps(fields).encode()))


def test_a_record_is_read_as_it_was_written() -> None:
    key, sorted_by, listed, *_, title, record = columns_of(StoredPaper(1, "title:1", "", PAPER), 1)
    assert (key, sorted_by, listed) == ("title:1", "2026-05-06 2044", "2026-05-06")
    assert stored_paper((1, key, "", title, record)).paper == PAPER


@pytest.mark.parametrize(
    ("sources", "feeds"),
    [
        (["refs.bib"], ["refs.bib"]),
        (["hf:daily", "a.txt", "cs:x"], ["cs:x", "hf:daily"]),
        (["a.bib", "b.bib"], ["a.bib"]),
        ([], [""]),
    ],
)
def test_the_day_of_an_earlier_version_is_that_of_each_feed(
    sources: list[str], feeds: list[str]
) -> None:
    fields = {"sources": sources} if sources else {}
    stored = read(listed="2026-05-07", **fields)
    assert sorted(stored.paper.listings) == [Listing("2026-05-07", feed) for feed in feeds]


def test_an_invalid_day_of_an_earlier_version_is_left_out() -> None:
    stored = read(listed="no date")
    assert (stored.damaged, stored.paper.listings) == (False, ())


def test_papers_of_one_day_are_sorted_by_their_places() -> None:
    texts = [
        columns_of(
            StoredPaper(1, "", "", Paper("T", listings=(Listing("2026-05-07", "a", rank),))), 1
        )
        for rank in (1, 9, 10, 1999, 2000, 9999, 0)
    ]
    assert [text[1] for text in texts] == sorted((str(text[1]) for text in texts), reverse=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"listings": [["2026-71-01", "hf:daily", 1]]},
        {"listings": [["20260501", "hf:daily"]]},
        {"listings": [["2026-05-01", "hf:daily", -1]]},
        {"listings": [["2026-05-01", 1]]},
        {"listings": [[]]},
        {"votes_on": {"20260501": 1}},
        {"votes_on": {"2026-05-01": None}},
        {"listed": 3},
        [],
    ],
)
def test_a_record_that_makes_no_sense_is_damaged(fields: dict[str, object]) -> None:
    record = json.dumps(fields).encode()
    assert stored_paper((1, "title:1", "", "T", record)).damaged
