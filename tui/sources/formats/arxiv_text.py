r"""What arXiv sends and shows as text: its announcement mails, and its listings as copied.

A mail has its papers between lines of dashes, the parts of each between lines of `\\`. A listing
copied from the browser numbers them: `[1] arXiv:2501.01234 [pdf, other]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.sources.dates import to_iso_date
from tui.sources.encodings import decode
from tui.sources.engines.whole_text import TextFormat, split_before

_PAPER_IN_MAIL = re.compile(r"^\\\\[ \t]*\n(?:arXiv:|Paper:)", re.MULTILINE)
_RULE = re.compile(r"^(?:-{20,}|%[-%]{8,}.*)[ \t]*$", re.MULTILINE)
_PART_RULE = re.compile(r"^\\\\(?:[ \t].*)?$", re.MULTILINE)
_FIELD = re.compile(
    r"[ \t]*(Title|Authors?|Categories|Subjects|Comments|Journal-ref|Related DOI|DOI|Date|MSC-class"
    r"|ACM-class|Report-no)\s*:\s*(.*)"
)
_ID = re.compile(r"^(?:arXiv:|Paper: )\s*(\S+)", re.MULTILINE)
_HEADERS = re.compile(r"\A(?:[A-Z][\w-]*: .*\n(?:[ \t].*\n)*){2,}")
_MAIL_HEADER = re.compile(
    r"^(?:From|To|Subject|Received|Message-ID|MIME-Version|Date): ", re.M | re.I
)
"""Only a mail has these; the RIS of some publishers begins with `Provider:` and `Content:`."""
_ENCODED = re.compile(r"^Content-Transfer-Encoding:\s*(?:base64|quoted)", re.I | re.M)

_LISTED = re.compile(r"^[ \t]*\[\d+\][ \t]+arXiv:(?P<id>\S+)[^\n]*$", re.MULTILINE)
_DAY = re.compile(
    r"^[^\n\[]*?((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? \d{1,2} \w+ \d{4})", re.MULTILINE
)
_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_SHORTEST_ABSTRACT = 100
"""Characters; a listing without abstracts still has a few words of navigation below a paper."""


def _is_mail(text: str) -> bool:
    """Whether a paper begins as in these mails, or any other mail came from arXiv."""
    headers = _HEADERS.match(text)
    return _PAPER_IN_MAIL.search(text) is not None or (
        headers is not None
        and _MAIL_HEADER.search(headers[0]) is not None
        and re.search(r"arxiv\.org", text[:4096], re.I) is not None
    )


def _split_mail(text: str) -> Iterator[tuple[int, str]]:
    """Yield each block between two rules that has a paper in it."""
    start = 0
    for end, next_start in [*(found.span() for found in _RULE.finditer(text)), (len(text), 0)]:
        block = text[start:end]
        if _ID.search(block) and "\\\\" in block:
            yield start + len(block) - len(block.lstrip()), block
        start = next_start


def _decode_body(text: str) -> str:
    """Return the text of a mail, out of its transfer encoding where it has one."""
    if not (_HEADERS.match(text[:8192]) and _ENCODED.search(text)):
        return text
    from email import message_from_bytes, policy

    message = message_from_bytes(text.encode(), policy=policy.default)
    part = message.get_body(preferencelist=("plain",))
    content = part.get_payload(decode=True) if part is not None else None
    return decode(content).replace("\r\n", "\n") if isinstance(content, bytes) else text


def _mail_fields(block: str) -> dict[str, Any]:
    """The fields of one paper; one that was only replaced comes without its abstract."""
    parts = [part for part in _PART_RULE.split(block) if part.strip()]
    fields: dict[str, str] = {}
    current = ""
    for line in parts[0].split("\n") if parts else []:
        if (found := _FIELD.match(line)) and not line[0].isspace():
            current = found[1]
            fields[current] = found[2].strip()
        elif current and line.startswith((" ", "\t")):
            fields[current] += " " + line.strip()
        else:
            current = ""
    identifier = _ID.search(block)
    return _common_fields(fields) | {
        "id": identifier[1] if identifier else "",
        "abstract": parts[1].strip() if len(parts) > 1 else "",
        "published": fields.get("Date", "").split("(")[0],
        "categories": fields.get("Categories", ""),
    }


def _is_listing(text: str) -> bool:
    """Whether there is an entry as a listing numbers it, with its title below."""
    return _LISTED.search(text) is not None and re.search(r"^\s*Title:", text, re.M) is not None


def _split_listing(text: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Yield each entry as its identifier, the day it was listed on, and its text."""
    day, at = "", 0
    for entry, body in split_before(_LISTED, text):
        for found in _DAY.finditer(text, at, entry.start()):
            day = to_iso_date(found[1])
        at = entry.start()
        yield at, (entry["id"], day, body)


def _listing_fields(entry: tuple[str, str, str]) -> dict[str, Any]:
    """The fields of an entry: first those with a name, then the authors, then the abstract."""
    identifier, day, body = entry
    fields: dict[str, str] = {}
    rest: list[str] = []
    for line in body.split("\n"):
        if found := _FIELD.match(line):
            fields[found[1]] = found[2].strip()
        elif line.strip() and "Title" in fields and "Authors" not in fields:
            fields["Authors"] = line.strip()
        elif "Authors" in fields and not _DAY.match(line):
            rest.append(line)
    abstract = "\n".join(rest).strip()
    return _common_fields(fields) | {
        "id": identifier,
        "listed": day,
        "abstract": abstract if len(abstract) > _SHORTEST_ABSTRACT else "",
        "categories": " ".join(_SUBJECT.findall(fields.get("Subjects", ""))),
    }


def _common_fields(fields: dict[str, str]) -> dict[str, Any]:
    doi = fields.get("Related DOI", "") or fields.get("DOI", "")
    return {
        "title": fields.get("Title", ""),
        "authors": " ".join((fields.get("Authors", "") or fields.get("Author", "")).split()),
        "venue": fields.get("Journal-ref", "") or "arXiv",
        "comment": fields.get("Comments", ""),
        "doi": doi.split(" ")[0],
    }


MAIL = TextFormat(
    "arxiv-mail",
    "an announcement mail of arXiv",
    _is_mail,
    _split_mail,
    _mail_fields,
    prepare=_decode_body,
)
LISTING = TextFormat(
    "arxiv-page", "the text of an arXiv listing", _is_listing, _split_listing, _listing_fields
)
