"""Bibliographies of Fidus Writer: fields whose texts are lists of styled pieces."""

from __future__ import annotations

from typing import Any

from tui.sources.names import join_name
from tui.sources.shapes import Object, Shape, inner, objects, signs, text


def common(record: Object) -> Object:
    """The fields of one entry."""
    fields = inner(record, "fields")
    title, subtitle = _plain(fields.get("title")), _plain(fields.get("subtitle"))
    creators = objects(fields.get("author") or fields.get("editor"))
    return {
        "title": f"{title}: {subtitle}"
        if title and subtitle
        else title or _plain(fields.get("booktitle")),
        "authors": [_name(each) for each in creators],
        "abstract": _plain(fields.get("abstract")),
        "published": text(fields, "date"),
        "venue": next(
            (
                found
                for key in ("journaltitle", "booktitle", "eventtitle", "publisher", "institution")
                if (found := _plain(fields.get(key)))
            ),
            "",
        ),
        "categories": [_plain(each) for each in fields.get("keywords") or []]
        if isinstance(fields.get("keywords"), list)
        else [],
        "doi": text(fields, "doi"),
        "url": text(fields, "url"),
    }


def _plain(value: Any) -> str:
    """The text of a list of pieces, of lists of them, or of a text."""
    if isinstance(value, list):
        return "".join(_plain(each) for each in value[:10_000])
    return text(value, "text") if isinstance(value, dict) else text(value)


def _name(creator: Object) -> str:
    family = " ".join(filter(None, (_plain(creator.get("prefix")), _plain(creator.get("family")))))
    return join_name(_plain(creator.get("given")), family) or _plain(creator.get("literal"))


SHAPE = Shape("fidus", "a bibliography of Fidus Writer", signs("bib_type fields"), common)
