"""Crossref: the works of DOIs, fifty in a request."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from tui.core.paper import Paper
from tui.net.network_settings import NetworkSettings
from tui.services.service import (
    HttpSession,
    Identifier,
    Papers,
    Service,
    answer_with_first,
    match_identifiers,
    papers_in,
    read_json,
)
from tui.sources.formats.json_documents import JSON

LABEL = "Crossref"


async def look_up(session: HttpSession, identifiers: Sequence[Identifier]) -> Papers:
    """Return the works of DOIs: one by its own address, several by a filter."""
    # Commas separate the DOIs of a filter, so a DOI with a comma has its own request.
    together = [each for each in identifiers if "," not in each[1]]
    single = [each for each in identifiers if "," in each[1]]
    found: dict[Identifier, Paper] = {}
    if len(together) > 1:
        dois = ",".join(f"doi:{doi}" for _, doi in together)
        params = {"filter": dois, "rows": len(together), **_mail(session.network)}
        answer = await session.get("crossref", "works", params)
        found.update(match_identifiers(read_json(answer, JSON, LABEL), together))
    else:
        single = list(identifiers)
    for identifier in single:
        path = f"works/{quote(identifier[1], safe='')}"
        if one := await session.get_if_found("crossref", path, _mail(session.network)):
            found.update(answer_with_first(read_json(one, JSON, LABEL), identifier))
    return found


async def search(session: HttpSession, paper: Paper) -> list[Paper]:
    """Return works with a similar title and first author."""
    words = " ".join((paper.title, *paper.author_names[:1]))
    params = {"query.bibliographic": words, "rows": 5, **_mail(session.network)}
    answer = await session.get("crossref", "works", params)
    return papers_in(read_json(answer, JSON, LABEL))


def _mail(network: NetworkSettings) -> dict[str, str | int]:
    """Return the parameter that puts a request into the faster of Crossref's two queues."""
    return {"mailto": network.mail} if network.mail else {}


SERVICE = Service("crossref", LABEL, ("doi",), 50, look_up, search)
