"""A note on one paper, as Obsidian, Logseq and Hugo keep it: its fields above the text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from tui.sources.engines.whole_text import TextFormat
from tui.sources.engines.yaml import parse_yaml

_YAML = re.compile(r"\A\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\s*\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
"""As Hugo has it."""
_PROPERTY = re.compile(r"^[ \t]*(?:-[ \t]+)?([A-Za-z][\w -]{0,40})::[ \t]*(.*)$", re.MULTILINE)
"""As Logseq has it: `title:: A Work`."""
_ABSTRACT = re.compile(
    r"^(?:[ \t]*-)?[ \t]*(?:#+[ \t]*abstract|\[\[abstract\]\]|\*\*abstract\*\*)\W*\n"
    r"(.+?)(?=\n[ \t]*[#-]|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
"""The text under a heading that says so, up to the next heading or item."""
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
"""`[[page]]` or `[[page|shown text]]`: note-takers make a page of each author."""
_WORK = frozenset(("authors", "journal", "doi", "citekey", "year", "arxiv", "item-type", "itemtype",
                   "paperurl", "publication", "venue"))  # fmt: skip
"""Fields that only the note of a work has; posts have an `author` too."""
_VENUES = ("journal", "publication-title", "venue", "publication", "conference")


def _matches(text: str) -> bool:
    """Whether there are fields above the text, a title and something only a work has among them."""
    fields = _front_matter(text)
    return bool(_plain(fields.get("title"))) and bool(fields.keys() & _WORK)


def _front_matter(text: str) -> Mapping[str, Any]:
    """The fields above the text, or the properties that begin a Logseq page; keys in lower case."""
    fields: Any = None
    try:
        if front := _YAML.match(text):
            fields = parse_yaml(front[1])
        elif front := _TOML.match(text):
            fields = tomllib.loads(front[1])
        elif _PROPERTY.match(text.lstrip()):
            head = re.split(r"\n[ \t]*\n", text.lstrip(), maxsplit=1)[0]
            fields = {name: _plain(value) for name, value in _PROPERTY.findall(head)}
    except ValueError:
        return {}
    if not isinstance(fields, dict):
        return {}
    return {name.lower(): value for name, value in fields.items() if isinstance(name, str)}


def _fields(text: str) -> dict[str, Any]:
    front = _front_matter(text)
    abstract = _ABSTRACT.search(text)
    body_abstract = re.sub(r"^\s*-[ \t]+", "", abstract[1]) if abstract else ""
    writers = front.get("authors") or front.get("author")
    day = front.get("date")  # TOML has a type for dates
    return {
        **front,
        "title": _plain(front.get("title")).removeprefix("@"),
        "authors": [each if isinstance(each, Mapping) else _plain(each) for each in writers]
        if isinstance(writers, list)
        else _plain(writers),
        "abstract": _plain(front.get("abstract")) or body_abstract,
        "published": (day.isoformat()[:10] if isinstance(day, date) else _plain(day))
        or _plain(front.get("year")),
        "venue": next((_plain(v) for n in _VENUES if isinstance(v := front.get(n), str)), ""),
        "url": _plain(front.get("url") or front.get("paperurl") or front.get("url_pdf")),
        "pdf_url": _plain(front.get("pdf") or front.get("url_pdf")),
        "categories": None,  # the tags of a note are of the note
        "comment": "",
    }


def _plain(value: Any) -> str:
    """A text without the brackets of links to other notes; empty for any other value."""
    return _LINK.sub(r"\1", value).strip() if isinstance(value, str) else ""


FORMAT = TextFormat(
    "note", "a note with the fields of a paper above it", _matches, lambda t: [(0, t)], _fields
)
