"""Fields of a paper in Markdown: links, table rows, labelled lines.

A labelled line has one field of the paper above it: `**Authors**: …`, `- Abstract: …`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.sources.field_names import find_field

LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){1,500})\]\("
    r"<?(?P<url>[^()<>\s]{1,1000}(?:\([^()<>\s]{0,200}\)[^()<>\s]{0,1000}){0,9})>?[^()]{0,200}\)"
)
"""`[text](url "title")`; the text may contain brackets, as in `[[PDF]](…)`, and so may the URL."""
_ORG_LINK = re.compile(r"\[\[(https?://[^\[\]\s]{4,1000})\]\[([^\[\]]{1,500})\]\]")
_RST_LINK = re.compile(r"`([^`<>]{2,500})<(https?://[^<>\s]{4,1000})>`__?")
_TABLE_RULE = re.compile(r"\s*+\|?\s*+:?-{2,}+:?\s*+(?:\|\s*+:?-{2,}+:?\s*+)+\|?\s*+")
"""Possessive (`*+`): a line of blanks alone is given up at once."""
_CELL_END = re.compile(r"(?<!\\)\|")
_CELL_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
"""A link or an image whose text, which may be empty, is what the cell shows."""
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![\w*])|`|~~")
_MAX_COLUMNS = 30
"""Columns of a table that is written for readers."""
_EMPTY_CELLS = ("", "null", "n/a", "none", "None", "N/A", "TBD")
_CELL_FIELDS = (
    "title", "authors", "abstract", "published", "year", "venue", "categories", "comment",
)  # fmt: skip
_LABELS = {
    "title": "title|paper title|标题|タイトル",
    "authors": "author|authors|author(s)|authored by|作者|著者",
    "venue": "venue|journal|conference|published in|publication",
    "published": "published|publish date|published date|publishing date|publication date|submitted"
    "|submitted on|date|year|发布日期|发表日期",
    "abstract": "abstract|摘要",
}
_FIELD_OF_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split("|")}
_LABELLED = re.compile(
    r"^[\s>#*_•·+–|-]*(?P<label>[^\W\d_][^:：\n]{1,24}?)[*_`]*\s*[:：][*_`]*\s*(?P<value>\S.*)$"
)
_LINK_LABEL = re.compile(r"(?:paper|arxiv|pdf|doi|abs|source|full|text|link|url|id|html|links|\W)+")
_REMARK_LABEL = re.compile(
    r"(?:summary|tl;?dr|notes?|comments?|keywords?|tags?|topics?|key \w+|motivation|method|results?"
    r"|conclusion|contributions?|code|github|总结|关键词|要点)"
)

Columns = Mapping[str, int]
"""The place of the column of each field in a row."""


def with_markdown_links(line: str) -> str:
    """Write the links of Org and of reStructuredText as Markdown does."""
    if "[[" in line:
        line = _ORG_LINK.sub(r"[\2](\1)", line)
    return _RST_LINK.sub(r"[\1](\2)", line) if ">`_" in line else line


def labelled_field(line: str) -> dict[str, Any]:
    """Return the field of a labelled line and its value; empty for any other line."""
    found = _LABELLED.match(line)
    field = _FIELD_OF_LABEL.get(_label(found)) if found else None
    if not found or not field:
        return {}
    value = found["value"].strip(" *_`|")
    return {field: value} if value else {}


def is_labelled_link(line: str) -> bool:
    """Whether a line only gives the address of a paper named above it: `PDF: https://…`."""
    found = _LABELLED.match(line)
    return found is not None and _LINK_LABEL.fullmatch(_label(found)) is not None


def is_remark(line: str) -> bool:
    """Whether a line comments on a paper named above it, and so may mention other papers."""
    found = _LABELLED.match(line)
    return found is not None and _REMARK_LABEL.fullmatch(_label(found)) is not None


def _label(found: re.Match[str]) -> str:
    return found["label"].lower().strip()


def is_table_rule(line: str) -> bool:
    """Whether a line is the one between the names of the columns and the rows."""
    return _TABLE_RULE.fullmatch(line) is not None


def table_columns(header: str) -> Columns:
    """Return the columns whose names are known, if one has titles and another says more."""
    names = table_cells(header)
    if not 1 < len(names) <= _MAX_COLUMNS:
        return {}
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        if field := find_field(_cell_text(name))[0]:
            found.setdefault(field, place)
    return found if "title" in found else {}


def table_cells(line: str) -> list[str]:
    """Split a row of a table into its cells."""
    return [cell.replace("\\|", "|").strip() for cell in _CELL_END.split(line.strip().strip("|"))]


def row_fields(cells: list[str], columns: Columns) -> dict[str, Any]:
    """Return the fields of a row, but for what its links say."""
    texts = {
        name: _cell_text(cells[place]) for name, place in columns.items() if place < len(cells)
    }
    filled = {name: text for name, text in texts.items() if text.strip(" -–—/") not in _EMPTY_CELLS}
    return {name: filled[name] for name in _CELL_FIELDS if name in filled}


def _cell_text(cell: str) -> str:
    """Return the text of a cell without its markup; of a link, its text."""
    if cell.count("](") > 1:  # of several links the one with words is the paper's
        cell = next((text for text in _CELL_LINK.findall(cell) if len(text.split()) > 2), cell)
    return _EMPHASIS.sub("", _CELL_LINK.sub(r"\1", _BREAK.sub(" ", cell))).strip()
