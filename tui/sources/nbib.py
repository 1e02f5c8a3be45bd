"""PubMed's tagged records (`PMID- …`), and others of its shape: MEDLINE, Ovid, ERIC, Copac."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import tagged
from tui.sources.names import to_reading_order
from tui.sources.tagged import Layout, Tags, every, first

_NO_TITLE = re.compile(r"\[Not Available\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\[\]]+\]\.?")
_NOTE = re.compile(r"\s*\[[^\]]*\]?")
_LINE = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")


def _common(tags: Tags) -> dict[str, Any]:
    places = every(tags, "AID") + every(tags, "LID") + every(tags, "DO")
    return {
        "title": " ".join(_translated(t) for t in every(tags, "TI") if not _NO_TITLE.match(t))
        or " ".join(every(tags, "BTI", "TT")),
        "authors": [
            to_reading_order(_NOTE.sub("", name))
            for name in (every(tags, "FAU", "AU") + every(tags, "CN")) or every(tags, "FED", "ED")
        ],
        "abstract": "\n\n".join(every(tags, "AB")),
        "published": _date(first(tags, "DP", "DEP", "YR", "PY", "DA")),
        "venue": first(tags, "JT", "TA", "SO", "SE"),
        "categories": [word.lstrip("*") for word in every(tags, "OT", "MH")],
        "doi": next((p for p in places if "[doi]" in p or p.lower().startswith(("doi", "10."))), "")
        .removesuffix("[doi]"),
        "pmid": first(tags, "PMID"),
        "url": next((p for p in places if p.startswith("http")), first(tags, "UR")),
    }  # fmt: skip


def _translated(title: str) -> str:
    """MEDLINE has brackets around what it translated."""
    return title[1:].removesuffix(".").removesuffix("]") if _BRACKETS.fullmatch(title) else title


def _date(text: str) -> str:
    """`2025 May 3` and `20250503` as `tui.sources.dates` reads them."""
    compact = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    return (
        "-".join(compact.groups())
        if compact
        else re.sub(r"^(\d{4}) (\d\d) (\d\d)$", r"\1-\2-\3", text)
    )


FORMAT = tagged.source(
    "nbib",
    "PubMed (NBIB, MEDLINE)",
    re.compile(
        r"\A\s*(?:<\d+\.? ?>\s*)?(?:PMID|OWN|PMCR?|TI|AU|FAU|VN|UI|AN|STAT|JT) {0,3}- ?\S"
        r"(?:.*\n)+?(?:[A-Z]{2,4} {0,3}-|\s*\Z)"
    ),
    Layout(
        _LINE,
        begins=frozenset(("PMID", "VN")),
        blank_ends=True,
        skipped=re.compile(r"<\d+\.? ?>"),
        counts=lambda tags: len(tags) > 1 or "TI" in tags,
    ),
    _common,
)
