r"""The `.bbl` that BibTeX leaves beside a paper: `\bibitem`, its parts after `\newblock`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.core import identifiers as ids
from tui.sources.engines.whole_text import TextFormat, split_before
from tui.sources.record import NotAPaper
from tui.sources.tex import tex_to_text

_ITEM = re.compile(r"^[ \t]*\\bibitem", re.MULTILINE)
_KEY = re.compile(r"\{([^{}\n]{1,200})\}\s*\n")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)[a-z]?\b")
_IDENTIFIER = re.compile(
    r"10\.\d{4,9}/[^\s{}]+|(?:arxiv:|arxiv\.org/abs/)\s*\d{4}\.\d{4,5}", re.IGNORECASE
)
_BETWEEN_AUTHORS = re.compile(r",?\s+and\s+|,\s+(?!(?:Jr|Sr)\b)")


def _matches(text: str) -> bool:
    return "\\begin{thebibliography}" in text and _ITEM.search(text) is not None


def _split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each item without its label and key, which stand in braces before its first line."""
    text = text.partition("\\end{thebibliography}")[0]
    for found, item in split_before(_ITEM, text):
        key = _KEY.search(item)
        yield found.start(), item[key.end() :] if key else item


def _fields(item: str) -> dict[str, Any]:
    blocks = item.split("\\newblock")
    found: dict[str, str] = {}
    for name in _IDENTIFIER.findall(item):
        found |= ids.from_text(name.rstrip(".,")) or ids.from_url(f"https://{name.rstrip('.,')}")
    if len(blocks) < 2:
        raise NotAPaper("without \\newblock its title cannot be found", found)
    plain = [tex_to_text(block).strip().rstrip(".") for block in blocks]
    authors = re.sub(r"\s*\(?\d{4}[a-z]?\)?$", "", plain[0])
    years = _YEAR.findall(" ".join([*plain[2:], plain[0]]))
    return {
        "title": plain[1],
        "authors": _BETWEEN_AUTHORS.split(authors),
        "published": years[-1] if years else "",
        "venue": plain[2].removeprefix("In ").split(",")[0] if len(plain) > 2 else "",
        "ids": found,
    }


FORMAT = TextFormat(
    "bbl", "the bibliography of a LaTeX run (.bbl)", _matches, _split, _fields
).format()
