r"""arXiv's announcement mails: papers between lines of dashes, their parts between `\\`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.sources.base import MAX_DOCUMENT, Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import decode, opening

_START = re.compile(r"^\\\\[ \t]*\n(?:arXiv:|Paper:)", re.MULTILINE)
_RULE = re.compile(r"^(?:-{20,}|%[-%]{8,}.*)[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^(Title|Authors?|Categories|Comments|Journal-ref|DOI|Date)\s*:[ \t]*(.*)$")
_ID = re.compile(r"^(?:arXiv:|Paper: )\s*(\S+)", re.MULTILINE)
_HEADERS = re.compile(r"\A(?:[A-Z][\w-]*: .*\n(?:[ \t].*\n)*){2,}")

_OF_MAIL = re.compile(r"^(?:From|To|Subject|Received|Message-ID|MIME-Version|Date): ", re.M | re.I)
"""What only a mail begins with; `Provider:` and `Content:` stand before the RIS of publishers."""


def sniff(head: bytes) -> bool:
    """A paper as these mails begin one, or a mail from arXiv in another wrapping."""
    text = opening(head)
    headers = _HEADERS.match(text)
    return _START.search(text) is not None or (
        headers is not None
        and _OF_MAIL.search(headers[0]) is not None
        and re.search(r"arxiv\.org", text[:4096], re.I) is not None
    )


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each paper; what is only replaced comes without its abstract, as arXiv sends it."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(where, f"larger than {MAX_DOCUMENT >> 20} MiB, too large for a mail")
        return
    text = _body(data)
    line = 1
    for block, after in _blocks(text):
        if _ID.search(block) and "\\\\" in block:
            begins = len(block) - len(block.lstrip())
            place = f"{where}:{line + block.count(chr(10), 0, begins)}"
            try:
                yield paper(_common(block))
            except NotAPaper as error:
                yield RejectedRecord(place, str(error))
        line += after


def _body(data: bytes) -> str:
    """The text of the mail, out of its transfer encoding where it has one."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    head = text[:8192]
    if _HEADERS.match(head) and re.search(r"^Content-Transfer-Encoding:\s*(?:base64|quoted)",
                                          text, re.I | re.M):  # fmt: skip
        from email import message_from_bytes, policy

        message = message_from_bytes(data, policy=policy.default)
        part = message.get_body(preferencelist=("plain",))
        content = part.get_payload(decode=True) if part is not None else None
        if isinstance(content, bytes):
            text = decode(content).replace("\r\n", "\n")
    return text


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    """(block, its lines with the rule after it)."""
    at = 0
    for rule in _RULE.finditer(text):
        yield text[at : rule.start()], text.count("\n", at, rule.end())
        at = rule.end()
    yield text[at:], 0


def _common(block: str) -> dict[str, Any]:
    parts = re.split(r"^\\\\(?:[ \t].*)?$", block, flags=re.MULTILINE)
    parts = [part for part in parts if part.strip()]
    fields = _fields(parts[0] if parts else "")
    found = _ID.search(block)
    return {
        "id": found[1] if found else "",
        "title": fields.get("Title", ""),
        "authors": re.sub(r"\s+", " ", fields.get("Authors", "") or fields.get("Author", "")),
        "abstract": parts[1].strip() if len(parts) > 1 else "",
        "published": fields.get("Date", "").split("(")[0],
        "venue": fields.get("Journal-ref", "") or "arXiv",
        "categories": fields.get("Categories", ""),
        "doi": fields.get("DOI", "").split(" ")[0],
        "comment": fields.get("Comments", ""),
    }


def _fields(head: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    current = ""
    for line in head.split("\n"):
        if found := _FIELD.match(line):
            current = found[1]
            fields[current] = found[2].strip()
        elif current and line.startswith((" ", "\t")):
            fields[current] += " " + line.strip()
        else:
            current = ""
    return fields


SOURCE = Source("arxiv-mail", "an announcement mail of arXiv", sniff, read)
