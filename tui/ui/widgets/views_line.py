"""ViewsLine: the names of the views with their counts. A click goes to a view."""

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
SEPARATOR = " · "
"""Between the parts at the right; the last part is left out first where there is no room."""
MIN_RIGHT_WIDTH = 8
"""Cells below which the text at the right is left out."""


class ViewsLine(Widget):
    """`Unread 37   Today 12   Starred 9   Later 4   All 82          2026-05-07 · 82 listed`"""

    @dataclass(eq=False, repr=False)
    class Chosen(Message):
        """A view was clicked."""

        number: int
        """Its place among the views, from 0."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._counts: Mapping[str, int] = {}
        self._current = 0
        self._right = ""

    def show(
        self, names: Sequence[str], counts: Mapping[str, int], current: int, right: str
    ) -> None:
        """Show the names of views and their counts, as far as they are known.

        `current` is the index of the current view; `right` is shown at the right edge.
        """
        content = (tuple(names), dict(counts), current, right)
        if content != (self._names, self._counts, self._current, self._right):
            self._names, self._counts, self._current, self._right = content
            self.refresh()

    def _label(self, name: str) -> str:
        count = self._counts.get(name)
        return name if count is None else f"{name} {count:,}"

    def _first_visible(self, width: int) -> int:
        """The index of the first view shown, so that the current one is on the line."""
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
        for number in range(self._first_visible(width), len(self._names)):
            label = Content(self._label(self._names[number]))
            current = number == self._current
            parts.append(label.stylize("bold underline $highlight") if current else label)
        left = Content(" " * GAP).join(parts).truncate(width, ellipsis=True)
        room = width - left.cell_length - GAP
        right_text = self._right
        while cell_len(right_text) > room and SEPARATOR in right_text:
            right_text = right_text.rpartition(SEPARATOR)[0]
        right = Content(right_text).truncate(max(room, 0), ellipsis=True)
        if not right_text or room < MIN_RIGHT_WIDTH:
            return left
        gap = " " * (room + GAP - right.cell_length)
        return Content.assemble(left, gap, right)

    def on_click(self, event: events.Click) -> None:
        x = self.styles.padding.left
        for number in range(self._first_visible(self.size.width), len(self._names)):
            end = x + cell_len(self._label(self._names[number]))
            if x <= event.x < end:
                self.post_message(self.Chosen(number))
                return
            x = end + GAP
