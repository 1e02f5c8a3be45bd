"""MainScreen: the reader. It owns the query, the answer and the cursor's paper.

a letter typed   FilterBar.Changed -> SearchSession -> search in a thread -> _show -> PaperList
a mark           action -> store.submit (journalled) -> the one row and the pane repaint
each second      store.poll and the catalog's batch number in a thread -> what others changed
"""

from __future__ import annotations

from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from tui.config import Config
from tui.core.commands import valid_in
from tui.library.library import Library
from tui.library.views import ALL
from tui.state import Change
from tui.ui.screens.adding import Adding
from tui.ui.screens.custom_commands import CustomCommands
from tui.ui.screens.exporting import Exporting
from tui.ui.screens.fetching import Fetching
from tui.ui.screens.subscribing import Subscribing
from tui.ui.widgets.filter_bar import FilterBar, FilterInput
from tui.ui.widgets.key_hints import KeyHints
from tui.ui.widgets.paper_detail import ContextPane, PaperDetail
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.row_layout import RowLayout
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.views_line import ViewsLine

SMALLEST = (60, 16)
"""Columns and lines below which nothing useful fits."""
WIDE = 100
"""Columns from which list and abstract stand side by side."""
LOW = 20
"""Lines below which a narrow window shows the list alone."""
FIRST_ROWS = 500
"""Rows painted before the index is there."""


class MainScreen(Adding, Fetching, Exporting, Subscribing, CustomCommands):
    """List, abstract, filter, status, hints."""

    AUTO_FOCUS = "PaperList"
    PLACES = ("list", "reading", "filter")
    PRIORITY_COMMANDS = ("filter", "to_list", "clear", "open")  # quick typing goes where it belongs

    def __init__(
        self,
        library: Library,
        query: str = "",
        greeting: str = "",
        config: Config | None = None,
    ) -> None:
        super().__init__(library, query)
        self.config = config or Config()
        self.custom = self.config.custom
        self._greeting = greeting
        self._told_unknown = False

    def compose(self) -> ComposeResult:
        yield ViewsLine()
        yield FilterBar(self.filter_text)
        with Container(id="panes"):
            yield PaperList(self.row_views, self._row_look())
            yield PaperDetail()
            yield ContextPane()
        yield Static(id="notice", markup=False)
        yield StatusLine(id="status")
        yield KeyHints()
        yield Static(id="too-small", markup=False)

    def _row_look(self) -> RowLayout:
        columns = self.config.columns
        return RowLayout(
            self.glyphs, self.config.rows, columns.authors, columns.date, columns.venue
        )

    # -- start -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.restore()
        self.query_one(FilterBar).set_text(self.filter_text)
        self.show_views()
        self.total = len(self.library.catalog)
        self._show_first_rows()
        self.count_marks()
        self.say(self._greeting)
        self._greet()
        self._warn_of_config()
        self.show_notices()
        self._show_hints()
        self.call_after_refresh(self.bring_index)
        self.set_interval(1.0, self.look_around)
        self.fetch_by_itself()

    def _show_first_rows(self) -> None:
        """Paint before the index is there, if what it will show is known: all, newest first."""
        if self.total and (self.view is not ALL or self.filter_text or self.order):
            return
        rows = self.library.catalog.newest(FIRST_ROWS)
        self.query_one(PaperList).show(rows, empty=self.why_empty(None))

    def _greet(self) -> None:
        """Two lines for somebody who sees this for the first time; never again."""
        store = self.library.store
        if not store.readonly and not store.document("hints", "first"):
            keys = {each.id: each.shown_keys.split(", ")[0] for each in self.commands}
            self.hint(
                f"{keys['next']} {keys['previous']} move · {keys['read_next']} read and go on · "
                f"{keys['star']} star · {keys['not_for_me']} not for me · {keys['filter']} filter\n"
                f"{keys['help']} all keys · {keys['palette']} commands · "
                f"{keys['quit']} leaves, all is saved · Esc hides this"
            )
            seen = {"hints": {"first": {"seen": True}}}
            self.submit(Change.of("hint", tables=seen, silent=True))

    def on_key(self, event: events.Key) -> None:
        """A key ends what was said; one that means nothing here says so, once."""
        self.key_pressed(event.key)
        known = {key for command in self.commands for key in command.keys}
        if event.is_printable and event.key not in known and not self._told_unknown:
            if isinstance(self.focused, FilterInput):
                return
            self._told_unknown = True
            self.say(f"{event.character} does nothing here; ? shows all keys")

    def _warn_of_config(self) -> None:
        if warning := self.config.warning:
            self.warn(warning)

    # -- the list and the paper ------------------------------------------------------------

    def action_open(self) -> None:
        """Read the paper over everything; Escape comes back."""
        if self.shown:
            self.add_class("-reading")
            self.set_focus(self.query_one(PaperDetail))
            self._show_hints()

    @on(PaperList.Opened)
    def _opened(self) -> None:
        self.action_open()

    # -- around ----------------------------------------------------------------------------

    def action_help(self) -> None:
        from tui.ui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        self.app.action_command_palette()

    async def action_quit(self) -> None:
        await self.app.action_quit()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._show_hints()

    def _show_hints(self) -> None:
        if isinstance(self.focused, FilterInput):
            place = "filter"
        else:
            place = "reading" if self.has_class("-reading") else "list"
        hints = [command for command in valid_in(place, self.commands) if command.footer]
        if place != "list":
            clear = next(c for c in self.commands if c.id == "clear")
            hints.insert(0, replace(clear, label="back") if place == "reading" else clear)
        self.query_one(KeyHints).commands = tuple(hints)

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(small, "-too-small")
        layout = self.config.layout
        narrow = width < WIDE
        self.set_class(narrow if layout == "auto" else layout == "stacked", "-stacked")
        low = narrow and height < LOW
        self.set_class(low if layout == "auto" else layout == "list", "-list-only")
        self.lay_out()
        self.query_one("#too-small", Static).update(
            f"{width}x{height} is too small; Sheaf needs {SMALLEST[0]}x{SMALLEST[1]}"
        )
