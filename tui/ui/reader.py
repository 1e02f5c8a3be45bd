"""ReaderScreen: connects filter, search, list and panes.

a letter typed   FilterBar.Changed -> request -> ListSearch, in a thread -> result -> PaperList
a command        action_run -> a function of ui/actions -> request, Triage, JobRunner, a dialog
a mark           Triage -> the store, journalled -> MarkRefresher: one row, the panes, the counts
each second      Watcher, in a thread -> LibraryRefresher: what other processes changed
the cursor       PaperList.cursor -> current -> Panes
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from textual import events, getters, on
from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widgets import Static

from tui.catalog.catalog import StoredPaper
from tui.config import Config
from tui.library.library import Library
from tui.library.orders import find_order
from tui.library.triage import Triage
from tui.library.views import ALL
from tui.state import Change
from tui.ui.arrivals import Arrivals
from tui.ui.background import ScreenBackground
from tui.ui.explanations import describe_result, explain_empty_list, first_hint
from tui.ui.grouping import Grouping
from tui.ui.jobs import JobReport, JobRunner
from tui.ui.library_refresher import LibraryRefresher
from tui.ui.list_request import ListRequest
from tui.ui.list_search import ListSearch
from tui.ui.mark_refresher import MarkRefresher
from tui.ui.pane_layout import layout_classes, too_small
from tui.ui.panes import Panes
from tui.ui.position import load_position
from tui.ui.presenter import RowPresenter
from tui.ui.screen import SheafScreen
from tui.ui.seen_papers import SeenPapers
from tui.ui.similar_papers import SimilarPapers
from tui.ui.status_bar import Notice, StatusBar
from tui.ui.view_refresher import ViewRefresher
from tui.ui.watcher import Watcher
from tui.ui.widgets.context_pane import ContextPane
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.glyphs import glyphs
from tui.ui.widgets.key_hints import KeyHints
from tui.ui.widgets.notice_bar import NoticeBar
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.row_layout import DATE_WIDTH, RowLayout
from tui.ui.widgets.status_line import StatusLine
from tui.ui.widgets.views_line import ViewsLine

if TYPE_CHECKING:
    from tui.search.session import SearchResult
    from tui.ui.widgets.list_places import Rows

SETTLING_COMMANDS = ("to_list", "clear", "similar", "group")
"""Commands that wait for the result of the typed filter. The next key waits for their result."""
FIRST_ROWS = 500
"""Rows painted before the first search."""
LATE_START = 0.01
"""Seconds from the start to opening the index. The first frame is painted before that."""
POLL_INTERVAL = 1.0
"""Seconds between two polls for changes by other processes."""
COUNT_WIDTH = 15
"""Cells of the end of a row with a count: `1.2k citations`."""


_watched = partial(reactive, init=False, repaint=False)
"""A reactive value whose watchers decide what is painted."""


class ReaderScreen(SheafScreen[None]):
    """The reader. Actions use it through the protocol `Reader`."""

    AUTO_FOCUS = "PaperList"
    PLACES = ("list", "reading", "filter")
    PRIORITY_COMMANDS = ("filter", "to_list", "clear", "open")

    # The list is bound to `selection`. Watchers drive the other parts of the screen: they show what
    # is derived from these values, such as counts and summaries.
    request: reactive[ListRequest] = _watched(ListRequest(), always_update=True)
    """What the list is to show. Setting it searches, even if it is the same as before."""
    result: reactive[SearchResult | None] = _watched(None, always_update=True)
    """What the last search found that no newer one has overtaken."""
    current: reactive[StoredPaper | None] = _watched(None, always_update=True)
    """The paper under the cursor; None in an empty list and on the heading of a group."""
    selection: reactive[frozenset[int]] = _watched(frozenset[int]())
    """Catalog rows of the selected papers; some may not be in the list."""

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
        self.total = len(library.catalog)
        """Papers in the library."""
        self.config = config or Config()
        self._greeting = greeting
        self._reported_unknown_key = False
        self._answered: ListRequest | None = None
        """The request whose papers the list shows; None before the first search."""
        background = ScreenBackground(self)
        self.status = StatusBar(self._show_text, self._show_notice)
        self.arrivals = Arrivals(library, self.status, self.key_of)
        self.jobs = JobRunner(self.status, background, self._report_job)
        self.similar = SimilarPapers(library, background, lambda: self.panes.show_context())
        self.search = ListSearch(library, self._start_search, self._set_result)
        self.grouping = Grouping(self, background)
        self.mark_refresher = MarkRefresher(self, background)
        self.view_refresher = ViewRefresher(self)
        self.library_refresher = LibraryRefresher(self)
        self.watcher = Watcher(library, background, self.library_refresher.on_event)
        self.triage = Triage(library, self.mark_refresher.on_changed, self.mark_refresher.on_saved)
        self.seen_papers = SeenPapers(library)
        self.set_reactive(ReaderScreen.request, ListRequest(day=str(date.today()), text=query))

    def compose(self) -> ComposeResult:
        rows, columns = self.config.rows, self.config.columns
        layout = RowLayout(glyphs(), rows, columns.authors, columns.date, columns.venue)
        presenter = RowPresenter(self.library, self.config, layout.glyphs)
        yield ViewsLine()
        yield FilterBar(self.request.text)
        with Panes(presenter, self.similar, layout.glyphs.note, self.key_of("note")):
            papers = PaperList(presenter.row_views, presenter.count_unread, layout)
            yield papers.data_bind(ReaderScreen.selection)
            yield PaperDetail()
            yield ContextPane()
        yield NoticeBar()
        yield StatusLine(id="status")
        yield KeyHints()

    def on_mount(self) -> None:
        self._restore_position()
        self._show_first_rows()
        self.view_refresher.refresh()
        self.refresh_summary()
        self.watch(self.panes.papers, "cursor", self.update_current, init=False)
        self.status.message(self._greeting)
        self._show_first_hint()
        if warning := self.config.warning:
            self.status.warn(warning)
        self.library_refresher.show_store_notice()
        self._show_key_hints()
        self.set_timer(LATE_START, self.watcher.update_index)
        self.set_interval(POLL_INTERVAL, self._look_around)
        if self.config.network.every:
            self.call_after_refresh(self._fetch_regularly, self.config.network.every * 60)

    def _look_around(self) -> None:
        self.watcher.poll_external_changes()
        if self.is_current and self.panes.place != "reading":
            self.seen_papers.look(self.panes.papers.visible_rows)

    def _fetch_regularly(self, seconds: float) -> None:
        from tui.ui.actions.fetching import start_fetch

        self.set_interval(seconds, partial(start_fetch, self, automatic=True))
        start_fetch(self, automatic=True)

    def on_unmount(self) -> None:
        self.jobs.cancel_all()
        self.watcher.stop()
        self.search.close()

    def _restore_position(self) -> None:
        """Show what the reader showed when it was left."""
        position = load_position(self.library.store, self.view_refresher.tabs.views, self.request)
        self.panes.list_share = position.list_share
        self.request = position.request
        if position.paper:
            self.panes.papers.followed = self.library.catalog.row_of(position.paper)

    def _show_first_rows(self) -> None:
        """Paint all papers, newest first, before the first search, if that is what it will find."""
        request = self.request
        is_all = request.view is ALL and not request.text and not request.order
        mutes = any(view.then == "mute" for view in self.view_refresher.tabs.views)
        if self.total == 0 or (is_all and not mutes):
            empty = explain_empty_list(ListRequest(), (), False, self.key_of)
            self._show_rows(self.library.catalog.newest(FIRST_ROWS), None, empty)

    def _show_first_hint(self) -> None:
        """Show the most important keys at the first start only."""
        store = self.library.store
        if not store.readonly and not store.document("hints", "first"):
            self.status.hint(first_hint(self.key_of))
            seen = {"hints": {"first": {"seen": True}}}
            self.triage.submit(Change.of("hint", tables=seen, silent=True))

    # What the list shows

    def watch_request(self, old: ListRequest, new: ListRequest) -> None:
        """Search, and bring the parts that show the request up to date."""
        papers = self.panes.papers
        papers.followed = old.row_to_keep(new, papers.row, papers.followed)
        if new.text != self.filter_bar.text:
            self.filter_bar.set_text(new.text)
        if old.order != new.order:
            order = find_order(new.order)
            self.panes.presenter.order = new.order
            papers.set_suffix_width(COUNT_WIDTH if order and order.unit else DATE_WIDTH)
        if old._replace(text="", similar_to=None) != new._replace(text="", similar_to=None):
            self.view_refresher.refresh()
        if old.text != new.text and not self.search.ready:
            self.filter_bar.show_summary("waiting for the index")
        self.refresh_list()

    @on(FilterBar.Changed)
    def _apply_typed_filter(self) -> None:
        if (text := self.filter_bar.text) != self.request.text:
            self.request = self.request.with_text(text)

    def refresh_list(self) -> None:
        """Search again for what the list is to show; a newer call overtakes an older one."""
        self.search.submit(self.request.search_request())

    def _start_search(self, work: Coroutine[Any, Any, None]) -> object:
        return self.run_worker(work, group="search", description="search", exit_on_error=False)

    def _set_result(self, result: SearchResult) -> None:
        self.result = result

    def watch_result(self, result: SearchResult) -> None:
        """Show the papers found, and keep the cursor on its paper if the request says so."""
        request, papers = self.request, self.panes.papers
        row = papers.followed
        if again := self._answered in (None, request):
            row = request.row_to_keep_when_papers_arrive(papers.row, row)
        self._answered = request
        self.panes.presenter.set_result(result.hits.words, result.papers)
        if again and self.grouping.is_on:
            return
        self.grouping.is_on = False
        empty = explain_empty_list(request, result.query.problems, self.total > 0, self.key_of)
        self._show_rows(result.hits.rows, row, empty)
        similar = request.similar_to and self.library.catalog.get(request.similar_to)
        title = similar.paper.title if similar else ""
        so_far = not self.search.complete
        self.filter_bar.show_summary(describe_result(request, result, self.total, title, so_far))

    def _show_rows(self, rows: Rows, row: int | None, empty: tuple[str, ...]) -> None:
        """Show rows in the list; the paper under the cursor is current at once.

        The panes show it after the list is painted, because its text takes longer to lay out.
        """
        papers = self.panes.papers
        papers.show(rows, row, empty)
        self.set_reactive(ReaderScreen.current, self.panes.presenter.paper(papers.row))
        papers.call_after_refresh(self.show_current_paper)

    def update_current(self) -> None:
        """Make the paper under the cursor the current one."""
        self.current = self.panes.presenter.paper(self.panes.papers.row)

    def watch_current(self) -> None:
        self.show_current_paper()

    def show_current_paper(self) -> None:
        """Show the paper under the cursor with its marks as they are now."""
        self.panes.show_paper(self.current)

    def watch_selection(self) -> None:
        self.refresh_summary()

    def refresh_summary(self) -> None:
        """Show how many papers are unread, starred today, selected."""
        selected = f" · {len(self.selection):,} selected" if self.selection else ""
        self.status_line.left = f"{self.triage.summarize(self.total)}{selected}"

    async def _settle(self) -> None:
        """Wait until the list shows what the filter finds, so that the next key acts on that."""
        self._apply_typed_filter()
        await self.search.wait()

    async def _perform_settled(self, action: Callable[..., Any]) -> None:
        await self._settle()
        action(self)
        await self._settle()

    def _report_job(self, report: JobReport) -> None:
        """Show what a job has done, and soon what it has changed."""
        if report.text:
            self.arrivals.announce(report.text, report.new_papers)
        if report.warning:
            self.status.warn(report.warning)
        self.watcher.poll_external_changes()

    # Keys and clicks

    async def action_run(self, command_id: str) -> None:
        """Run the function of a command of the table."""
        from tui.ui.actions import find_action  # the first frame does not wait for the actions

        label = next(each.label for each in self.commands if each.id == command_id)
        action = find_action(command_id)
        if command_id in SETTLING_COMMANDS:
            self.start_asking(self._perform_settled(action), label)
        else:
            self.perform(action, label)

    def action_click(self, kind: str, value: str | int) -> None:
        """Do what a click on a part of a paper does: `@click` in a text of the panes."""
        from tui.ui.actions.clicks import CLICKS

        self.perform(CLICKS[kind], kind, value)

    def perform(self, action: Callable[..., Any], description: str, *arguments: object) -> None:
        """Run an action; one that may ask something runs beside the reader."""
        if iscoroutinefunction(action):
            self.start_asking(action(self, *arguments), description)
        else:
            action(self, *arguments)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the keys of the list in the filter, and those of the filter elsewhere."""
        filtering = self.panes.place == "filter"
        match parameters[0] if action == "run" else "":
            case "to_list":
                return filtering
            case "filter" | "next_view" | "previous_view":
                return not filtering
            case "open":
                return self.panes.papers.has_focus
        return True

    def on_key(self, event: events.Key) -> None:
        """Clear the message; on the first unknown key, say that it does nothing."""
        here = (each for each in self.commands if set(each.where) & set(self.PLACES))
        by_key = {key: command.id for command in here for key in command.keys}
        if by_key.get(event.key) != "first":
            self.status.end_announcement()
        self.status.clear_message()
        unknown = event.is_printable and event.key not in by_key
        if unknown and not self._reported_unknown_key and self.panes.place != "filter":
            self._reported_unknown_key = True
            help_key = self.key_of("help")
            self.status.message(f"{event.character} does nothing here; {help_key} shows all keys")

    def on_paste(self, event: events.Paste) -> None:
        """Offer to add what is pasted into the list."""
        event.stop()
        from tui.ui.actions.adding import add_pasted

        if text := event.text.strip():
            self.perform(add_pasted, "add", text)

    @on(PaperList.Clicked)
    def _perform_click(self, event: PaperList.Clicked) -> None:
        self.action_click(event.kind, event.value)

    @on(ViewsLine.Chosen)
    def _go_to_clicked_view(self, event: ViewsLine.Chosen) -> None:
        self.action_click("view", self.view_refresher.tabs.views[event.number].name)

    # Places, sizes, texts

    def on_descendant_focus(self) -> None:
        self._show_key_hints()

    def _show_key_hints(self) -> None:
        self.key_hints.show_place(self.panes.place, self.commands)

    async def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        for name, wanted in layout_classes(width, height, self.config.layout).items():
            self.set_class(wanted, name)
        self.panes.lay_out()
        await self.query("#too-small").remove()
        if self.has_class("-too-small"):
            await self.mount(Static(too_small(width, height), id="too-small", markup=False))

    def warn(self, text: str) -> None:
        self.status.warn(text)

    def _show_text(self, text: str) -> None:
        self.status_line.right = text

    def _show_notice(self, notice: Notice | None) -> None:
        self.notice_bar.show_notice(notice, self.key_of("clear"))

    @on(ScreenBackground.Call)
    def _call(self, message: ScreenBackground.Call) -> None:
        message.function()
