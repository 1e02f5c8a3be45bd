"""Web of Science, ISI and INSPEC (`FN`, `PT`, … `ER`), and RefWorks (`RT`, …), which look alike."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import tagged
from tui.sources.names import to_reading_order
from tui.sources.tagged import Layout, Tags, every, first

_LINE = re.compile(r"([A-Z][A-Z0-9])(?:[ \t]+(.*)|())$")


def _common(tags: Tags) -> dict[str, Any]:
    full, short = every(tags, "AF"), every(tags, "AU", "A1", "BA", "BE")
    return {
        "title": first(tags, "TI", "T1"),
        "authors": [to_reading_order(one) for a in (full or short) for one in a.split(";")],
        "abstract": "\n".join(every(tags, "AB")),
        "published": _date(tags),
        "year": first(tags, "PY", "YR"),
        "venue": first(tags, "SO", "JF", "JO", "T2", "SE"),
        "categories": [w for text in every(tags, "DE", "K1", "ID")[:50] for w in text.split(";")]
        if not tags.get("RT") else every(tags, "K1"),
        "doi": first(tags, "DI", "DO"),
        "pmid": first(tags, "PM"),
        "url": first(tags, "LK", "UL"),
    }  # fmt: skip


def _date(tags: Tags) -> str:
    day, year = first(tags, "PD", "FD"), first(tags, "PY", "YR")
    return day if year in day else f"{day} {year}" if re.search("[A-Za-z]", day) else ""


def _is_record(tags: Tags) -> bool:
    return bool(tags.keys() - {"FN", "VR", "EF"})


ISI = tagged.source(
    "isi",
    "Web of Science (tagged)",
    re.compile(r"\A\s*(?:FN [A-Z]|PT [A-Z]\b|VR 1\.0)|^PT [A-Z]\n(?:AU|TI|AN|DT) ", re.MULTILINE),
    Layout(_LINE, frozenset(("PT",)), frozenset(("ER", "EF")), listed=frozenset(("AU", "AF")),
           counts=_is_record),
    _common,
)  # fmt: skip
REFWORKS = tagged.source(
    "refworks",
    "RefWorks (tagged)",
    re.compile(r"^RT [A-Z][A-Za-z ,]+\n(?:SR|ID|A1|T1|K1) ", re.MULTILINE),
    Layout(_LINE, frozenset(("RT",)), counts=lambda tags: "RT" in tags),
    _common,
)
