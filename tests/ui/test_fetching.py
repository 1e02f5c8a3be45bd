"""What the reader says after a fetch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from tui.catalog.batch import KeptApart
from tui.feeds.fetch_report import FeedOutcome, FetchReport
from tui.ui.actions.fetching import _describe_problems
from tui.ui.reader_protocol import Reader


def test_the_first_error_is_named_else_the_first_paper_kept_apart() -> None:
    reader = cast("Reader", SimpleNamespace(key_of=lambda name: f"<{name}>"))
    kept = KeptApart("On pears", "On apples", "doi", "10.1000/bk")
    good = FeedOutcome("a", "done", kept_apart=[kept])
    bad = FeedOutcome("b", "failed", error="no network")
    assert _describe_problems(reader, FetchReport([FeedOutcome("a", "done")])) == ""
    said = "“On pears” shares its DOI with “On apples”; kept apart"
    assert _describe_problems(reader, FetchReport([good])) == said
    assert _describe_problems(reader, FetchReport([good, good])) == (
        f"{said} (1 more; `sheaf doctor --duplicates` in a shell lists them)"
    )
    assert _describe_problems(reader, FetchReport([good, bad])) == (
        "b: no network; <feeds> shows the feeds"
    )
