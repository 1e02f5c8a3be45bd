"""The action that runs a command of the user's config on the papers."""

from __future__ import annotations

from tui.config.custom_commands import CustomCommand
from tui.core.text import split_tags
from tui.state import Change
from tui.ui.actions.copying import copy_to_clipboards
from tui.ui.actions.selecting import target_rows
from tui.ui.reader_protocol import Reader

MAX_TAGS = 20
"""More words than this are a text, not tags."""


async def run_custom(reader: Reader, name: str) -> None:
    """Run the command `[commands.NAME]` and put its output where the config says."""
    from tui.ui.dialogs.custom_command import CustomCommandScreen

    command = next(each for each in reader.config.custom if each.name == name)
    papers = list(reader.library.papers_with_marks(target_rows(reader)))
    if not papers:
        reader.status.message("no paper is selected")
        return
    text = await reader.ask(CustomCommandScreen(command, papers))
    if text is None:
        return
    if command.output == "clipboard":
        copy_to_clipboards(reader, text.strip("\n"))
        reader.status.message(f"{command.name}: copied")
    else:
        _save_output(reader, command, [stored.key for stored, _ in papers], text)


def _save_output(reader: Reader, command: CustomCommand, keys: list[str], text: str) -> None:
    """Append what the program wrote to the notes, or add it as tags."""
    if command.output == "note":
        notes = {key: reader.library.store.mark(key).note.rstrip() for key in keys}
        fields = {key: {"note": f"{note}\n\n{text}".strip("\n")} for key, note in notes.items()}
        change = Change.of(f"note by {command.name}", fields)
        done = "added to the note"
    else:
        tags = split_tags(text)
        if len(tags) > MAX_TAGS:
            reader.status.warn(
                f"{command.name} wrote {len(tags)} words, too many for tags; none was added"
            )
            return
        change = Change.of(f"tags by {command.name}", {key: {"tags_add": tags} for key in keys})
        done = " ".join(f"#{tag}" for tag in tags)
    reader.triage.submit(change)
    reader.status.message(f"{command.name}: {done}")
