"""StatusLine: what is true at the left, what happened at the right."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class StatusLine(Widget):
    """One line with two texts; the right one is cut first."""

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def render(self) -> Content:
        width = self.size.width
        left = Content(self.left).truncate(width, ellipsis=True)
        room = width - cell_len(left.plain) - 2
        if not self.right or room < 8:
            return left
        right = Content(self.right).truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (room + 2 - cell_len(right.plain)), right)
