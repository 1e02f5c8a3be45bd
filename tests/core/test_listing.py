"""Listings of a paper: what is kept of two records, and the votes gained."""

from __future__ import annotations

import pytest

from tui.core.listing import MAX_LISTINGS, Listing, merge_listings
from tui.core.merge import merge_papers
from tui.core.paper import Paper

MAY_7 = Listing("2026-05-07", "hf:daily", 3, "AK", 10, 1)


def test_every_feed_and_day_is_kept_in_the_order_of_days() -> None:
    others = [Listing("2026-05-08", "hf:trending", 1), Listing("2026-05-06", "arxiv:cs.CL", 40)]
    assert merge_listings([MAY_7], others) == (others[1], MAY_7, others[0])


def test_a_day_that_is_fetched_again_has_its_newer_rank_and_the_most_votes() -> None:
    again = Listing("2026-05-07", "hf:daily", 1, "", 8, 4)
    assert merge_listings([MAY_7], [again]) == (Listing("2026-05-07", "hf:daily", 1, "AK", 10, 4),)


def test_a_day_without_a_rank_counts_only_until_there_is_another() -> None:
    guess, later = Listing("2026-05-05", "hf:daily"), Listing("2026-05-09", "hf:daily")
    assert merge_listings([guess], [later]) == (guess,)
    assert merge_listings([MAY_7], [guess]) == (MAY_7,)
    assert merge_listings([guess], [MAY_7]) == (MAY_7,)


def test_of_very_many_the_first_and_the_latest_are_kept() -> None:
    days = [Listing(f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}", "a", 1) for n in range(120)]
    assert merge_listings(days[:60], days[60:]) == (days[0], *days[1 - MAX_LISTINGS :])


def test_a_source_is_the_feed_of_listings_without_one() -> None:
    paper = Paper("T", listings=(Listing("2026-05-06"), MAY_7)).from_source("page.txt")
    assert [each.feed for each in paper.listings] == ["page.txt", "hf:daily"]


@pytest.mark.parametrize(
    ("votes_on", "gained"),
    [
        ({}, ("", 0)),
        ({"2026-05-20": 50}, ("2026-05-20", 0)),
        ({"2026-05-08": 40}, ("2026-05-08", 40)),
        ({"2026-05-10": 10, "2026-05-17": 60, "2026-05-20": 75}, ("2026-05-20", 15)),
        ({"2026-05-10": 80, "2026-05-20": 75}, ("2026-05-20", 0)),
    ],
)
def test_votes_gained_are_those_of_the_last_days(
    votes_on: dict[str, int], gained: tuple[str, int]
) -> None:
    assert Paper("T", listings=(MAY_7,), votes_on=votes_on).gained == gained


def test_merged_papers_keep_the_votes_of_the_latest_days() -> None:
    old = Paper("T", votes_on={f"2026-04-{day:02}": day for day in range(1, 16)})
    merged = merge_papers(old, Paper("T", votes_on={"2026-05-07": 99}))
    assert list(merged.votes_on) == [f"2026-04-{day:02}" for day in range(2, 16)] + ["2026-05-07"]
