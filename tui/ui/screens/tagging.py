"""Tagging: tags and notes, what the user writes."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path

from textual import on, work
from textual.app import SuspendNotSupported

from tui.core.text import clean_line, clean_typed_text
from tui.state import Change
from tui.ui.dialogs.prompt import PromptScreen
from tui.ui.screens.deciding import Deciding
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.paper_text import paper_content


class Tagging(Deciding):
    """The part of the main screen for tags and notes."""

    # -- tags ------------------------------------------------------------------------------

    @work(group="question", exit_on_error=False, description="tags")
    async def action_tag(self) -> None:
        """Ask for tags, several at once; `-tag` takes one away."""
        keys = list(self.subjects())
        if not keys:
            return
        store = self.library.store
        tags = [store.mark(key).tags for key in keys[:1]] if len(keys) == 1 else []
        have = " ".join(f"#{tag}" for tag in tags[0]) if tags else ""
        prompt = PromptScreen(
            f"tags of {self.name_of(keys)}",
            hint=f"{have}   words add, -word takes away".strip(),
            suggest=lambda word: _suggestions(word, list(store.tags())),
        )
        written = await self.app.push_screen_wait(prompt)
        add, remove = parse_tags(written or "")
        if add or remove:
            self.decide(
                " ".join([*(f"#{tag}" for tag in add), *(f"-#{tag}" for tag in remove)]),
                {"tags_add": add, "tags_remove": remove},
            )

    def action_filter_tag(self, tag: str) -> None:
        """Show the papers of a tag, in the view one is in."""
        text = f'tag:"{tag}"' if " " in tag else f"tag:{tag}"
        self.query_one(FilterBar).set_text(text)

    @on(PaperList.TagClicked)
    def _tag_clicked(self, event: PaperList.TagClicked) -> None:
        self.action_filter_tag(event.tag)

    # -- notes -----------------------------------------------------------------------------

    @work(group="note", exit_on_error=False, description="the note")
    async def action_note(self) -> None:
        """Write the paper's note in the editor beside its abstract."""
        from tui.ui.dialogs.note import NoteScreen

        stored = self.shown
        if stored is None:
            self.say("no paper here")
            return
        store = self.library.store
        mark = store.mark(stored.key)
        paper = paper_content(stored, mark, self.highlight_spans, self.glyphs)
        editor = NoteScreen(
            stored.paper.title,
            mark.note,
            paper,
            draft=store.draft(stored.key),
            keep=partial(store.save_draft, stored.key),
        )
        written = await self.app.push_screen_wait(editor)
        if written is not None:
            self._keep_note(stored.key, mark.note, written)
        store.drop_draft(stored.key)

    def _keep_note(self, key: str, before: str, note: str) -> None:
        """Save a note that was written over `before`; what came in meanwhile is kept above it."""
        now = self.library.store.mark(key).note
        elsewhere = now not in (before, note) and bool(now)
        if elsewhere:
            note = (
                f"{now}\n\n--- written here meanwhile, {datetime.now():%Y-%m-%d %H:%M} ---\n{note}"
            )
        self.submit(Change.of("note", papers={key: {"note": note}}))
        if elsewhere:
            self.say("the note was changed elsewhere meanwhile; both texts are kept")
        else:
            self.say("note saved" if note else "note removed")

    def action_note_outside(self) -> None:
        """Write the note in $VISUAL or $EDITOR; without one, in the editor here."""
        stored = self.shown
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if stored is None:
            self.say("no paper here")
            return
        if not command:
            self.say("neither $VISUAL nor $EDITOR is set; here is the editor of Sheaf")
            self.action_note()
            return
        before = self.library.store.mark(stored.key).note
        try:
            with self.app.suspend():
                after = edit_outside(command, before)
        except (SuspendNotSupported, OSError, ValueError) as error:
            self.say(f"{command} cannot be run ({error}); here is the editor of Sheaf")
            self.action_note()
            return
        if after != before:
            self._keep_note(stored.key, before, after)


def parse_tags(text: str) -> tuple[list[str], list[str]]:
    """Tags to add and to take away, from words such as `rag #long-context -later`."""
    add: list[str] = []
    remove: list[str] = []
    for word in clean_line(text).replace(",", " ").split():
        name = word.lstrip("-#")
        if name:
            (remove if word.startswith("-") else add).append(name)
    return add, remove


def _suggestions(word: str, tags: list[str]) -> list[str]:
    """The user's tags most like the word being typed; all of them, sorted, before one is."""
    from rapidfuzz import fuzz, process

    sign = "-" if word.startswith("-") else ""
    typed = word.lstrip("-#")
    if not typed:
        return [sign + tag for tag in sorted(tags)]
    starts = sorted(tag for tag in tags if tag.startswith(typed))
    near = process.extract(typed, tags, scorer=fuzz.WRatio, score_cutoff=60, limit=8)
    return [sign + tag for tag in dict.fromkeys([*starts, *(tag for tag, _, _ in near)])]


def edit_outside(command: str, note: str) -> str:
    """Run an editor on a note in a private temporary file; the note as it left it.

    OSError, ValueError if the command cannot be run. The terminal is the editor's meanwhile.
    """
    with tempfile.TemporaryDirectory(prefix="sheaf-") as folder:
        file = Path(folder) / "note.md"
        file.write_text(note, encoding="utf-8")
        subprocess.run([*shlex.split(command), str(file)], check=False)
        return clean_typed_text(file.read_text(encoding="utf-8", errors="replace")).strip("\n")
