"""XML of libraries and archives: OAI-PMH, ACL Anthology, DBLP, MODS, MARCXML, TEI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from tui.core import identifiers
from tui.sources.engines.xml import (
    XmlFormat,
    all_texts,
    author_in,
    first_text,
    text,
)
from tui.sources.formats.json_services import first_version_date
from tui.sources.formats.xml_publishers import jats_fields
from tui.sources.names import RawAuthor, read_institution, read_person
from tui.sources.plain_text import join_subtitle
from tui.sources.record import FieldSource

_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/|10\.)")


def _oai_fields(record: Element) -> dict[str, Any] | None:
    """The fields of a record in the first format that it is in; None if it was deleted."""
    header = record.find("header")
    if header is not None and header.get("status") == "deleted":
        return None
    for name in ("arXiv", "arXivRaw"):
        if (body := next(record.iter(name), None)) is not None:
            return _arxiv_fields(body)
    article = next(record.iter("article"), None)
    if article is not None and article.find("front") is not None:
        return jats_fields(article)
    metadata = record.find("metadata")
    return _dublin_core_fields(
        record if metadata is None else metadata, text(record, "header", "identifier")
    )


def _arxiv_fields(body: Element) -> dict[str, Any]:
    authors = [author_in(each) for each in body.iter("author")]
    versions = [{"created": text(each, "date")} for each in body.iter("version")]
    return {
        "id": text(body, "id"), "title": text(body, "title"), "abstract": text(body, "abstract"),
        "authors": authors or text(body, "authors"),
        "published": text(body, "created") or first_version_date(versions),
        "venue": text(body, "journal-ref") or "arXiv", "categories": text(body, "categories"),
        "doi": text(body, "doi").split(" ")[0], "comment": text(body, "comments"),
    }  # fmt: skip


def _dublin_core_fields(body: Element, identifier: str) -> dict[str, Any]:
    names = all_texts(body, "identifier")
    arxiv = re.match(r"oai:arxiv\.org:(.+)", identifier, re.IGNORECASE)
    writers = (all_texts(body, name) for name in ("creatorName", "creator", "author"))
    abstracts = all_texts(body, "description") + all_texts(body, "abstract")
    # The earliest date is that of the work; later ones are of its versions.
    first_date = min(all_texts(body, "date") + all_texts(body, "created"), default="")
    return {
        "title": text(body, "title"), "authors": next(filter(None, writers), []),
        "abstract": max(abstracts, key=len, default=""),
        "published": first_date or first_text(body, "publicationYear"),
        "venue": first_text(body, "source|publisher"),
        "categories": all_texts(body, "subject") or text(body, "categories"),
        "doi": next(filter(_DOI.match, names), "") or text(body, "doi"),
        "arxiv": arxiv[1] if arxiv else "",
        "url": next((name for name in names if name.startswith("http")), ""),
    }  # fmt: skip


_ANTHOLOGY_PAGE = "https://aclanthology.org/"


def _anthology_fields(paper: Element, context: Mapping[str, Element]) -> dict[str, Any]:
    """The fields of a paper, which is in a volume, which is in a collection."""
    meta = context.get("meta")
    identifier = _anthology_id(
        paper, *(context[n].get("id", "") if n in context else "" for n in ("collection", "volume"))
    )
    year, month = (text(paper, n) or text(meta, n) for n in ("year", "month"))
    return {
        "title": first_text(paper, "title|booktitle"), "abstract": text(paper, "abstract"),
        "authors": [author_in(e) for e in [*paper.findall("author"), *paper.findall("editor")]],
        "published": f"{year} {month}".strip(), "doi": text(paper, "doi"),
        "venue": text(paper, "booktitle") or text(meta, "booktitle"),
        "ids": {"acl": identifier}, "url": _ANTHOLOGY_PAGE + identifier if identifier else "",
        "comment": "Retracted" if paper.find("retracted") is not None else "",
    }  # fmt: skip


def _anthology_id(paper: Element, collection: str, volume: str) -> str:
    """The id in the paper's URL, else made of the three numbers as the Anthology does."""
    url = text(paper, "url").removeprefix(_ANTHOLOGY_PAGE).rstrip("/").removesuffix(".pdf")
    if re.fullmatch(r"[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+", url):
        return url
    number = paper.get("id", "")
    if not collection:  # an old file: the volume is the collection, the paper has four digits
        return f"{volume}-{number.zfill(4)}"
    if "." in collection:
        return f"{collection}-{volume}.{number}"
    if not volume.isdecimal() or not number.isdecimal():
        return ""
    # Of the four digits, workshops use two for the volume; other collections use one.
    is_wide = collection[0] == "W" or (collection in ("C69", "D19") and int(volume) > 4)
    width = 2 if is_wide else 1
    return f"{collection}-{volume.zfill(width)}{number.zfill(4 - width)}"


