"""Names of feeds from what users type."""

from __future__ import annotations

import re

import pytest

from tui.core.errors import UsageError
from tui.docs import manual
from tui.feeds.feed_names import FEED_KINDS, Feed, feed_url, openalex_filter, parse_feed

NAMES = (
    "hf:daily", "hf:trending", "arxiv:cs.CL", "arxiv:cs.CL+math", "arxiv:cond-mat.mes-hall",
    "arxiv:cat:cs.LG AND abs:mamba", "arxiv:au:lindqvist_a OR ti:\"a b\"", "s2:author/1741101",
    "openalex:A5023888391", "openalex:S4306400194", "openalex:type:article,title.search:a b",
    "acl:2026", "acl:2026.acl", "acl:2026.acl-long", "acl:P19", "https://a.example/feed?x=1&y=2",
    "pubmed:base editing[ti] AND 2026[dp]", "biorxiv:cell_biology", "medrxiv:oncology",
    "crossref:1476-4687", "crossref:2434-561X", "dblp:author/65/9612",
    "dblp:author/s/AdaLindqvist-1",
    "dblp:venue/conf/acl", "dblp:venue/journals/tacl", "oai:https://a.example/oai",
    "oai:https://a.example/oai#cs:cs:CL",
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
        ("pubmed: crispr ", "pubmed:crispr"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=base+editing&sort=date", "pubmed:base editing"),
        ("BioRxiv:Cell Biology", "biorxiv:cell_biology"),
        (
            "https://www.medrxiv.org/collection/public-and-global-health",
            "medrxiv:public_and_global_health",
        ),
        ("crossref:2434561x", "crossref:2434-561X"),
        ("https://dblp.org/pid/65/9612.html", "dblp:author/65/9612"),
        ("https://dblp.uni-trier.de/db/conf/acl/index.html", "dblp:venue/conf/acl"),
        ("oai:https://a.example/oai?#x", "oai:https://a.example/oai#x"),
        (
            "http://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc&set=a%3Ab",
            "oai:http://a.example/oai#a:b",
        ),
        (
            "https://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01",
            "https://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01",
        ),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("feed://a.example/x#top", "https://a.example/x"),
        ("https://huggingface.co/papers/2605.00001", "https://huggingface.co/papers/2605.00001"),
    ],
)
def test_other_spellings_of_feed_names(text: str, name: str) -> None:
    assert parse_feed(text).name == name


@pytest.mark.parametrize(
    "text", ["", "nonsense", "file:///etc/passwd", "\x1b[31m:x", "ftp://a.b/x"]
)
def test_an_unknown_kind_of_feed_lists_the_kinds(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_feed(text)
    assert all(form in str(caught.value) for form, _ in FEED_KINDS)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "hf:weekly", "arxiv:", "arxiv:mamba", "arxiv:cs.CL+nothing", "s2:1741101",
        "openalex:5023888391", "openalex:", "acl:acl", "pubmed:", "biorxiv:12", "medrxiv:",
        "crossref:1476-4688", "crossref:nature", "dblp:acl", "dblp:venue/acl",
        "dblp:author/Ada Lindqvist", "oai:a.example", "oai:https://a.example/?verb=x",
        "oai:ftp://a.example/oai",
    ],
)  # fmt: skip
def test_an_invalid_feed_name_gives_an_example_of_its_kind(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_feed(text)
    message, kind = str(caught.value), text.partition(":")[0]
    assert message.startswith(text[:80])
    examples = re.findall(rf"{kind}:[^\s,;]+", message.removeprefix(text))
    assert examples
    assert parse_feed(examples[0]).kind == kind


@pytest.mark.parametrize("text", ["https://", "http:///x", "https://a b.c/"])
def test_an_invalid_url(text: str) -> None:
    with pytest.raises(UsageError, match="this is not a URL"):
        parse_feed(text)


def test_filters_of_openalex() -> None:
    assert openalex_filter("openalex:A12") == "authorships.author.id:A12"
    assert openalex_filter("openalex:S12") == "primary_location.source.id:S12"
    assert openalex_filter("openalex:type:article") == "type:article"


def test_the_manual_names_every_kind() -> None:
    text = manual.text("feeds")
    for form, _ in FEED_KINDS:
        if "…" not in form and "." not in form.partition(":")[0]:
            assert f"`{form}`" in text, form
