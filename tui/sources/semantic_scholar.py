"""Semantic Scholar's papers, also as citations, references and recommendations hold them."""

from __future__ import annotations

from tui.sources.record import NotAPaper
from tui.sources.shapes import Object, Shape, inner, objects, signs, text


def common(record: Object) -> Object:
    """The fields of one paper, or of the paper a citation is about."""
    if "authorId" in record and "paperId" not in record:
        raise NotAPaper("an author, not a paper")
    record = inner(record, "citingPaper") or inner(record, "citedPaper") or record
    ids = inner(record, "externalIds")
    fields = record.get("fieldsOfStudy")
    return {
        "title": text(record, "title"),
        "authors": record.get("authors"),
        "abstract": text(record, "abstract"),
        "published": text(record, "publicationDate") or text(record, "year"),
        "venue": _venue(record),
        "categories": fields
        or [text(e, "category") for e in objects(record.get("s2FieldsOfStudy"))],
        "doi": text(ids, "DOI") or text(record, "doi"),
        "arxiv": text(ids, "ArXiv") or text(record, "arxivId"),
        "pmid": text(ids, "PubMed"),
        "ids": {"acl": text(ids, "ACL")},
        "url": text(record, "url"),
        "pdf_url": text(record, "openAccessPdf", "url"),
        "citations_count": record.get("citationCount"),
    }


def _venue(record: Object) -> str:
    """Where it appeared; a preprint of arXiv has a name of its own here."""
    venue = (
        text(record, "venue")
        or text(record, "journal", "name")
        or text(record, "publicationVenue", "name")
    )
    return "arXiv" if venue == "arXiv.org" else venue


SHAPE = Shape(
    "semantic-scholar",
    "Semantic Scholar JSON",
    signs(
        "paperId",
        "citingPaper",
        "citedPaper",
        "externalIds citationCount",
        "corpusId title",
        "authorId",
    ),
    common,
)
