"""`read(what)`: every paper of what the user named, by the format its bytes show."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

from tui.core.paper import Paper
from tui.sources.base import Format, Record, RejectedRecord
from tui.sources.decoding import is_text
from tui.sources.engines.whole_text import UnreadableDocument
from tui.sources.formats import (
    arxiv_text,
    bbl,
    bibtex,
    copied_page,
    csv_table,
    feed,
    front_matter,
    json_documents,
    listing,
    opml,
    org,
    pdf,
    pubmed_text,
    ris,
    tagged_exports,
    titles,
    webpage,
    xml_libraries,
    xml_publishers,
    xml_pubmed,
    xml_reference_managers,
    yaml_bibliography,
)
from tui.sources.record import describe_error, raise_under_pytest
from tui.sources.streams import InputStream, OnOpen, open_streams, unpack

FORMATS: tuple[Format, ...] = (
    pdf.FORMAT,
    tagged_exports.NOTEEXPRESS,
    *json_documents.FORMATS,
    xml_libraries.OAI,
    xml_pubmed.ARTICLES,
    xml_libraries.ACL,
    xml_reference_managers.ENDNOTE,
    xml_reference_managers.ZOTERO_RDF,
    xml_publishers.CROSSREF,
    xml_pubmed.SUMMARIES,
    xml_publishers.DATACITE,
    xml_libraries.MODS,
    xml_libraries.MARC,
    xml_libraries.DBLP,
    xml_publishers.JATS,
    xml_libraries.TEI,
    xml_reference_managers.WORD,
    opml.FORMAT,
    feed.FORMAT,
    webpage.FORMAT,
    arxiv_text.MAIL,
    arxiv_text.LISTING,
    pubmed_text.FORMAT,
    bbl.FORMAT,
    yaml_bibliography.FORMAT,
    org.FORMAT,
    front_matter.FORMAT,
    csv_table.FORMAT,  # an abstract in a cell may hold lines of the formats below
    ris.FORMAT,
    bibtex.FORMAT,
    tagged_exports.ISI,
    tagged_exports.REFWORKS,
    tagged_exports.NBIB,
    tagged_exports.COCHRANE,
    tagged_exports.REFER,
    titles.FORMAT,
    listing.FORMAT,
    copied_page.FORMAT,
)
"""Sniffed in this order: what is surest first."""
NOTHING = "no papers in it"
"""How the refusal of a file begins that is whole and holds nothing."""


def read(
    what: str, today: date, format_name: str = "", opened: OnOpen | None = None
) -> Iterator[Record]:
    """Yield the papers of a file, a folder, or `-`; a RejectedRecord for what cannot be read."""
    yield from _read_all(open_streams(what, opened), today, format_name)


def read_bytes(data: bytes, where: str, today: date, format_name: str = "") -> Iterator[Record]:
    """The same of what was fetched from `where`, which the papers name as their source."""
    yield from _read_all(unpack(where, io.BytesIO(data), where), today, format_name)


def _read_all(
    streams: Iterable[InputStream | RejectedRecord], today: date, format_name: str
) -> Iterator[Record]:
    for named in streams:
        if isinstance(named, RejectedRecord):
            yield named
            continue
        with named.stream:
            yield from _read_one(named, today, format_name)


def _read_one(named: InputStream, today: date, format_name: str) -> Iterator[Record]:
    count = 0
    try:
        source = detect_format(named, format_name)
        if isinstance(source, RejectedRecord):
            yield source
            return
        for record in source.read(named.stream, named.where, today):
            count += 1
            if isinstance(record, Paper) and not record.sources:
                record = record.from_source(named.source)
            yield record
        if not count:
            yield RejectedRecord(named.where, f"{NOTHING}, read as {source.label}")
    except UnreadableDocument as error:
        yield RejectedRecord(named.where, str(error))
    except (EOFError, zlib.error) as error:
        yield RejectedRecord(
            named.where, f"the compressed file is damaged after {count} records: {error}"
        )
    except OSError as error:
        yield RejectedRecord(
            named.where, f"cannot be read after {count} records: {error.strerror or error}"
        )
    except Exception as error:  # a parser fails at the file itself, not at one of its records
        raise_under_pytest(error)
        why = describe_error(error)
        yield RejectedRecord(named.where, f"cannot be understood after {count} records: {why}")


def detect_format(named: InputStream, format_name: str) -> Format | RejectedRecord:
    if format_name:
        named_source = next((each for each in FORMATS if each.name == format_name), None)
        return named_source or RejectedRecord(named.where, f"no format is called “{format_name}”")
    head = named.head
    if not head.strip():
        return RejectedRecord(named.where, "the file is empty")
    if not is_text(head) and not pdf.sniff(head):
        return RejectedRecord(named.where, "not text, and of no format Sheaf knows")
    for source in FORMATS:
        if source.sniff(head):
            return source
    return RejectedRecord(named.where, "of no format Sheaf knows")
