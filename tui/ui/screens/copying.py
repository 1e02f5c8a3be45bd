"""Copying: link, id, BibTeX, citation or abstract of papers, to paste elsewhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual import work

from tui.catalog.catalog import Catalog
from tui.core.text import clean_line, shorten
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.screens.working import Tell, Working

if TYPE_CHECKING:
    from tui.export.snippets import SnippetKind

COPIES: dict[str, tuple[SnippetKind, str]] = {
    "l": ("link", "link"),
    "i": ("id", "id"),
    "b": ("bibtex", "BibTeX"),
    "c": ("citation", "citation in one line"),
    "m": ("markdown", "Markdown link"),
    "a": ("abstract", "abstract"),
}
"""Key of the menu: what is copied, words for people."""
SHOWN = 60
"""Characters of what was copied that the status line shows."""


class Copying(Working):
    """The part of the main screen that copies."""

    @work(group="question", exit_on_error=False, description="copying")
    async def action_copy(self) -> None:
        """Ask what to copy of the papers: link, id, BibTeX …"""
        rows = list(self.subjects().values())
        if not rows:
            self.say("no paper here")
            return
        answers = {key: words for key, (_, words) in COPIES.items()}
        answers["escape"] = "leave it"
        title = "Copy" if len(rows) == 1 else f"Copy of {len(rows):,} papers"
        key = await self.app.push_screen_wait(QuestionScreen(title, answers))
        if key in COPIES:
            self._copy(rows, *COPIES[key])

    def _copy(self, rows: list[int], kind: SnippetKind, words: str) -> None:
        store, path, pattern = self.library.store, self.library.catalog.path, self.config.export.key

        def job(stop: threading.Event, tell: Tell) -> list[str]:
            from tui.export.citation_keys import CitationKeys
            from tui.export.snippets import format_snippet

            catalog = Catalog(path)
            try:
                keys = CitationKeys(store, catalog, pattern)
                texts = []
                for stored in catalog.get_many(rows):
                    if stop.is_set():
                        return []
                    texts.append(
                        format_snippet(kind, stored, store.mark(stored.key), keys).strip("\n")
                    )
            finally:
                catalog.close()
            return [text for text in texts if text]

        def then(texts: list[str]) -> None:
            if not texts:
                self.say(f"there is no {words} to copy here")
                return
            text = ("\n\n" if kind in ("bibtex", "abstract") else "\n").join(texts)
            self.copy(text)
            shown = clean_line(text)
            short = shorten(shown, SHOWN)
            many = f"copied the {words} of {len(texts):,}"
            self.say(f"copied {short}" if len(texts) == 1 else many)

        self.begin("copying", job, then)

    def copy(self, text: str) -> None:
        """To the terminal's clipboard by OSC 52, and to the system's."""
        self.app.copy_to_clipboard(text)
        self._to_system(text)

    @work(thread=True, group="clipboard", exit_on_error=False, description="the clipboard")
    def _to_system(self, text: str) -> None:
        """Beside OSC 52, which not every terminal takes."""
        from tui.ui.clipboard import copy

        copy(text)
