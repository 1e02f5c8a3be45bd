"""Actions for the reader as a whole: help, the palette of commands, the way out."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from tui.core.errors import SheafError
from tui.ui.position import Position, save_position
from tui.ui.reader_protocol import Reader


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
    reader.status.message("leaving")  # shown while another process writes the catalog
    # If the catalog cannot be written to, all papers that are new stay new.
    with suppress(SheafError, OSError):
        await asyncio.to_thread(reader.library.visit)
    reader.app.exit()
