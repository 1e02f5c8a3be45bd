"""FeedsScreen: the feeds that are followed and how their last fetches went."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Static
from textual.worker import Worker

from tui.catalog.catalog import Catalog
from tui.core.commands import show_key, valid_in
from tui.core.errors import SheafError
from tui.core.paths import complete_path
from tui.core.text import clean_line
from tui.feeds.feed_names import FEED_KINDS, Feed, NotAFeed
from tui.feeds.feed_status import FeedStatus, load_statuses
from tui.feeds.subscriptions import (
    feeds_from_text,
    follow_change,
    followed_feeds,
    pause_change,
    unfollow_change,
)
from tui.net.network_settings import NetworkSettings
from tui.state import Change, Store
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.screen import OneShotModal
from tui.ui.widgets.cell_text import fit
from tui.ui.widgets.paper_text import DIM

OTHER_LINES = 4
"""Lines of the title and the margins."""
REFRESH_INTERVAL = 1.0
"""Seconds between two refreshes: a fetch may run in another process."""


@dataclass(frozen=True, slots=True)
class FeedsChoice:
    """What the user chose: to show the papers of a feed, or to fetch feeds."""

    fetch: list[str] | None = None
    """Names of the feeds to fetch; None for all feeds."""
    show: str = ""
    """Name of the feed whose papers are to be shown; empty to fetch."""


class FeedsScreen(OneShotModal["FeedsChoice | None"]):
    """The result is what the user chose, None if the screen was left."""

    PLACES = ("feeds",)

    @dataclass
    class StatusesLoaded(Message):
        """The statuses of the feeds were read, by the name of each feed."""

        statuses: Mapping[str, FeedStatus]

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, FeedsScreen.StatusesLoaded)

    def __init__(
        self,
        store: Store,
        catalog: Path,
        network: NetworkSettings,
        submit: Callable[[Change], None],
    ) -> None:
        """`catalog` is the path of the catalog; `submit` saves a change of the feeds."""
        super().__init__()
        self._store = store
        self._catalog = catalog
        self._network = network
        self._submit = submit
        self._cursor = 0
        self._feeds: list[Feed] = []
        self._statuses: Mapping[str, FeedStatus] | None = None
        """The status of each feed by its name; None until they are loaded."""
        self._message = ""
        self._loader: Worker[None] | None = None
        """Reads the statuses in a thread."""

    def compose(self) -> ComposeResult:
        with Vertical(id="feeds"):
            yield Static(Content("Feeds").stylize("bold"), id="feeds-title", markup=False)
            with VerticalScroll(id="feeds-list", can_focus=False):
                yield Static(id="feeds-text", markup=False)
            yield Static(id="feeds-message", markup=False)
            yield Static(id="feeds-keys", markup=False)

    def on_mount(self) -> None:
        self._refresh()
        self.set_interval(REFRESH_INTERVAL, self._refresh)

    def on_resize(self) -> None:
        self._draw()

    def _refresh(self) -> None:
        """Show the feeds as they are in the store now, and their statuses once they are read."""
        self._show_feeds()
        if self._loader is None or self._loader.is_finished:  # on a slow disk it may take longer
            self._loader = self._load_statuses()

    def _show_feeds(self) -> None:
        self._feeds = followed_feeds(self._store)
        self._cursor = max(0, min(self._cursor, len(self._feeds) - 1))
        self._draw()

    @work(thread=True, group="feeds", exit_on_error=False, description="reading the feeds")
    def _load_statuses(self) -> None:
        catalog = Catalog(self._catalog)
        try:
            self.post_message(self.StatusesLoaded(load_statuses(catalog)))
        finally:
            catalog.close()

    @on(StatusesLoaded)
    def _set_statuses(self, event: StatusesLoaded) -> None:
        self._statuses = event.statuses
        self._draw()

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        return self._feeds[self._cursor] if self._feeds else None

    def warn(self, text: str) -> None:
        self._message = text
        self._draw()

    def _show_message(self, text: str) -> None:
        """Show what was done, and the feeds as they are now."""
        self._message = text
        self._show_feeds()

    def _draw(self) -> None:
        width = min(100, max(40, self.app.size.width - 8))
        lines = [] if self._feeds else self._lines_without_feeds()
        hint = f"{self.key_of('feeds_fetch')} fetches it"
        for number, feed in enumerate(self._feeds):
            known = self._statuses
            status = None if known is None else known.get(feed.name, FeedStatus())
            lines += feed_lines(feed, status, width, number == self._cursor, hint)
        text = self.query_one("#feeds-text", Static)
        text.update(Content("\n").join(lines))
        text.styles.width = width
        message = self.query_one("#feeds-message", Static)
        message.update(Content(self._message))
        message.display = bool(self._message)
        hints = hint_lines(self._hints(), width)
        self.query_one("#feeds-keys", Static).update(Content("\n".join(hints)).stylize(DIM))
        wrapped = [part for line in self._message.split("\n") for part in wrap(line, width)]
        used = OTHER_LINES + 1 + len(hints) + (1 + len(wrapped) if wrapped else 0)
        self.query_one("#feeds-list").styles.max_height = max(3, self.app.size.height - used)

    def _lines_without_feeds(self) -> list[Content]:
        kinds = (f"  {name:24} {what}" for name, what in FEED_KINDS)
        add = f"{self.key_of('feeds_add')} follows one, for example:"
        return [Content(line) for line in ("No feeds are followed.", "", add, *kinds)]

    def _hints(self) -> list[str]:
        """The keys of this screen, each with its label."""
        commands = [each for each in valid_in("feeds", self.commands) if each.footer and each.keys]
        return [f"{show_key(each.keys[0])} {each.label}" for each in commands]

    def action_feeds_next(self) -> None:
        self._move_cursor(1)

    def action_feeds_previous(self) -> None:
        self._move_cursor(-1)

    def _move_cursor(self, feeds: int) -> None:
        self._cursor = max(0, min(self._cursor + feeds, len(self._feeds) - 1))
        self._draw()
        line = Region(0, 2 * self._cursor, 1, 2)
        self.query_one("#feeds-list").scroll_to_region(line, animate=False)

    def action_feeds_add(self) -> None:
        self.start_asking(self._add(), "following a feed")

    async def _add(self) -> None:
        prompt = PromptScreen(
            "follow", hint="hf:daily, arxiv:cs.CL, the address of a feed, an OPML file",
            suggest=_suggestions, whole=True,
        )  # fmt: skip
        written = (await self.ask(prompt) or "").strip()
        if not written:
            return
        try:
            feeds, problems = await asyncio.to_thread(feeds_from_text, written, self._network)
        except NotAFeed as error:
            if error.has_known_kind:
                self._show_message(clean_line(str(error)))
                return
            names = "   ".join(name for name, _ in FEED_KINDS)
            self._show_message(
                f"{clean_line(written)} is not the name of a feed. Names are:\n{names}"
            )
        except SheafError as error:
            self._show_message(clean_line(str(error)))
        else:
            self._follow(feeds, problems)

    def _follow(self, feeds: list[Feed], problems: list[str]) -> None:
        """Follow feeds and put the cursor on the first; `problems` of the others are shown."""
        followed = {feed.name for feed in self._feeds}
        new = [feed for feed in feeds if feed.name not in followed]
        if new:
            self._submit(follow_change(new, date.today()))
        names = feeds[0].name if len(feeds) == 1 else f"{len(feeds)} feeds"
        fetch = self.key_of("feeds_fetch")
        done = f"followed now; {fetch} fetches it" if new else "already followed"
        if problems:
            done += f" ({len(problems)} in the file cannot be followed: {problems[0]})"
        self._show_message(clean_line(f"{names}: {done}"))
        if feeds:
            self._cursor = [feed.name for feed in self._feeds].index(feeds[0].name)
            self._draw()

    def action_feeds_pause(self) -> None:
        if feed := self.feed:
            self._submit(pause_change([feed.name], not feed.paused))
            self._show_message(f"{feed.name} {'is fetched again' if feed.paused else 'is paused'}")

    def action_feeds_remove(self) -> None:
        if feed := self.feed:
            self._submit(unfollow_change([feed.name]))
            undo = self.key_of("undo")
            self._show_message(
                f"{feed.name} is no longer followed; its papers stay; {undo} in the list undoes it"
            )

    def action_feeds_fetch(self) -> None:
        if feed := self.feed:
            self.answer(FeedsChoice(fetch=[feed.name]))

    def action_feeds_fetch_all(self) -> None:
        if self._feeds:
            self.answer(FeedsChoice())

    def action_feeds_papers(self) -> None:
        if feed := self.feed:
            self.answer(FeedsChoice(show=feed.name))

    def action_feeds_leave(self) -> None:
        self.answer(None)

    def on_click(self, event: events.Click) -> None:
        line = event.screen_y - self.query_one("#feeds-text").region.y
        if self._feeds and 0 <= line < 2 * len(self._feeds):
            self._cursor = line // 2
            self._draw()


def hint_lines(hints: list[str], width: int) -> list[str]:
    """The hints in as many lines of `width` cells as they need; no hint is split."""
    lines: list[str] = []
    for hint in hints:
        if lines and cell_len(f"{lines[-1]}   {hint}") <= width:
            lines[-1] += f"   {hint}"
        else:
            lines.append(hint)
    return lines


def feed_lines(
    feed: Feed, status: FeedStatus | None, width: int, cursor: bool, hint: str
) -> list[Content]:
    """Two lines of a feed: its name and when it was fetched; how many papers came, or the error.

    `status` is None while it is not known. `hint` is the second line of a feed never fetched.
    """
    when = ""
    if status:
        when = status.last_fetch
    if feed.paused:
        when = f"paused · {when}"
    label = clean_line(feed.name if not feed.title else f"{feed.title} ({feed.name})")
    name = fit(label, width - cell_len(when) - 4)
    mark = "▸ " if cursor else "  "
    first = Content.assemble(mark, (name, "bold" if cursor else ""), f"  {when}")
    if status is None:
        return [first, Content("")]
    if status.error:
        return [first, Content(fit(f"    ! {clean_line(status.error)}", width))]
    return [first, Content(f"    {status.counts if status.tried else hint}").stylize(DIM)]


def _suggestions(text: str) -> list[str]:
    """Return the names of feeds and the files that begin with what was typed."""
    known = [name for name, _ in FEED_KINDS if name.isascii() and name.startswith(text)]
    return [*known, *(complete_path(text) if text and "/" in text else [])]
