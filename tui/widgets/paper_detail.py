"""PaperDetail: the pane that follows the cursor. Lines are laid out once a paper, drawn when seen.

It keeps its own place and draws its own bar: Textual's scrolling containers lay the whole screen
out anew when the height of what they hold changes, which here is every key.
"""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

WIDEST = 80
"""Cells of a line that an eye still follows back."""
WHEEL = 3
"""Lines a turn of the wheel."""


class PaperDetail(Widget, can_focus=True):
    """One paper, wrapped to at most 80 columns, scrolled by `J` and `K` from the list too."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"paper-detail--bar"}
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
        self._top = 0

    def show(self, content: Content, *, same_paper: bool) -> None:
        """Show `content`; another paper starts at its top."""
        self._content = content
        if not same_paper:
            self._top = 0
        self._lay_out()

    def scroll_screens(self, screens: float) -> None:
        """Scroll by a part of a screen, down if positive."""
        self.action_go(round(self.size.height * screens))

    def action_go(self, lines: int) -> None:
        top = self._within(self._top + lines)
        if top != self._top:
            self._top = top
            self.refresh()

    def action_go_screens(self, screens: float) -> None:
        self.scroll_screens(screens)

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self._lines) - self.size.height))

    def _lay_out(self) -> None:
        width = min(WIDEST, self.size.width - 2)
        if width > 0:
            self._lines = Visual.to_strips(self, self._content, width, None, self.visual_style)
            self._top = self._within(self._top)
        self.refresh()

    def on_resize(self) -> None:
        self._lay_out()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_go(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_go(-WHEEL)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_attached:
            self._lay_out()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        style = self.visual_style.rich_style
        margin = Segment(" " * max(0, (width - WIDEST) // 2), style)
        number = self._top + y
        line = self._lines[number] if number < len(self._lines) else Strip([])
        text = Strip([margin, *line]).adjust_cell_length(width - 1, style)
        return Strip([*text, Segment(self._bar(y), self._bar_style(style))], width)

    def _bar(self, y: int) -> str:
        """The character of the bar at a line: where in the paper the pane is; none if all fits."""
        height, total = self.size.height, len(self._lines)
        if total <= height:
            return " "
        length = max(1, height * height // total)
        start = self._top * (height - length) // (total - height)
        return "▐" if start <= y < start + length else " "

    def _bar_style(self, under: Style) -> Style:
        bar = self.get_component_styles("paper-detail--bar")
        background = self.background_colors[1]
        return under + Style(color=background.blend(bar.color, bar.color.a, 1.0).rich_color)