_DBLP_WORKS = ("article", "inproceedings", "incollection", "phdthesis", "mastersthesis", "book",
               "proceedings", "data")  # fmt: skip
_DBLP_FIELDS: Mapping[str, FieldSource[Element]] = {
    "title": lambda work: text(work, "title").removesuffix("."), "authors": "author|editor",
    "published": "year", "venue": "journal|booktitle|school", "url": "ee",
    "doi": lambda work: next((link for link in all_texts(work, "ee") if "doi.org/" in link), ""),
}  # fmt: skip
_AUTHOR_ROLES = frozenset(("aut", "author", "cre", "creator"))


_MODS_DATES = (
    "dateIssued@keyDate=yes|dateIssued@point=start|dateIssued|dateCreated@keyDate=yes"
    "|copyrightDate|dateCreated|date"
)


def _mods_fields(record: Element) -> dict[str, Any]:
    host = record.find("relatedItem[@type='host']")
    return {
        "title": _mods_title(record),
        "authors": list(dict.fromkeys(map(_mods_author, _mods_authors(record)))),
        "abstract": "\n\n".join((each.text or "") for each in record.findall("abstract")),
        "published": first_text(record, _MODS_DATES) or first_text(host, _MODS_DATES),
        "venue": (_mods_title(host) if host is not None else "") or text(record, "publisher"),
        "categories": all_texts(record, "topic"),
        "url": record.findtext("location/url[@usage]")
        or record.findtext("location/url")
        or text(record, "location", "url"),
        "doi": record.findtext("identifier[@type='doi']"),
    }  # fmt: skip


def _mods_title(element: Element) -> str:
    info = element.find("titleInfo")
    title = " ".join(filter(None, (text(info, "nonSort"), text(info, "title"))))
    title = ". ".join(filter(None, (title, text(info, "partNumber"))))
    return join_subtitle(title, text(info, "subTitle") or text(info, "partName"))


def _mods_authors(record: Element) -> list[Element]:
    """The names with the role author; all names if none has it."""
    names = record.findall("name")
    roles = [{role.strip().lower() for role in all_texts(e, "roleTerm")} for e in names]
    authors = [e for e, role in zip(names, roles, strict=True) if not role or role & _AUTHOR_ROLES]
    return authors or names


def _mods_author(element: Element) -> RawAuthor:
    """The person, without the full stop of `Bell, Ann.`, or the institution with all its parts."""
    if family := text(element, "namePart@type=family"):
        return read_person(text(element, "namePart@type=given"), family)
    parts = [e.text.strip() for e in element.findall("namePart") if e.text and not e.get("type")]
    if element.get("type") == "corporate":
        return read_institution(": ".join(parts))
    return re.sub(r"(?<=[^\W\dA-Z_]{2})\.$", "", (parts or [text(element, "displayForm")])[-1])


