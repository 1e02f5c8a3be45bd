"""A note on one paper, as Obsidian and Logseq keep it: its fields above the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.sources import people, yamltext
from tui.sources.base import MAX_LINE, Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.text import decode, opening

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
"""As Hugo has it."""
_PROPERTY = re.compile(r"^[ \t]*(?:-[ \t]+)?([A-Za-z][\w -]{0,40})::[ \t]*(.*)$", re.MULTILINE)
_ABSTRACT = re.compile(
    r"^(?:[ \t]*-)?[ \t]*(?:#+[ \t]*abstract|\[\[abstract\]\]|\*\*abstract\*\*)\W*\n"
    r"(.+?)(?=\n[ \t]*[#-]|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WORK = frozenset(("author", "authors", "doi", "citekey", "year", "arxiv", "item-type", "itemtype",
                   "paperurl", "publication", "venue"))  # fmt: skip

_VENUES = ("journal", "publication-title", "venue", "publication", "conference")


def sniff(head: bytes) -> bool:
    """Fields above the text, a title and something that only a work has among them."""
    return _is_work(_fields(opening(head)))


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """The paper that the note is about."""
    text = decode(stream.read(MAX_LINE)).replace("\r\n", "\n")
    fields = _fields(text)
    abstract = _ABSTRACT.search(text)
    common = fields | {
        "title": _plain(fields.get("title")).removeprefix("@"),
        "authors": _names(fields.get("authors") or fields.get("author")),
        "abstract": _plain(fields.get("abstract"))
        or re.sub(r"^\s*-[ \t]+", "", abstract[1] if abstract else ""),
        "published": _day(fields.get("date")) or _plain(fields.get("year")),
        "venue": _plain(
            next((fields[name] for name in _VENUES if isinstance(fields.get(name), str)), "")
        ),
        "url": _plain(fields.get("url") or fields.get("paperurl") or fields.get("url_pdf")),
        "categories": None,
        "comment": "",
    }
    try:
        yield paper(common)
    except NotAPaper as error:
        yield RejectedRecord(where, str(error), error.ids)


def _fields(text: str) -> dict[str, Any]:
    """The front matter, or the properties a Logseq page begins with; keys in small letters."""
    if front := _FRONT.match(text):
        try:
            found = yamltext.parse(front[1])
        except ValueError:
            return {}
        return {k.lower(): v for k, v in found.items()} if isinstance(found, dict) else {}
    if front := _TOML.match(text):
        try:
            return {k.lower(): v for k, v in tomllib.loads(front[1]).items()}
        except ValueError:
            return {}
    if _PROPERTY.match(text.lstrip()):
        head = re.split(r"\n[ \t]*\n", text.lstrip(), maxsplit=1)[0]
        return {name.lower(): _plain(value) for name, value in _PROPERTY.findall(head)}
    return {}


def _is_work(fields: dict[str, Any]) -> bool:
    return bool(_plain(fields.get("title"))) and bool(fields.keys() & _WORK)


def _day(value: Any) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else _plain(value)


def _plain(value: Any) -> str:
    return _LINK.sub(r"\1", value).strip() if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    if isinstance(value, list):
        return [people.turned(_plain(each)) for each in value]
    return [people.turned(name) for name in people.parted(_plain(value))]


SOURCE = Source("note", "a note with the fields of a paper above it", sniff, read)
