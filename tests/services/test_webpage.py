"""The papers at a URL: in files, pages, lists of links and PDFs."""

from __future__ import annotations

import gzip

import pytest

from tests.services.fake_services import FakeServices, KnownPaper
from tests.sources.pdf_file import pdf
from tui.core.paper import Paper
from tui.net.network_settings import NetworkSettings
from tui.services.lookup import look_up
from tui.sources.interface import Notice, RejectedRecord

SINKS = KnownPaper("Efficient Sinks for Streaming Attention", arxiv="2309.99901")
LONG = KnownPaper("Longformers Revisited", doi="10.5555/long.2022")
TAGS = """<html><head><meta name="citation_title" content="{title}">
<meta name="citation_author" content="Lindqvist, Ada">{more}</head></html>"""


def _papers(network: NetworkSettings, *texts: str) -> tuple[list[Paper], list[RejectedRecord]]:
    records = list(look_up(texts, network))
    return (
        [each for each in records if isinstance(each, Paper)],
        [each for each in records if isinstance(each, RejectedRecord)],
    )


def _page(title: str, **tags: str) -> bytes:
    more = "".join(f'<meta name="citation_{name}" content="{tags[name]}">' for name in tags)
    return TAGS.format(title=title, more=more).encode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-bibtex", b"@article{a, title = {A Work on Things}, year = 2024}"),
        ("text/plain", b"@article{a, title = {A Work on Things}, year = 2024}"),
        ("application/json", b'[{"title": "A Work on Things", "year": 2024}]'),
        ("application/gzip", gzip.compress(b'{"title": "A Work on Things"}', mtime=0)),
        ("text/html", _page("A Work on Things", publication_date="2024")),
    ],
)
def test_a_file_at_a_url_is_read(
    network: NetworkSettings, world: FakeServices, kind: str, body: bytes
) -> None:
    world.pages["a"] = (kind, body)
    url = f"{world.url}/web/a"
    (paper,), refused = _papers(network, url)
    assert refused == []
    assert (paper.title, paper.sources) == ("A Work on Things", (url,))


@pytest.mark.parametrize(("charset", "notices"), [("; charset=windows-1251", 0), ("", 1)])
def test_a_page_in_another_encoding_is_read_right_and_a_guess_is_reported(
    network: NetworkSettings, world: FakeServices, charset: str, notices: int
) -> None:
    title = "Методы измерения толщины льда"
    world.pages["a"] = ("text/html" + charset, _page(title).decode().encode("cp1251"))
    url = f"{world.url}/web/a"
    paper, *rest = look_up([url], network)
    assert isinstance(paper, Paper)
    assert paper.title == title
    why = "read as windows-1251: it is not UTF-8 and declares no encoding"
    assert rest == [Notice(url, why)] * notices


