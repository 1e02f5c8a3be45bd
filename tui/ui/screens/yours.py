"""Yours: the commands of the user's own config, on the papers an action is for."""

from __future__ import annotations

from textual import work

from tui.config import OwnCommand
from tui.core.commands import OWN
from tui.state import Change
from tui.ui.runner import Papers, words_as_tags
from tui.ui.screens.copying import Copying

MOST_TAGS = 20
"""More words than this are a text, not tags."""


class Yours(Copying):
    """The part of the main screen that runs `[commands.NAME]`."""

    own: tuple[OwnCommand, ...] = ()
    """The user's own commands."""

    async def action_run(self, command_id: str) -> None:
        if command_id.startswith(OWN):
            self.action_run_own(command_id.removeprefix(OWN))
        else:
            await super().action_run(command_id)

    def papers_in_hand(self) -> Papers:
        """The papers a command of the user's gets."""
        return list(self.library.with_marks(list(self.subjects().values())))

    @work(group="own", exit_on_error=False, description="your command")
    async def action_run_own(self, name: str) -> None:
        from tui.ui.dialogs.custom_command import CustomCommandScreen

        own = next(own for own in self.own if own.name == name)
        papers = self.papers_in_hand()
        if not papers:
            self.say("no paper here")
            return
        text = await self.app.push_screen_wait(CustomCommandScreen(own, papers))
        if text is None:
            return
        if own.output == "clipboard":
            self.copy(text.strip("\n"))
            self.say(f"{own.name}: copied")
        else:
            self._keep(own, [stored.key for stored, _ in papers], text)

    def _keep(self, own: OwnCommand, keys: list[str], text: str) -> None:
        """Put what the program wrote where the config wants it: after the notes, or as tags."""
        if own.output == "note":
            notes = {key: self.library.store.mark(key).note.rstrip() for key in keys}
            added = {key: f"{note}\n\n{text}".strip("\n") for key, note in notes.items()}
            change = Change.of(f"note by {own.name}", {key: {"note": added[key]} for key in keys})
            said = f"{own.name}: added to the note"
        else:
            tags = words_as_tags(text)
            if len(tags) > MOST_TAGS:
                self.warn(f"{own.name} wrote {len(tags)} words; that is no list of tags")
                return
            change = Change.of(f"tags by {own.name}", {key: {"tags_add": tags} for key in keys})
            said = f"{own.name}: " + " ".join(f"#{tag}" for tag in tags)
        self.submit(change)
        self.say(said)
