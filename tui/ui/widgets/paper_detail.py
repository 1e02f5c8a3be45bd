"""PaperDetail: the pane of the paper. It is laid out once for a paper and draws visible lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from tui.ui.bindings import command_bindings, commands_of
from tui.ui.textual_private import set_bindings
from tui.ui.widgets.scrollable_lines import ScrollableLines

MAX_LINE_WIDTH = 80
"""Cells of a line: in longer lines the eye does not find the start of the next one."""


class PaperDetail(ScrollableLines):
    """One paper, wrapped to at most 80 columns; commands of the list scroll it too."""

    ACTIONS: ClassVar[Mapping[str, str]] = {
        "paper_down": "go(1)",
        "paper_up": "go(-1)",
        "paper_page_down": "go_screens(0.9)",
        "paper_page_up": "go_screens(-0.9)",
        "paper_top": "go(-1000000)",
        "paper_bottom": "go(1000000)",
    }
    """Command to Textual's action, for the commands valid when this pane has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._content = Content("")
        self._lines: list[Strip] = []
        commands = commands_of(self.app)
        set_bindings(self, command_bindings(commands, ("paper",)))

    async def action_run(self, command_id: str) -> None:
        await self.run_action(self.ACTIONS[command_id])

    def show(self, content: Content, *, same_paper: bool) -> None:
        """Show `content`, from its top if it is another paper."""
        if not same_paper:
            self.scroll_to_line(0)
        if not content.is_same(self._content):
            self._content = content
            self._lay_out()

    def scroll_screens(self, screens: float) -> None:
        """Scroll by a number of screens, down if positive."""
        self.scroll_lines(round(self.size.height * screens))

    def action_go(self, lines: int) -> None:
        self.scroll_lines(lines)

    def action_go_screens(self, screens: float) -> None:
        self.scroll_screens(screens)

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def _lay_out(self) -> None:
        width = min(MAX_LINE_WIDTH, self.size.width - 2)
        if width > 0:
            self._lines = Visual.to_strips(self, self._content, width, None, self.visual_style)
            self.top = self.clamp_top(self.top)
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
        margin = Segment(" " * max(0, (width - MAX_LINE_WIDTH) // 2), style)
        number = self.top + y
        line = self._lines[number] if number < len(self._lines) else Strip([])
        text = Strip([margin, *line]).adjust_cell_length(width - 1, style)
        return Strip([*text, self.bar_cell(y, style)], width)
