"""Actions for notes: in the editor of the reader, or in the user's own."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path

from textual.app import SuspendNotSupported

from tui.catalog.catalog import StoredPaper
from tui.core.text import clean_typed_text
from tui.state import Change, SaveRefused
from tui.ui.note_draft import Draft
from tui.ui.reader_protocol import Reader


async def edit_note(reader: Reader) -> None:
    """Write the paper's note in the editor beside its abstract."""
    if stored := reader.current:
        await _edit(reader, stored)
    else:
        reader.status.message("no paper is selected")


async def _edit(
    reader: Reader, stored: StoredPaper, text: str | None = None, warning: str = ""
) -> None:
    """Edit the note, from `text` if it was written elsewhere; `warning` says why it is here."""
    from tui.ui.dialogs.note import NoteScreen

    before = reader.library.store.mark(stored.key).note
    draft = Draft(reader.library.store, stored.key)
    content = reader.panes.presenter.content(stored)

    async def save(note: str) -> SaveRefused | None:
        return await _save(reader, stored.key, before, note)

    await reader.ask(NoteScreen(stored.paper.title, before, content, draft, save, text, warning))
    await asyncio.to_thread(draft.drop)


async def edit_note_outside(reader: Reader) -> None:
    """Write the note in $VISUAL or $EDITOR; without one, in the editor of the reader."""
    stored = reader.current
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if stored is None:
        reader.status.message("no paper is selected")
        return
    if not command:
        reader.status.message("neither $VISUAL nor $EDITOR is set; the editor of Sheaf is used")
        await _edit(reader, stored)
        return
    before = reader.library.store.mark(stored.key).note
    draft = Draft(reader.library.store, stored.key)
    text = draft.load() or before
    try:
        with reader.app.suspend():
            after = edit_outside(command, text)
    except (SuspendNotSupported, OSError, ValueError) as error:
        reader.status.message(f"{command} cannot be run ({error}); the editor of Sheaf is used")
        await _edit(reader, stored)
        return
    if after != before:
        await asyncio.to_thread(draft.save, after)
        if refused := await _save(reader, stored.key, before, after):
            await _edit(reader, stored, after, str(refused))
            return
    await asyncio.to_thread(draft.drop)


async def _save(reader: Reader, key: str, before: str, note: str) -> SaveRefused | None:
    """Save a note that was written over `before`; what came in meanwhile is kept above it.

    Return when it is on disk, or why it is not.
    """
    now = reader.library.store.mark(key).note
    elsewhere = now not in (before, note) and bool(now)
    if elsewhere:
        time = f"{datetime.now():%Y-%m-%d %H:%M}"
        note = f"{now}\n\n--- written here meanwhile, {time} ---\n{note}"
    if refused := await reader.triage.save(Change.of("note", papers={key: {"note": note}})):
        return refused
    if elsewhere:
        reader.status.message("the note was changed elsewhere meanwhile; both texts are kept")
    else:
        reader.status.message("note saved" if note else "note removed")
    return None


def edit_outside(command: str, note: str) -> str:
    """Run an editor on a note in a private temporary file; return the note as it left it.

    Raises OSError or ValueError if the command cannot be run. The terminal is the editor's
    meanwhile.
    """
    import shlex
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="sheaf-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(note, encoding="utf-8")
        subprocess.run([*shlex.split(command), str(file)], check=False)
        return clean_typed_text(file.read_text(encoding="utf-8", errors="replace")).strip("\n")
