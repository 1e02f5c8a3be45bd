"""Crossref: the works behind DOIs, fifty in one request."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from tui.core.paper import Paper
from tui.net.settings import Network
from tui.services.service import Line, Name, Papers, Service, by_name, first, papers, read_json
from tui.sources import records

LABEL = "Crossref"
MOST = 50


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The works of DOIs: alone by its own address, several as a filter."""
    plain = [name for name in names if "," not in name[1]]  # commas part the DOIs of a filter
    found: dict[Name, Paper] = {}
    if len(plain) > 1:
        wanted = ",".join(f"doi:{doi}" for _, doi in plain)
        params = {"filter": wanted, "rows": len(plain), **_mail(line.network)}
        answer = await line.get("crossref", "works", params)
        found.update(by_name(read_json(answer, records.SOURCE, LABEL), plain))
    for name in names if len(plain) < 2 else (each for each in names if "," in each[1]):
        found.update(await _one(line, name))
    return found


async def _one(line: Line, name: Name) -> Papers:
    answer = await line.find("crossref", f"works/{quote(name[1], safe='')}", _mail(line.network))
    return first(read_json(answer, records.SOURCE, LABEL), name) if answer else {}


async def search(line: Line, paper: Paper) -> list[Paper]:
    """Works with such a title and first author."""
    words = " ".join((paper.title, *paper.authors[:1]))
    params = {"query.bibliographic": words, "rows": 5, **_mail(line.network)}
    return papers(read_json(await line.get("crossref", "works", params), records.SOURCE, LABEL))


def _mail(network: Network) -> dict[str, str | int]:
    """Who tells an address is served in the quicker of two queues."""
    return {"mailto": network.mail} if network.mail else {}


SERVICE = Service("crossref", LABEL, ("doi",), MOST, ask, search)
