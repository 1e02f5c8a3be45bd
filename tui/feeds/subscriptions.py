"""What is followed: the table `feeds` of the state store, one document a feed; OPML out and in."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from xml.sax.saxutils import quoteattr

from tui.core.errors import UsageError
from tui.feeds.feed_names import Feed, feed_url, parse_feed
from tui.sources.formats import opml
from tui.state import Change, Store

TABLE = "feeds"


def followed_feeds(store: Store) -> list[Feed]:
    """The feeds that are followed, by name."""
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


def follow_change(chosen: Iterable[Feed], today: date) -> Change:
    """The change that follows them; what they were called before stays where nothing is said."""
    documents = {
        feed.name: {"followed": today.isoformat()} | ({"title": feed.title} if feed.title else {})
        for feed in chosen
    }
    return Change.of(_label("follow", documents), tables={TABLE: documents})


def unfollow_change(names: Iterable[str]) -> Change:
    """The change that follows them no more. Their papers stay."""
    documents = dict.fromkeys(names)
    return Change.of(_label("unfollow", documents), tables={TABLE: documents})


def pause_change(names: Iterable[str], paused: bool = True) -> Change:
    """The change that leaves them out of fetches, or takes them in again."""
    documents = {name: {"paused": True if paused else None} for name in names}
    return Change.of(_label("pause" if paused else "resume", documents), tables={TABLE: documents})


def _label(what: str, documents: Collection[str]) -> str:
    names = list(documents)
    return f"{what} {names[0]}" if len(names) == 1 else f"{what} {len(names)} feeds"


def find_feed(followed: Iterable[Feed], text: str) -> Feed:
    """The feed of these that a person means, by name or title. UsageError if it is none."""
    known = list(followed)
    for feed in known:
        if text in (feed.name, feed.title):
            return feed
    name = parse_feed(text).name
    for feed in known:
        if name == feed.name:
            return feed
    raise UsageError(f"{name} is not followed; `sheaf feeds` lists what is")


def feeds_from_opml(data: bytes, where: str) -> tuple[list[Feed], list[str]]:
    """The feeds of an OPML file, and what in it cannot be followed."""
    found: list[Feed] = []
    wrong: list[str] = []
    for each in opml.iter_feeds(io.BytesIO(data), where):
        if not isinstance(each, opml.Feed):
            wrong.append(str(each))
            continue
        try:
            feed = parse_feed(each.url)
        except UsageError:
            wrong.append(f"{where}: {each.url} cannot be followed")
        else:
            found.append(
                replace(feed, title="" if each.title in (each.url, feed.name) else each.title)
            )
    return found, wrong


def feeds_to_opml(followed: Iterable[Feed]) -> str:
    """An OPML file of the feeds, which `from_opml` and other readers take."""
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
