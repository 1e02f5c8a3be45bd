"""The papers at a URL that the user typed, as `tui.sources` reads them in the document there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date

from tui.net.client import Response
from tui.net.errors import NetError
from tui.services.lookup_request import LookupRequest
from tui.services.service import HttpSession
from tui.sources.formats import pdf, webpage
from tui.sources.interface import Notice, Record, RejectedRecord
from tui.sources.reader import read_bytes

NO_PAPERS = (
    "a page with no paper in its citation tags and none among its links; "
    "give the page of one paper, or its identifier"
)


async def fetch(
    session: HttpSession, request: LookupRequest
) -> list[Record | Notice | LookupRequest]:
    """Fetch the URL and return its papers, rejected records, and requests for more look-ups.

    A Notice follows if the encoding was guessed.
    """
    try:
        answer = await session.client.get(request.url, user_supplied=True)
    except NetError as error:
        return [RejectedRecord(request.where, str(error))]
    return await asyncio.to_thread(lambda: list(_read(answer, request.where)))


def _read(answer: Response, where: str) -> Iterator[Record | Notice | LookupRequest]:
    head = answer.body[:65536]
    is_page, is_pdf = webpage.sniff(head), pdf.sniff(head)
    count = 0
    for record in read_bytes(answer.body, answer.url, date.today(), charset=answer.charset):
        if isinstance(record, Notice):
            yield Notice(where, record.text)
            continue
        if isinstance(record, RejectedRecord):
            place = record.where.replace(answer.url, where, 1)
            if record.ids:
                count += 1
                yield LookupRequest(place, record.ids, why=record.why)
            elif not is_page or count:
                yield RejectedRecord(place, record.why)
            continue
        count += 1
        if is_pdf:
            record = record._replace(links={"pdf": answer.url, **record.links})
        # A list of links and the first page of a PDF say less about a paper than a service does.
        if (is_page or is_pdf) and record.ids and not record.abstract:
            yield LookupRequest(where, record.ids, known=record)
        else:
            yield record
    if is_page and not count:
        yield RejectedRecord(where, NO_PAPERS)
