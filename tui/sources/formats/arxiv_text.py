r"""What arXiv sends and shows as text: its announcement mails, and its listings as copied.

A mail has its papers between lines of dashes, the parts of each between lines of `\\`. A listing
copied from the browser numbers them: `[1] arXiv:2501.01234 [pdf, other]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.sources.dates import to_iso_date
from tui.sources.engines.whole_text import TextFormat, read_cut, split_before
from tui.sources.interface import Record

_PAPER_IN_MAIL = re.compile(r"^\\\\[ \t]*\n(?:arXiv:|Paper:)", re.MULTILINE)
_RULE = re.compile(r"^(?:-{20,}|%[-%]{8,}.*)[ \t]*$", re.MULTILINE)
_PART_RULE = re.compile(r"^\\\\(?:[ \t].*)?$", re.MULTILINE)
_FIELD = re.compile(
    r"[ \t]*(Title|Authors?|Categories|Subjects|Comments|Journal-ref|Related DOI|DOI|Date|MSC-class"
    r"|ACM-class|Report-no)\s*:\s*(.*)"
)
_ID = re.compile(r"^(?:arXiv:|Paper: )\s*(\S+)", re.MULTILINE)

_LISTED = re.compile(r"^[ \t]*\[\d+\][ \t]+arXiv:(?P<id>\S+)[^\n]*$", re.MULTILINE)
_DAY = re.compile(
    r"^[^\n\[]*?((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,? \d{1,2} \w+ \d{4})", re.MULTILINE
)
_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_SHORTEST_ABSTRACT = 100
"""Characters; a listing without abstracts still has a few words of navigation below a paper."""


def is_announcement(text: str) -> bool:
    """Whether a paper begins in a text as in the mails of arXiv."""
    return _PAPER_IN_MAIL.search(text) is not None


def read_announcement(text: str, where: str) -> Iterator[Record]:
    """Yield each paper of a mail."""
    yield from read_cut(text, where, _split_mail, _mail_fields)


def _split_mail(text: str) -> Iterator[tuple[int, str]]:
    """Yield each block between two rules that has a paper in it."""
    start = 0
    for end, next_start in [*(found.span() for found in _RULE.finditer(text)), (len(text), 0)]:
        block = text[start:end]
        if _ID.search(block) and "\\\\" in block:
            yield start + len(block) - len(block.lstrip()), block
        start = next_start


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


LISTING = TextFormat(
    "arxiv-page", "the text of an arXiv listing",
    lambda text: bool(_LISTED.search(text) and re.search(r"^\s*Title:", text, re.MULTILINE)),
    _split_listing, _listing_fields,
)  # fmt: skip
