"""The papers of an URL the user typed: whatever `tui.sources` can read in what is there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tui.core.paper import Paper
from tui.net.client import Answer
from tui.net.errors import NetError
from tui.services.service import Line
from tui.services.wanted import Wanted
from tui.sources import pdf, webpage
from tui.sources.base import Record, RejectedRecord
from tui.sources.reader import read_bytes

NOTHING = (
    "a page with no paper in its citation tags and none among its links; "
    "give the paper's own page, or its identifier"
)


async def fetch(line: Line, wanted: Wanted) -> list[Record | Wanted]:
    """What is at the URL: papers, refusals, and what has to be looked up to be a paper."""
    try:
        answer = await line.client.get(wanted.url, typed=True)
    except NetError as error:
        return [RejectedRecord(wanted.where, str(error))]
    return await asyncio.to_thread(lambda: list(_read(answer, wanted.where)))


def _read(answer: Answer, where: str) -> Iterator[Record | Wanted]:
    head = answer.body[:65536]
    is_page = webpage.sniff(head)
    # Somebody's links and the front of a PDF tell less of a paper than a service does.
    is_hint = is_page or pdf.sniff(head)
    count = 0
    for record in read_bytes(answer.body, answer.url, date.today()):
        if isinstance(record, RejectedRecord):
            place = record.where.replace(answer.url, where, 1)
            if record.ids:
                count += 1
                yield Wanted(place, record.ids, why=record.why)
            elif not is_page or count:
                yield RejectedRecord(place, record.why)
            continue
        count += 1
        if pdf.sniff(head):
            record = replace(record, links={"pdf": answer.url, **record.links})
        yield _hint(record, where) if is_hint else record
    if is_page and not count:
        yield RejectedRecord(where, NOTHING)


def _hint(paper: Paper, where: str) -> Paper | Wanted:
    """A paper whose abstract a service may have."""
    if paper.abstract or not paper.ids:
        return paper
    return Wanted(where, paper.ids, known=paper)
