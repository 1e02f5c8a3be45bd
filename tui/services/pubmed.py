"""PubMed's E-utilities: a hundred articles in a request."""

from __future__ import annotations

from collections.abc import Sequence

from tui.services.service import (
    HttpSession,
    Identifier,
    Papers,
    Service,
    match_identifiers,
    read_xml,
)
from tui.sources.formats import xml_publishers

LABEL = "PubMed"


async def look_up(session: HttpSession, identifiers: Sequence[Identifier]) -> Papers:
    """Return the articles of PMIDs."""
    params: dict[str, str | int] = {
        "db": "pubmed",
        "id": ",".join(pmid for _, pmid in identifiers),
        "retmode": "xml",
        "tool": "sheaf-tui",
    }
    if session.network.mail:
        params["email"] = session.network.mail
    answer = await session.get("pubmed", "efetch.fcgi", params)
    return match_identifiers(read_xml(answer, xml_publishers.PUBMED, LABEL, "Pubmed"), identifiers)


SERVICE = Service("pubmed", LABEL, ("pmid",), 100, look_up)
