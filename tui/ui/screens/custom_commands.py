"""Yours: the commands of the user's own config, on the papers an action is for."""

from __future__ import annotations

from textual import work

from tui.config import CustomCommand
from tui.core.commands import CUSTOM_PREFIX
from tui.state import Change
from tui.ui.runner import Papers, words_as_tags
from tui.ui.screens.copying import Copying

MOST_TAGS = 20
"""More words than this are a text, not tags."""


class CustomCommands(Copying):
    """The part of the main screen that runs `[commands.NAME]`."""

    custom: tuple[CustomCommand, ...] = ()
    """The user's own commands."""

    async def action_run(self, command_id: str) -> None:
        if command_id.startswith(CUSTOM_PREFIX):
            self.action_run_custom(command_id.removeprefix(CUSTOM_PREFIX))
        else:
            await super().action_run(command_id)

    def papers_in_hand(self) -> Papers:
        """The papers a command of the user's gets."""
        return list(self.library.with_marks(list(self.subjects().values())))

    @work(group="custom", exit_on_error=False, description="your command")
    async def action_run_custom(self, name: str) -> None:
        from tui.ui.dialogs.custom_command import CustomCommandScreen

        command = next(command for command in self.custom if command.name == name)
        papers = self.papers_in_hand()
        if not papers:
            self.say("no paper here")
            return
        text = await self.app.push_screen_wait(CustomCommandScreen(command, papers))
        if text is None:
            return
        if command.output == "clipboard":
            self.copy(text.strip("\n"))
            self.say(f"{command.name}: copied")
        else:
            self._keep(command, [stored.key for stored, _ in papers], text)

    def _keep(self, command: CustomCommand, keys: list[str], text: str) -> None:
        """Put what the program wrote where the config wants it: after the notes, or as tags."""
        if command.output == "note":
            notes = {key: self.library.store.mark(key).note.rstrip() for key in keys}
            added = {key: f"{note}\n\n{text}".strip("\n") for key, note in notes.items()}
            change = Change.of(
                f"note by {command.name}", {key: {"note": added[key]} for key in keys}
            )
            said = f"{command.name}: added to the note"
        else:
            tags = words_as_tags(text)
            if len(tags) > MOST_TAGS:
                self.warn(f"{command.name} wrote {len(tags)} words; that is no list of tags")
                return
            change = Change.of(f"tags by {command.name}", {key: {"tags_add": tags} for key in keys})
            said = f"{command.name}: " + " ".join(f"#{tag}" for tag in tags)
        self.submit(change)
        self.say(said)
