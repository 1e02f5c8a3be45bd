"""FeedsScreen: what is followed, how the last fetches went; add, pause, remove, fetch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from textwrap import wrap

from rich.cells import cell_len
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from tui.catalog.catalog import Catalog
from tui.core.commands import show_key, valid_in
from tui.core.errors import UsageError
from tui.core.paths import complete_path
from tui.core.text import clean_line
from tui.feeds.feed_names import FEED_KINDS, Feed, parse_feed
from tui.feeds.feed_status import FeedStatus, load_statuses
from tui.feeds.subscriptions import (
    feeds_from_opml,
    follow_change,
    followed_feeds,
    pause_change,
    unfollow_change,
)
from tui.state import Change, Store
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.screen import OneShotModal
from tui.ui.widgets.cell_text import fit
from tui.ui.widgets.paper_text import DIM

NAMES = "   ".join(name for name, _ in FEED_KINDS)
AROUND = 4
"""Lines of the title and of the margins."""
AGAIN = 1.0
"""Seconds between two looks at how far fetches are."""


@dataclass(frozen=True, slots=True)
class FeedsChoice:
    """What is to be done after the screen: fetch these feeds, all if none, or show one's papers."""

    fetch: list[str] | None = None
    show: str = ""


class FeedsScreen(OneShotModal["FeedsChoice | None"]):
    """The result is what is to be done next, None if nothing is."""

    PLACES = ("feeds",)

    def __init__(self, store: Store, catalog: Path, submit: Callable[[Change], None]) -> None:
        super().__init__()
        self._store = store
        self._catalog = catalog
        self._submit = submit
        self._place = 0
        self._feeds: list[Feed] = []
        self._status: Mapping[str, FeedStatus] = {}
        self._words = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="feeds"):
            yield Static(Content("Feeds").stylize("bold"), id="feeds-title", markup=False)
            with VerticalScroll(id="feeds-list", can_focus=False):
                yield Static(id="feeds-text", markup=False)
            yield Static(id="feeds-words", markup=False)
            yield Static(id="feeds-keys", markup=False)

    def on_mount(self) -> None:
        self._look()
        self.set_interval(AGAIN, self._look)

    def on_resize(self) -> None:
        self._draw()

    def _look(self) -> None:
        self._feeds = followed_feeds(self._store)
        catalog = Catalog(self._catalog)
        try:
            self._status = load_statuses(catalog)
        finally:
            catalog.close()
        self._place = max(0, min(self._place, len(self._feeds) - 1))
        self._draw()

    @property
    def feed(self) -> Feed | None:
        """The feed under the cursor."""
        return self._feeds[self._place] if self._feeds else None

    # -- drawing ---------------------------------------------------------------------------

    def _draw(self) -> None:
        width = min(100, max(40, self.app.size.width - 8))
        lines = [] if self._feeds else self._lines_without_feeds()
        for number, feed in enumerate(self._feeds):
            hint = f"{self.key_of('feeds_fetch')} fetches it"
            told = self._status.get(feed.name, FeedStatus())
            lines += feed_lines(feed, told, width, number == self._place, hint)
        text = self.query_one("#feeds-text", Static)
        text.update(Content("\n").join(lines))
        text.styles.width = width
        words = self.query_one("#feeds-words", Static)
        words.update(Content(self._words))
        words.display = bool(self._words)
        keys = key_lines(self._hints(), width)
        self.query_one("#feeds-keys", Static).update(Content("\n".join(keys)).stylize(DIM))
        said = [part for line in self._words.split("\n") for part in wrap(line, width)]
        taken = AROUND + 1 + len(keys) + (1 + len(said) if said else 0)
        self.query_one("#feeds-list").styles.max_height = max(3, self.app.size.height - taken)

    def warn(self, text: str) -> None:
        self._words = text
        self._draw()

    def _lines_without_feeds(self) -> list[Content]:
        kinds = (f"  {name:24} {what}" for name, what in FEED_KINDS)
        add = f"{self.key_of('feeds_add')} follows one. What there is:"
        return [Content(line) for line in ("No feeds are followed.", "", add, *kinds)]

    def _hints(self) -> list[str]:
        """The keys of this screen, each with its label."""
        commands = [each for each in valid_in("feeds", self.commands) if each.footer and each.keys]
        return [f"{show_key(each.keys[0])} {each.label}" for each in commands]

    def _say(self, words: str) -> None:
        self._words = words
        self._look()

    # -- keys ------------------------------------------------------------------------------

    def action_feeds_next(self) -> None:
        self._move_cursor(1)

    def action_feeds_previous(self) -> None:
        self._move_cursor(-1)

    def _move_cursor(self, feeds: int) -> None:
        self._place = max(0, min(self._place + feeds, len(self._feeds) - 1))
        self._draw()
        line = Region(0, 2 * self._place, 1, 2)
        self.query_one("#feeds-list").scroll_to_region(line, animate=False)

    @work(group="question", exit_on_error=False, description="following a feed")
    async def action_feeds_add(self) -> None:
        prompt = PromptScreen(
            "follow", hint="hf:daily, arxiv:cs.CL, the address of a feed, an OPML file",
            suggest=_suggestions, whole=True,
        )  # fmt: skip
        written = (await self.app.push_screen_wait(prompt) or "").strip()
        if not written:
            return
        try:
            chosen, wrong = _chosen(written)
        except UsageError:
            self._say(f"{clean_line(written)} names no feed. There are:\n{NAMES}")
            return
        except OSError as error:
            self._say(clean_line(f"{written}: cannot be read: {error.strerror or error}"))
            return
        known = {feed.name for feed in self._feeds}
        new = [feed for feed in chosen if feed.name not in known]
        if new:
            self._submit(follow_change(new, date.today()))
        names = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} feeds"
        fetch = self.key_of("feeds_fetch")
        done = f"followed now; {fetch} fetches it" if new else "already followed"
        more = f" ({len(wrong)} in the file cannot be: {wrong[0]})" if wrong else ""
        self._say(clean_line(f"{names}: {done}{more}"))
        place = [feed.name for feed in self._feeds].index(chosen[0].name) if chosen else 0
        self._place = place
        self._draw()

    def action_feeds_pause(self) -> None:
        if feed := self.feed:
            self._submit(pause_change([feed.name], not feed.paused))
            self._say(f"{feed.name} {'is fetched again' if feed.paused else 'is paused'}")

    def action_feeds_remove(self) -> None:
        if feed := self.feed:
            self._submit(unfollow_change([feed.name]))
            undo = self.key_of("undo")
            self._say(
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
            self._place = line // 2
            self._draw()


def key_lines(hints: list[str], width: int) -> list[str]:
    """The hints in as many lines of `width` cells as they need; no hint is split."""
    lines: list[str] = []
    for hint in hints:
        if lines and cell_len(f"{lines[-1]}   {hint}") <= width:
            lines[-1] += f"   {hint}"
        else:
            lines.append(hint)
    return lines


def feed_lines(feed: Feed, told: FeedStatus, width: int, cursor: bool, hint: str) -> list[Content]:
    """Two lines of a feed: its name and when it was fetched; the papers that came, or the error.

    `hint` stands in the second line of a feed that was never fetched.
    """
    when = _local(told.fetched) if told.fetched else "never fetched"
    if feed.paused:
        when = f"paused · {when}"
    label = clean_line(feed.name if not feed.title else f"{feed.title} ({feed.name})")
    name = fit(label, width - cell_len(when) - 4)
    first = Content.assemble(
        "▸ " if cursor else "  ", (name, "bold" if cursor else ""), f"  {when}"
    )
    if told.error:
        second = Content(fit(f"    ! {clean_line(told.error)}", width))
    else:
        counts = f"{told.added:,} new of {told.read:,} the last time, {told.total:,} in all"
        second = Content(f"    {counts if told.tried else hint}").stylize(DIM)
    return [first, second]


def _local(utc: str) -> str:
    """A time by the user's clock, to the minute."""
    return datetime.fromisoformat(utc).astimezone().strftime("%Y-%m-%d %H:%M")


def _chosen(text: str) -> tuple[list[Feed], list[str]]:
    """The feeds a person means: one by its name, or those of an OPML file; and what is wrong."""
    path = Path(text).expanduser()
    if path.is_file():
        return feeds_from_opml(path.read_bytes(), text)
    return [parse_feed(text)], []


def _suggestions(text: str) -> list[str]:
    """The kinds of names there are, and files."""
    known = [name for name, _ in FEED_KINDS if name.isascii() and name.startswith(text)]
    return [*known, *(complete_path(text) if text and "/" in text else [])]
