"""The action that copies link, id, BibTeX, citation or abstract of papers, to paste elsewhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tui.catalog.catalog import Catalog
from tui.core.commands import answers
from tui.core.text import clean_line, shorten
from tui.ui.actions.long_work import run_or_stop
from tui.ui.actions.selecting import target_rows
from tui.ui.dialogs.question import QuestionScreen
from tui.ui.jobs import JobProgress, JobReport
from tui.ui.reader_protocol import Reader

if TYPE_CHECKING:
    from tui.export.snippets import SnippetKind

KINDS: dict[str, SnippetKind] = {
    "copy_link": "link",
    "copy_id": "id",
    "copy_bibtex": "bibtex",
    "copy_citation": "citation",
    "copy_markdown": "markdown",
    "copy_abstract": "abstract",
}
"""Command to the kind of text that it copies."""
SHOWN_LENGTH = 60
"""Characters of what was copied that the status line shows."""


async def copy(reader: Reader) -> None:
    """Ask what to copy of the papers: link, id, BibTeX …"""
    rows = target_rows(reader)
    if not rows:
        reader.status.message("no paper is selected")
        return
    title = "Copy" if len(rows) == 1 else f"Copy of {len(rows):,} papers"
    answer = await reader.ask(QuestionScreen(title, "copy"))
    if answer:
        name = next(each.label for each in answers("copy") if each.id == answer)
        await _copy(reader, rows, KINDS[answer], name)


async def _copy(reader: Reader, rows: list[int], kind: SnippetKind, name: str) -> None:
    store, path = reader.library.store, reader.library.catalog.path
    pattern = reader.config.export.key

    def work(progress: JobProgress) -> list[str]:
        from tui.export.citation_keys import CitationKeys
        from tui.export.snippets import format_snippet

        catalog = Catalog(path)
        try:
            keys = CitationKeys(store, catalog, pattern)
            texts = []
            for stored in catalog.get_many(rows):
                progress.check()
                text = format_snippet(kind, stored, store.mark(stored.key), keys)
                texts.append(text.strip("\n"))
        finally:
            catalog.close()
        return [text for text in texts if text]

    def done(texts: list[str]) -> JobReport:
        if not texts:
            return JobReport(f"this paper has no {name}")
        text = ("\n\n" if kind in ("bibtex", "abstract") else "\n").join(texts)
        copy_to_clipboards(reader, text)
        shown = f"copied {shorten(clean_line(text), SHOWN_LENGTH)}"
        return JobReport(shown if len(texts) == 1 else f"copied the {name} of {len(texts):,}")

    await run_or_stop(reader, "copying", work, done)


def copy_to_clipboards(reader: Reader, text: str) -> None:
    """Copy to the terminal's clipboard by OSC 52, and to the system's, where there is one."""
    from tui.ui import clipboard

    reader.app.copy_to_clipboard(text)
    # Not every terminal takes OSC 52, and the system's program may take seconds.
    threading.Thread(target=clipboard.copy, args=(text,), daemon=True).start()
