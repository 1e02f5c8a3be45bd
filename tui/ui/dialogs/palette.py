"""Palette: the commands of the table in the palette of Textual, best match first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from textual import on
from textual.command import Command as FoundCommand
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input
from textual.worker import Worker

from tui.core.commands import Command, valid_in
from tui.ui.screen import SheafScreen, TypingContinues
from tui.ui.widgets.paper_text import DIM

MIN_SIMILARITY = 75.0
"""Per cent of rapidfuzz's ratio from which a word is a typo of another."""
CHANGE_THEME = Command("change_theme", (), "theme", "Change the theme", "Sheaf")


class Palette(CommandPalette):
    """Textual's palette, in which a key waits until what was typed before it has been found."""

    @on(Worker.StateChanged)
    def _search_changed(self, event: Worker.StateChanged) -> None:
        if event.worker.is_finished:
            self.app.post_message(TypingContinues())

    @on(Input.Submitted)
    def _run_chosen(self, event: Input.Submitted) -> None:
        """Run the command under the cursor at once: Textual's way there takes several messages."""
        event.stop()
        event.prevent_default()
        found = self.query_one(CommandList)
        option = None if found.highlighted is None else found.get_option_at_index(found.highlighted)
        if isinstance(option, FoundCommand):
            self.dismiss()
            self.app.call_later(option.hit.command)


class CommandsProvider(Provider):
    """The commands of the list, and the change of the theme."""

    async def discover(self) -> Hits:
        for command, callback in sorted(self._commands(), key=lambda each: not each[0].footer):
            yield DiscoveryHit(_describe(command), callback, command.help, help=command.group)

    async def search(self, query: str) -> Hits:
        for position, (command, callback) in enumerate(self._commands()):
            score = rank(command, query)
            if score:
                shown = _describe(command)
                yield Hit(score - position / 1e6, shown, callback, command.help, help=command.group)

    def _commands(self) -> Iterator[tuple[Command, partial[Any]]]:
        screen = self.screen
        if isinstance(screen, SheafScreen) and "list" in screen.PLACES:
            for command in valid_in("list", screen.commands):
                if command.id != "palette":
                    yield command, partial(screen.run_action, command.action)
        yield CHANGE_THEME, partial(self.app.action_change_theme)


def rank(command: Command, query: str) -> float:
    """How well a command matches a query, from 0 to 1; 0 if any word of the query is not in it.

    A word in the label or id counts most, one in the name of the group least.
    """
    names = _words(command.label) + command.id.split("_")
    fields = ((1.0, names), (0.8, _words(command.help)), (0.5, _words(command.group)))
    typed = _words(query)
    scores = [max(weight * _score(word, words) for weight, words in fields) for word in typed]
    return sum(scores) / len(scores) if scores and all(scores) else 0.0


def _score(word: str, words: Sequence[str]) -> float:
    """1 if `word` is one of `words`, less for the start of one, least for a typo, else 0."""
    if word in words:
        return 1.0
    if any(each.startswith(word) for each in words):
        return 0.95
    from rapidfuzz import fuzz

    # The start of a word, one letter longer: a letter may be missing in what was typed.
    ratio = max((fuzz.ratio(word, each[: len(word) + 1]) for each in words), default=0.0)
    return 0.5 if len(word) > 2 and ratio >= MIN_SIMILARITY else 0.0


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()


def _describe(command: Command) -> Content:
    keys = (f"  ({command.shown_keys})", DIM) if command.keys else ("", "")
    return Content.assemble(command.help, keys)
