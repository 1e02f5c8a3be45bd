"""Names of feeds from what users type."""

from __future__ import annotations

import pytest

from tui.core.errors import UsageError
from tui.docs import manual
from tui.feeds.feed_names import FEED_KINDS, Feed, feed_url, openalex_filter, parse_feed

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


def test_the_manual_names_every_kind() -> None:
    text = manual.text("feeds")
    for form, _ in FEED_KINDS:
        if "…" not in form and "." not in form.partition(":")[0]:
            assert f"`{form}`" in text, form
