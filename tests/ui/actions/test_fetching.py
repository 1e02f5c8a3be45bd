"""Fetching: what is new in the feeds, a past day, regularly."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from tests.feeds import payloads
from tests.net.server import Reply, Server
from tests.ui.conftest import Open
from tests.ui.helpers import DAILY, daily, day, follow, said, titles, warned
from tui.config import Config
from tui.net.network_settings import NetworkSettings


async def test_new_papers_of_a_followed_feed_are_fetched_and_shown(
    open_reader: Open, hub: Server
) -> None:
    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day(), 9)]})
    async with open_reader() as reader:
        await reader.press("f")
        assert said(reader) == "no feeds are followed; F follows one"
        await follow(reader, "hf:daily")
        assert "hf:daily: followed now; f fetches" in reader.frame
        assert "never fetched" in reader.frame
        await reader.press("f")
        assert said(reader) == "1 new · g shows them"
        cursor = reader.main.panes.papers.row
        assert "New 1" in reader.frame
        assert reader.main.panes.papers.row == cursor
        await reader.press("g")
        assert titles(reader) == ["Of Barley"]
        assert "9 votes" in reader.frame
        await reader.press("F")
        assert "1 new of 1 the last time, 1 in all" in reader.frame
        await reader.press("enter")
        assert "source:" in reader.main.request.text
        assert titles(reader) == ["Of Barley"]


async def test_the_key_for_new_papers_goes_to_the_first_once_another_message_is_shown(
    open_reader: Open, hub: Server
) -> None:
    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day())]})
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.press("f")
        assert said(reader) == "1 new · g shows them"
        await reader.press("j", "s")
        await reader.press("g")
        assert reader.main.request.view.name == "All"
        assert reader.main.panes.papers.cursor == 0


async def test_a_feed_that_fails_is_reported_and_the_others_are_fetched(
    open_reader: Open, hub: Server
) -> None:
    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day())]})
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.press("escape")
        await follow(reader, f"{hub.url}/gone.xml")
        await reader.press("escape", "f")
        assert said(reader).startswith("1 new")
        assert "gone.xml" in warned(reader)
        hub.routes.clear()
        await reader.press("escape", "f")
        assert said(reader) == "no feed has answered"
        assert "F shows the feeds" in warned(reader)
        await reader.press("escape", "F")
        assert "! " in reader.frame


async def test_a_past_day_is_fetched(open_reader: Open, hub: Server) -> None:
    past = "2026-04-01"
    hub.routes[DAILY] = daily({past: [payloads.hf("2604.00001", "Of Oats", past)]})
    async with open_reader() as reader:
        await reader.press("D")
        await reader.type(past)
        await reader.press("enter")
        assert said(reader) == "1 new · g shows them"
        assert hub.requests[0].query["date"] == past
        await reader.press("f2", "left_square_bracket", "left_square_bracket")
        assert titles(reader) == ["Of Oats"]
        await reader.press("D")
        await reader.type("yesterday")
        await reader.press("enter")
        assert "is not a day" in warned(reader)


async def test_a_fetch_can_be_stopped(open_reader: Open, hub: Server) -> None:
    hold = threading.Event()
    hub.routes[DAILY] = Reply(b"[]", wait=hold)
    async with open_reader() as reader:
        await follow(reader, "hf:daily")
        await reader.pilot.press("f")
        await reader.pilot.pause(0.2)
        assert "fetching" in reader.main.jobs.running
        await reader.pilot.press("f")
        await reader.pilot.pause(0.2)
        assert "Still fetching." in reader.frame
        await reader.press("s")
        assert said(reader).endswith("stopped")
        assert not reader.main.jobs.running
        hold.set()


async def test_feeds_are_fetched_regularly_if_the_config_says_so(
    open_reader: Open, hub: Server, home: Path
) -> None:
    from tui.feeds.feed_names import Feed
    from tui.feeds.subscriptions import follow_change as following
    from tui.library.library import Library

    hub.routes[DAILY] = daily({day(): [payloads.hf("2605.00001", "Of Barley", day())]})
    with Library(home, create=True) as library:
        library.store.apply(following([Feed("hf:daily")], date.today()))
    config = Config(network=NetworkSettings(every=30))
    async with open_reader(config=config) as reader:
        assert said(reader) == "1 new · g shows them"
        assert reader.main.panes.papers.row is not None
        assert "Of Barley" in reader.frame
