"""PubMed's E-utilities: a hundred articles in one request."""

from __future__ import annotations

from collections.abc import Sequence

from tui.services.service import Line, Name, Papers, Service, by_name, read_xml
from tui.sources import pubmed

LABEL = "PubMed"
MOST = 100


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The articles of PMIDs."""
    params: dict[str, str | int] = {
        "db": "pubmed",
        "id": ",".join(name for _, name in names),
        "retmode": "xml",
        "tool": "sheaf-tui",
    }
    if line.network.mail:
        params["email"] = line.network.mail
    answer = await line.get("pubmed", "efetch.fcgi", params)
    return by_name(read_xml(answer, pubmed.SOURCE, LABEL, "Pubmed"), names)


SERVICE = Service("pubmed", LABEL, ("pmid",), MOST, ask)
