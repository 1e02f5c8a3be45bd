"""`read(what)`: every paper of what the user named, by the format its bytes show."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

from tui.core.paper import Paper
from tui.sources import (
    acl,
    arxiv_text,
    bbl,
    bibtex,
    cochrane,
    datacitexml,
    dblp,
    endnote,
    feeds,
    front_matter,
    isi,
    jats,
    listing,
    mods,
    nbib,
    noteexpress,
    oai,
    opml,
    org,
    page,
    pdf,
    pubmed,
    pubmed_text,
    records,
    refer,
    ris,
    summaries,
    table,
    tei,
    titles,
    unixref,
    webpage,
    wordxml,
    yaml_bibliography,
    zotero_rdf,
)
from tui.sources.base import Record, RejectedRecord, Source
from tui.sources.streams import Named, Opened, open_all, unpacked
from tui.sources.text import is_text
from tui.sources.whole_text import UnreadableDocument

SOURCES: tuple[Source, ...] = (
    pdf.SOURCE,
    noteexpress.SOURCE,
    *records.SOURCES,
    records.SOURCE,
    oai.SOURCE,
    pubmed.SOURCE,
    acl.SOURCE,
    endnote.SOURCE,
    zotero_rdf.SOURCE,
    unixref.SOURCE,
    summaries.SOURCE,
    datacitexml.SOURCE,
    mods.MODS,
    mods.MARC,
    dblp.SOURCE,
    jats.SOURCE,
    tei.SOURCE,
    wordxml.SOURCE,
    opml.SOURCE,
    feeds.SOURCE,
    webpage.SOURCE,
    arxiv_text.MAIL,
    arxiv_text.LISTING,
    pubmed_text.SOURCE,
    bbl.SOURCE,
    yaml_bibliography.SOURCE,
    org.SOURCE,
    front_matter.SOURCE,
    table.SOURCE,  # an abstract in a cell may hold lines of the formats below
    ris.SOURCE,
    bibtex.SOURCE,
    isi.ISI,
    isi.REFWORKS,
    nbib.SOURCE,
    cochrane.SOURCE,
    refer.SOURCE,
    titles.SOURCE,
    listing.SOURCE,
    page.SOURCE,
)
"""Sniffed in this order: what is surest first."""
NOTHING = "no papers in it"
"""How the refusal of a file begins that is whole and holds nothing."""


def read(
    what: str, today: date, format_name: str = "", opened: Opened | None = None
) -> Iterator[Record]:
    """Yield the papers of a file, a folder, or `-`; a RejectedRecord for what cannot be read."""
    yield from _read_all(open_all(what, opened), today, format_name)


def read_bytes(data: bytes, where: str, today: date, format_name: str = "") -> Iterator[Record]:
    """The same of what was fetched from `where`, which the papers name as their source."""
    yield from _read_all(unpacked(where, io.BytesIO(data), where), today, format_name)


def _read_all(
    streams: Iterable[Named | RejectedRecord], today: date, format_name: str
) -> Iterator[Record]:
    for named in streams:
        if isinstance(named, RejectedRecord):
            yield named
            continue
        with named.stream:
            yield from _read_one(named, today, format_name)


def _read_one(named: Named, today: date, format_name: str) -> Iterator[Record]:
    count = 0
    try:
        source = source_of(named, format_name)
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
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
            RecursionError, AssertionError, SyntaxError) as error:  # fmt: skip
        # A parser of others has ways of its own to fail; what it gave before is in.
        why = f"{type(error).__name__} {str(error)[:200]}".strip()
        yield RejectedRecord(named.where, f"cannot be understood after {count} records: {why}")
    except OSError as error:
        yield RejectedRecord(
            named.where, f"cannot be read after {count} records: {error.strerror or error}"
        )


def source_of(named: Named, format_name: str) -> Source | RejectedRecord:
    if format_name:
        named_source = next((each for each in SOURCES if each.name == format_name), None)
        return named_source or RejectedRecord(named.where, f"no format is called “{format_name}”")
    head = named.head
    if not head.strip():
        return RejectedRecord(named.where, "the file is empty")
    if not is_text(head) and not pdf.sniff(head):
        return RejectedRecord(named.where, "not text, and of no format Sheaf knows")
    for source in SOURCES:
        if source.sniff(head):
            return source
    return RejectedRecord(named.where, "of no format Sheaf knows")
