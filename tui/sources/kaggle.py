"""arXiv's metadata as Kaggle offers them: one record a line, five gigabytes of them."""

from __future__ import annotations

from collections.abc import Mapping

from tui.sources.dates import to_iso_date
from tui.sources.names import join_name
from tui.sources.shapes import Object, Shape, signs, text


def common(record: Object) -> Object:
    """The fields of one paper; the first version tells its day, `authors_parsed` the names."""
    parsed = record.get("authors_parsed")
    authors = [
        join_name(str(name[1]), str(name[0]), str(name[2]) if len(name) > 2 else "")
        for name in (parsed if isinstance(parsed, list) else ())
        if isinstance(name, list) and len(name) > 1
    ]
    return {
        "id": text(record, "id"),
        "title": record.get("title"),
        "authors": authors or record.get("authors"),
        "abstract": text(record, "abstract"),
        "published": first_day(record.get("versions")) or text(record, "update_date"),
        "venue": text(record, "journal-ref") or "arXiv",
        "categories": record.get("categories"),
        "doi": text(record, "doi"),
        "comment": text(record, "comments"),
    }


def first_day(versions: object) -> str:
    """`Mon, 2 Apr 2007 19:18:42 GMT` of the first version, to ISO."""
    first = versions[0] if isinstance(versions, list) and versions else None
    created = first.get("created") if isinstance(first, Mapping) else None
    return to_iso_date(" ".join(created.split()[:4])) if isinstance(created, str) else ""


SHAPE = Shape(
    "kaggle",
    "the arXiv snapshot of Kaggle",
    signs("id authors_parsed", "id submitter journal-ref", "id update_date abstract"),
    common,
)
