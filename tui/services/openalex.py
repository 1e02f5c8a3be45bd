"""OpenAlex: works by DOI (also those of arXiv) and PMID, fifty in a request."""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.paper import Paper
from tui.services.service import (
    HttpSession,
    Identifier,
    Papers,
    Service,
    match_identifiers,
    read_json,
)
from tui.sources.formats.json_documents import JSON

LABEL = "OpenAlex"
_FIELDS = (
    "id,doi,title,display_name,publication_date,publication_year,authorships,ids,"
    "abstract_inverted_index,primary_location,best_oa_location,cited_by_count,is_retracted"
)


async def look_up(session: HttpSession, identifiers: Sequence[Identifier]) -> Papers:
    """Return the works of DOIs and arXiv ids, then those of PMIDs."""
    dois = {_doi(each): each for each in identifiers if each[0] != "pmid"}
    # Commas and bars separate the values of a filter, so a DOI with one cannot be requested.
    dois = {doi: each for doi, each in dois.items() if not set(doi) & set(",|")}
    pmids = {each[1]: each for each in identifiers if each[0] == "pmid"}
    found: dict[Identifier, Paper] = {}
    for field, values in (("doi", dois), ("pmid", pmids)):
        if values:
            params: dict[str, str | int] = {
                "filter": f"{field}:{'|'.join(values)}",
                "per-page": len(values),
                "select": _FIELDS,
            }
            if session.network.mail:
                params["mailto"] = session.network.mail
            answer = await session.get("openalex", "works", params)
            works = read_json(answer, JSON, LABEL)
            found.update(match_identifiers(works, list(values.values())))
    return found


def _doi(identifier: Identifier) -> str:
    scheme, value = identifier
    return f"10.48550/arxiv.{value}" if scheme == "arxiv" else value


SERVICE = Service("openalex", LABEL, ("doi", "arxiv", "pmid"), 50, look_up)
