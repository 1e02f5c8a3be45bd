"""The dialog of the feeds: follow, pause, remove."""

from __future__ import annotations

from pathlib import Path

from tests.net.server import Server
from tests.ui.conftest import Open
from tests.ui.helpers import follow_feed, shown_message
from tui.ui.dialogs.feeds import FeedsScreen


async def test_feeds_are_paused_and_removed_and_undo_restores_them(
    open_reader: Open, service_server: Server
) -> None:
    async with open_reader() as reader:
        await follow_feed(reader, "hf:daily")
        await reader.press("p")
        assert "paused" in reader.frame
        await reader.press("escape", "f")
        assert shown_message(reader) == "all feeds are paused; F resumes one"
        assert service_server.requests == []
        await reader.press("F", "p", "x")
        assert "No feeds are followed." in reader.frame
        await reader.press("escape", "u")
        assert shown_message(reader).startswith("undo: unfollow hf:daily")
        await reader.press("F")
        assert "hf:daily" in reader.frame


async def test_a_name_that_is_no_feed_shows_the_kinds_there_are(
    open_reader: Open, home: Path
) -> None:
    async with open_reader((80, 24)) as reader:
        await follow_feed(reader, "foo:bar")
        assert "foo:bar is not the name of a feed. Names are:" in reader.frame
        assert "arxiv:cs.CL" in reader.frame
        outlines = home.parent / "mine.opml"
        outlines.write_text(
            '<opml version="2.0"><body><outline type="rss" text="Ada" '
            'xmlUrl="https://example.org/feed.xml"/></body></opml>'
        )
        await reader.press("a")
        await reader.type(str(outlines))
        await reader.press("enter")
        assert await reader.until(lambda: "Ada (https://example.org/feed.xml)" in reader.frame)


async def test_the_feeds_fit_the_smallest_terminal(open_reader: Open) -> None:
    async with open_reader((60, 16)) as reader:
        await reader.press("F")
        assert isinstance(reader.app.screen, FeedsScreen)
        assert "a add" in reader.frame
        assert "Esc leave" in reader.frame
