"""Names of feeds from what users type; OPML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tui.core.errors import UsageError
from tui.docs import manual
from tui.feeds import subscriptions
from tui.feeds.feed_names import FEED_KINDS, Feed, feed_url, openalex_filter, parse_feed
from tui.state import Store

TODAY = date(2026, 5, 7)
NAMES = (
    "hf:daily", "hf:trending", "arxiv:cs.CL", "arxiv:cs.CL+math", "arxiv:cond-mat.mes-hall",
    "arxiv:cat:cs.LG AND abs:mamba", "arxiv:au:lindqvist_a OR ti:\"a b\"", "s2:author/1741101",
    "openalex:A5023888391", "openalex:S4306400194", "openalex:type:article,title.search:a b",
    "acl:2026", "acl:2026.acl", "acl:2026.acl-long", "acl:P19", "https://a.example/feed?x=1&y=2",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_parsing_a_canonical_name_returns_it(name: str) -> None:
    assert parse_feed(name) == Feed(name)
    assert parse_feed(f"  {name} ").name == name


@pytest.mark.parametrize("name", NAMES)
def test_the_url_of_a_feed_gives_its_name(name: str) -> None:
    assert feed_url(name).startswith("https://")
    assert parse_feed(feed_url(name)).name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HF:Daily", "hf:daily"),
        ("arXiv:cs.cl", "arxiv:cs.CL"),
        ("arxiv: CS.LG", "arxiv:cs.LG"),
        ("arxiv:cs.CL cs.LG", "arxiv:cs.CL+cs.LG"),
        ("https://huggingface.co/papers", "hf:daily"),
        ("https://huggingface.co/papers/date/2026-05-07", "hf:daily"),
        ("https://huggingface.co/papers/trending", "hf:trending"),
        ("https://arxiv.org/list/cs.CL/recent", "arxiv:cs.CL"),
        ("http://export.arxiv.org/rss/cs.CL", "arxiv:cs.CL"),
        ("https://rss.arxiv.org/atom/cs.CL+cs.LG", "arxiv:cs.CL+cs.LG"),
        ("https://export.arxiv.org/api/query?search_query=all:mamba&start=0", "arxiv:all:mamba"),
        ("https://www.semanticscholar.org/author/A.-Lindqvist/1741101", "s2:author/1741101"),
        ("https://openalex.org/authors/a5023888391", "openalex:A5023888391"),
        ("openalex:authorships.author.id:A12", "openalex:A12"),
        ("https://aclanthology.org/volumes/2026.acl-long/", "acl:2026.acl-long"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x#top", "https://a.example/x"),
        ("https://huggingface.co/papers/2605.00001", "https://huggingface.co/papers/2605.00001"),
    ],
)
def test_other_spellings_of_feed_names(text: str, name: str) -> None:
    assert parse_feed(text).name == name


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "hf:weekly", "arxiv:", "arxiv:mamba", "arxiv:cs.CL+nothing", "s2:1741101",
        "openalex:5023888391", "openalex:", "acl:acl", "https://", "http:///x", "https://a b.c/",
        "file:///etc/passwd", "ftp://a.example/x", "\x1b[31m:x",
    ],
)  # fmt: skip
def test_an_invalid_feed_name_lists_the_kinds(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_feed(text)
    assert all(form in str(caught.value) for form, _ in FEED_KINDS)
    assert "\x1b" not in str(caught.value)


def test_filters_of_openalex() -> None:
    assert openalex_filter("openalex:A12") == "authorships.author.id:A12"
    assert openalex_filter("openalex:S12") == "primary_location.source.id:S12"
    assert openalex_filter("openalex:type:article") == "type:article"


def test_feeds_are_followed_paused_and_unfollowed(home: Path) -> None:
    home.mkdir()
    with Store.open(home) as store:
        store.apply(
            subscriptions.follow_change([Feed("hf:daily"), Feed("arxiv:cs.CL", "NLP")], TODAY)
        )
        store.apply(subscriptions.pause_change(["hf:daily"]))
        assert subscriptions.followed_feeds(store) == [
            Feed("arxiv:cs.CL", "NLP", followed="2026-05-07"),
            Feed("hf:daily", paused=True, followed="2026-05-07"),
        ]
        store.apply(subscriptions.pause_change(["hf:daily"], False))
        assert not any(feed.paused for feed in subscriptions.followed_feeds(store))
        store.apply(subscriptions.unfollow_change(["hf:daily"]))
        assert [feed.name for feed in subscriptions.followed_feeds(store)] == ["arxiv:cs.CL"]
        undone = store.undo()
        assert undone
        assert undone.label == "unfollow hf:daily"
        assert [feed.name for feed in subscriptions.followed_feeds(store)] == [
            "arxiv:cs.CL",
            "hf:daily",
        ]
    with Store.open(home) as store:
        assert [feed.label for feed in subscriptions.followed_feeds(store)] == ["NLP", "hf:daily"]


def test_a_feed_is_found_by_name_title_or_page() -> None:
    followed = [Feed("arxiv:cs.CL", "NLP"), Feed("hf:daily")]
    for text in ("NLP", "arxiv:cs.cl", "https://arxiv.org/list/cs.CL/new"):
        assert subscriptions.find_feed(followed, text) is followed[0]
    with pytest.raises(UsageError, match="hf:trending is not followed"):
        subscriptions.find_feed(followed, "hf:trending")


def test_opml_gives_back_the_feeds() -> None:
    feeds = [Feed(name) for name in NAMES] + [Feed("https://b.example/x", 'A <"title"> & more')]
    text = subscriptions.feeds_to_opml(feeds)
    assert subscriptions.feeds_from_opml(text.encode(), "x.opml") == (feeds, [])


def test_opml_of_other_readers() -> None:
    data = b"""<opml version="1.0"><body><outline text="Folder">
      <outline text="NLP" xmlUrl="http://export.arxiv.org/rss/cs.CL" type="rss"/>
      <outline title="Blog" xmlUrl="https://b.example/feed"/>
      <outline text="x" xmlUrl="https://arxiv.org/list/nothing/new"/>
    </outline></body></opml>"""
    found, wrong = subscriptions.feeds_from_opml(data, "x.opml")
    assert found == [Feed("arxiv:cs.CL", "NLP"), Feed("https://b.example/feed", "Blog")]
    assert wrong == ["x.opml: https://arxiv.org/list/nothing/new cannot be followed"]


def test_opml_of_shared_files_is_read(shared: Path) -> None:
    for path in sorted((shared / "formats" / "opml").iterdir()):
        found, wrong = subscriptions.feeds_from_opml(path.read_bytes(), path.name)
        assert found or wrong or b"xmlUrl" not in path.read_bytes(), path.name
        assert (
            subscriptions.feeds_from_opml(subscriptions.feeds_to_opml(found).encode(), "x")[0]
            == found
        )


def test_the_manual_names_every_kind() -> None:
    text = manual.text("feeds")
    for form, _ in FEED_KINDS:
        if "…" not in form and "." not in form.partition(":")[0]:
            assert f"`{form}`" in text, form
