"""arXiv's API: up to a hundred ids in a request (`tui.net.rate_limits` spaces the requests)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.core.paper import Paper
from tui.core.text import normalize
from tui.net.errors import NetError
from tui.services.service import (
    HttpSession,
    Identifier,
    Papers,
    Service,
    match_identifiers,
    papers_in,
    read_xml,
)
from tui.sources.formats import feed
from tui.sources.interface import Record

LABEL = "arXiv"
_ERROR = re.compile(rb"arxiv\.org/api/errors")
_POSSIBLE = re.compile(r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+/\d{7}")
"""An id whose month exists. arXiv refuses a whole request for one id that cannot exist."""


async def look_up(session: HttpSession, identifiers: Sequence[Identifier]) -> Papers:
    """Return the papers of arXiv ids. Ids that cannot exist are left out of the request."""
    possible = [each for each in identifiers if _POSSIBLE.fullmatch(each[1])]
    if not possible:
        return {}
    try:
        id_list = ",".join(arxiv_id for _, arxiv_id in possible)
        records = await _query(session, {"id_list": id_list, "max_results": len(possible)})
    except NetError as error:
        if error.status != 400:
            raise
        # One id is wrong and arXiv does not say which: halve the request to isolate it.
        if len(possible) == 1:
            return {}
        half = len(possible) // 2
        return {
            **await look_up(session, possible[:half]),
            **await look_up(session, possible[half:]),
        }
    return match_identifiers(records, possible)


async def search(session: HttpSession, paper: Paper) -> list[Paper]:
    """Return papers whose titles have the words of the title."""
    query = f'ti:"{normalize(paper.title)}"'
    return papers_in(await _query(session, {"search_query": query, "max_results": 5}))


async def _query(session: HttpSession, params: dict[str, str | int]) -> list[Record]:
    answer = await session.get("arxiv", "query", params)
    if _ERROR.search(answer.body):  # with status 200, as an entry of an otherwise valid feed
        raise NetError("refused", "arXiv does not accept this request", status=400)
    return read_xml(answer, feed.FORMAT, LABEL, "feed")


SERVICE = Service("arxiv", LABEL, ("arxiv",), 100, look_up, search)
