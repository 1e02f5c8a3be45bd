"""ContextPane: the third pane of a wide window, with the note and the similar papers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from tui.catalog.catalog import StoredPaper
from tui.core.author import short_authors
from tui.core.text import clean_typed_line
from tui.ui.widgets.paper_detail import PaperDetail
from tui.ui.widgets.paper_text import DIM


class ContextPane(PaperDetail):
    """Shows the note of a paper and the papers similar to it."""

    def __init__(self) -> None:
        super().__init__()
        self._row: int | None = None

    def show_paper(
        self,
        stored: StoredPaper | None,
        note: str,
        similar: Sequence[StoredPaper] | None,
        *,
        note_glyph: str,
        note_key: str,
    ) -> None:
        """Show the context of a paper, or nothing; `similar` is None until they are found."""
        row = stored.row if stored else None
        parts: list[Content] = []
        if stored:
            parts = [_heading(f"{note_glyph} Note"), *_note_lines(note, note_key)]
            parts += [Content(""), _heading("Similar papers")]
            if similar is not None and not similar:
                parts.append(Content("none here").stylize(DIM))
            for each in similar or ():
                parts += [Content(""), *_paper_lines(each)]
        self.show(Content("\n").join(parts), same_paper=row is not None and row == self._row)
        self._row = row


def _heading(text: str) -> Content:
    return Content(text).stylize("bold $highlight")


def _note_lines(note: str, key: str) -> list[Content]:
    if not note:
        return [Content(f"{key} writes one").stylize(DIM)]
    return [Content(clean_typed_line(line)) for line in note.split("\n")]


def _paper_lines(stored: StoredPaper) -> list[Content]:
    """The title, which a click goes to; authors and year."""
    paper = stored.paper
    click = Style.from_meta({"@click": ("screen.click", ("similar", stored.row))})
    facts = " · ".join(part for part in (short_authors(paper.authors), paper.date[:4]) if part)
    return [Content(paper.title).stylize(click), Content(facts).stylize(DIM)]
