"""sheaf config: the path of config.toml, each value and its origin, and the mistakes in it."""

from __future__ import annotations

from collections.abc import Sequence

from tui.config import Config, load, network_section
from tui.config.parse import CHOICES
from tui.config.settings import COLUMNS
from tui.core.commands import COMMANDS, show_key
from tui.core.text import clean_line
from tui.shell import output
from tui.shell.command_line import CommandLine


def show(line: CommandLine) -> int:
    """Print the settings in force; return 1 if the file has mistakes."""
    themes = sorted(line.theme_names())
    config = load(line.config_file).with_themes(themes)
    if line.options.json:
        _print_json(config, themes)
    else:
        _print_text(config, themes)
    return 1 if config.problems else 0


def _values(config: Config) -> dict[str, object]:
    """Return each setting by its path, without the keys."""
    values = {name: getattr(config, name) for name in ("theme", *CHOICES)}
    values |= {f"columns.{name}": getattr(config.columns, name) for name in COLUMNS}
    values["export.key"] = config.export.key
    values |= {
        f"network.{name}": each
        for name, each in network_section.display_values(config.network).items()
    }
    if config.mail:
        values |= {f"mail.{name}": value for name, value in config.mail.display_values.items()}
    return values


def _print_text(config: Config, themes: Sequence[str]) -> None:
    there = "" if config.path.exists() else "  (does not exist; these are the defaults)"
    output.data(f"{config.path}{there}\n")
    for name, value in _values(config).items():
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        output.data(f"{name:17} {clean_line(shown) or 'none':16}  {config.origin(name)}")
    output.data(f"\nthemes: {', '.join(themes)}\n\n[keys]")
    for command in config.commands(COMMANDS):
        keys = ", ".join(show_key(key) for key in command.keys) or "none"
        name = command.id if "." in command.id else f"keys.{command.id}"
        output.data(f"{command.id:20} {keys:16}  {config.origin(name)}")
    if config.custom:
        output.data("\n[commands]")
    for custom in config.custom:
        shell = ", shell" if custom.shell else ""
        how = f"{custom.input} to {custom.output}, {custom.timeout:g} s{shell}"
        output.data(f"{custom.name:18}{clean_line(custom.run)}  ({how})")
    if config.problems:
        output.data("")
    for problem in config.problems:
        output.data(f"! {problem}")


def _print_json(config: Config, themes: Sequence[str]) -> None:
    settings = {
        name: {"value": value, "from": config.origin(name)}
        for name, value in _values(config).items()
    }
    keys = {
        command.id: {"value": list(command.keys), "from": config.origin(f"keys.{command.id}")}
        for command in config.commands(COMMANDS)
        if "." not in command.id
    }
    taken = {command.id: command.keys for command in config.commands(COMMANDS)}
    custom_commands = {
        each.name: {
            "key": list(taken[each.id]),
            "run": each.run,
            "input": each.input,
            "output": each.output,
            "shell": each.shell,
            "timeout": each.timeout,
            "from": config.origin(each.id),
        }
        for each in config.custom
    }
    problems = [
        {"line": each.line, "key": each.key, "wrong": each.message, "instead": each.consequence}
        for each in config.problems
    ]
    output.json(
        {
            "path": str(config.path),
            "settings": settings,
            "themes": list(themes),
            "keys": keys,
            "commands": custom_commands,
            "problems": problems,
        }
    )
