"""SheafApp: the app that shows the reader; `run` opens the library and starts the app."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from tui.config import Config, load
from tui.core import paths
from tui.core.commands import COMMANDS
from tui.core.errors import UsageError
from tui.core.paper import Paper
from tui.library.library import Library
from tui.ui.idle_collector import IdleCollector
from tui.ui.pane_layout import MIN_COLUMNS, MIN_LINES
from tui.ui.reader import ReaderScreen
from tui.ui.screen import TypingContinues
from tui.ui.styles.themes import AVAILABLE_THEMES, DARK
from tui.ui.styles.tokens import tokens
from tui.ui.terminal_watch import end_without_terminal
from tui.ui.type_ahead import TypeAhead, is_typed


def _commands_provider() -> type[Provider]:
    from tui.ui.dialogs.palette import CommandsProvider

    return CommandsProvider


COLLECT_INTERVAL = 0.5
"""Seconds between two checks whether there is time to search for reference cycles."""


class SheafApp(App[None]):
    """Shows the reader."""

    TITLE = "Sheaf"
    CSS_PATH = "styles/sheaf.tcss"
    ENABLE_COMMAND_PALETTE = False  # its key would be Textual's; ours is in the table
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands_provider}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "Leave", show=False, priority=True, system=True)
    ]

    theme: Reactive[str] = Reactive(DARK.name)
    """Has our default here, because setting a theme later parses all style sheets again."""

    def __init__(
        self,
        library: Library,
        query: str = "",
        greeting: str = "",
        config: Config | None = None,
    ) -> None:
        super().__init__()
        self.use_command_palette = True
        self.idle: IdleCollector | None = None
        """Set in a process that only runs the reader."""
        self.library = library
        config = (config or Config()).with_themes(self.available_themes)
        if config.theme != DARK.name:
            self.theme = config.theme
        self.commands = config.commands(COMMANDS)
        """The table of commands in use."""
        self.reader_screen: ReaderScreen
        """The reader; made when the app starts."""
        self._make_main = partial(ReaderScreen, library, query, greeting, config)
        self._type_ahead = TypeAhead(self, super().on_event)

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and ours, by name."""
        return AVAILABLE_THEMES

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of style sheets, ours among them."""
        self.theme_variables = super().get_css_variables()
        self.theme_variables |= tokens(self.theme_variables, self.current_theme.dark)
        return self.theme_variables

    def get_default_screen(self) -> Screen[None]:
        self.reader_screen = self._make_main()
        return self.reader_screen

    def on_mount(self) -> None:
        self._type_ahead.start()
        if self.idle:
            self.idle.start()
            self.set_interval(COLLECT_INTERVAL, self.idle.collect_if_idle)

    def on_unmount(self) -> None:
        if self.idle:
            self.idle.stop()

    async def on_event(self, event: events.Event) -> None:
        if self.idle and isinstance(event, events.InputEvent):
            self.idle.note_input()
        if is_typed(event):
            await self._type_ahead.put(event)
        else:
            await super().on_event(event)

    @on(TypingContinues)
    async def _typing_continues(self, message: TypingContinues) -> None:
        await self._type_ahead.proceed(message)

    async def action_quit(self) -> None:
        """Leave as the command `quit` does."""
        from tui.ui.actions.general import leave

        self.reader_screen.perform(leave, "leave")


def run(home: Path, query: str, config_file: Path) -> int:
    """Open the reader on `home` and return the exit status.

    `query` is the first filter. Raises UsageError if the terminal is too small or the home cannot
    be written, SheafError if a store cannot be opened, such as a damaged papers.db.
    """
    columns, lines = shutil.get_terminal_size()
    if columns < MIN_COLUMNS or lines < MIN_LINES:
        needed = f"{MIN_COLUMNS}x{MIN_LINES}"
        raise UsageError(f"this terminal is {columns}x{lines}; the reader needs {needed}")
    with Library(home, create=True) as library:
        app = SheafApp(library, query, import_samples(library), load(config_file))
        app.idle = IdleCollector()
        end_without_terminal()
        app.run()
    return 0


def import_samples(library: Library) -> str:
    """Copy the sample library into a home that never had a paper; return a message about it."""
    if library.catalog.last_change:
        return ""
    from tui.sources.reader import read  # only here: it imports every format

    records = read(str(paths.sample_library()), date.today())
    outcome = library.add(record for record in records if isinstance(record, Paper))
    library.visit()  # the samples are not new papers to the user
    return f"{outcome.added} sample papers were added · `sheaf add` adds your own"
