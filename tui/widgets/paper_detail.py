"""PaperDetail: the pane that follows the cursor."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class PaperDetail(VerticalScroll, can_focus=True):
    """One paper, wrapped to at most 80 columns, scrolled by `J` and `K` from the list too."""

    def compose(self) -> ComposeResult:
        yield Static(id="paper-text", markup=False)

    def show(self, content: Content, *, same_paper: bool) -> None:
        """Show `content`; another paper starts at its top."""
        self.query_one("#paper-text", Static).update(content)
        if not same_paper:
            self.scroll_to(y=0, animate=False)

    def scroll_by(self, screens: float) -> None:
        """Scroll by a part of a screen, down if positive."""
        self.scroll_relative(y=round(self.size.height * screens), animate=False)
