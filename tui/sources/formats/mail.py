"""Mails: announcements of arXiv, alerts of Google Scholar, any mail whose text links to papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from tui.sources.decoding import decode_head
from tui.sources.encodings import decode
from tui.sources.engines.whole_text import read_cut, read_whole
from tui.sources.formats import arxiv_text, markdown_links, webpage
from tui.sources.formats.text_exports import NEP
from tui.sources.interface import FunctionFormat, Record

_HEADERS = re.compile(r"\A(?:[A-Z][\w-]*: .*\n(?:[ \t].*\n)*){2,}")
_MAIL_HEADER = re.compile(
    r"^(?:From|To|Subject|Received|Message-ID|MIME-Version|Date): ", re.M | re.I
)
"""Only a mail has these; the RIS of some publishers begins with `Provider:` and `Content:`."""


def sniff(head: bytes) -> bool:
    """The headers of a mail, or the papers of an announcement without them."""
    text = decode_head(head)
    headers = _HEADERS.match(text)
    has_headers = headers is not None and _MAIL_HEADER.search(headers[0]) is not None
    return has_headers or arxiv_text.is_announcement(text)


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield the papers of the mail, from its page where it has one."""
    text, page = _parts(read_whole(stream))
    if arxiv_text.is_announcement(text):
        yield from arxiv_text.read_announcement(text, where)
    elif NEP.matches(text):
        yield from read_cut(text, where, NEP.split, NEP.fields)
    elif page:
        yield from webpage.read_page(page, where)
    else:
        yield from markdown_links.papers_in(text.split("\n"), where, references=True)


def _parts(data: bytes) -> tuple[str, str]:
    """Return the plain text and the page of a mail, out of their transfer encodings."""
    if not _HEADERS.match(decode_head(data[:8192])):
        return _lines(data), ""
    from email import message_from_bytes

    message = message_from_bytes(data)
    texts = {"plain": "", "html": ""}
    for part in message.walk():
        content = part.get_payload(decode=True)
        kind = part.get_content_subtype()
        if part.get_content_maintype() == "text" and isinstance(content, bytes):
            texts[kind] = texts.get(kind) or _lines(content)
    return texts["plain"], texts["html"]


def _lines(data: bytes) -> str:
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")


FORMAT = FunctionFormat("mail", "a mail with links to papers", sniff, read)
