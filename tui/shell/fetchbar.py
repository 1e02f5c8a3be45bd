"""A line for each feed that is being fetched, on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.core.text import clean_line, shorten
from tui.feeds.fetch_report import FetchProgress

Show = Callable[[FetchProgress], None]
_SHOWN = 10
"""Lines at most, for terminals are not as long as lists of feeds."""


@contextmanager
def bars(wanted: bool) -> Iterator[Show | None]:
    """Give what `fetch` is to tell its progress; None where nobody looks."""
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[label]}", markup=False),
        TextColumn("{task.fields[told]}", markup=False),
        BarColumn(),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as shown:
        whole = shown.add_task("", label="feeds", told="", total=None)
        lines: dict[str, TaskID] = {}

        def show(told: FetchProgress) -> None:
            shown.update(
                whole, completed=told.done, total=told.total, told=f"{told.done} of {told.total}"
            )
            if told.state == "fetching" and told.feed not in lines and len(lines) < _SHOWN:
                name = shorten(told.feed, 40)
                lines[told.feed] = shown.add_task("", label=clean_line(name), told="", total=None)
            line = lines.get(told.feed)
            if line is None:
                return
            if told.state == "fetching":
                shown.update(line, told=f"{told.papers:,} papers" if told.papers else "")
            else:
                shown.remove_task(lines.pop(told.feed))

        yield show
