"""Papers with hostile or unusual texts, and a library with papers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authors import authors
from tui.core.paper import Paper
from tui.export.formats import find_format
from tui.export.item import ExportItem
from tui.library.library import Library

URL = 'https://x.org/"><script>'
HOSTILE = (
    Paper("x" * 5000, authors("Ada Lovelace"), ids={"arxiv": "2401.00001"}),
    Paper(
        r"50% of {braces} {unclosed \and back\slashes^2 #1 & $5 _a ~b", authors("A B"), "@a{x, 5%"
    ),
    Paper("Emoji 🦇 and עברית and العربية", authors("דוד לוי", "محمد علي"), "نص نص", "2024-02-29"),
    Paper("@misc{evil, title={x}}", (), "First.\n\n@book{second,\n\nTY  - JOUR", "2020"),
    Paper("No authors and no year"),
    Paper("Many", authors(*(f"Given{n} Family{n}" for n in range(3000))), "", "2021-07"),
    Paper("`quoted'' -- and --- <unk> <b |", authors("Bell and Sons", "others"), "---"),
    Paper("=HYPERLINK(1)", authors("-cmd"), "+1", "2019", venue="@x"),
    Paper("TY  - BOOK", authors("Smith, John", "ER  -"), "ER  - ", "2018"),
    Paper(
        "</title><img src=x onerror=y> \"'&amp", authors('"><b>'), "]]> --> */", links={"abs": URL}
    ),
    Paper(r"\input{/etc/x} $\write18{x}$", authors("A B"), "x", tex={"title": r"\input{/etc/x} x"}),
    Paper("Line\nends\r\nand\ttabs", authors("A\nB"), "x\n\n\n\ny"),
)
"""Cleaning would change some of it; the export must be harmless without that."""


@pytest.fixture
def hostile() -> list[Paper]:
    """Papers with hostile texts."""
    return list(HOSTILE)


@pytest.fixture
def library(home: Path, papers: list[Paper]) -> Iterator[Library]:
    """A library with the four papers of the tests."""
    with Library(home, create=True) as made:
        made.add(papers)
        yield made


def text_of(format_name: str, items: list[ExportItem]) -> str:
    """Return the text of papers in a format."""
    form = find_format(format_name)
    assert form.chunks
    return "".join(form.chunks(items))
