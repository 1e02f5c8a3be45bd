"""Zotero's items as JSON: of its API (`data` around each), of Better BibTeX, of translators."""

from __future__ import annotations

import re

from tui.sources.shapes import Object, Shape, inner, objects, signs, text

_NOT_PAPERS = ("attachment", "note", "annotation")
_EXTRA = re.compile(r"^(arXiv|PMID|DOI)\s*:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


def common(record: Object) -> Object | None:
    """The fields of one item; an attachment belongs to a paper and is passed over."""
    item = inner(record, "data") or record
    if text(item, "itemType") in _NOT_PAPERS:
        return None
    creators = objects(item.get("creators"))
    authors = [each for each in creators if text(each, "creatorType") == "author"]
    extra = {name.lower(): value for name, value in _EXTRA.findall(text(item, "extra"))}
    archive = text(item, "archiveID") or text(item, "number")
    return {
        "title": text(item, "title") or text(item, "caseName") or text(item, "subject"),
        "authors": authors or creators,
        "abstract": text(item, "abstractNote"),
        "published": text(item, "date"),
        "venue": next(
            (
                value
                for name in ("publicationTitle", "proceedingsTitle", "bookTitle", "conferenceName",
                             "websiteTitle", "repository", "university", "publisher")
                if (value := text(item, name))
            ),
            "",
        ),
        "categories": [text(tag, "tag") for tag in objects(item.get("tags"))],
        "doi": text(item, "DOI") or extra.get("doi", ""),
        "arxiv": extra.get("arxiv", "") or archive.removeprefix("arXiv:"),
        "pmid": extra.get("pmid", ""),
        "url": text(item, "url"),
    }  # fmt: skip


SHAPE = Shape(
    "zotero-json",
    "Zotero or Better BibTeX JSON",
    signs("itemType title", "itemType creators", "itemType key", "data key library", "itemType"),
    common,
)
