"""Panes: list, abstract and context, side by side or one over the other."""

from __future__ import annotations

from functools import partial

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.reactive import reactive
from textual.timer import Timer

from tui.catalog.catalog import StoredPaper
from tui.ui.pane_layout import LIST_SHARE, clamp_share, pane_widths
from tui.ui.presenter import RowPresenter
from tui.ui.similar_papers import SimilarPapers
from tui.ui.widgets.context_pane import ContextPane
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.row_layout import RowLayout

REST_DELAY = 0.15
"""Seconds the cursor rests on a paper before similar ones are looked for."""


class Panes(Container):
    """Shows the paper under the cursor of the list in the abstract and the context."""

    list_share: reactive[int] = reactive(LIST_SHARE, init=False, repaint=False)
    """Per cent of the width that the list has where it stands beside the abstract."""

    papers = getters.query_one(PaperList)
    detail = getters.query_one("PaperDetail", PaperDetail)
    context = getters.query_one(ContextPane)

    def __init__(
        self, presenter: RowPresenter, layout: RowLayout, similar: SimilarPapers, note_key: str
    ) -> None:
        """`note_key` is the key that writes a note."""
        super().__init__(id="panes")
        self._presenter = presenter
        self._row_layout = layout
        self._similar = similar
        self._note_key = note_key
        self._row: int | None = None
        """The row that the abstract shows."""
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        yield PaperList(self._presenter.row_views, self._row_layout)
        yield PaperDetail()
        yield ContextPane()

    def on_mount(self) -> None:
        self.watch(self.papers, "cursor", self.show_paper, init=False)

    @property
    def current(self) -> StoredPaper | None:
        """The paper under the cursor; the abstract may still show the one before."""
        return self._presenter.paper(self.papers.row)

    def targets(self) -> list[int]:
        """Return the catalog rows of the selected papers, else of the one under the cursor."""
        if self.papers.selection:
            return sorted(self.papers.selection)
        return [] if self.papers.row is None else [self.papers.row]

    def show_paper(self) -> None:
        """Show the paper under the cursor; another paper starts at its top."""
        stored = self.current
        row = stored.row if stored else None
        content = self._presenter.content(stored) if stored else Content("")
        self.detail.show(content, same_paper=row == self._row)
        self._row = row
        self.show_context()

    def show_context(self) -> None:
        """Show note and similar papers; those are looked for once the cursor rests."""
        if not self.screen.has_class("-wide"):
            return
        if self._rest:
            self._rest.stop()
        stored = self.current
        note = self._presenter.note(stored) if stored else ""
        similar = self._similar.get(stored.row) if stored else None
        glyph = self._row_layout.glyphs.note
        self.context.show_paper(stored, note, similar, note_glyph=glyph, note_key=self._note_key)
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
