"""HelpScreen: the keys of all commands, filtered as the user types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.core.commands import Command, groups
from tui.ui.screen import DIALOG_STYLES, SheafScreen, scrolling_actions
from tui.ui.widgets.filter_bar import CleanInput
from tui.ui.widgets.paper_text import DIM


class HelpScreen(SheafScreen[None]):
    """All keys in groups. The field leaves the commands that have all words typed."""

    CSS_PATH = DIALOG_STYLES
    AUTO_FOCUS = "CleanInput"
    PLACES = ("help",)
    ACTIONS: ClassVar[Mapping[str, str]] = {
        **scrolling_actions("help"),
        "help_manual": "show_manual",
        "help_leave": "app.pop_screen",
    }

    def compose(self) -> ComposeResult:
        with Horizontal(id="help-title"):
            yield Static("All keys  / ", markup=False)
            yield CleanInput(placeholder="type to find a key", compact=True)
            keys = f"{self.key_of('help_manual')} manual · {self.key_of('help_leave')} back"
            yield Static(keys, markup=False)
        with VerticalScroll(id="help-text", can_focus=False):
            yield Static(_key_list(self.commands), id="help-keys", markup=False)

    @on(CleanInput.Changed)
    def _find_commands(self, event: CleanInput.Changed) -> None:
        words = event.value.casefold().split()
        found = [
            each for each in self.commands if all(word in _searched_text(each) for word in words)
        ]
        palette = self.key_of("palette")
        nothing = f"No key does that. {palette} in the list finds commands."
        content = _key_list(found) if found else Content(nothing)
        self.query_one("#help-keys", Static).update(content)
        self.query_one("#help-text").scroll_to(y=0, animate=False)

    def action_show_manual(self) -> None:
        from tui.ui.dialogs.manual import ManualScreen  # Textual's Markdown takes 35 ms

        self.app.push_screen(ManualScreen())


def _searched_text(command: Command) -> str:
    words = (command.help, command.label, command.group, command.shown_keys)
    return " ".join(words).casefold()


def _key_list(table: Sequence[Command]) -> Content:
    lines: list[Content] = []
    for group, commands in groups(table).items():
        lines.append(Content.assemble((group, "bold")))
        for command in commands:
            keys = f"  {command.shown_keys or 'no key':15}"
            where = f" · {command.shown_place}" if command.shown_place else ""
            lines.append(Content.assemble((keys, "$highlight"), command.help, (where, DIM)))
        lines.append(Content(""))
    return Content("\n").join(lines)
