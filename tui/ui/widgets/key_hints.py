"""KeyHints: the footer, with the most important keys of a place."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.commands import Command, show_key, valid_in


class KeyHints(Widget):
    """The footer: as many keys as fit. A click on one runs its command."""

    commands: reactive[tuple[Command, ...]] = reactive(())

    def show_place(self, place: str, table: Sequence[Command]) -> None:
        """Show the keys of a place of `table`; outside the list, first the key that goes back."""
        hints = [command for command in valid_in(place, table) if command.footer]
        if place != "list":
            clear = next(command for command in table if command.id == "clear")
            hints.insert(0, clear._replace(label="back") if place == "reading" else clear)
        self.commands = tuple(hints)

    def render(self) -> Content:
        parts: list[Content] = []
        for _, _, command in self.positions():
            key = show_key(command.keys[0])
            parts.append(Content.assemble((key, "bold $highlight"), f" {command.label}"))
        return Content("   ").join(parts)

    def positions(self) -> Sequence[tuple[int, int, Command]]:
        """Return the first cell of each hint shown, the cell after it, and its command.

        If not all fit, those before the last one are left out.
        """
        width = self.size.width
        hints = [command for command in self.commands if command.keys]
        while len(hints) > 1 and _length(hints) > width:
            del hints[-2]
        positions: list[tuple[int, int, Command]] = []
        x = 0
        for command in hints:
            end = x + _length([command])
            positions.append((x, end, command))
            x = end + 3
        return positions

    async def on_click(self, event: events.Click) -> None:
        for start, end, command in self.positions():
            if start <= event.x < end:
                await self.run_action(f"screen.{command.action}")


def _length(hints: Sequence[Command]) -> int:
    cells = (cell_len(f"{show_key(command.keys[0])} {command.label}") for command in hints)
    return sum(cells) + 3 * (len(hints) - 1)
