"""The action that follows a feed which the paper under the cursor suggests."""

from __future__ import annotations

from datetime import date

from tui.core.commands import answers
from tui.core.text import clean_line, shorten
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.reader_protocol import Reader

FEED_WIDTH = 48
"""Characters of the name of a feed in the menu."""


async def follow(reader: Reader) -> None:
    """Follow an author, the venue or the category of the paper, or the words of the filter."""
    from tui.feeds.feed_names import parse_feed
    from tui.feeds.related_feeds import suggest_feeds
    from tui.feeds.subscriptions import follow_change, followed_feeds
    from tui.search.query import parse
    from tui.search.query.tree import FIELDS, Phrase, Word

    words = [
        part.text if isinstance(part, Word) else f'"{" ".join(part.words)}"'
        for part in parse(reader.request.text).parts
        if isinstance(part, Word | Phrase) and part.fields == FIELDS
    ]
    feeds = suggest_feeds(reader.current.paper if reader.current else None, words)
    if not feeds:
        reader.status.message(
            "there is nothing to follow: no paper here, and no words in the filter"
        )
        return
    shown = {
        each.id: f"{each.label}: {shorten(clean_line(feeds[what]), FEED_WIDTH)}"
        if (what := each.id.removeprefix("follow_")) in feeds
        else f"{each.label}: none here"
        for each in answers("follow")
    }
    answer = await reader.ask(QuestionScreen("Follow", "follow", "follow nothing", shown))
    if answer is None:
        return
    name = feeds.get(answer.removeprefix("follow_"))
    if name is None:
        reader.status.message("there is nothing to follow in that")
        return
    feed = parse_feed(name)
    if feed.name in [each.name for each in followed_feeds(reader.library.store)]:
        reader.status.message(clean_line(f"{feed.name} is already followed"))
        return
    reader.triage.submit(follow_change([feed], date.today()))
    key = reader.key_of("fetch")
    reader.status.message(clean_line(f"{feed.name} is followed now; {key} fetches it"))
