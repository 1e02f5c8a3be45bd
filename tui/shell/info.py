"""sheaf paths and sheaf keys: the places of the files, and the keys of the reader."""

from __future__ import annotations

from pathlib import Path

from tui.config import load
from tui.core import paths
from tui.core.commands import COMMANDS, groups
from tui.shell import output
from tui.shell.command_line import CommandLine


def show_paths(line: CommandLine) -> int:
    """Print where the home, its stores and the configuration file are."""
    places = list_paths(line)
    if line.options.json:
        output.json({name: str(path) for name, path in places.items()})
    else:
        for name, path in places.items():
            output.data(f"{name:8}{path}")
    return 0


def list_paths(line: CommandLine) -> dict[str, Path]:
    """Return the paths by their names."""
    return {
        "home": line.home,
        "papers": paths.papers_db(line.home),
        "index": paths.index_folder(line.home),
        "state": paths.state_file(line.home),
        "config": line.config_file,
    }


def show_keys(line: CommandLine) -> int:
    """Print the table of commands with the user's keys, in groups."""
    for group, commands in groups(load(line.config_file).commands(COMMANDS)).items():
        output.data(group)
        for command in commands:
            places = f"  ({command.shown_place})" if command.shown_place else ""
            output.data(f"  {command.shown_keys or 'none':14}{command.help}{places}")
        output.data("")
    return 0
