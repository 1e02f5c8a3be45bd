"""HelpScreen: every key, from the table of commands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.commands import COMMANDS, Command, groups


class HelpScreen(Screen[None]):
    """All keys by what one wants to do."""

    AUTO_FOCUS = "#help-text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q", "app.pop_screen", "Back", show=False),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, commands: Sequence[Command] = COMMANDS) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        yield Static("All keys · Esc goes back", id="help-title", markup=False)
        with VerticalScroll(id="help-text"):
            yield Static(_content(self._commands), markup=False)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#help-text").scroll_relative(y=lines, animate=False)


def _content(table: Sequence[Command]) -> Content:
    lines: list[Content] = []
    for group, commands in groups(table).items():
        lines.append(Content.assemble((group, "bold")))
        for command in commands:
            places = "" if "list" in command.where else f" · in the {' and '.join(command.where)}"
            keys = f"  {command.shown_keys or 'no key':15}"
            lines.append(
                Content.assemble(
                    (keys, "$accent"),
                    command.help,
                    (places.replace("note", "note editor"), "$foreground 65%"),
                )
            )
        lines.append(Content(""))
    return Content("\n").join(lines)
