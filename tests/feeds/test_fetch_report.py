"""What a fetch found, in words."""

from __future__ import annotations

import pytest

from tui.feeds.fetch_report import FeedOutcome, FetchReport
from tui.sources.interface import RejectedRecord

REFUSED = RejectedRecord("a page", "no title")


@pytest.mark.parametrize(
    ("outcome", "summary"),
    [
        (FeedOutcome("a", "unchanged"), "nothing new"),
        (FeedOutcome("a", "done", read=3, added=1200, updated=2), "1,200 new, 2 updated"),
        (FeedOutcome("a", "done", read=1, rejected=[REFUSED]), "0 new, 1 refused"),
        (FeedOutcome("a", "failed", error="no network"), "no network"),
        (FeedOutcome("a", "failed", read=5, added=5, error="no network"), "no network, 5 new"),
    ],
)
def test_the_outcome_of_a_feed_in_words(outcome: FeedOutcome, summary: str) -> None:
    assert outcome.summary == summary


@pytest.mark.parametrize(
    ("outcomes", "summary"),
    [
        ([], "nothing new"),
        ([FeedOutcome("a", "unchanged"), FeedOutcome("b", "failed")], "nothing new"),
        ([FeedOutcome("a", "failed"), FeedOutcome("b", "failed")], "no feed has answered"),
        ([FeedOutcome("a", "done", added=1), FeedOutcome("b", "done", added=2)], "3 new"),
        ([FeedOutcome("a", "done", updated=1)], "nothing new, 1 updated"),
    ],
)
def test_the_outcome_of_a_fetch_in_words(outcomes: list[FeedOutcome], summary: str) -> None:
    assert FetchReport(outcomes).summary == summary
