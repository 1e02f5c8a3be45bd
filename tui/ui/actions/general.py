"""Actions for the reader as a whole: help, the palette of commands, the way out."""

from __future__ import annotations

from tui.ui.reader_protocol import Reader


def show_help(reader: Reader) -> None:
    """Show all keys."""
    from tui.ui.dialogs.help import HelpScreen

    reader.app.push_screen(HelpScreen())


def show_palette(reader: Reader) -> None:
    """Find a command by its name."""
    reader.app.action_command_palette()


async def leave(reader: Reader) -> None:
    """Leave Sheaf; everything is saved already."""
    await reader.leave()
