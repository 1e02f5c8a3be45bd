"""Panes: list, abstract and context, side by side or one over the other, and where the keys go."""

from __future__ import annotations

from functools import partial
from typing import Literal

from textual import getters
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer

from tui.catalog.catalog import StoredPaper
from tui.ui.pane_layout import LIST_SHARE, clamp_share, pane_widths
from tui.ui.presenter import RowPresenter
from tui.ui.similar_papers import SimilarPapers
from tui.ui.widgets.context_pane import ContextPane
from tui.ui.widgets.filter_bar import FilterInput
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList

REST_DELAY = 0.15
"""Seconds the cursor rests on a paper before similar ones are looked for."""
FocusPlace = Literal["list", "reading", "filter"]
"""Where the keys go: the list, the paper over the whole screen, or the field of the filter."""


class Panes(Container):
    """Holds the list and the two panes that show the paper under its cursor."""

    list_share: reactive[int] = reactive(LIST_SHARE, init=False, repaint=False)
    """Per cent of the width that the list has where it stands beside the abstract."""

    papers = getters.query_one(PaperList)
    detail = getters.query_one("PaperDetail", PaperDetail)
    context = getters.query_one(ContextPane)

    def __init__(
        self, presenter: RowPresenter, similar: SimilarPapers, note_glyph: str, note_key: str
    ) -> None:
        """`note_key` is the key that writes a note."""
        super().__init__(id="panes")
        self.presenter = presenter
        self._similar = similar
        self._note_glyph = note_glyph
        self._note_key = note_key
        self._shown: StoredPaper | None = None
        """The paper that abstract and context show."""
        self._rest: Timer | None = None
        """Runs until the cursor has rested for REST_DELAY."""

    @property
    def place(self) -> FocusPlace:
        """Where the keys go now."""
        if isinstance(self.screen.focused, FilterInput):
            return "filter"
        return "reading" if self.screen.has_class("-reading") else "list"

    def go_to(self, place: FocusPlace) -> None:
        """Move the focus to another place, and show it."""
        if self.place == "filter" and place == "list":
            self.papers.followed = self.papers.row
        self.screen.set_class(place == "reading", "-reading")
        field = self.screen.query_one(FilterInput)
        widgets = {"list": self.papers, "reading": self.detail, "filter": field}
        self.screen.set_focus(widgets[place])

    def show_paper(self, stored: StoredPaper | None) -> None:
        """Show a paper with its marks as they are now; another paper starts at its top."""
        heading = self.papers.heading
        content = self.presenter.group_content(heading) if heading else Content("")
        if stored:
            content = self.presenter.content(stored)
        before, self._shown = self._shown, stored
        is_same = stored is not None and before is not None and stored.row == before.row
        self.detail.show(content, same_paper=is_same)
        self.show_context()

    def show_context(self) -> None:
        """Show note and similar papers; those are looked for once the cursor rests."""
        if not self.screen.has_class("-wide"):
            return
        if self._rest:
            self._rest.stop()
        stored = self._shown
        note = self.presenter.note(stored) if stored else ""
        similar = self._similar.get(stored.row) if stored else None
        self.context.show_paper(
            stored, note, similar, note_glyph=self._note_glyph, note_key=self._note_key
        )
        if stored and similar is None:
            self._rest = self.set_timer(REST_DELAY, partial(self._similar.find, stored.row))

    def validate_list_share(self, per_cent: int) -> int:
        return clamp_share(per_cent)

    def watch_list_share(self) -> None:
        self.lay_out()

    def lay_out(self) -> None:
        """Divide the width where list and abstract stand side by side."""
        screen = self.screen
        side_by_side = not (screen.has_class("-stacked") or screen.has_class("-list-only"))
        widths = pane_widths(self.list_share, screen.has_class("-wide"))
        for pane, width in zip((self.papers, self.detail), widths, strict=True):
            if side_by_side:
                pane.styles.width = width
            else:
                pane.styles.clear_rule("width")
                pane.styles.refresh(layout=True)
        self.show_context()
