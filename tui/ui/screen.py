"""The base classes of all our screens: keys from the table of commands, failed workers shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from tui.core.commands import COMMANDS, Command
from tui.core.text import clean_line
from tui.ui.textual_private import set_bindings

Result = TypeVar("Result")


class SheafScreen(Screen[Result]):
    """A screen whose keys come from the table of commands in use."""

    PLACES: ClassVar[tuple[str, ...]] = ()
    """The places of the table whose commands are valid here."""
    PRIORITY_COMMANDS: ClassVar[tuple[str, ...]] = ()
    """Ids of commands whose keys the screen handles before the widget that has the focus."""

    def __init__(
        self,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        *,
        commands: Sequence[Command] | None = None,
    ) -> None:
        """`commands`: the table in use; without it, the one of the running app."""
        super().__init__(name, id, classes)
        if commands is None:
            commands = getattr(self.app, "commands", COMMANDS)
        self.commands = tuple(commands)
        """The table in use: the built-in one with the user's keys and commands."""
        if self.PLACES:
            set_bindings(self, self._bindings_in_use())

    def _bindings_in_use(self) -> Iterator[BindingType]:
        """Yield Textual's own bindings of keys that no command has, then ours."""
        taken = {key for command in self.commands for key in command.keys}
        for binding in Binding.make_bindings(Screen.BINDINGS):
            if binding.key not in taken:
                yield binding
        yield from bindings(self.commands, self.PLACES, self.PRIORITY_COMMANDS)

    def key_of(self, command_id: str) -> str:
        """The first key of a command, as people write it; its name if it has none."""
        keys = next(each.shown_keys for each in self.commands if each.id == command_id)
        return keys.partition(", ")[0] or f"“{command_id}”"

    async def action_run(self, command_id: str) -> None:
        """Run a command of the table: here the method `action_ID`, with what is a number apart."""
        name, _, number = command_id.rpartition("_")
        await self.run_action(f"{name}({number})" if number.isdigit() else command_id)

    def warn(self, text: str) -> None:
        """Show what went wrong. A screen with a place for that overrides this."""
        self.notify(text, severity="error", markup=False)

    def report_failure(self, text: str) -> None:
        """Show that a worker of this screen has failed, on the screen that is on top."""
        top = self.app.screen
        (top if isinstance(top, SheafScreen) else self).warn(text)

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        """Textual posts this to the worker's own screen only: it does not bubble."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            self.log.error(error)
            why = str(error) or type(error).__name__
            self.report_failure(clean_line(f"{event.worker.description} failed: {why}"))


class OneShotModal(ModalScreen[Result], SheafScreen[Result]):
    """A screen over another that gives one result, however many keys are typed meanwhile."""

    def answer(self, result: Result) -> None:
        """End the screen with `result`. Does nothing once the screen has ended."""
        if self.is_current:
            self.dismiss(result)


def bindings(
    commands: Sequence[Command], places: Sequence[str], priority: Sequence[str] = ()
) -> list[BindingType]:
    """The keys of the commands valid in any of `places`.

    `priority`: ids of commands whose keys no widget may take for itself.
    """
    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.help,
            show=False,
            priority=command.id in priority,
        )
        for command in commands
        if command.keys and set(command.where) & set(places)
    ]
