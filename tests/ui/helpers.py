"""What the reader shows, marks of its papers, and a server of feeds for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.feeds import payloads
from tests.net.server import Reply, Request
from tests.ui.conftest import Reader
from tui.state import Mark

DAILY = "/hf/api/daily_papers"
"""The path of the daily papers on the server of the tests."""


def shown_message(reader: Reader) -> str:
    """Return the message in the status line."""
    return reader.main.status.text


def shown_notice(reader: Reader) -> str:
    """Return the warning or hint above the status line; empty if there is none."""
    notice = reader.main.query_one("#notice")
    return str(notice.render()) if notice.display else ""


def shown_titles(reader: Reader) -> list[str]:
    """Return the titles of the papers in the list."""
    rows = [int(row) for row in reader.papers.rows]
    return [stored.paper.title for stored in reader.app.library.catalog.get_many(rows)]


def mark_at(reader: Reader, number: int) -> Mark:
    """Return the mark of the paper at an index of the list."""
    library = reader.app.library
    stored = library.catalog.get(int(reader.papers.rows[number]))
    assert stored
    return library.store.mark(stored.key)


def current_mark(reader: Reader) -> Mark:
    """Return the mark of the paper under the cursor."""
    stored = reader.main.current
    assert stored
    return reader.app.library.store.mark(stored.key)


def has_marks(reader: Reader) -> bool:
    """Return whether any paper has a mark."""
    return any(True for _ in reader.app.library.store.marks())


async def search_palette(reader: Reader, words: str) -> str:
    """Return what the palette shows for some words."""
    await reader.press("ctrl+p")
    await reader.type(words)
    await reader.pilot.pause(0.3)
    return reader.frame


def days_ago(days: int = 0) -> str:
    """Return a day as ISO date: today, or some days before."""
    return (date.today() - timedelta(days=days)).isoformat()


def daily_pages(days: dict[str, list[object]]) -> Callable[[Request], Reply]:
    """Return a server's answer: the records of each day."""

    def answer(asked: Request) -> Reply:
        records = days.get(asked.query.get("date", ""), [])
        first = asked.query.get("p", "0") == "0"
        return Reply(payloads.dumps(records if first else []), headers=payloads.JSON)

    return answer


async def follow_feed(reader: Reader, name: str) -> None:
    """Follow a feed as the user does."""
    await reader.press("F", "a")
    await reader.type(name)
    await reader.press("enter")  # the name is read in a thread
    assert await reader.until(lambda: getattr(reader.app.screen, "_message", ""))
    await reader.settle()