def _marc_fields(record: Element) -> dict[str, Any]:
    def subfields(*tags: str, codes: str = "a") -> list[str]:
        return [
            " ".join(
                (part.text or "").strip()
                for part in field.findall("subfield")
                if (part.get("code") or "") in codes
            ).rstrip(" /:;,")
            for tag in tags
            for field in record.findall(f"datafield[@tag='{tag}']")
        ]

    def first(values: list[str], accept: Any = bool) -> str:
        return next(filter(accept, values), "")

    people = [name.rstrip(" .,") for name in subfields("100", "700", "720")]
    groups = subfields("110", codes="ab") or ([] if people else subfields("710", codes="ab"))
    return {
        "title": first(subfields("245", codes="abnp")), "abstract": "\n\n".join(subfields("520")),
        "authors": [*people, *(read_institution(name.rstrip(" .,")) for name in groups)],
        "published": first(subfields("260", "264", codes="c")).strip("[]©c. "),
        "venue": first(
            subfields("773", codes="tp") + subfields("490", "111")  # 111 is a conference
            + subfields("260", "264", codes="b")
        ),
        "categories": subfields("600", "610", "630", "648", "650", "651", "653", "655"),
        "arxiv": first(subfields("037", "024"), identifiers.arxiv_id),
        "doi": first(subfields("024"), lambda value: value.startswith("10.")),
        "url": first(subfields("856", codes="u"), lambda value: value.startswith("http")),
    }  # fmt: skip


def _tei_fields(head: Element) -> dict[str, Any] | None:
    """The fields of a header or of an entry of a list; None for the header of a list."""
    if head.tag == "teiHeader" and head.find(".//biblStruct") is None:
        return None
    source = next(head.iter("biblStruct"), head)
    days = [each.get("when") or each.text or "" for each in head.iter("date")]
    return {
        "title": text(head, "titleStmt", "title"), "abstract": text(head, "abstract"),
        "authors": [author_in(each) for each in source.iter("author")],
        "published": max(days, key=len, default=""), "venue": text(source, "monogr", "title"),
        "categories": all_texts(head, "term"), "doi": text(head, "idno@type=doi"),
        "id": text(head, "idno@type=arxiv").partition("[")[0],
        "pmid": first_text(head, "idno@type=pubmed|idno@type=pmid"),
    }  # fmt: skip


OAI = XmlFormat(
    "oai", "OAI-PMH (arXiv, arXivRaw, Dublin Core)",
    roots={
        "OAI-PMH|ListRecords|GetRecord": "",
        "records?|dc": r"oai_dc|openarchives|<identifier>\s*oai:|arxiv\.org/OAI",
    },
    records={"record": _oai_fields, "dc": _oai_fields},
)  # fmt: skip
ACL = XmlFormat(
    "acl", "ACL Anthology XML",
    roots={
        "collection|volume": r"<(?:collection|volume)\s[^<>]*id=[^<>]*>"
        r"[\s\S]*<(?:volume|paper|meta|frontmatter|event)[\s>]"
    },
    records={"paper": _anthology_fields},
    contexts=("collection", "volume", "meta", "frontmatter"),
    heads=("collection", "volume"),
)  # fmt: skip
MODS = XmlFormat(
    "mods", "MODS",
    roots={"mods|modsCollection": "", ".+": r"\A(?=[\s\S]*loc\.gov/mods)[\s\S]*titleInfo>"},
    records={"mods": _mods_fields},
)  # fmt: skip
MARC = XmlFormat(
    "marcxml", "MARCXML",
    roots={"record|collection|searchRetrieveResponse": r"<(?:\w+:)?datafield\s"},
    records={"record": _marc_fields},
)  # fmt: skip
DBLP = XmlFormat(
    "dblp", "DBLP XML",
    roots={"dblp|dblpperson": ""},
    records=dict.fromkeys(_DBLP_WORKS, _DBLP_FIELDS),
)  # fmt: skip
TEI = XmlFormat(
    "tei", "TEI XML",
    roots={"TEI|teiCorpus": ""},
    records={"biblFull": _tei_fields, "teiHeader": _tei_fields},
)  # fmt: skip
