"""The feeds that a paper and a filter suggest, all of them valid."""

from __future__ import annotations

from tests.authors import authors
from tui.core.author import Author
from tui.core.paper import Paper
from tui.feeds.feed_names import parse_feed
from tui.feeds.related_feeds import suggest_feeds

PREPRINT = Paper(
    "T",
    authors("Ada Lindqvist", "de la Cruz Soto, Tomás"),
    venue="Journal of “Long” Things",
    categories=("attention", "cs.CL", "cs.LG"),
    ids={"arxiv": "2402.00001", "pmid": "1"},
)


def test_a_paper_of_arxiv_is_followed_at_arxiv() -> None:
    feeds = suggest_feeds(PREPRINT, ["long", "context", '"attention sinks"'])
    assert feeds == {
        "search": 'arxiv:all:long AND all:context AND all:"attention sinks"',
        "first_author": 'arxiv:au:"Ada Lindqvist"',
        "last_author": 'arxiv:au:"Tomás de la Cruz Soto"',
        "venue": 'arxiv:jr:"Journal of “Long” Things"',
        "category": "arxiv:cs.CL",
    }
    assert [parse_feed(name).name for name in feeds.values()] == list(feeds.values())


def test_a_paper_of_pubmed_is_followed_at_pubmed() -> None:
    paper = PREPRINT._replace(ids={"pmid": "1"}, categories=())
    feeds = suggest_feeds(paper, ["gene", "editing"])
    assert feeds == {
        "search": "pubmed:gene AND editing",
        "first_author": 'pubmed:"Lindqvist A"[au]',
        "last_author": 'pubmed:"de la Cruz Soto T"[au]',
        "venue": 'pubmed:"Journal of “Long” Things"[ta]',
    }
    assert [parse_feed(name).name for name in feeds.values()] == list(feeds.values())


def test_what_a_paper_lacks_is_not_suggested() -> None:
    paper = Paper("T", (Author.literal("ATLAS"), Author("Li", "Wei")), more_authors=True)
    assert suggest_feeds(paper, ()) == {"first_author": 'arxiv:au:"Wei Li"'}
    assert suggest_feeds(None, ()) == {}
