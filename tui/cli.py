"""`main`: the command `sheaf`. It runs a subcommand or opens the reader."""

from __future__ import annotations

import gc
from collections.abc import Collection
from pathlib import Path

from tui.shell.command_line import ReaderLauncher, run_command_line


def main(arguments: list[str] | None = None) -> int:
    """Run `sheaf` with these arguments, by default those of the process; return the exit status."""
    return run_command_line(ReaderLauncher(_open_reader, _theme_names), arguments)


def _open_reader(home: Path, query: str, config_file: Path) -> int:
    # Searches for reference cycles while Textual is imported take a tenth of the start.
    # `tui.ui.idle_collector` decides later when there is time for them.
    gc.disable()
    from tui.ui.app import run  # Textual takes most of the start; commands do without

    return run(home, query, config_file)


def _theme_names() -> Collection[str]:
    from tui.ui.styles.themes import AVAILABLE_THEMES

    return AVAILABLE_THEMES
