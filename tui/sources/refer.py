"""refer, BibIX and EndNote's tagged export: lines of `%A`, `%T`, … with a blank line between."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import tagged
from tui.sources.markup import markup_to_text
from tui.sources.names import to_reading_order
from tui.sources.tagged import Layout, Tags, every, first


def _common(tags: Tags) -> dict[str, Any]:
    authors = [name for text in every(tags, "A", "E") for name in markup_to_text(text).split(";")]
    about = " ".join(every(tags, "R") + every(tags, "I") + every(tags, "U") + every(tags, "J"))
    found = re.search(r"\b10\.\d{4,9}/[^\s;]+", about)
    arxiv = re.search(r"(?:arxiv:|arxiv\.org/abs/)\s*(\S+?)(?:v\d+)?(?=[\s;]|$)", about, re.I)
    return {
        "title": first(tags, "T"),
        "authors": [to_reading_order(name.strip()) for name in authors],
        "abstract": "\n".join(every(tags, "B") if _is_ads(tags) else every(tags, "X")),
        "published": first(tags, "8")
        if re.search(r"\d{4}", first(tags, "8"))
        else f"{first(tags, '8')} {first(tags, 'D')}".strip(),
        "venue": first(tags, "J", "I") if _is_ads(tags) else first(tags, "J", "B", "S", "I"),
        "categories": [w for text in tags.get("K", ()) for w in re.split(r"\s*[;\n]\s*", text)],
        "doi": found[0] if found else "",
        "arxiv": arxiv[1] if arxiv else "",
        "url": first(tags, "U"),
        "comment": first(tags, "X") if _is_ads(tags) else "",
    }


def _is_ads(tags: Tags) -> bool:
    """Whether `%B` is the abstract, as the Astrophysics Data System writes it, not the book."""
    return ("X" not in tags and len(first(tags, "B")) > 300) or bool(
        "R" in tags and re.match(r"\d{4}\S{15}$", first(tags, "R"))
    )  # fmt: skip


FORMAT = tagged.source(
    "refer",
    "EndNote or refer (tagged)",
    re.compile(r"\A\s*%[0A-Z@](?: .*)?\n(?:[^%\n].*\n)*%[A-Z0-9@*?!](?: |$)", re.MULTILINE),
    Layout(
        re.compile(r"%([0-9A-Z@*?!<>+^&()$#~=\[\]])(?: (.*)|())$", re.IGNORECASE),
        begins=frozenset(("0",)),
        blank_ends=True,
        counts=lambda tags: bool(tags.keys() - {"0"}),
    ),
    _common,
)
