"""A URL: whatever is there that `tui.sources` can read, when it has changed."""

from __future__ import annotations

from tui.feeds.fetch_context import ANY, FetchContext, Pages

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
)


async def fetch_url(asking: FetchContext) -> Pages:
    """One answer; the user wrote the URL, so it may be of the private network."""
    asked = await asking.ask(asking.name, user_supplied=True, accept=_ACCEPT)
    if not asked.unchanged:
        yield (await asking.read(asked, ANY)).ending({}, asked)
