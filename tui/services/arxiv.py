"""arXiv's API: up to a hundred ids in one request, at most one request in three seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.core.paper import Paper
from tui.core.text import normalize
from tui.net.errors import NetError
from tui.services.service import Line, Name, Papers, Service, by_name, papers, read_xml
from tui.sources import feeds
from tui.sources.base import Record

LABEL = "arXiv"
MOST = 100
_ERROR = re.compile(rb"arxiv\.org/api/errors")
_GENUINE = re.compile(r"\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+/\d{7}")
"""A month that there is; one id that is none, and arXiv refuses all those beside it."""


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The papers of ids. Ids that there cannot be are not asked for."""
    genuine = [name for name in names if _GENUINE.fullmatch(name[1])]
    if not genuine:
        return {}
    try:
        ids = ",".join(name for _, name in genuine)
        records = await _query(line, {"id_list": ids, "max_results": len(genuine)})
    except NetError as error:
        if error.status != 400:
            raise
        if len(genuine) == 1:
            return {}
        half = len(genuine) // 2
        return {**await ask(line, genuine[:half]), **await ask(line, genuine[half:])}
    return by_name(records, genuine)


async def search(line: Line, paper: Paper) -> list[Paper]:
    """Papers with the words of the title."""
    words = f'ti:"{normalize(paper.title)}"'
    return papers(await _query(line, {"search_query": words, "max_results": 5}))


async def _query(line: Line, params: dict[str, str | int]) -> list[Record]:
    answer = await line.get("arxiv", "query", params)
    if _ERROR.search(answer.body):  # told as an item of a feed that is well otherwise
        raise NetError("refused", "arXiv does not take this request", status=400)
    return read_xml(answer, feeds.SOURCE, LABEL, "feed")


SERVICE = Service("arxiv", LABEL, ("arxiv",), MOST, ask, search)
