"""ViewsLine: the views with their counts, the current one lit; a click goes to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

GAP = 3
"""Cells between two views."""
BETWEEN = " · "
"""What stands at the right, the most telling first, is parted by this; the last gives way first."""
LEAST = 8
"""Cells from which something at the right says anything."""


class ViewsLine(Widget):
    """`Unread 37   Today 12   Starred 9   Later 4   All 82          2026-05-07 · 82 listed`"""

    @dataclass
    class Chosen(Message):
        """A view was clicked."""

        number: int

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._counts: Mapping[str, int] = {}
        self._current = 0
        self._right = ""

    def show(
        self, names: Sequence[str], counts: Mapping[str, int], current: int, right: str
    ) -> None:
        """Show views by name, their counts where known, and at the right what is special here."""
        shown = (tuple(names), dict(counts), current, right)
        if shown != (self._names, self._counts, self._current, self._right):
            self._names, self._counts, self._current, self._right = shown
            self.refresh()

    def _label(self, name: str) -> str:
        count = self._counts.get(name)
        return name if count is None else f"{name} {count:,}"

    def _first(self, width: int) -> int:
        """The first view shown, so that the current one is on the line."""
        first = 0
        while first < self._current:
            labels = [self._label(name) for name in self._names[first : self._current + 1]]
            if sum(map(cell_len, labels)) + GAP * len(labels) <= width:
                break
            first += 1
        return first

    def render(self) -> Content:
        width = self.size.width
        parts: list[Content] = []
        for number in range(self._first(width), len(self._names)):
            label = Content(self._label(self._names[number]))
            current = number == self._current
            parts.append(label.stylize("bold underline $lit") if current else label)
        left = Content(" " * GAP).join(parts).truncate(width, ellipsis=True)
        room = width - left.cell_length - GAP
        told = self._right
        while cell_len(told) > room and BETWEEN in told:
            told = told.rpartition(BETWEEN)[0]
        right = Content(told).truncate(max(room, 0), ellipsis=True)
        if not told or room < LEAST:
            return left
        gap = " " * (room + GAP - right.cell_length)
        return Content.assemble(left, gap, right)

    def on_click(self, event: events.Click) -> None:
        x = self.styles.padding.left
        for number in range(self._first(self.size.width), len(self._names)):
            end = x + cell_len(self._label(self._names[number]))
            if x <= event.x < end:
                self.post_message(self.Chosen(number))
                return
            x = end + GAP
