"""Citations of Wikipedia: `{{cite journal |last=Roe |title=A Work |doi=10.5555/abc}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.sources.dates import join_date
from tui.sources.engines.whole_text import TextFormat, split_before
from tui.sources.names import RawAuthor, read_person

_START = re.compile(r"\{\{\s*(?:cite\b|citation(?=\s*\|))", re.IGNORECASE)
_SIGN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\|")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|'{2,5}")
"""`[[page]]` or `[[page|shown text]]`, and the quotes of emphasis."""
_VENUES = ("journal", "conference", "book-title", "work", "magazine", "newspaper", "website",
           "encyclopedia", "publisher", "institution")  # fmt: skip
_MAX_AUTHORS = 1000


def _split(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the parameters of each citation; a template or link inside one belongs to its value."""
    for start, rest in split_before(_START, text):
        depth, pieces, begin = 1, [], 0
        for sign in _SIGN.finditer(rest):
            depth += {"{{": 1, "[[": 1, "}}": -1, "]]": -1}.get(sign[0], 0)
            if depth == 0 or (depth == 1 and sign[0] == "|"):
                pieces.append(rest[begin : sign.start()])
                begin = sign.end()
            if depth == 0:
                break
        pairs = (piece.split("=", 1) for piece in pieces if "=" in piece)
        yield start.start(), {name.strip().lower(): _plain(value) for name, value in pairs}


def _plain(value: str) -> str:
    return _LINK.sub(lambda found: found[1] or "", value).strip()


def _fields(given: dict[str, str]) -> dict[str, Any]:
    authors = list(_authors(given)) or given.get("vauthors") or given.get("authors", "")
    return {
        "title": given.get("title") or given.get("chapter"), "authors": authors,
        "published": given.get("date") or join_date(given.get("year", ""), given.get("month", "")),
        "venue": next((given[name] for name in _VENUES if given.get(name)), ""),
        "doi": given.get("doi"), "pmid": given.get("pmid"),
        "arxiv": given.get("arxiv") or given.get("eprint"), "url": given.get("url"),
    }  # fmt: skip


def _authors(given: dict[str, str]) -> Iterator[RawAuthor]:
    """Yield the names of `last1`, `first1`, `author2`, …; the first may have no number."""
    for number in ("", *map(str, range(1, _MAX_AUTHORS))):
        family = given.get(f"last{number}") or given.get(f"surname{number}", "")
        name = given.get(f"author{number}") or read_person(
            given.get(f"first{number}") or given.get(f"given{number}", ""), family
        )
        if name:
            yield name
        elif number and number != "1":
            return


FORMAT = TextFormat(
    "wikipedia",
    "citations of Wikipedia",
    lambda text: _START.match(text.lstrip(" \t\n*#")) is not None,
    _split,
    _fields,
)
