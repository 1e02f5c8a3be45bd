"""Semantic Scholar: five hundred papers of any identifier in one request."""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.paper import Paper
from tui.net.errors import NetError
from tui.services.service import Line, Name, Papers, Service, papers, read_json
from tui.services.wanted import S2
from tui.sources import records

LABEL = "Semantic Scholar"
MOST = 500
_FIELDS = (
    "title,authors,abstract,venue,year,publicationDate,journal,externalIds,citationCount,"
    "openAccessPdf"
)
_NONE = "No valid paper ids"
"""What it says where it knows none of those asked for."""
_PREFIX = {"arxiv": "ARXIV:", "doi": "DOI:", "acl": "ACL:", "pmid": "PMID:", S2: ""}


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The papers of names; the answer has a place for each, empty where it is not known."""
    question = {"ids": [_PREFIX[scheme] + name for scheme, name in names]}
    try:
        answer = await line.get("s2", "graph/v1/paper/batch", {"fields": _FIELDS}, question)
    except NetError as error:
        if error.status == 404 or _NONE in str(error):
            return {}
        raise
    found = read_json(answer, records.SOURCE, LABEL)
    if not answer.body.lstrip().startswith(b"[") or len(found) != len(names):
        raise NetError("broken", f"{LABEL} answered other than it was asked; try again later")
    pairs = zip(names, found, strict=True)
    return {name: each for name, each in pairs if isinstance(each, Paper)}


async def search(line: Line, paper: Paper) -> list[Paper]:
    """The paper whose title is nearest."""
    params = {"query": paper.title, "fields": _FIELDS}
    answer = await line.find("s2", "graph/v1/paper/search/match", params)
    return papers(read_json(answer, records.SOURCE, LABEL)) if answer else []


SERVICE = Service("s2", LABEL, ("arxiv", "doi", "acl", "pmid", S2), MOST, ask, search)
