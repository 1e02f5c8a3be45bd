"""The Cochrane Library's citations as text: `Record #1 of 20`, then `ID: CN-…`, `AU: …` a line."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import tagged
from tui.sources.tagged import Layout, Tags, every, first


def _common(tags: Tags) -> dict[str, Any]:
    pubmed = re.search(r"PUBMED (\d+)", " ".join(every(tags, "PM") + every(tags, "XR")))
    return {
        "title": first(tags, "TI"),
        "authors": every(tags, "AU"),
        "abstract": first(tags, "AB"),
        "year": first(tags, "YR"),
        "venue": first(tags, "SO"),
        "categories": [word.lstrip("*") for word in re.split(r"\s*;\s*", first(tags, "KY"))],
        "doi": first(tags, "DOI"),
        "pmid": pubmed[1] if pubmed else "",
        "url": first(tags, "US", "UR"),
    }


FORMAT = tagged.source(
    "cochrane",
    "Cochrane Library (text)",
    re.compile(r"^Record #\d+ of \d+\n(?:.*\n)??ID: ", re.MULTILINE),
    Layout(
        re.compile(r"([A-Z]{2,3}): ?(.*)"),
        begins=frozenset(("ID",)),
        skipped=re.compile(r"Record #\d+ of \d+"),
        counts=lambda tags: "ID" in tags,
    ),
    _common,
)
