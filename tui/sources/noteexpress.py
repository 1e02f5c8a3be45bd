"""NoteExpress, as CNKI and Wanfang export it: `{Title}: …`, from one `{Reference Type}` to the
next."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import tagged
from tui.sources.names import to_reading_order
from tui.sources.tagged import Layout, Tags, every, first


def _common(tags: Tags) -> dict[str, Any]:
    names = [name for text in every(tags, "AUTHOR") for name in re.split("[;；]", text)]
    return {
        "title": first(tags, "TITLE"),
        "authors": [to_reading_order(name.strip()) for name in names],
        "abstract": "\n".join(every(tags, "ABSTRACT")),
        "published": first(tags, "DATE"),
        "year": first(tags, "YEAR"),
        "venue": first(tags, "JOURNAL", "SECONDARY TITLE", "PUBLISHER"),
        "categories": [w for text in every(tags, "KEYWORDS") for w in re.split("[;；]+", text)],
        "doi": first(tags, "DOI"),
        "url": first(tags, "URL"),
    }


FORMAT = tagged.source(
    "noteexpress",
    "NoteExpress (tagged)",
    re.compile(r"\A\s*\{Reference Type\}:"),
    Layout(
        re.compile(r"\{([A-Za-z][A-Za-z/() -]{1,40})\}:[ \t]*(.*)$"),
        begins=frozenset(("REFERENCE TYPE",)),
    ),
    _common,
)
