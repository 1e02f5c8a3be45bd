"""Showing: what the main screen shows, and the words in its status line."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from textual import work
from textual.app import SuspendNotSupported
from textual.content import Content
from textual.widgets import Static

from tui.catalog.catalog import Stored
from tui.config import Config
from tui.core.paper import Paper, short_authors
from tui.core.text import clean_line
from tui.library.library import Library
from tui.ui.screen import SheafScreen
from tui.ui.widgets.glyphs import glyphs
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.paper_text import DIM, paper_content
from tui.ui.widgets.row_layout import RowView
from tui.ui.widgets.status_line import StatusLine


def takes_the_terminal() -> bool:
    """Whether the browser of this machine would draw over the reader."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return type(browser) is webbrowser.GenericBrowser


class Showing(SheafScreen[None]):
    """The part of the main screen that shows rows and the paper, and moves between them."""

    selected: set[int]
    """Catalog rows that are selected."""

    config = Config()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.selected = set()
        self.library = library
        self.glyphs = glyphs()
        self.total = 0
        """Papers in the catalog."""
        self._stored: Stored | None = None
        self.ahead: dict[int, Stored] = {}
        """The papers read with the last answer, by row."""
        self._progress = ""
        self._notices_shown = 0
        self.words: tuple[str, ...] = ()
        """Normalized words of the result that are highlighted."""
        self.highlighter: Callable[[str, Iterable[str]], list[tuple[int, int]]] | None = None

    # -- rows and paper --------------------------------------------------------------------

    def row_views(self, rows: Sequence[int]) -> dict[int, RowView]:
        views: dict[int, RowView] = {}
        known = self.ahead | {
            stored.row: stored
            for stored in self.library.catalog.get_many([r for r in rows if r not in self.ahead])
        }
        for stored in (known[row] for row in rows if row in known):
            paper, mark = stored.paper, self.library.store.mark(stored.key)
            views[stored.row] = RowView(
                paper.title,
                short_authors(paper.authors),
                self.side_words(paper),
                read=mark.read,
                new=stored.row > self.library.rows.visited,
                star=mark.star,
                note=clean_line(mark.note.partition("\n")[0]),
                saving=self.library.store.pending(stored.key),
                selected=stored.row in self.selected,
                tags=tuple(clean_line(tag) for tag in mark.tags),
                highlighted=tuple(self.highlight_spans(paper.title)),
                venue="" if paper.venue == "arXiv" else paper.venue,
            )
        return views

    def side_words(self, paper: Paper) -> str:
        """What stands at the end of a paper's row."""
        return self.day_words(paper.date)

    def day_words(self, day: str) -> str:
        """A date as the user wants it: `relative` where that is as exact."""
        if self.config.dates == "relative" and len(day) == 10:
            age = (date.today() - date.fromisoformat(day)).days
            if 0 <= age < 7:
                return ("today", "yesterday")[age] if age < 2 else f"{date.fromisoformat(day):%A}"
        return day

    def highlight_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of `text` that match the filter."""
        return self.highlighter(text, self.words) if self.highlighter and self.words else []

    @property
    def shown(self) -> Stored | None:
        """The paper under the cursor, now: a key may come before the pane has followed."""
        row = self.query_one(PaperList).row
        if row is None:
            return None
        if self._stored is None or self._stored.row != row:
            self._stored = self.library.catalog.get(row)
        return self._stored

    def forget_papers(self) -> None:
        """The catalog has news: ask it again for what is shown."""
        self._stored = None
        self.ahead = {}
        self.total = len(self.library.catalog)
        self.query_one(PaperList).forget()
        self.show_paper()

    def show_paper(self, *, same_paper: bool = True) -> None:
        """Show the paper under the cursor in the pane; another paper starts at its top."""
        content = Content("")
        if stored := self.shown:
            mark = self.library.store.mark(stored.key)
            content = paper_content(stored, mark, self.highlight_spans, self.glyphs)
        self.query_one(PaperDetail).show(content, same_paper=same_paper)

    # -- moving ----------------------------------------------------------------------------

    def action_next(self) -> None:
        papers = self.query_one(PaperList)
        papers.move_to(papers.cursor + 1)

    def action_previous(self) -> None:
        papers = self.query_one(PaperList)
        papers.move_to(papers.cursor - 1)

    def action_page_down(self) -> None:
        papers = self.query_one(PaperList)
        papers.move_to(papers.cursor + papers.page)

    def action_page_up(self) -> None:
        papers = self.query_one(PaperList)
        papers.move_to(papers.cursor - papers.page)

    def action_first(self) -> None:
        self.query_one(PaperList).move_to(0)

    def action_last(self) -> None:
        papers = self.query_one(PaperList)
        papers.move_to(len(papers.rows) - 1)

    def action_scroll_down(self) -> None:
        self.query_one(PaperDetail).scroll_screens(0.5)

    def action_scroll_up(self) -> None:
        self.query_one(PaperDetail).scroll_screens(-0.5)

    # -- the paper's links -----------------------------------------------------------------

    def action_browse(self) -> None:
        self.action_open_link("abs")

    def action_open_link(self, name: str) -> None:
        """Open a link of the paper by its name."""
        stored = self.shown
        url = stored.paper.all_links.get(name) if stored else None
        if not url:
            self.say("this paper has no link")
            return
        if takes_the_terminal():
            self._browse_here(url)
        else:
            self._browse_beside(url)

    @work(thread=True, group="browser", exit_on_error=False, description="the browser")
    def _browse_beside(self, url: str) -> None:
        """A browser with a window; starting it may take seconds."""
        opened = webbrowser.open(url)
        words = f"opened {url}" if opened else f"no browser here; the link is {url}"
        self.app.call_from_thread(self.say, words)

    def _browse_here(self, url: str) -> None:
        """A browser of the terminal (w3m, lynx): the reader steps aside until it ends."""
        try:
            with self.app.suspend():
                webbrowser.open(url)
        except SuspendNotSupported:
            self.say(f"no browser here; the link is {url}")

    # -- the status line -------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Put what happened in the status line, over whatever stood there."""
        self.query_one("#status", StatusLine).right = text

    def forget_said(self) -> None:
        """Take away what was said: another key was pressed. What is under way stays."""
        status = self.query_one("#status", StatusLine)
        if status.right != self._progress:
            status.right = ""

    def say_progress(self, text: str) -> None:
        """Tell how far something is, or that it is done (empty), over nothing that matters."""
        status = self.query_one("#status", StatusLine)
        if status.right in ("", self._progress):
            status.right = self._progress = text

    def warn(self, text: str) -> None:
        """Show what went wrong above the status line, where it stays until Escape."""
        self._notice(Content.assemble(("! ", "bold"), text, ("  Esc hides this", DIM)), "warning")

    def hint(self, text: str) -> None:
        """Show a hint where warnings stand; it is hidden as they are."""
        self._notice(Content(text), "hint")

    def _notice(self, content: Content, kind: str) -> None:
        notice = self.query_one("#notice", Static)
        notice.update(content)
        notice.set_class(kind == "hint", "-hint")
        notice.display = True

    def hide_warning(self) -> bool:
        """Take the warning away; False if there was none."""
        notice = self.query_one("#notice", Static)
        shown, notice.display = notice.display, False
        return bool(shown)

    @property
    def has_notices(self) -> bool:
        """Whether the store of marks has something to tell that was not shown."""
        return len(self.library.store.notices) > self._notices_shown

    def show_notices(self) -> None:
        """Tell what the store of marks found wrong, since it was last asked."""
        news = self.library.store.notices[self._notices_shown :]
        self._notices_shown += len(news)
        if news:
            more = f" ({len(news) - 1} more; `sheaf doctor` tells all)" if len(news) > 1 else ""
            self.warn(f"{news[0]}{more}")
