"""A line that says one thing of the paper it stands by: `**Authors**: …`, `- Abstract: …`."""

from __future__ import annotations

import re
from typing import Any

from tui.sources import people

_FIELDS = {
    "title": "title|paper title|标题|タイトル",
    "authors": "author|authors|author(s)|authored by|作者|著者",
    "venue": "venue|journal|conference|published in|publication",
    "published": "published|publish date|published date|publishing date|publication date|submitted"
    "|submitted on|date|year|发布日期|发表日期",
    "abstract": "abstract|摘要",
}
_FIELD_OF = {name: field for field, names in _FIELDS.items() for name in names.split("|")}
_LABELLED = re.compile(
    r"^[\s>#*_•·+–|-]*(?P<name>[^\W\d_][^:：\n]{1,24}?)[*_`]*\s*[:：][*_`]*\s*(?P<value>\S.*)$"
)
_OF_LINK = re.compile(r"(?:paper|arxiv|pdf|doi|abs|source|full|text|link|url|id|html|links|\W)+")
_OF_REMARK = re.compile(
    r"(?:summary|tl;?dr|notes?|comments?|keywords?|tags?|topics?|key \w+|motivation|method|results?"
    r"|conclusion|contributions?|code|github|总结|关键词|要点)"
)


def said(line: str) -> dict[str, Any]:
    """The field and its value, if a line is of this kind."""
    found = _LABELLED.match(line)
    field = _FIELD_OF.get(found["name"].lower().strip()) if found else None
    if not found or not field:
        return {}
    value = found["value"].strip(" *_`|")
    if field == "authors":
        return {field: [people.turned(name) for name in people.parted(value)]}
    return {field: value} if value else {}


def is_link(line: str) -> bool:
    """Whether a line only gives the address of a paper named above it."""
    return _is(_OF_LINK, line)


def is_remark(line: str) -> bool:
    """Whether a line says something of a paper named above it, and may mention others."""
    return _is(_OF_REMARK, line)


def _is(kind: re.Pattern[str], line: str) -> bool:
    found = _LABELLED.match(line)
    return found is not None and kind.fullmatch(found["name"].lower().strip()) is not None
