"""Actions for the reader as a whole: help, the palette of commands, the way out."""

from __future__ import annotations

from tui.ui.position import Position, save_position
from tui.ui.reader_protocol import Reader

VISIT_TIMEOUT = 0.1
"""Seconds that the end of the reader waits for another process that writes to the catalog."""


def show_help(reader: Reader) -> None:
    """Show all keys."""
    from tui.ui.dialogs.help import HelpScreen

    reader.app.push_screen(HelpScreen())


def show_palette(reader: Reader) -> None:
    """Find a command by its name."""
    from tui.ui.dialogs.palette import Palette

    reader.app.push_screen(Palette())


async def leave(reader: Reader) -> None:
    """Save the position and leave Sheaf; marks and notes are saved already."""
    key = reader.current.key if reader.current else None
    position = Position(reader.request, key, reader.panes.list_share)
    reader.triage.submit(save_position(position))
    if seen := reader.seen_papers.change():
        reader.triage.submit(seen)
    # The screen does not wait, also if another process writes to the catalog.
    reader.library.start_visit(VISIT_TIMEOUT)
    reader.app.exit()
