"""OpenAlex: works by DOI (arXiv's own too) and PMID, fifty in one request."""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.paper import Paper
from tui.services.service import Line, Name, Papers, Service, by_name, read_json
from tui.sources import records

LABEL = "OpenAlex"
MOST = 50
_FIELDS = (
    "id,doi,title,display_name,publication_date,publication_year,authorships,ids,"
    "abstract_inverted_index,primary_location,best_oa_location,cited_by_count,is_retracted"
)


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The works of DOIs and arXiv ids, then those of PMIDs."""
    dois = {_doi(name): name for name in names if name[0] != "pmid"}
    # What parts the values of a filter cannot stand in one.
    clear = {doi: name for doi, name in dois.items() if not set(doi) & set(",|")}
    pmids = {name[1]: name for name in names if name[0] == "pmid"}
    found: dict[Name, Paper] = {}
    for field, wanted in (("doi", clear), ("pmid", pmids)):
        if wanted:
            params: dict[str, str | int] = {
                "filter": f"{field}:{'|'.join(wanted)}",
                "per-page": len(wanted),
                "select": _FIELDS,
            }
            if line.network.mail:
                params["mailto"] = line.network.mail
            answer = await line.get("openalex", "works", params)
            works = read_json(answer, records.SOURCE, LABEL)
            found.update(by_name(works, list(wanted.values())))
    return found


def _doi(name: Name) -> str:
    return f"10.48550/arxiv.{name[1]}" if name[0] == "arxiv" else name[1]


SERVICE = Service("openalex", LABEL, ("doi", "arxiv", "pmid"), MOST, ask)
