"""The feeds that a paper or a filter suggests: its authors, its venue, its category."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from tui.core.author import Author
from tui.core.paper import Paper
from tui.core.text import split_words
from tui.feeds.feed_names import NotAFeed, parse_feed


class _Service(NamedTuple):
    """How a service is searched."""

    author: Callable[[Author], str]
    venue: str
    word: str


_ARXIV = _Service(lambda author: f'arxiv:au:"{author.in_reading_order()}"', "arxiv:jr:", "all:")
_PUBMED = _Service(
    lambda author: f'pubmed:"{author.last_name} {_letters(author.initials)}"[au]', "pubmed:", ""
)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def suggest_feeds(paper: Paper | None, words: str) -> dict[str, str]:
    """Return feed names by what they follow, without what the paper has no data for.

    The keys are `first_author`, `last_author`, `venue`, `category` and `search`, which looks for
    `words`. A paper of PubMed that is not at arXiv is followed at PubMed, others at arXiv.
    """
    at_pubmed = paper is not None and "pmid" in paper.ids and "arxiv" not in paper.ids
    service = _PUBMED if at_pubmed else _ARXIV
    feeds = {}
    if found := split_words(words):
        query = " AND ".join(f"{service.word}{word}" for word in found)
        feeds["search"] = f"pubmed:{query}" if at_pubmed else f"arxiv:{query}"
    if paper is None:
        return feeds
    people = [author for author in paper.authors if not author.is_literal]
    if people:
        feeds["first_author"] = service.author(people[0])
    if people[1:] and not paper.more_authors:
        feeds["last_author"] = service.author(people[-1])
    if paper.venue and paper.venue != "arXiv":
        venue = paper.venue.replace('"', "")
        feeds["venue"] = f'{service.venue}"{venue}"' + ("[ta]" if at_pubmed else "")
    for category in reversed(paper.categories):
        with suppress(NotAFeed):  # a keyword of another service
            feeds["category"] = parse_feed(f"arxiv:{category}").name
    return feeds
