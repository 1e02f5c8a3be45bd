"""ReaderScreen: the list of papers, the paper under the cursor, and what connects them.

a letter typed   FilterBar.Changed -> request -> ListSearch, in a thread -> result -> PaperList
a command        action_run -> a function of ui/actions -> show, Triage, JobRunner, a dialog
a mark           Triage -> the store, journalled -> Refresher: the one row, the pane, the counts
each second      Watcher, in a thread -> Refresher: what other processes changed
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import date
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from tui.catalog.catalog import StoredPaper
from tui.config import Config
from tui.core.errors import SheafError
from tui.library.library import Library
from tui.library.orders import order_by_word
from tui.library.triage import Triage
from tui.library.views import ALL
from tui.state import Change
from tui.ui.background import ScreenBackground
from tui.ui.explanations import describe_result, explain_empty_list, first_hint
from tui.ui.jobs import JobRunner
from tui.ui.list_request import ListRequest
from tui.ui.list_search import ListSearch
from tui.ui.pane_layout import layout_classes, too_small
from tui.ui.panes import Panes
from tui.ui.position import Position, load_position, save_position
from tui.ui.presenter import RowPresenter
from tui.ui.reader_protocol import Place
from tui.ui.refresher import Refresher
from tui.ui.screen import SheafScreen
from tui.ui.similar_papers import SimilarPapers
from tui.ui.status_bar import Notice, StatusBar
from tui.ui.widgets.filter_bar import FilterBar, FilterInput
from tui.ui.widgets.glyphs import glyphs
from tui.ui.widgets.key_hints import KeyHints
from tui.ui.widgets.notice_bar import NoticeBar
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.row_layout import DATE_WIDTH, RowLayout
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.views_line import ViewsLine

if TYPE_CHECKING:
    from tui.search.session import SearchResult
    from tui.ui.actions import Action

T = TypeVar("T")
SETTLING_COMMANDS = ("to_list", "clear", "similar")
"""Commands that wait for what was typed to be answered, and let the next key wait for theirs."""
FIRST_ROWS = 500
"""Rows painted before the index is there."""
LATE_START = 0.03
"""Seconds from the start to the imports that the first frame does without."""
POLL_INTERVAL = 1.0
"""Seconds between two looks at what other processes have changed."""
COUNT_WIDTH = 15
"""Cells of the end of a row in the order of a count: `1.2k citations`."""


class ReaderScreen(SheafScreen[None]):
    """The reader. Actions use it through the protocol `Reader`."""

    AUTO_FOCUS = "PaperList"
    PLACES = ("list", "reading", "filter")
    PRIORITY_COMMANDS = ("filter", "to_list", "clear", "open")  # quick typing goes where it belongs

    request: reactive[ListRequest] = reactive(ListRequest(), init=False, repaint=False)
    """What the list is to show."""
    result: reactive[SearchResult | None] = reactive(
        None, init=False, repaint=False, always_update=True
    )
    """What the list shows: the result of the last search that no newer one has overtaken."""

    views_line = getters.query_one(ViewsLine)
    filter_bar = getters.query_one(FilterBar)
    panes = getters.query_one(Panes)
    notice_bar = getters.query_one(NoticeBar)
    status_line = getters.query_one(StatusLine)
    key_hints = getters.query_one(KeyHints)

    def __init__(
        self, library: Library, query: str = "", greeting: str = "", config: Config | None = None
    ) -> None:
        """Read `library`; `query` is the first filter, `greeting` the first message."""
        super().__init__()
        self.library = library
        self.config = config or Config()
        self._greeting = greeting
        self._reported_unknown_key = False
        background = ScreenBackground(self)
        self.status = StatusBar(self._show_text, self._show_notice)
        self.jobs = JobRunner(self.status, background)
        self.presenter = RowPresenter(library, self.config, glyphs())
        self.similar = SimilarPapers(library, background, self._show_context)
        self.search = ListSearch(library, self._start_search, self._take_result)
        self.refresher = Refresher(self, background)
        self.triage = Triage(library, self.refresher.on_marks_changed, self.refresher.on_saved)
        request = ListRequest(day=date.today().isoformat(), text=query)
        self.set_reactive(ReaderScreen.request, request)

    def compose(self) -> ComposeResult:
        rows, columns = self.config.rows, self.config.columns
        layout = RowLayout(glyphs(), rows, columns.authors, columns.date, columns.venue)
        yield ViewsLine()
        yield FilterBar(self.request.text)
        yield Panes(self.presenter, layout, self.similar, self.key_of("note"))
        yield NoticeBar()
        yield StatusLine(id="status")
        yield KeyHints()
        yield Static(id="too-small", markup=False)

    def on_mount(self) -> None:
        self._restore_position()
        self._show_first_rows()
        self.refresher.refresh_views()
        self.watch(self.papers, "selection", self.refresher.refresh_summary)
        self.status.message(self._greeting)
        self._greet()
        if warning := self.config.warning:
            self.status.warn(warning)
        self.refresher.show_store_notice()
        self._show_key_hints()
        self.set_timer(LATE_START, self._load_late)
        self.set_interval(POLL_INTERVAL, self.refresher.watcher.poll_external_changes)
        if self.config.network.every:
            self.call_after_refresh(self._fetch_regularly, self.config.network.every * 60)

    def _load_late(self) -> None:
        """Load what the first frame does without: the actions, and in a thread the index."""
        import tui.ui.actions  # noqa: F401

        self.refresher.watcher.update_index()

    def _fetch_regularly(self, seconds: float) -> None:
        from tui.ui.actions.fetching import start_fetch

        self.set_interval(seconds, partial(start_fetch, self, automatic=True))
        start_fetch(self, automatic=True)

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
        self.search.close()

    def _restore_position(self) -> None:
        position = load_position(self.library.store, self.refresher.tabs.views, self.request)
        if position.paper:
            self.papers.followed = self.library.catalog.row_of(position.paper)
        self.panes.list_share = position.list_share
        self.request = position.request
        self.filter_bar.set_text(position.request.text)

    def _show_first_rows(self) -> None:
        """Paint before the index is there, if what it will show is known: all, newest first."""
        request, total = self.request, self.refresher.total
        if total == 0 or (request.view is ALL and not request.text and not request.order):
            empty = explain_empty_list(ListRequest(), (), False, self.key_of)
            self.papers.show(self.library.catalog.newest(FIRST_ROWS), empty=empty)
            self.papers.call_after_refresh(self.show_paper)

    def _greet(self) -> None:
        """Help somebody who sees this for the first time; never again."""
        store = self.library.store
        if not store.readonly and not store.document("hints", "first"):
            self.status.hint(first_hint(self.key_of))
            seen = {"hints": {"first": {"seen": True}}}
            self.triage.submit(Change.of("hint", tables=seen, silent=True))

    async def leave(self) -> None:
        """Remember where the reader is, and end it; marks and notes are saved already."""
        key = self.current.key if self.current else None
        self.triage.submit(save_position(Position(self.request, key, self.panes.list_share)))
        self.status.message("leaving")  # stays while another process writes the catalog
        with suppress(SheafError, OSError):  # a catalog that cannot be written to: all stays new
            await asyncio.to_thread(self.library.visit)
        self.app.exit()

    # What the list shows

    def show(self, request: ListRequest) -> None:
        """Show another list."""
        papers = self.papers
        papers.followed = self.request.row_to_keep(request, papers.row, papers.followed)
        self.request = request
        if request.text != self.filter_bar.text:
            self.filter_bar.set_text(request.text)
        self.refresh_list()

    @on(FilterBar.Changed)
    def _filter_typed(self) -> None:
        text = self.filter_bar.text
        if text != self.request.text:
            self.show(self.request.with_text(text))

    def watch_request(self, old: ListRequest, new: ListRequest) -> None:
        if old.order != new.order:
            order = order_by_word(new.order)
            self.presenter.order = new.order
            self.papers.set_suffix_width(COUNT_WIDTH if order and order.unit else DATE_WIDTH)
        if old._replace(text="", similar_to=None) != new._replace(text="", similar_to=None):
            self.refresher.refresh_views()
        if old.text != new.text and not self.search.ready:
            self.filter_bar.show_summary("waiting for the index")

    def refresh_list(self) -> None:
        """Search again for what the list is to show; a newer call overtakes an older one."""
        self.search.submit(self.request.search_request())

    def _start_search(self, work: Coroutine[Any, Any, None]) -> object:
        return self.run_worker(work, group="search", description="search", exit_on_error=False)

    def _take_result(self, result: SearchResult) -> None:
        self.result = result

    def watch_result(self, result: SearchResult) -> None:
        """Show the papers found: the cursor stays on the paper the user has gone to."""
        request, papers = self.request, self.papers
        total = self.refresher.total
        self.presenter.set_result(result.hits.words, result.papers)
        row = self._row_to_keep_when_papers_arrive(request)
        empty = explain_empty_list(request, result.query.problems, total > 0, self.key_of)
        papers.show(result.hits.rows, row, empty)
        papers.call_after_refresh(self.show_paper)  # the list is painted first
        similar = request.similar_to and self.library.catalog.get(request.similar_to)
        title = similar.paper.title if similar else ""
        so_far = not self.search.complete
        self.filter_bar.show_summary(describe_result(request, result, total, title, so_far))

    def _row_to_keep_when_papers_arrive(self, request: ListRequest) -> int | None:
        """The row that the cursor stays on when the same list is shown with new papers.

        It is the one that the user has gone to. Without a filter it is the one under the cursor:
        papers that arrive while one reads do not move it.
        """
        followed = self.papers.followed
        return self.papers.row if followed is None and not request.is_filtered else followed

    async def _settle(self) -> None:
        """Wait until what was typed is in the field and answered: the next key acts on that."""
        typed = asyncio.Event()
        self.filter_bar.field.call_later(typed.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(typed.wait(), 1)
            self._filter_typed()
            await asyncio.wait_for(self.search.wait(), 2)

    # What actions use

    @property
    def papers(self) -> PaperList:
        return self.panes.papers

    @property
    def current(self) -> StoredPaper | None:
        return self.panes.current

    def targets(self) -> list[int]:
        return self.panes.targets()

    def show_paper(self) -> None:
        self.panes.show_paper()

    def _show_context(self) -> None:
        self.panes.show_context()

    def announce_new(self, count: int, text: str) -> None:
        self.refresher.announce_new(count, text)

    def take_announcement(self) -> bool:
        return self.refresher.arrivals.take()

    async def ask(self, dialog: Screen[T]) -> T | None:
        return await self.app.push_screen_wait(dialog)

    # Keys and clicks

    async def action_run(self, command_id: str) -> None:
        """Run the function of a command of the table."""
        from tui.ui.actions import find_action  # the first frame does not wait for the actions

        if command_id in SETTLING_COMMANDS:
            await self._settle()
        label = next(each.label for each in self.commands if each.id == command_id)
        self.perform(find_action(command_id), label)
        if command_id in SETTLING_COMMANDS:
            await self._settle()

    def action_click(self, kind: str, value: str | int) -> None:
        """Do what a click on a part of a paper does: `@click` in a text of the panes."""
        from tui.ui.actions.clicks import CLICKS

        self.perform(partial(CLICKS[kind], value=value), kind)

    def perform(self, action: Action, description: str) -> None:
        """Run an action; one that may ask something runs beside the reader."""
        if iscoroutinefunction(action):
            self.run_worker(
                action(self), group="action", description=description, exit_on_error=False
            )
        else:
            action(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys of the filter act only in the filter, those of the list never in it."""
        filtering = self.place == "filter"
        match parameters[0] if action == "run" else "":
            case "to_list":
                return filtering
            case "filter" | "next_view" | "previous_view":
                return not filtering
            case "open":
                return self.papers.has_focus
        return True

    def on_key(self, event: events.Key) -> None:
        """End the message; say once that a key which means nothing here does so."""
        here = (each for each in self.commands if set(each.where) & set(self.PLACES))
        by_key = {key: command.id for command in here for key in command.keys}
        if by_key.get(event.key) != "first":
            self.refresher.arrivals.take()
        self.status.clear_message()
        unknown = event.is_printable and event.key not in by_key
        if unknown and not self._reported_unknown_key and self.place != "filter":
            self._reported_unknown_key = True
            help_key = self.key_of("help")
            self.status.message(f"{event.character} does nothing here; {help_key} shows all keys")

    def on_paste(self, event: events.Paste) -> None:
        """Offer to add what is pasted into the list."""
        event.stop()
        from tui.ui.actions.adding import add_pasted

        if text := event.text.strip():
            self.perform(partial(add_pasted, text=text), "add")

    @on(PaperList.Clicked)
    def _list_clicked(self, event: PaperList.Clicked) -> None:
        self.action_click(event.kind, event.value)

    @on(ViewsLine.Chosen)
    def _view_clicked(self, event: ViewsLine.Chosen) -> None:
        self.action_click("view", self.refresher.tabs.views[event.number].name)

    # Places, sizes, texts

    @property
    def place(self) -> Place:
        if isinstance(self.focused, FilterInput):
            return "filter"
        return "reading" if self.has_class("-reading") else "list"

    def go_to_place(self, place: Place) -> None:
        if self.place == "filter" and place == "list":
            self.papers.followed = self.papers.row
        self.set_class(place == "reading", "-reading")
        targets = {
            "list": self.papers,
            "reading": self.panes.detail,
            "filter": self.filter_bar.field,
        }
        self.set_focus(targets[place])
        self._show_key_hints()

    def on_descendant_focus(self) -> None:
        self._show_key_hints()

    def _show_key_hints(self) -> None:
        self.key_hints.show_place(self.place, self.commands)

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        for name, wanted in layout_classes(width, height, self.config.layout).items():
            self.set_class(wanted, name)
        self.panes.lay_out()
        self.query_one("#too-small", Static).update(too_small(width, height))

    def warn(self, text: str) -> None:
        self.status.warn(text)

    def _show_text(self, text: str) -> None:
        self.status_line.right = text

    def _show_notice(self, notice: Notice | None) -> None:
        self.notice_bar.show_notice(notice, self.key_of("clear"))

    @on(ScreenBackground.Call)
    def _call(self, message: ScreenBackground.Call) -> None:
        message.function()
