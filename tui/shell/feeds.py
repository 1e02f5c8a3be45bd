"""sheaf feeds: the feeds you follow, how their last fetches went, and changes to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from tui.catalog.catalog import Catalog
from tui.config import load as load_config
from tui.core import paths
from tui.core.text import clean_line
from tui.feeds import subscriptions
from tui.feeds.feed_names import Feed
from tui.feeds.feed_status import FeedStatus, load_statuses
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
    parts = [f"{status.last_fetch:16}"]  # as wide as a time
    parts += [status.counts] if status.tried else []
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
    for text in line.options.name:
        found, refused = subscriptions.feeds_from_text(text, network)
        if len(found) == 1 and not found[0].title:
            found = [replace(found[0], title=clean_line(line.options.title))]
        feeds += found
        problems += refused
    return _follow(line, feeds, problems)


def load(line: CommandLine) -> int:
    """Follow each feed of an OPML file; as `add` otherwise."""
    file = line.options.file
    where = "standard input" if file == "-" else file
    feeds, problems = subscriptions.feeds_from_opml(read_file(file), where)
    return _follow(line, feeds, problems)


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
