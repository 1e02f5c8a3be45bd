"""Org mode: one paper for each heading, its fields in properties, as org-bibtex and Ebib write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.sources.engines.whole_text import TextFormat
from tui.sources.tex import tex_to_text

_ENTRY = re.compile(
    r"(?:\A\s*|^\*+[ \t]+(?P<heading>[^\n]*)\n(?:[ \t]*(?:CLOSED|SCHEDULED|DEADLINE)[^\n]*\n)*)"
    r"[ \t]*:PROPERTIES:[ \t]*\n(?P<properties>(?:[ \t]*:[^\n]*\n)*?)[ \t]*:END:"
    r"(?P<title>\n#\+TITLE:[^\n]*)?",
    re.MULTILINE | re.IGNORECASE,
)
_PROPERTY = re.compile(r"^[ \t]*:([\w+-]+):[ \t]*(.*)$", re.MULTILINE)
_STATE_AND_TAGS = re.compile(r"^(?:[A-Z]{3,12}[ \t]+)?(?:\[#\w\][ \t]*)?|[ \t]+:[\w@:]+:[ \t]*$")
_WORK = frozenset(("author", "doi", "year", "eprint", "btype", "arxivid", "arxiv"))
"""Properties that only the heading of a work has; any task may have a title or an URL."""


def _split(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the properties of each heading that is of a work."""
    for entry in _ENTRY.finditer(text):
        properties = {
            name.lower().removeprefix("bib_"): value.strip()
            for name, value in _PROPERTY.findall(entry["properties"])
        }
        if properties.keys() & _WORK:
            title = (entry["title"] or "").partition(":")[2]  # of a file, as org-roam writes it
            heading = _STATE_AND_TAGS.sub("", (entry["heading"] or title).strip())
            yield entry.start(), properties | {"heading": heading}


def _fields(properties: dict[str, str]) -> dict[str, Any]:
    eprints = (properties.get(name) for name in ("eprint", "arxivid", "arxiv"))
    return properties | {
        "title": tex_to_text(properties.get("title", "")) or properties["heading"],
        "authors": tex_to_text(properties.get("author", "")),
        "arxiv": next(filter(None, eprints), ""),
    }


FORMAT = TextFormat(
    "org",
    "Org mode with properties of papers",
    lambda text: any(True for _ in _split(text)),
    _split,
    _fields,
).format()
