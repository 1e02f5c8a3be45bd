"""A progress bar on a terminal's stderr: count, rate, time left. Nothing where none is wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.core.text import clean_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_WIDTH = 30
"""Cells for the name of what is read."""


class Bar:
    """One bar; every method costs next to nothing where nothing is shown."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._begun = 0.0
        self._drawn = False

    def begin(self) -> None:
        """Another piece of work: its rate and time left are its own."""
        if self._progress is None:
            return
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task("", total=None, label="", told="")
        self._begun = time.monotonic()
        self._drawn = False

    def show(self, label: str, papers: int, done: int, total: int) -> None:
        """`papers` so far; `done` of `total` tells how much is left, where that is known."""
        if self._progress is None or self._task is None:
            return
        rate = papers / max(time.monotonic() - self._begun, 0.001)
        label = clean_line(label)
        self._progress.update(
            self._task,
            completed=done,
            # All bytes are read while records still come: how many is not known.
            total=total if done < total else None,
            label=label if len(label) <= _WIDTH else "…" + label[1 - _WIDTH :],
            told=f"{papers:,} papers  {rate:,.0f}/s",
            refresh=not self._drawn,  # later, it draws itself ten times a second
        )
        self._drawn = True


@contextmanager
def bar(shown: bool) -> Iterator[Bar]:
    """The bar, if it is to be `shown` and stderr is a terminal; gone when the work is done."""
    if not shown or not sys.stderr.isatty():
        yield Bar(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[label]}", markup=False),
        BarColumn(bar_width=None),
        TextColumn("{task.fields[told]}", markup=False),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress)
