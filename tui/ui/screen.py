"""The base classes of all our screens: keys from the table of commands, failed workers shown."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState, get_current_worker

from tui.core.commands import key_of
from tui.core.text import clean_line
from tui.ui.bindings import command_bindings, commands_of
from tui.ui.textual_private import set_bindings

Result = TypeVar("Result")
Answer = TypeVar("Answer")
ASKING = "action"
"""The group of the workers that may ask the user something: keys wait for their dialogs."""
DIALOG_STYLES = Path(__file__).parent / "styles" / "dialogs.tcss"
"""The style sheet of the dialogs. Parsing it takes 10 ms, which the first frame does not need."""


class TypingContinues(Message):
    """Tells TypeAhead to check whether waiting keys can be delivered."""


class SheafScreen(Screen[Result]):
    """A screen whose keys come from the table of commands in use."""

    PLACES: ClassVar[tuple[str, ...]] = ()
    """The places of the table whose commands are valid here."""
    PRIORITY_COMMANDS: ClassVar[tuple[str, ...]] = ()
    """Ids of commands whose keys the screen handles before the widget that has the focus."""
    ACTIONS: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Command id to Textual's action, for commands that have no method `action_ID`."""

    def __init__(
        self, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name, id, classes)
        self.commands = commands_of(self.app)
        """The table in use."""
        self.asker: Worker[Any] | None = None
        """The worker that waits for the result of this screen."""
        self.bind_commands(self.PLACES)

    def bind_commands(self, places: tuple[str, ...]) -> None:
        """Bind the keys of the commands of `places`, and Textual's keys that no command has."""
        taken = {key for command in self.commands for key in command.keys}
        textual = Binding.make_bindings(Screen.BINDINGS)
        ours = command_bindings(self.commands, places, self.PRIORITY_COMMANDS)
        set_bindings(self, [*(each for each in textual if each.key not in taken), *ours])

    def key_of(self, command_id: str) -> str:
        """The first key of a command in use, as people write it."""
        return key_of(command_id, self.commands)

    async def action_run(self, command_id: str) -> None:
        """Run a command of the table: the action in ACTIONS, else the method `action_ID`.

        A number at the end of the id is an argument: `rate_3` runs `rate(3)`.
        """
        name, _, number = command_id.rpartition("_")
        method = f"{name}({number})" if number.isdigit() else command_id
        await self.run_action(self.ACTIONS.get(command_id, method))

    def action_scroll_lines(self, lines: int) -> None:
        """Scroll the text of the screen, down if positive."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_scroll_screens(self, screens: int) -> None:
        """Scroll the text of the screen by screens, down if positive."""
        self.action_scroll_lines(screens * self.query_one(VerticalScroll).size.height)

    def start_asking(self, work: Coroutine[Any, Any, None], description: str) -> None:
        """Run `work`, which may `ask` something; what is typed waits for its dialogs."""
        work = _continue_typing_after(work, self.app)
        self.run_worker(work, group=ASKING, description=description, exit_on_error=False)

    async def ask(self, dialog: SheafScreen[Answer]) -> Answer | None:
        """Show a dialog and return its result; None if the user left it. See `start_asking`."""
        dialog.asker = get_current_worker()
        return await self.app.push_screen_wait(dialog)

    def answer(self, result: Result) -> None:
        """End the screen with `result`. Does nothing once the screen has ended."""
        if self.is_current:
            self.dismiss(result)

    def warn(self, text: str) -> None:
        """Show what went wrong. A screen with a place for that overrides this."""
        self.notify(text, severity="error", markup=False)

    def report_failure(self, text: str) -> None:
        """Show that a worker of this screen has failed, on the screen that is on top."""
        top = self.app.screen
        (top if isinstance(top, SheafScreen) else self).warn(text)

    @on(Worker.StateChanged)
    def _report_failed_worker(self, event: Worker.StateChanged) -> None:
        """Textual posts this to the worker's own screen only: it does not bubble."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            self.log.error(error)
            why = str(error) or type(error).__name__
            self.report_failure(clean_line(f"{event.worker.description} failed: {why}"))


class OneShotModal(ModalScreen[Result], SheafScreen[Result]):
    """A screen over another that gives one result, however many keys are typed meanwhile."""

    CSS_PATH = DIALOG_STYLES


async def _continue_typing_after(work: Coroutine[Any, Any, None], app: App[Any]) -> None:
    try:
        await work
    finally:
        app.post_message(TypingContinues())


def scrolling_actions(prefix: str) -> dict[str, str]:
    """The ACTIONS of the commands that scroll the text of a screen: `PREFIX_down` and so on."""
    return {
        f"{prefix}_down": "scroll_lines(1)",
        f"{prefix}_up": "scroll_lines(-1)",
        f"{prefix}_page_down": "scroll_screens(1)",
        f"{prefix}_page_up": "scroll_screens(-1)",
        f"{prefix}_top": "scroll_lines(-1000000)",
        f"{prefix}_bottom": "scroll_lines(1000000)",
    }
