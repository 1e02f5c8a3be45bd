"""`read(what)`: the papers of what the user named, in the format that its bytes show."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

from tui.core.paper import Paper
from tui.sources.encodings import is_text
from tui.sources.engines.whole_text import UnreadableDocument
from tui.sources.engines.xml import root_element
from tui.sources.formats import (
    arxiv_text,
    bibtex,
    csv_table,
    daily_papers_text,
    feed,
    front_matter,
    json_documents,
    mail,
    markdown_links,
    opml,
    pdf,
    tagged_exports,
    text_exports,
    title_list,
    webpage,
    xml_libraries,
    xml_publishers,
    xml_reference_managers,
    yaml_bibliography,
)
from tui.sources.interface import Notice, Record, RejectedRecord, SourceFormat
from tui.sources.record import describe_error, raise_under_pytest
from tui.sources.streams import InputStream, OnOpen, open_streams, unpack

FORMATS: tuple[SourceFormat, ...] = (
    pdf.FORMAT,
    tagged_exports.NOTEEXPRESS,
    *json_documents.FORMATS,
    xml_libraries.OAI,
    xml_publishers.PUBMED,
    xml_libraries.ACL,
    xml_reference_managers.ENDNOTE,
    xml_reference_managers.RDF,
    xml_publishers.CROSSREF,
    xml_publishers.PUBMED_SUMMARIES,
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
    text_exports.WIKIPEDIA,
    mail.FORMAT,
    arxiv_text.LISTING,
    text_exports.NEP,
    text_exports.PUBMED_TEXT,
    text_exports.BBL,
    yaml_bibliography.FORMAT,
    text_exports.ORG,
    front_matter.FORMAT,
    csv_table.FORMAT,  # an abstract in a cell may hold lines of the formats below
    tagged_exports.RIS,
    bibtex.FORMAT,
    tagged_exports.ISI,
    tagged_exports.REFWORKS,
    tagged_exports.NBIB,
    tagged_exports.OVID,
    tagged_exports.COCHRANE,
    tagged_exports.REFER,
    title_list.FORMAT,
    markdown_links.FORMAT,
    daily_papers_text.FORMAT,
)
"""In the order in which a file is tried, the most specific first."""
_OTHER_FORMATS = {
    b"{\\rtf": "RTF", b"%!PS": "PostScript", b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image", b"RIFF": "sound or video",
    b"OggS": "sound or video", b"\xd0\xcf\x11\xe0": "an office document before 2007",
    b"SQLite format 3": "a SQLite database", b"\x7fELF": "a program", b"MZ": "a program",
    b"HEADER    ": "a structure of the PDB", b"LOCUS ": "GenBank", b"#!": "a script",
}  # fmt: skip
"""How files begin that are taken for nothing else, and what they are."""
MAX_FAILURES = 100_000
"""Records in a row without a title or identifier after which a file is given up."""
NOTHING = "no papers in it"
"""The beginning of the message for a valid file without papers."""


def read(
    what: str, today: date, format_name: str = "", on_open: OnOpen | None = None
) -> Iterator[Record | Notice]:
    """Yield the papers of a file, a folder, or `-`; a RejectedRecord for what cannot be read.

    A Notice follows the records of a file whose encoding was guessed, or in which bytes were lost.

    The format is detected in each file unless `format_name` names it. `today` completes dates
    without a year. `on_open` is called with each file.
    """
    yield from _read_streams(open_streams(what, on_open), today, format_name)


def read_bytes(
    data: bytes, where: str, today: date, format_name: str = "", charset: str = ""
) -> Iterator[Record | Notice]:
    """Yield what `read` yields of a file that was fetched from `where`.

    The papers name `where` as their source. `charset` is the encoding that came with the file.
    """
    streams = unpack(where, io.BytesIO(data), where, charset=charset)
    yield from _read_streams(streams, today, format_name)


def _read_streams(
    streams: Iterable[InputStream | RejectedRecord], today: date, format_name: str
) -> Iterator[Record | Notice]:
    for each in streams:
        if isinstance(each, RejectedRecord):
            yield each
        else:
            with each.stream:
                yield from _read_stream(each, today, format_name)
            if notice := each.converter.notice:
                yield Notice(each.where, notice)


def _read_stream(source: InputStream, today: date, format_name: str) -> Iterator[Record]:
    count = failures = 0
    try:
        detected = detect_format(source, format_name)
        if isinstance(detected, RejectedRecord):
            yield detected
            return
        for record in detected.read(source.stream, source.where, today):
            count += 1
            failures += 1
            if isinstance(record, Paper):
                failures = 0
                if not record.sources:
                    record = record.from_source(source.name)
            elif record.ids:
                failures = 0
            yield record
            if failures >= MAX_FAILURES:
                why = f"{MAX_FAILURES:,} records in a row are no papers; the rest is not read"
                yield RejectedRecord(source.where, why)
                return
        if not count:
            yield RejectedRecord(source.where, f"{NOTHING}, read as {detected.label}")
    except UnreadableDocument as error:
        yield RejectedRecord(source.where, str(error))
    except (EOFError, zlib.error) as error:
        why = f"the compressed file is damaged after {count} records: {error}"
        yield RejectedRecord(source.where, why)
    except OSError as error:
        why = f"cannot be read after {count} records: {error.strerror or error}"
        yield RejectedRecord(source.where, why)
    except Exception as error:  # a parser fails at the file itself, not at one of its records
        raise_under_pytest(error)
        why = f"cannot be understood after {count} records: {describe_error(error)}"
        yield RejectedRecord(source.where, why)


def detect_format(source: InputStream, format_name: str = "") -> SourceFormat | RejectedRecord:
    """Return the format of that name, else the first that recognises the beginning of the file."""
    if format_name:
        named = next((each for each in FORMATS if each.name == format_name), None)
        return named or RejectedRecord(source.where, f"no format is called “{format_name}”")
    head = source.head
    if not head.strip():
        return RejectedRecord(source.where, "the file is empty")
    kinds = (kind for magic, kind in _OTHER_FORMATS.items() if head.startswith(magic))
    if name := next(kinds, ""):
        return RejectedRecord(source.where, f"{name}, which Sheaf does not read")
    if not is_text(head) and not pdf.sniff(head):
        return RejectedRecord(source.where, "not text, and of an unknown format")
    if detected := next((each for each in FORMATS if each.sniff(head)), None):
        return detected
    root = root_element(head)
    kind = f": XML with the root <{root}>" if root else ""
    return RejectedRecord(source.where, f"unknown format{kind}")
