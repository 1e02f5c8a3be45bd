"""Ctrl+P: every command of the table, the one whose words were typed first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.core.commands import Command, valid_in
from tui.ui.reader import ReaderScreen
from tui.ui.widgets.paper_text import DIM

ALIKE = 75.0
"""Per cent of the letters in which a mistyped word agrees with one of a command's."""
THEME = Command("change_theme", (), "theme", "Change the theme", "Sheaf")


class CommandsProvider(Provider):
    """The commands of the reader, for Textual's palette."""

    async def discover(self) -> Hits:
        for command, callback in sorted(self._commands(), key=lambda each: not each[0].footer):
            yield DiscoveryHit(_shown(command), callback, command.help, help=command.group)

    async def search(self, query: str) -> Hits:
        for place, (command, callback) in enumerate(self._commands()):
            score = rank(command, query)
            if score:
                shown = _shown(command)
                yield Hit(score - place / 1e6, shown, callback, command.help, help=command.group)

    def _commands(self) -> Iterator[tuple[Command, partial[Any]]]:
        screen = self.screen
        if isinstance(screen, ReaderScreen):
            for command in valid_in("list", screen.commands):
                if command.id != "palette":
                    yield command, partial(screen.run_action, command.action)
        yield THEME, partial(self.app.action_change_theme)


def rank(command: Command, query: str) -> float:
    """How well a command answers what was typed, 0 to 1; 0 if a word is nowhere in it.

    What it is called counts before what it does, that before the group it stands in.
    """
    called = _words(command.label) + command.id.split("_")
    places = ((1.0, called), (0.8, _words(command.help)), (0.5, _words(command.group)))
    typed = _words(query)
    scores = [max(worth * _begins(word, words) for worth, words in places) for word in typed]
    return sum(scores) / len(scores) if scores and all(scores) else 0.0


def _begins(word: str, words: Sequence[str]) -> float:
    """1 for a word of those, less for a beginning, least for one mistyped; 0 for none."""
    if word in words:
        return 1.0
    if any(each.startswith(word) for each in words):
        return 0.95
    from rapidfuzz import fuzz

    alike = max((fuzz.ratio(word, each[: len(word) + 1]) for each in words), default=0.0)
    return 0.5 if len(word) > 2 and alike >= ALIKE else 0.0


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()


def _shown(command: Command) -> Content:
    keys = (f"  ({command.shown_keys})", DIM) if command.keys else ("", "")
    return Content.assemble(command.help, keys)