def test_a_rejected_record_names_its_place_in_the_file(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.pages["a.jsonl"] = ("text/plain", b'{"title": "A"}\n{"year": 1}\nnonsense\n')
    papers, refused = _papers(network, f"{world.url}/web/a.jsonl")
    assert [paper.title for paper in papers] == ["A"]
    assert [each.where for each in refused] == [
        f"{world.url}/web/a.jsonl:2",
        f"{world.url}/web/a.jsonl:3",
    ]


def test_a_page_without_abstract_is_completed_by_its_doi(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.known.append(LONG)
    world.pages["a"] = (
        "text/html",
        _page("Longformers, Revisited", doi=LONG.doi, pdf_url="https://x.org/a.pdf"),
    )
    (paper,), _ = _papers(network, f"{world.url}/web/a")
    assert (paper.title, paper.abstract) == (LONG.title, LONG.abstract)
    assert paper.links["pdf"] == "https://x.org/a.pdf"
    assert paper.sources == ("Crossref", "Semantic Scholar", f"{world.url}/web/a")


def test_the_tags_of_a_page_are_used_if_no_service_knows_its_doi(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.pages["a"] = ("text/html", _page("A Work on Things", doi="10.5555/none"))
    (paper,), refused = _papers(network, f"{world.url}/web/a")
    assert refused == []
    assert (paper.title, paper.ids) == ("A Work on Things", {"doi": "10.5555/none"})


def test_a_page_with_an_abstract_in_its_tags_is_not_looked_up(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.known.append(LONG)
    world.pages["a"] = ("text/html", _page("A Work", doi=LONG.doi, abstract="We work."))
    (paper,), _ = _papers(network, f"{world.url}/web/a")
    assert paper.abstract == "We work."
    assert {asked.service for asked in world.requests} == {"web"}


def test_the_links_of_a_page_are_looked_up_together(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.known += [SINKS, LONG]
    page = """<html><body><p><a href="https://arxiv.org/abs/2309.99901">our latest</a></p>
    <p>Read it <a href="https://doi.org/10.5555/long.2022">here, and enjoy</a></p>
    <p><a href="https://arxiv.org/abs/2309.99902">A Work Nobody Knows</a></p>
    <p><a href="https://arxiv.org/abs/2309.99903">[pdf]</a></p></body></html>"""
    world.pages["a"] = ("text/html; charset=utf-8", page.encode())
    papers, refused = _papers(network, f"{world.url}/web/a")
    assert [paper.title for paper in papers] == [SINKS.title, LONG.title, "A Work Nobody Knows"]
    (unknown,) = refused
    assert unknown.where == f"{world.url}/web/a"
    assert unknown.why.startswith("arxiv:2309.99903, but no title beside it; arXiv, ")
    assert world.count("arxiv") == 1


def test_a_list_of_ids_is_looked_up(network: NetworkSettings, world: FakeServices) -> None:
    world.known += [SINKS, LONG]
    world.pages["ids.txt"] = ("text/plain", b"2309.99901\n10.5555/long.2022\n")
    papers, refused = _papers(network, f"{world.url}/web/ids.txt")
    assert [paper.title for paper in papers] == [SINKS.title, LONG.title]
    assert refused == []


def test_a_pdf_is_completed_and_linked(network: NetworkSettings, world: FakeServices) -> None:
    world.known.append(SINKS)
    lines = [(20, "arXiv:2309.99901v1 [cs.CL] 28 Feb 2024"), (18, "Efficient Sinks")]
    world.pages["a.pdf"] = ("application/pdf", pdf("", lines))
    (paper,), _ = _papers(network, f"{world.url}/web/a.pdf")
    assert (paper.title, paper.abstract) == (SINKS.title, SINKS.abstract)
    assert paper.links["pdf"] == f"{world.url}/web/a.pdf"


def test_a_page_without_papers_is_rejected(network: NetworkSettings, world: FakeServices) -> None:
    world.pages["a"] = ("text/html", b"<!doctype html><html><body>Hello</body></html>")
    papers, (refused,) = _papers(network, f"{world.url}/web/a")
    assert papers == []
    assert refused.where == f"{world.url}/web/a"
    assert refused.why.startswith("a page with no paper in its citation tags")


def test_a_missing_page_is_rejected(network: NetworkSettings, world: FakeServices) -> None:
    papers, (refused,) = _papers(network, f"{world.url}/web/none")
    assert papers == []
    assert refused.why == "127.0.0.1 does not have this (404)"


def test_the_page_of_an_unknown_doi_is_read(network: NetworkSettings, world: FakeServices) -> None:
    world.pages["doi/10.5555/none"] = ("text/html", _page("A Work on Things", doi="10.5555/none"))
    (paper,), refused = _papers(network, f"{world.url}/web/doi/10.5555/none")
    assert refused == []
    assert (paper.title, paper.ids) == ("A Work on Things", {"doi": "10.5555/none"})
    world.known.append(KnownPaper("The Real Title", doi="10.5555/none"))
    (paper,), _ = _papers(network, f"{world.url}/web/doi/10.5555/none")
    assert paper.title == "The Real Title"


def test_control_characters_of_a_page_are_removed(
    network: NetworkSettings, world: FakeServices
) -> None:
    world.pages["a"] = ("text/html", _page("A \x1b]0;x\x07Work\u202e on Things"))
    world.known.append(KnownPaper("Si\u200bnks \u202eReversed", arxiv="2309.99909"))
    papers, _ = _papers(network, f"{world.url}/web/a", "2309.99909")
    assert [paper.title for paper in papers] == ["A ]0;xWork on Things", "Sinks Reversed"]
