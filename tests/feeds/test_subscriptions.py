"""The followed feeds in the state store, and feeds from what users type or from OPML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.feeds.test_feed_names import NAMES
from tui.core.errors import UsageError
from tui.feeds import subscriptions
from tui.feeds.feed_names import Feed, NotAFeed
from tui.net.network_settings import NetworkSettings
from tui.state import Store

TODAY = date(2026, 5, 7)


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


def test_a_text_means_a_feed_or_those_of_an_opml_file(tmp_path: Path) -> None:
    def feeds(text: str) -> list[Feed]:
        found, problems = subscriptions.feeds_from_text(text, NetworkSettings())
        assert problems == []
        return found

    file = tmp_path / "my feeds.xml"
    file.write_text(subscriptions.feeds_to_opml([Feed("hf:daily"), Feed("arxiv:cs.CL")]))
    assert feeds("hf:daily") == [Feed("hf:daily")]
    assert feeds("https://a.example/x") == [Feed("https://a.example/x")]
    assert feeds(str(file)) == [Feed("hf:daily"), Feed("arxiv:cs.CL")]
    with pytest.raises(NotAFeed):
        feeds("my feeds")
    with pytest.raises(UsageError, match="No such file"):
        feeds("gone.opml")
    file.write_text("no feeds")
    with pytest.raises(UsageError, match="not an OPML file with feeds"):
        feeds(str(file))


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
        if b"xmlUrl" not in path.read_bytes():
            with pytest.raises(UsageError, match="not an OPML file with feeds"):
                subscriptions.feeds_from_opml(path.read_bytes(), path.name)
            continue
        found, wrong = subscriptions.feeds_from_opml(path.read_bytes(), path.name)
        assert found or wrong, path.name
        assert (
            subscriptions.feeds_from_opml(subscriptions.feeds_to_opml(found).encode(), "x")[0]
            == found
        )
