"""Semantic Scholar: five hundred papers by identifiers of any scheme in a request."""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.paper import Paper
from tui.net.errors import NetError
from tui.services.lookup_request import S2
from tui.services.service import (
    HttpSession,
    Identifier,
    Papers,
    Service,
    papers_in,
    read_json,
)
from tui.sources.formats.json_documents import JSON

LABEL = "Semantic Scholar"
_FIELDS = (
    "title,authors,abstract,venue,year,publicationDate,journal,externalIds,citationCount,"
    "openAccessPdf"
)
_NONE_KNOWN = "No valid paper ids"
"""The message of an error that means that it knows none of the papers."""
_PREFIX = {"arxiv": "ARXIV:", "doi": "DOI:", "acl": "ACL:", "pmid": "PMID:", S2: ""}


async def look_up(session: HttpSession, identifiers: Sequence[Identifier]) -> Papers:
    """Return the papers of identifiers.

    The answer is a list as long as the request, with null for each paper it does not know.
    """
    json = {"ids": [_PREFIX[scheme] + value for scheme, value in identifiers]}
    try:
        answer = await session.get("s2", "graph/v1/paper/batch", {"fields": _FIELDS}, json)
    except NetError as error:
        if error.status == 404 or _NONE_KNOWN in str(error):
            return {}
        raise
    found = read_json(answer, JSON, LABEL)
    if not answer.body.lstrip().startswith(b"[") or len(found) != len(identifiers):
        raise NetError("broken", f"{LABEL} gave an unexpected answer; try again later")
    pairs = zip(identifiers, found, strict=True)
    return {identifier: each for identifier, each in pairs if isinstance(each, Paper)}


async def search(session: HttpSession, paper: Paper) -> list[Paper]:
    """Return the paper with the most similar title."""
    params = {"query": paper.title, "fields": _FIELDS}
    answer = await session.get_if_found("s2", "graph/v1/paper/search/match", params)
    return papers_in(read_json(answer, JSON, LABEL)) if answer else []


SERVICE = Service("s2", LABEL, ("arxiv", "doi", "acl", "pmid", S2), 500, look_up, search)
