"""Fetching: what is new in the feeds, a past day, regularly."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from tests.feeds import payloads
from tests.net.server import Reply, Server
from tests.ui.conftest import Open
from tests.ui.helpers import (
    DAILY,
    daily_pages,
    days_ago,
    follow_feed,
    shown_message,
    shown_notice,
    shown_titles,
)
from tui.config import Config
from tui.net.network_settings import NetworkSettings


async def test_new_papers_of_a_followed_feed_are_fetched_and_shown(
    open_reader: Open, service_server: Server
) -> None:
    service_server.routes[DAILY] = daily_pages(
        {days_ago(): [payloads.hf("2605.00001", "Of Barley", days_ago(), 9)]}
    )
    async with open_reader() as reader:
        await reader.press("f")
        assert shown_message(reader) == "no feeds are followed; F follows one"
        await follow_feed(reader, "hf:daily")
        assert "hf:daily: followed now; f fetches" in reader.frame
        assert "never fetched" in reader.frame
        await reader.press("f")
        assert shown_message(reader) == "1 new · g shows them"
        cursor = reader.papers.row
        assert "New 1" in reader.frame
        assert reader.papers.row == cursor
        await reader.press("g")
        assert shown_titles(reader) == ["Of Barley"]
        assert "9 votes" in reader.frame
        await reader.press("F")
        assert "1 new of 1 the last time, 1 in all" in reader.frame
        await reader.press("enter")
        assert "feed:" in reader.main.request.text
        assert shown_titles(reader) == ["Of Barley"]


async def test_the_key_for_new_papers_goes_to_the_first_once_another_message_is_shown(
    open_reader: Open, service_server: Server
) -> None:
    service_server.routes[DAILY] = daily_pages(
        {days_ago(): [payloads.hf("2605.00001", "Of Barley", days_ago())]}
    )
    async with open_reader() as reader:
        await follow_feed(reader, "hf:daily")
        await reader.press("f")
        assert shown_message(reader) == "1 new · g shows them"
        await reader.press("j", "s")
        await reader.press("g")
        assert reader.main.request.view.name == "All"
        assert reader.papers.cursor == 0


async def test_a_feed_that_fails_is_reported_and_the_others_are_fetched(
    open_reader: Open, service_server: Server
) -> None:
    service_server.routes[DAILY] = daily_pages(
        {days_ago(): [payloads.hf("2605.00001", "Of Barley", days_ago())]}
    )
    async with open_reader() as reader:
        await follow_feed(reader, "hf:daily")
        await reader.press("escape")
        await follow_feed(reader, f"{service_server.url}/gone.xml")
        await reader.press("escape", "f")
        assert shown_message(reader).startswith("1 new")
        assert "gone.xml" in shown_notice(reader)
        service_server.routes.clear()
        await reader.press("escape", "f")
        assert shown_message(reader) == "no feed has answered"
        assert "F shows the feeds" in shown_notice(reader)
        await reader.press("escape", "F")
        assert "! " in reader.frame


async def test_a_past_day_is_fetched(open_reader: Open, service_server: Server) -> None:
    past = "2026-04-01"
    service_server.routes[DAILY] = daily_pages({past: [payloads.hf("2604.00001", "Of Oats", past)]})
    async with open_reader() as reader:
        await reader.press("D")
        await reader.type(past)
        await reader.press("enter")
        assert shown_message(reader) == "1 new · g shows them"
        assert service_server.requests[0].query["date"] == past
        await reader.press("f2", "left_square_bracket", "left_square_bracket")
        assert shown_titles(reader) == ["Of Oats"]
        await reader.press("D")
        await reader.type("yesterday")
        await reader.press("enter")
        assert "is not a day" in shown_notice(reader)


async def test_a_fetch_can_be_stopped(open_reader: Open, service_server: Server) -> None:
    hold = threading.Event()
    service_server.routes[DAILY] = Reply(b"[]", wait=hold)
    async with open_reader() as reader:
        await follow_feed(reader, "hf:daily")
        await reader.pilot.press("f")
        await reader.pilot.pause(0.2)
        assert "fetching" in reader.main.jobs.running
        await reader.pilot.press("f")
        await reader.pilot.pause(0.2)
        assert "Still fetching." in reader.frame
        await reader.press("s")
        assert shown_message(reader).endswith("stopped")
        assert not reader.main.jobs.running
        hold.set()


async def test_feeds_are_fetched_regularly_if_the_config_says_so(
    open_reader: Open, service_server: Server, home: Path
) -> None:
    from tui.feeds.feed_names import Feed
    from tui.feeds.subscriptions import follow_change as following
    from tui.library.library import Library

    service_server.routes[DAILY] = daily_pages(
        {days_ago(): [payloads.hf("2605.00001", "Of Barley", days_ago())]}
    )
    with Library(home, create=True) as library:
        library.store.apply(following([Feed("hf:daily")], date.today()))
    config = Config(network=NetworkSettings(every=30))
    async with open_reader(config=config) as reader:
        assert shown_message(reader) == "1 new · g shows them"
        assert reader.papers.row is not None
        assert "Of Barley" in reader.frame
