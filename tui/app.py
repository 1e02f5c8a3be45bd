"""SheafApp: wiring only. `run` opens the library, brings the sample library in, starts the app."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui import paths
from tui.errors import UsageError
from tui.library import Library
from tui.paper import Paper
from tui.screens.main import SMALLEST, MainScreen
from tui.sources.reader import read
from tui.styles.themes import THEMES


class SheafApp(App[None]):
    """The reader."""

    TITLE = "Sheaf"
    CSS_PATH = "styles/sheaf.tcss"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "quit", "Leave", show=False, priority=True, system=True)
    ]

    def __init__(self, library: Library, query: str = "", greeting: str = "") -> None:
        super().__init__()
        self.library = library
        self.main = MainScreen(library, query, greeting)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_default_screen(self) -> Screen[None]:
        return self.main

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        if isinstance(screen, MainScreen):
            for title, text, callback in screen.palette_commands():
                yield SystemCommand(title, text, callback)
        yield SystemCommand("Change the theme", "Sheaf", self.action_change_theme)


def run(home: Path, query: str) -> int:
    """Open the reader on `home`; exit status. UsageError if the terminal or home cannot serve."""
    columns, lines = shutil.get_terminal_size()
    if columns < SMALLEST[0] or lines < SMALLEST[1]:
        needed = f"{SMALLEST[0]}x{SMALLEST[1]}"
        raise UsageError(f"this terminal is {columns}x{lines}; the reader needs {needed}")
    with Library(home, create=True) as library:
        gc.freeze()  # a full collection with 100,000 marks would stop the screen for 0.1 s
        SheafApp(library, query, bring_samples(library)).run()
    return 0


def bring_samples(library: Library) -> str:
    """Copy the sample library into a home that never had a paper; the line that says so."""
    if library.catalog.changed:
        return ""
    records = read(str(paths.sample_library()), date.today())
    outcome = library.add(record for record in records if isinstance(record, Paper))
    return f"{outcome.added} sample papers copied in; `sheaf add FILE` brings yours"
