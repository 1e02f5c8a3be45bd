"""The feeds that the user follows: a table of the state store with a document for each; OPML."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tui.core.errors import UsageError
from tui.core.files import read_user_file
from tui.feeds.feed_names import Feed, NotAFeed, feed_url, parse_feed
from tui.net.network_settings import NetworkSettings
from tui.sources.formats import opml
from tui.state import Change, Store

TABLE = "feeds"


def followed_feeds(store: Store) -> list[Feed]:
    """Return the followed feeds, by name."""
    documents = store.documents(TABLE)
    return [
        Feed(
            name,
            str(fields.get("title") or ""),
            fields.get("paused") is True,
            str(fields.get("followed") or ""),
        )
        for name, fields in sorted(documents.items())
    ]


def follow_change(feeds: Iterable[Feed], today: date) -> Change:
    """Return the change that follows feeds; a feed without a title keeps the one it had."""
    documents = {
        feed.name: {"followed": today.isoformat()} | ({"title": feed.title} if feed.title else {})
        for feed in feeds
    }
    return Change.of(_label("follow", documents), tables={TABLE: documents})


def unfollow_change(names: Iterable[str]) -> Change:
    """Return the change that unfollows feeds. Their papers stay."""
    documents = dict.fromkeys(names)
    return Change.of(_label("unfollow", documents), tables={TABLE: documents})


def pause_change(names: Iterable[str], paused: bool = True) -> Change:
    """Return the change that leaves feeds out of fetches, or fetches them again."""
    documents = {name: {"paused": True if paused else None} for name in names}
    return Change.of(_label("pause" if paused else "resume", documents), tables={TABLE: documents})


def _label(verb: str, documents: Collection[str]) -> str:
    names = list(documents)
    return f"{verb} {names[0]}" if len(names) == 1 else f"{verb} {len(names)} feeds"


def find_feed(followed: Iterable[Feed], text: str) -> Feed:
    """Return the followed feed with a name, title or URL. Raises UsageError if there is none."""
    known = list(followed)
    for feed in known:
        if text in (feed.name, feed.title):
            return feed
    name = parse_feed(text).name
    for feed in known:
        if feed.name == name:
            return feed
    raise UsageError(f"{name} is not followed; `sheaf feeds` lists what is")


def feeds_from_text(text: str, network: NetworkSettings) -> tuple[list[Feed], list[str]]:
    """Return the feeds that a text means, and messages about those that cannot be followed.

    The text is the name of a feed, or the path or URL of an OPML file. Raises NotAFeed if it is
    neither, UsageError if the file cannot be read or has no feeds, NetError if it cannot be
    fetched. May take as long as a request.
    """
    is_opml = text.lower().partition("?")[0].endswith(".opml")
    if text.lower().startswith(("http://", "https://")):
        if not is_opml:
            return [parse_feed(text)], []
        return feeds_from_opml(asyncio.run(_download(text, network)), text)
    if is_opml or Path(text).expanduser().is_file():
        return feeds_from_opml(read_user_file(text), text)
    return [parse_feed(text)], []


async def _download(url: str, network: NetworkSettings) -> bytes:
    from tui.net.client import Client  # it imports httpx, which a name or a file does not need

    async with Client(network) as client:
        return (await client.get(url, user_supplied=True)).body


def feeds_from_opml(data: bytes, where: str) -> tuple[list[Feed], list[str]]:
    """Return the feeds of an OPML file, and messages about those that cannot be followed.

    Raises UsageError if it has no feeds.
    """
    found: list[Feed] = []
    problems: list[str] = []
    for each in opml.iter_feeds(io.BytesIO(data), where):
        if not isinstance(each, opml.OpmlFeed):
            problems.append(str(each))
            continue
        try:
            feed = parse_feed(each.url)
        except NotAFeed:
            problems.append(f"{where}: {each.url} cannot be followed")
        else:
            found.append(
                replace(feed, title="" if each.title in (each.url, feed.name) else each.title)
            )
    if not found and not problems:
        raise UsageError(f"{where}: not an OPML file with feeds")
    return found, problems


def feeds_to_opml(followed: Iterable[Feed]) -> str:
    """Return feeds as an OPML file, for `feeds_from_opml` and other programs."""
    outlines = "".join(
        f'    <outline type="rss" text={quoteattr(feed.label)} title={quoteattr(feed.label)}'
        f" xmlUrl={quoteattr(feed_url(feed.name))}/>\n"
        for feed in followed
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head>\n'
        "    <title>Feeds followed in Sheaf</title>\n  </head>\n  <body>\n"
        f"{outlines}  </body>\n</opml>\n"
    )
