"""OpenAlex works: the abstract is an index of its words, put back into a text."""

from __future__ import annotations

from typing import Any

from tui.sources.shapes import Object, Shape, inner, objects, signs, text

_MOST_WORDS = 20_000


def common(record: Object) -> Object:
    """The fields of one work."""
    best = inner(record, "primary_location") or inner(record, "best_oa_location")
    pdf = text(best, "pdf_url") or text(record, "best_oa_location", "pdf_url")
    page = text(best, "landing_page_url")
    ids = inner(record, "ids")
    return {
        "title": text(record, "title") or text(record, "display_name"),
        "authors": [each.get("author") for each in objects(record.get("authorships"))],
        "abstract": abstract(record.get("abstract_inverted_index")),
        "published": text(record, "publication_date") or text(record, "publication_year"),
        "venue": _venue(record, best),
        "categories": [text(each, "display_name") for each in objects(record.get("keywords"))],
        "doi": text(record, "doi") or text(ids, "doi"),
        "pmid": text(ids, "pmid").rpartition("/")[2],
        "url": page,
        "pdf_url": pdf,
        "citations_count": record.get("cited_by_count"),
        "comment": "Retracted" if record.get("is_retracted") is True else "",
    }  # fmt: skip


def _venue(record: Object, best: Object) -> str:
    """Where it appeared; what is on arXiv only has a university for it here."""
    venue = text(best, "source", "display_name") or text(record, "host_venue", "display_name")
    return "arXiv" if venue.startswith("arXiv (") else venue


def abstract(index: Any) -> str:
    """The text whose words stand at the places the index gives."""
    if not isinstance(index, dict):
        return ""
    placed = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list)
        for place in places[:_MOST_WORDS]
        if isinstance(place, int)
    ]
    return " ".join(word for _, word in sorted(placed)[:_MOST_WORDS])


SHAPE = Shape(
    "openalex",
    "OpenAlex JSON",
    signs("id authorships", "id abstract_inverted_index", "id doi publication_year",
          "id display_name primary_location"),
    common,
)  # fmt: skip
