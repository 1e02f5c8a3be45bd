"""PaperDetail: the pane that follows the cursor. Laid out once a paper, drawn when seen."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from tui.ui.widgets.scrollable_lines import ScrollableLines

WIDEST = 80
"""Cells of a line that an eye still follows back."""


class PaperDetail(ScrollableLines):
    """One paper, wrapped to at most 80 columns, scrolled by `J` and `K` from the list too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", "Down", show=False),
        Binding("up", "go(-1)", "Up", show=False),
        Binding("pagedown", "go_screens(0.9)", "Page down", show=False),
        Binding("pageup", "go_screens(-0.9)", "Page up", show=False),
        Binding("home", "go(-1000000)", "Top", show=False),
        Binding("end", "go(1000000)", "Bottom", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._content = Content("")
        self._lines: list[Strip] = []

    def show(self, content: Content, *, same_paper: bool) -> None:
        """Show `content`; another paper starts at its top."""
        if not same_paper:
            self.show_from(0)
        if not content.is_same(self._content):
            self._content = content
            self._lay_out()

    def scroll_screens(self, screens: float) -> None:
        """Scroll by a part of a screen, down if positive."""
        self.scroll_lines(round(self.size.height * screens))

    def action_go(self, lines: int) -> None:
        self.scroll_lines(lines)

    def action_go_screens(self, screens: float) -> None:
        self.scroll_screens(screens)

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def _lay_out(self) -> None:
        width = min(WIDEST, self.size.width - 2)
        if width > 0:
            self._lines = Visual.to_strips(self, self._content, width, None, self.visual_style)
            self.top = self.within(self.top)
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_attached:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        style = self.visual_style.rich_style
        margin = Segment(" " * max(0, (width - WIDEST) // 2), style)
        number = self.top + y
        line = self._lines[number] if number < len(self._lines) else Strip([])
        text = Strip([margin, *line]).adjust_cell_length(width - 1, style)
        return Strip([*text, self.bar(y, style)], width)
