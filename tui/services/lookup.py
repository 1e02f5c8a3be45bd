"""`look_up`: the papers that people name, from whoever knows them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from tui.core.merge import merge_papers
from tui.core.paper import Paper
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.settings import Network
from tui.services import webpage
from tui.services.asking import Asking, Heard
from tui.services.service import Line
from tui.services.wanted import Wanted, wanted
from tui.sources.base import Record, RejectedRecord

WINDOW = 500
"""Papers looked up together: one request to whoever takes the most names at once."""
_PAGE_MAY_TELL = {"doi", "openreview"}
"""Identifiers whose page is worth a look if no service answers: their tags describe the paper."""


def look_up(
    named: Iterable[str | Wanted],
    network: Network,
    *,
    stop: threading.Event | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Record]:
    """The papers of ids and URLs as people write them, or of what lists lack a title for.

    Each comes as a Paper, or as a RejectedRecord that says why; a URL may give many.
    `progress` hears how many were found so far. Runs its own event loop: any thread, no other
    loop in it. UsageError if the network's settings name no URL where one must be.
    """
    found = 0

    def heard(more: int) -> None:
        nonlocal found
        found += more
        if progress:
            progress(found)

    down: dict[str, NetError] = {}
    with asyncio.Runner() as runner:
        client = Client(network, stop=stop)
        runner.run(client.__aenter__())
        try:
            waiting = iter(named)
            while part := list(islice(waiting, WINDOW)):
                yield from runner.run(_found(Line(client, network), part, down, heard))
        finally:
            runner.run(client.__aexit__(None, None, None))


async def _found(
    line: Line,
    named: list[str | Wanted],
    down: dict[str, NetError],
    progress: Callable[[int], None],
) -> list[Record]:
    """One window: URLs fetched, all else asked for, and pages where nobody knows the id."""
    understood = [(each, wanted(each) if isinstance(each, str) else each) for each in named]
    told = await asyncio.gather(
        *(webpage.fetch(line, each) for _, each in understood if each and not each.ids)
    )
    fetched = iter(told)
    todo: list[Record | Wanted] = []
    for text, each in understood:
        if each is None:
            todo.append(RejectedRecord(str(text), "no arXiv id, DOI, PMID, ACL id or URL"))
        else:
            todo += [each] if each.ids else next(fetched)
    asking = Asking(line, (each for each in todo if isinstance(each, Wanted)), down, progress)
    await asking.run()
    heard = iter(asking.heard)
    records: list[Record] = []
    for record in todo:
        records += await _of(line, next(heard)) if isinstance(record, Wanted) else [record]
    return records


async def _of(line: Line, heard: Heard) -> list[Record]:
    """What became of one paper."""
    wanted, paper = heard.wanted, heard.paper
    if paper and wanted.known:
        return [merge_papers(paper, wanted.known)]
    if paper or wanted.known:
        return [each for each in (paper, wanted.known) if each]
    kinds = {error.kind for error in heard.failed.values()}
    if wanted.url and wanted.ids.keys() <= _PAGE_MAY_TELL and not kinds & {"offline", "stopped"}:
        page = await webpage.fetch(line, wanted)
        told = [each.known if isinstance(each, Wanted) else each for each in page]
        if papers := [each for each in told if isinstance(each, Paper)]:
            return list(papers)
    return [RejectedRecord(wanted.where, f"{wanted.why}; {heard.why}" if wanted.why else heard.why)]
