"""A record without a title but with an identifier is looked up, whatever its format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sources.reading import TODAY
from tui.core.paper import Paper
from tui.sources.interface import RejectedRecord
from tui.sources.reader import FORMATS, detect_format, read
from tui.sources.record import NotAPaper, build_paper, read_record
from tui.sources.streams import InputStream, open_streams

DOI = {"doi": "10.5555/abc"}
PMID = {"pmid": "34265844"}
ARXIV = {"arxiv": "2402.99901"}


def _json(record: object) -> str:
    return json.dumps([record])


NO_TITLE: dict[str, tuple[str, dict[str, str]]] = {
    "acl": (
        '<collection id="2020.acl"><volume id="main"><paper id="1"><author><first>A</first>'
        "<last>B</last></author><doi>10.5555/abc</doi></paper></volume></collection>",
        {"acl": "2020.acl-main.1", **DOI},
    ),
    "arxiv-page": (
        "[1] arXiv:2402.99900 [pdf, other]\nTitle: A Work of Ours\nAuthors: Ada Lindqvist\n"
        "Subjects: Computation and Language (cs.CL)\n\n"
        "[2] arXiv:2402.99901 [pdf, other]\nAuthors: Ada Lindqvist\n"
        "Subjects: Computation and Language (cs.CL)\n",
        ARXIV,
    ),
    "mail": (
        "\\\\\narXiv:2402.99901\nDate: Mon, 5 Feb 2024 10:00:00 GMT   (10kb)\n\n"
        "Authors: Ada Lindqvist\nCategories: cs.CL\n\\\\\n  We work.\n\\\\\n",
        ARXIV,
    ),
    "bbl": (
        "\\begin{thebibliography}{1}\n\\bibitem{a}\nAda Lindqvist.\n\\newblock .\n"
        "\\newblock 2020. \\doi{10.5555/abc}.\n\\end{thebibliography}\n",
        DOI,
    ),
    "bibtex": ("@article{a, doi = {10.5555/abc}}", DOI),
    "bookmarks": (
        _json({"date_added": "1", "guid": "g", "name": "", "url": "https://doi.org/10.5555/abc"}),
        DOI,
    ),
    "cochrane": (
        "Record #1 of 1\nID: CN-1\nAU: Lindqvist A\nDOI: 10.5555/abc\nYR: 2020\n",
        DOI,
    ),
    "crossref": (_json({"DOI": "10.5555/abc", "prefix": "10.5555", "member": "1"}), DOI),
    "csl": (_json({"id": "a", "type": "article", "issued": {}, "DOI": "10.5555/abc"}), DOI),
    "csv": ("title,authors,doi\n,Ada Lindqvist,10.5555/abc\n", DOI),
    "datacite": (_json({"titles": [], "creators": [], "doi": "10.5555/abc"}), DOI),
    "datacite-xml": (
        '<resource xmlns="http://datacite.org/schema/kernel-4">'
        '<identifier identifierType="DOI">10.5555/abc</identifier></resource>',
        DOI,
    ),
    "dblp": (
        '<dblp><article key="a"><author>Ada Lindqvist</author>'
        "<ee>https://doi.org/10.5555/abc</ee></article></dblp>",
        DOI,
    ),
    "endnote-xml": (
        "<xml><records><record><rec-number>1</rec-number><contributors/>"
        "<electronic-resource-num>10.5555/abc</electronic-resource-num></record></records></xml>",
        DOI,
    ),
    "feed": (
        '<rss version="2.0"><channel><title>F</title><item><title></title>'
        "<link>https://doi.org/10.5555/abc</link></item></channel></rss>",
        DOI,
    ),
    "fidus": (_json({"bib_type": "article", "fields": {"doi": "10.5555/abc"}}), DOI),
    "isi": (
        "FN Clarivate\nVR 1.0\nPT J\nAU Lindqvist, A\nDI 10.5555/abc\nPY 2024\nER\n\nEF\n",
        DOI,
    ),
    "jats": (
        '<article article-type="research-article"><front><article-meta>'
        '<article-id pub-id-type="doi">10.5555/abc</article-id></article-meta></front></article>',
        DOI,
    ),
    "json": ('[{"doi": "10.5555/abc"}]', DOI),
    "list": ("- [pdf](https://doi.org/10.5555/abc)\n- [code](https://github.com/a/b)\n", DOI),
    "marcxml": (
        '<collection><record><datafield tag="024"><subfield code="a">10.5555/abc</subfield>'
        "</datafield></record></collection>",
        DOI,
    ),
    "mods": (
        '<modsCollection><mods><identifier type="doi">10.5555/abc</identifier></mods>'
        "</modsCollection>",
        DOI,
    ),
    "nbib": ("PMID- 34265844\nAU  - Lindqvist A\nDP  - 2020\n", PMID),
    "noteexpress": (
        "{Reference Type}: Journal Article\n{Author}: 张三\n{DOI}: 10.5555/abc\n",
        DOI,
    ),
    "oai": (
        "<OAI-PMH><ListRecords><record><header/><metadata><arXiv><id>2402.99901</id></arXiv>"
        "</metadata></record></ListRecords></OAI-PMH>",
        ARXIV,
    ),
    "openalex": (_json({"id": "W1", "authorships": [], "doi": "10.5555/abc"}), DOI),
    "org": ("* \n:PROPERTIES:\n:AUTHOR: Ada Lindqvist\n:DOI: 10.5555/abc\n:END:\n", DOI),
    "pubmed-text": ("1. Nature. 2021 Aug;596(7873):583-589.\nPMID: 34265844\n", PMID),
    "pubmed-xml": (
        "<PubmedArticleSet><PubmedArticle><PMID>34265844</PMID></PubmedArticle></PubmedArticleSet>",
        PMID,
    ),
    "refer": ("%0 Journal Article\n%A Lindqvist, Ada\n%D 2024\n%R doi:10.5555/abc\n", DOI),
    "refworks": ("RT Journal Article\nSR Electronic(1)\nA1 Lindqvist, Ada\nDO 10.5555/abc\n", DOI),
    "ris": ("TY  - JOUR\nDO  - 10.5555/abc\nER  - \n", DOI),
    "summaries": ("<eSummaryResult><DocSum><Id>34265844</Id></DocSum></eSummaryResult>", PMID),
    "tei": (
        "<TEI><teiHeader><sourceDesc><biblStruct><idno type='DOI'>10.5555/abc</idno>"
        "</biblStruct></sourceDesc></teiHeader></TEI>",
        DOI,
    ),
    "titles": (
        "10.5555/abc\nAttention Is All You Need\nDeep Residual Learning for Images\n"
        "Reading Comprehension with Pointers\n",
        DOI,
    ),
    "unixref": (
        "<doi_records><doi_record><journal_article><doi_data><doi>10.5555/abc</doi></doi_data>"
        "</journal_article></doi_record></doi_records>",
        DOI,
    ),
    "html": ('<html><head><meta name="citation_doi" content="10.5555/abc"></head></html>', DOI),
    "word": (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
        "<b:Source><b:Year>2016</b:Year><b:DOI>10.5555/abc</b:DOI></b:Source></b:Sources>",
        DOI,
    ),
    "yaml": (
        "a:\n  type: article\n  author: Ada Lindqvist\n  serial-number:\n    doi: 10.5555/abc\n",
        DOI,
    ),
    "zotero-json": (_json({"itemType": "article", "creators": [], "DOI": "10.5555/abc"}), DOI),
    "zotero-rdf": (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:bib="http://purl.org/net/biblio#"><bib:Article rdf:about="#1">'
        "<dc:identifier>DOI 10.5555/abc</dc:identifier></bib:Article></rdf:RDF>",
        DOI,
    ),
}
"""Format to a file with one record that lacks a title, and the identifiers of that record."""


@pytest.mark.parametrize("name", NO_TITLE)
def test_a_record_without_a_title_keeps_its_identifiers(tmp_path: Path, name: str) -> None:
    content, ids = NO_TITLE[name]
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    stream = next(iter(open_streams(str(path))))
    assert isinstance(stream, InputStream)
    assert detect_format(stream, "") in [each for each in FORMATS if each.name == name]
    rejected = [r for r in read(str(path), TODAY) if isinstance(r, RejectedRecord)]
    assert [record.ids for record in rejected] == [ids]


def test_what_is_not_a_paper_is_rejected_in_words() -> None:
    def build() -> None:
        raise NotAPaper("a review", ARXIV)

    (record,) = read_record("file:1", build)
    assert record == RejectedRecord("file:1", "a review")
    assert isinstance(record, RejectedRecord)
    assert record.ids == ARXIV


def test_an_entry_that_is_not_a_work_gives_nothing() -> None:
    assert list(read_record("file:1", lambda: None)) == []


def test_fields_and_papers_are_both_records() -> None:
    paper = Paper("A Work")
    assert list(read_record("file:1", dict, title="A Work")) == [paper]
    assert list(read_record("file:1", lambda: paper)) == [paper]


def test_an_unforeseen_error_rejects_one_record_but_fails_a_test(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def build() -> None:
        raise KeyError("title")

    with pytest.raises(KeyError):
        list(read_record("file:1", build))
    monkeypatch.delenv("PYTEST_VERSION")
    (record,) = read_record("file:1", build)
    assert record == RejectedRecord("file:1", "cannot be understood: KeyError 'title'")


def test_an_entity_beside_prices_shows_no_latex() -> None:
    paper = build_paper({"title": "Roe &amp; Co. $18.50, cloth $9.95"})
    assert (paper.title, paper.tex) == ("Roe & Co. $18.50, cloth $9.95", {})
