"""DataCite's works as JSON: titles, creators and descriptions come in lists with their kinds."""

from __future__ import annotations

import re

from tui.sources.shapes import Object, Shape, inner, objects, signs, text


def common(record: Object) -> Object:
    """The fields of one work, also inside the `attributes` its API puts around it."""
    work = inner(record, "attributes") or record
    abstracts = [
        text(each, "description")
        for each in objects(work.get("descriptions"))
        if text(each, "descriptionType") in ("Abstract", "")
    ]
    dates = {text(each, "dateType"): text(each, "date") for each in objects(work.get("dates"))}
    arxiv = re.match(r"10\.48550/arxiv\.(.+)", text(work, "doi"), re.IGNORECASE)
    return {
        "title": text(work, "titles", 0, "title"),
        "authors": [_creator(each) for each in objects(work.get("creators"))],
        "abstract": "\n\n".join(abstracts),
        "published": dates.get("Issued") or dates.get("Created") or text(work, "publicationYear"),
        "venue": text(work, "container", "title")
        or text(work, "publisher", "name")
        or text(work, "publisher"),
        "categories": [text(each, "subject") for each in objects(work.get("subjects"))],
        "doi": text(work, "doi"),
        "arxiv": arxiv[1] if arxiv else "",
        "url": text(work, "url"),
    }


def _creator(creator: Object) -> Object:
    family, given = text(creator, "familyName"), text(creator, "givenName")
    return {"family": family, "given": given} if family else {"name": text(creator, "name")}


SHAPE = Shape(
    "datacite",
    "DataCite JSON",
    signs("titles creators", "attributes id type"),
    common,
)
