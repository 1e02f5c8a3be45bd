"""A progress bar on standard error: the step, the number of papers, the rate, the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.core.progress import ProgressUpdate
from tui.core.text import clean_line

_LABEL_WIDTH = 30


@contextmanager
def progress_bar(shown: bool) -> Iterator[Callable[[ProgressUpdate], None]]:
    """Yield a `report` for Progress that draws one bar, removed when the block ends.

    Draws nothing unless `shown` and standard error is a terminal.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda update: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[label]}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[count]}", markup=False),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, label="", count="")
        last, started = -1, time.monotonic()

        def report(update: ProgressUpdate) -> None:
            nonlocal task, last, started
            is_first = last < 0
            if update.done < last:  # the next step of the work has its own rate
                bar.remove_task(task)
                task = bar.add_task("", total=None, label="", count="")
                started = time.monotonic()
            last = update.done
            fraction = update.fraction
            if fraction is None and update.total:
                fraction = update.done / update.total
            name = clean_line(update.label)
            rate = update.done / max(time.monotonic() - started, 0.001)
            bar.update(
                task,
                completed=fraction or 0,
                # A file may be read completely while its records still come.
                total=1 if fraction is not None and fraction < 1 else None,
                label=name if len(name) <= _LABEL_WIDTH else "…" + name[1 - _LABEL_WIDTH :],
                count=f"{update.done:,} papers  {rate:,.0f}/s",
                refresh=is_first,  # later it refreshes itself ten times a second
            )

        yield report
