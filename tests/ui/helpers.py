"""What tests see of the reader, and feeds for it to fetch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.feeds import payloads
from tests.net.server import Reply, Request
from tests.ui.conftest import Reader

DAILY = "/hf/api/daily_papers"
"""The path of the daily papers on the server of the tests."""


def said(reader: Reader) -> str:
    """Return the message in the status line."""
    return reader.main.status.text


def warned(reader: Reader) -> str:
    """Return the warning or hint above it; empty if there is none."""
    notice = reader.main.query_one("#notice")
    return str(notice.render()) if notice.display else ""


def titles(reader: Reader) -> list[str]:
    """Return the titles of the papers in the list."""
    rows = [int(row) for row in reader.main.panes.papers.rows]
    return [stored.paper.title for stored in reader.app.library.catalog.get_many(rows)]


def day(back: int = 0) -> str:
    """Return a day as ISO date: today, or some days before."""
    return (date.today() - timedelta(days=back)).isoformat()


def daily(days: dict[str, list[object]]) -> Callable[[Request], Reply]:
    """Return a server's answer: the records of each day."""

    def answer(asked: Request) -> Reply:
        records = days.get(asked.query.get("date", ""), [])
        first = asked.query.get("p", "0") == "0"
        return Reply(payloads.dumps(records if first else []), headers=payloads.JSON)

    return answer


async def follow(reader: Reader, name: str) -> None:
    """Follow a feed as the user does."""
    await reader.press("F", "a")
    await reader.type(name)
    await reader.press("enter")
