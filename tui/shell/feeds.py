"""sheaf feeds: what is followed, and how the last fetches went."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from tui.catalog.catalog import Catalog
from tui.core import paths
from tui.core.errors import UsageError
from tui.core.files import write_user_file
from tui.core.text import clean_line
from tui.feeds import subscriptions
from tui.feeds.feed_names import Feed, parse_feed
from tui.feeds.feed_status import FeedStatus, load_statuses
from tui.net.network_settings import NetworkSettings
from tui.shell import output
from tui.state import Change, Store

FOLLOW = "no feeds are followed; `sheaf feeds add hf:daily` follows the daily papers"


def show(home: Path, as_json: bool) -> int:
    """Print each feed with its last fetch, counts and error. SheafError."""
    with Store.open(home, readonly=True) as store:
        followed = subscriptions.followed_feeds(store)
    catalog = Catalog(paths.papers_db(home))
    known = load_statuses(catalog)
    catalog.close()
    if not followed and not as_json:
        output.say(FOLLOW)
    width = min(40, max((len(feed.name) for feed in followed), default=0))
    for feed in followed:
        told = known.get(feed.name, FeedStatus())
        if as_json:
            output.json(_as_object(feed, told))
        else:
            output.data(clean_line(f"{feed.name:{width}}").ljust(width) + "  " + _told(feed, told))
    return 0


def _as_object(feed: Feed, told: FeedStatus) -> dict[str, object]:
    return {
        "name": feed.name,
        "title": feed.title,
        "paused": feed.paused,
        "followed": feed.followed,
        "tried": told.tried,
        "fetched": told.fetched,
        "read": told.read,
        "added": told.added,
        "total": told.total,
        "error": told.error,
    }


def _told(feed: Feed, told: FeedStatus) -> str:
    parts = [_local(told.fetched) if told.fetched else "never fetched   "]
    if told.tried:
        parts.append(f"{told.added:,} new of {told.read:,}, {told.total:,} in all")
    parts += ["paused"] if feed.paused else []
    parts += [clean_line(feed.title)] if feed.title else []
    parts += [f"! {clean_line(told.error)}"] if told.error else []
    return "  ".join(parts).rstrip()


def _local(utc: str) -> str:
    """A time of the catalog by the user's clock, to the minute."""
    return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")


def add(home: Path, what: list[str], title: str, network: NetworkSettings, quiet: bool) -> int:
    """Follow feeds, and those in OPML files; 1 if something in such a file cannot be followed.

    UsageError, and nothing is followed, if one of them is no feed; SheafError if it is not saved.
    """
    wrong: list[str] = []
    chosen: list[Feed] = []
    for each in what:
        data = _opml(each, network)
        if data is None:
            chosen.append(Feed(parse_feed(each).name, clean_line(title)))
        else:
            chosen += _outlined(data, each, wrong)
    return _follow(home, chosen, wrong, quiet)


def load(home: Path, file: str, quiet: bool) -> int:
    """Follow each feed of an OPML file, `-` for standard input; else as `add`."""
    wrong: list[str] = []
    data = sys.stdin.buffer.read() if file == "-" else _read(Path(file).expanduser(), file)
    where = "standard input" if file == "-" else file
    return _follow(home, _outlined(data, where, wrong), wrong, quiet)


def _outlined(data: bytes, where: str, wrong: list[str]) -> list[Feed]:
    found, refused = subscriptions.feeds_from_opml(data, where)
    if not found and not refused:
        raise UsageError(f"{where}: no OPML file with feeds in it")
    wrong += refused
    return found


def _follow(home: Path, chosen: list[Feed], wrong: list[str], quiet: bool) -> int:
    with Store.open(paths.make_home(home)) as store:
        titles = {feed.name: feed.title for feed in subscriptions.followed_feeds(store)}
        new = [
            feed
            for feed in dict.fromkeys(chosen)
            if feed.name not in titles or feed.title not in ("", titles[feed.name])
        ]
        if new:
            store.apply(subscriptions.follow_change(new, date.today()))
    for feed in chosen:
        already = " already" if feed.name in titles else ""
        output.say(f"{feed.name} is followed{already}", quiet=quiet)
    for line in wrong:
        output.say(f"sheaf: {line}")
    if new:
        output.say("`sheaf fetch` brings the papers", quiet=quiet)
    return 1 if wrong else 0


def _opml(what: str, network: NetworkSettings) -> bytes | None:
    """The bytes of an OPML file, from the disk or a URL; None for the name of a feed."""
    named = what.lower().partition("?")[0].endswith(".opml")
    if what.lower().startswith(("http://", "https://")):
        return asyncio.run(_fetched(what, network)) if named else None
    path = Path(what).expanduser()
    return _read(path, what) if named or path.is_file() else None


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror or error}") from error


async def _fetched(url: str, network: NetworkSettings) -> bytes:
    from tui.net.client import Client

    async with Client(network) as client:
        return (await client.get(url, user_supplied=True)).body


def remove(home: Path, names: list[str], quiet: bool) -> int:
    """Follow them no more; their papers stay. UsageError for one that is not followed."""
    return _change(
        home, names, subscriptions.unfollow_change, "is followed no more; its papers stay", quiet
    )


def pause(home: Path, names: list[str], paused: bool, quiet: bool) -> int:
    """Leave them out of fetches, or take them in again. UsageError as `remove`."""
    words = "is paused" if paused else "is fetched again"
    return _change(
        home, names, lambda chosen: subscriptions.pause_change(chosen, paused), words, quiet
    )


def _change(
    home: Path,
    names: list[str],
    change: Callable[[Iterable[str]], Change],
    words: str,
    quiet: bool,
) -> int:
    with Store.open(home) as store:
        followed = subscriptions.followed_feeds(store)
        chosen = [subscriptions.find_feed(followed, name).name for name in names]
        store.apply(change(chosen))
    for name in chosen:
        output.say(f"{name} {words}", quiet=quiet)
    return 0


def export(home: Path, file: str, force: bool) -> int:
    """Write the feeds as OPML. UsageError if the file is there already or cannot be written."""
    with Store.open(home, readonly=True) as store:
        text = subscriptions.feeds_to_opml(subscriptions.followed_feeds(store))
    if file == "-":
        sys.stdout.write(text)
        return 0
    path = Path(file).expanduser()
    if path.exists() and not force:
        raise UsageError(f"{file} is there already; --force writes over it")
    write_user_file(path, text.encode("utf-8", "replace"))
    return 0
