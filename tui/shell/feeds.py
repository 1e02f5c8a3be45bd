"""sheaf feeds: the feeds you follow, how their last fetches went, and changes to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.config import load as load_config
from tui.core import paths
from tui.core.errors import UsageError
from tui.core.text import clean_line
from tui.feeds import subscriptions
from tui.feeds.feed_names import Feed, parse_feed
from tui.feeds.feed_status import FeedStatus, load_statuses, local_time
from tui.net.network_settings import NetworkSettings
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.input import read_file
from tui.state import Change, Store

NO_FEEDS = "you follow no feeds; `sheaf feeds add hf:daily` follows the daily papers"


def show(line: CommandLine) -> int:
    """Print each feed with its last fetch, counts and error."""
    with Store.open(line.home, readonly=True) as store:
        feeds = subscriptions.followed_feeds(store)
    catalog = Catalog(paths.papers_db(line.home))
    statuses = load_statuses(catalog)
    catalog.close()
    as_json = line.options.json
    if not feeds and not as_json:
        output.say(NO_FEEDS)
    width = min(40, max((len(feed.name) for feed in feeds), default=0))
    for feed in feeds:
        status = statuses.get(feed.name, FeedStatus())
        if as_json:
            output.json(_to_json(feed, status))
        else:
            name = clean_line(f"{feed.name:{width}}").ljust(width)
            output.data(f"{name}  {_describe_status(feed, status)}")
    return 0


def _to_json(feed: Feed, status: FeedStatus) -> dict[str, object]:
    return {
        "name": feed.name,
        "title": feed.title,
        "paused": feed.paused,
        "followed": feed.followed,
        "tried": status.tried,
        "fetched": status.fetched,
        "read": status.read,
        "added": status.added,
        "total": status.total,
        "error": status.error,
    }


def _describe_status(feed: Feed, status: FeedStatus) -> str:
    parts = [local_time(status.fetched) if status.fetched else "never fetched   "]
    if status.tried:
        parts.append(f"{status.added:,} new of {status.read:,}, {status.total:,} in all")
    parts += ["paused"] if feed.paused else []
    parts += [clean_line(feed.title)] if feed.title else []
    parts += [f"! {clean_line(status.error)}"] if status.error else []
    return "  ".join(parts).rstrip()


def add(line: CommandLine) -> int:
    """Follow feeds and those of OPML files; return 1 if a feed of a file cannot be followed.

    Raises UsageError, and follows nothing, if a name is not that of a feed.
    """
    network = load_config(line.config_file).network
    feeds: list[Feed] = []
    problems: list[str] = []
    for name in line.options.name:
        data = _read_opml(name, network)
        if data is None:
            feeds.append(Feed(parse_feed(name).name, clean_line(line.options.title)))
        else:
            feeds += _parse_opml(data, name, problems)
    return _follow(line, feeds, problems)


def load(line: CommandLine) -> int:
    """Follow each feed of an OPML file; as `add` otherwise."""
    file = line.options.file
    problems: list[str] = []
    data = read_file(file)
    where = "standard input" if file == "-" else file
    return _follow(line, _parse_opml(data, where, problems), problems)


def _parse_opml(data: bytes, where: str, problems: list[str]) -> list[Feed]:
    feeds, refused = subscriptions.feeds_from_opml(data, where)
    if not feeds and not refused:
        raise UsageError(f"{where}: not an OPML file with feeds")
    problems += refused
    return feeds


def _follow(line: CommandLine, feeds: list[Feed], problems: list[str]) -> int:
    with Store.open(paths.make_home(line.home)) as store:
        titles = {feed.name: feed.title for feed in subscriptions.followed_feeds(store)}
        new = [
            feed
            for feed in dict.fromkeys(feeds)
            if feed.name not in titles or feed.title not in ("", titles[feed.name])
        ]
        if new:
            store.apply(subscriptions.follow_change(new, date.today()))
    for feed in feeds:
        already = " already" if feed.name in titles else ""
        output.say(f"{feed.name} is followed{already}", quiet=line.quiet)
    for problem in problems:
        output.say(f"sheaf: {problem}")
    if new:
        output.say("`sheaf fetch` fetches the papers", quiet=line.quiet)
    return 1 if problems else 0


def _read_opml(name: str, network: NetworkSettings) -> bytes | None:
    """Read an OPML file from the disk or a URL; None if `name` is that of a feed."""
    is_opml = name.lower().partition("?")[0].endswith(".opml")
    if name.lower().startswith(("http://", "https://")):
        return asyncio.run(_download(name, network)) if is_opml else None
    path = Path(name).expanduser()
    return read_file(name) if is_opml or path.is_file() else None


async def _download(url: str, network: NetworkSettings) -> bytes:
    from tui.net.client import Client

    async with Client(network) as client:
        return (await client.get(url, user_supplied=True)).body


def remove(line: CommandLine) -> int:
    """Stop following feeds; their papers stay. Raises UsageError if one is not followed."""
    return _change(line, subscriptions.unfollow_change, "is no longer followed; its papers stay")


def pause(line: CommandLine) -> int:
    """Leave feeds out of fetches. Raises UsageError if one is not followed."""
    return _change(line, subscriptions.pause_change, "is paused")


def resume(line: CommandLine) -> int:
    """Fetch paused feeds again. Raises UsageError if one is not followed."""
    return _change(
        line, lambda names: subscriptions.pause_change(names, paused=False), "is fetched again"
    )


def _change(line: CommandLine, change: Callable[[Iterable[str]], Change], words: str) -> int:
    with Store.open(line.home) as store:
        feeds = subscriptions.followed_feeds(store)
        names = [subscriptions.find_feed(feeds, name).name for name in line.options.name]
        store.apply(change(names))
    for name in names:
        output.say(f"{name} {words}", quiet=line.quiet)
    return 0


def export(line: CommandLine) -> int:
    """Write the feeds as OPML. Raises SheafError if the file exists."""
    with Store.open(line.home, readonly=True) as store:
        text = subscriptions.feeds_to_opml(subscriptions.followed_feeds(store))
    output.write_file(line.options.file, text, force=line.options.force)
    return 0
