r"""The `.bbl` that BibTeX leaves beside a paper: `\bibitem`, its parts after `\newblock`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tui.core import identifiers as ids
from tui.sources import people
from tui.sources.base import MAX_DOCUMENT, Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.latex import from_tex
from tui.sources.text import decode, opening

_ITEM = re.compile(r"^[ \t]*\\bibitem", re.MULTILINE)
_KEY = re.compile(r"\{([^{}\n]{1,200})\}\s*\n")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)[a-z]?\b")
_NAMED = re.compile(
    r"10\.\d{4,9}/[^\s{}]+|(?:arxiv:|arxiv\.org/abs/)\s*\d{4}\.\d{4,5}", re.IGNORECASE
)
_LISTED = re.compile(r",?\s+and\s+|,\s+(?!(?:Jr|Sr)\b)")


def sniff(head: bytes) -> bool:
    """The environment with an item in it."""
    text = opening(head)
    return "\\begin{thebibliography}" in text and _ITEM.search(text) is not None


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each item that says by its blocks which part is its title."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(where, f"larger than {MAX_DOCUMENT >> 20} MiB")
        return
    text = decode(data).replace("\r\n", "\n").partition("\\end{thebibliography}")[0]
    starts = [found.start() for found in _ITEM.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        place = f"{where}:{text.count(chr(10), 0, start) + 1}"
        key = _KEY.search(text, start, end)
        try:
            yield paper(_common(text[key.end() if key else start : end]))
        except NotAPaper as error:
            yield RejectedRecord(f'{place}: item "{key[1]}"' if key else place, str(error))


def _common(item: str) -> dict[str, Any]:
    blocks = item.split("\\newblock")
    if len(blocks) < 2:
        raise NotAPaper("no \\newblock tells where its title begins")
    plain = [from_tex(block).strip().rstrip(".") for block in blocks]
    names = re.sub(r"\s*\(?\d{4}[a-z]?\)?$", "", plain[0])
    years = _YEAR.findall(" ".join([*plain[2:], plain[0]]))
    found: dict[str, str] = {}
    for name in _NAMED.findall(item):
        found |= ids.from_bare(name.rstrip(".,")) or ids.from_url(f"https://{name.rstrip('.,')}")
    return {
        "title": plain[1],
        "authors": [people.turned(name) for name in _LISTED.split(names)],
        "published": years[-1] if years else "",
        "venue": plain[2].removeprefix("In ").split(",")[0] if len(plain) > 2 else "",
        "ids": found,
    }


SOURCE = Source("bbl", "the bibliography of a LaTeX run (.bbl)", sniff, read)
