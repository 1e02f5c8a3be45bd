"""`look_up`: papers by identifier or URL, from the services that know them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

from tui.core.merge import merge_papers
from tui.core.paper import Paper
from tui.core.progress import NO_PROGRESS, Progress
from tui.net.client import Client
from tui.net.errors import NetError
from tui.net.network_settings import NetworkSettings
from tui.services import webpage
from tui.services.batch_lookup import BatchLookup, LookupResult
from tui.services.lookup_request import LookupRequest, parse_identifier
from tui.services.service import HttpSession
from tui.sources.interface import Notice, Record, RejectedRecord

BATCH = 500
"""Papers looked up together: one request to the service that takes most identifiers at once."""
_PAGE_DESCRIBES = {"doi", "openreview"}
"""Schemes whose page is fetched if no service answers: its tags describe the paper."""


def look_up(
    requests: Sequence[str | LookupRequest],
    network: NetworkSettings,
    progress: Progress = NO_PROGRESS,
) -> Iterator[Record | Notice]:
    """Yield the papers of identifiers and URLs, in their order.

    Each is a Paper, or a RejectedRecord that says why there is none; a URL may give many, and a
    Notice if its encoding was guessed.
    `progress` gets the number of papers found. When it is cancelled, the remaining requests are
    rejected. Runs an event loop, so there must be none in the calling thread.

    Raises UsageError if the network settings have an invalid URL.
    """
    found = 0

    def report_found(more: int) -> None:
        nonlocal found
        found += more
        progress.update("looking up", min(found, len(requests)), len(requests))

    report_found(0)
    unavailable: dict[str, NetError] = {}
    with asyncio.Runner() as runner:
        client = Client(network, cancelled=progress.cancelled)
        runner.run(client.__aenter__())
        try:
            session = HttpSession(client, network)
            for start in range(0, len(requests), BATCH):
                batch = requests[start : start + BATCH]
                yield from runner.run(_look_up_batch(session, batch, unavailable, report_found))
        finally:
            runner.run(client.__aexit__(None, None, None))


async def _look_up_batch(
    session: HttpSession,
    batch: Sequence[str | LookupRequest],
    unavailable: dict[str, NetError],
    report_found: Callable[[int], None],
) -> list[Record | Notice]:
    """Fetch the URLs, look up the identifiers, then fetch the pages of those no service knows."""
    parsed = [(each, parse_identifier(each) if isinstance(each, str) else each) for each in batch]
    pages = iter(
        await asyncio.gather(
            *(webpage.fetch(session, each) for _, each in parsed if each and not each.ids)
        )
    )
    ordered: list[Record | Notice | LookupRequest] = []
    for text, request in parsed:
        if request is None:
            ordered.append(RejectedRecord(str(text), "no arXiv id, DOI, PMID, ACL id or URL"))
        else:
            ordered += [request] if request.ids else next(pages)
    requests = (each for each in ordered if isinstance(each, LookupRequest))
    lookup = BatchLookup(session, requests, unavailable, report_found)
    await lookup.run()
    results = iter(lookup.results)
    records: list[Record | Notice] = []
    for each in ordered:
        if isinstance(each, LookupRequest):
            records += await _records_of(session, next(results))
        else:
            records.append(each)
    return records


async def _records_of(session: HttpSession, result: LookupResult) -> list[Record]:
    request, paper = result.request, result.paper
    if paper and request.known:
        return [merge_papers(paper, request.known)]
    if paper or request.known:
        return [each for each in (paper, request.known) if each]
    kinds = {error.kind for error in result.failed.values()}
    has_page = request.url and request.ids.keys() <= _PAGE_DESCRIBES
    if has_page and not kinds & {"offline", "stopped"}:
        page = await webpage.fetch(session, request)
        known = [each.known if isinstance(each, LookupRequest) else each for each in page]
        if papers := [each for each in known if isinstance(each, Paper)]:
            return list(papers)
    why = f"{request.why}; {result.why}" if request.why else result.why
    return [RejectedRecord(request.where, why)]
