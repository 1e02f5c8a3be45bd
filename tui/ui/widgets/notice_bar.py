"""NoticeBar: a warning or a hint above the status line."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.ui.status_bar import Notice
from tui.ui.widgets.paper_text import DIM


class NoticeBar(Static):
    """Takes room only while there is a notice."""

    def __init__(self) -> None:
        super().__init__(id="notice", markup=False)

    def show_notice(self, notice: Notice | None, hide_key: str) -> None:
        """Show a notice, or none; `hide_key` is the key that hides a warning."""
        if notice and notice.is_warning:
            hint = (f"  {hide_key} hides this", DIM)
            self.update(Content.assemble(("! ", "bold"), notice.text, hint))
        elif notice:
            self.update(Content(notice.text))
        self.set_class(notice is not None and not notice.is_warning, "-hint")
        self.display = notice is not None
