"""StatusLine: what is true at the left, what happened at the right."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

MIN_RIGHT_WIDTH = 8
"""Cells below which the right text is left out."""


class StatusLine(Widget):
    """One line with two texts; the right one is cut first."""

    left: reactive[str] = reactive("")
    """What is true now."""
    right: reactive[str] = reactive("")
    """What happened."""

    def render(self) -> Content:
        width = self.size.width
        left = Content(self.left).truncate(width, ellipsis=True)
        room = width - cell_len(left.plain) - 2
        if not self.right or room < MIN_RIGHT_WIDTH:
            return left
        right = Content(self.right).truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (room + 2 - cell_len(right.plain)), right)
