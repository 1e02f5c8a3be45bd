"""OpenReview's notes, of both versions of its API; a review or comment is none with a title."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tui.sources.record import NotAPaper
from tui.sources.shapes import Object, Shape, inner, signs, text

_PAGE = "https://openreview.net/forum?id="


def common(record: Object) -> Object:
    """The fields of one submission."""
    forum, own = text(record, "forum"), text(record, "id")
    if record.get("replyto") or (forum and own and own != forum and not _is_work(record)):
        raise NotAPaper("a review, comment or decision")
    content = {name: _told(value) for name, value in inner(record, "content").items()}
    forum = text(record, "forum") or text(record, "id")
    return {
        "title": content.get("title"),
        "authors": content.get("authors"),
        "abstract": content.get("abstract"),
        "published": _day(record.get("pdate")) or _day(record.get("cdate")),
        "venue": content.get("venue"),
        "categories": content.get("keywords"),
        "ids": {"openreview": forum},
        "url": _PAGE + forum if forum else "",
        "code": content.get("code"),
    }


def _is_work(record: Object) -> bool:
    """Whether a note that is not the first of its forum tells of a paper all the same."""
    return bool(inner(record, "content").keys() & {"authors", "authorids"})


def _told(value: Any) -> Any:
    """The second version of the API wraps each value in an object."""
    return value.get("value") if isinstance(value, Mapping) else value


def _day(milliseconds: Any) -> str:
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 1 << 42:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()


SHAPE = Shape("openreview", "OpenReview JSON", signs("forum content"), common)
