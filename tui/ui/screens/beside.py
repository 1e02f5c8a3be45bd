"""Beside: in a wide window, the note and the papers similar to the one under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on, work
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.timer import Timer

from tui.catalog.catalog import Catalog, Stored
from tui.core.paper import short_authors
from tui.core.text import clean_typed_line
from tui.library.library import Library
from tui.ui.screens.viewing import Viewing
from tui.ui.widgets.paper_detail import ContextPane
from tui.ui.widgets.paper_list import PaperList
from tui.ui.widgets.paper_text import DIM

WIDE_FROM = 180
"""Columns from which there is a third pane."""
REST = 0.15
"""Seconds the cursor rests on a paper before others are looked for."""
SIMILAR = 12
"""Papers that are shown."""


class BesideThePaper(Viewing):
    """The part of the main screen that fills the third pane."""

    @dataclass
    class FoundSimilar(Message):
        """The papers most like that of a row."""

        row: int
        papers: list[Stored]

    def __init__(self, library: Library, filter_text: str) -> None:
        super().__init__(library, filter_text)
        self._resting: Timer | None = None
        self._similar: tuple[int, Sequence[Stored]] | None = None
        """A row, and the papers like it."""
        self._sought: int | None = None

    def lay_out(self) -> None:
        self.set_class(self.app.size.width >= WIDE_FROM, "-wide")
        super().lay_out()
        self._show_beside()

    def list_share(self) -> int:
        """A third pane takes its room from the list."""
        share = super().list_share()
        return max(1, share - 14) if self.has_class("-wide") else share

    def show_paper(self, *, same_paper: bool = True) -> None:
        super().show_paper(same_paper=same_paper)
        self._show_beside()

    def _show_beside(self) -> None:
        if not self.has_class("-wide"):
            return
        if self._resting:
            self._resting.stop()
        stored = self.shown
        if stored is None:
            self.query_one(ContextPane).show(Content(""), same_paper=False)
            return
        similar = self._similar[1] if self._similar and self._similar[0] == stored.row else None
        note = self.library.store.mark(stored.key).note
        parts = [_heading(f"{self.glyphs.note} Note"), *_note(note, self.key_of("note"))]
        parts += [Content(""), _heading("Similar papers")]
        if similar is None:
            self._look_for_similar(stored.row)
        elif not similar:
            parts.append(Content("none here").stylize(DIM))
        for each in similar or ():
            parts += [Content(""), *_lines(each)]
        same = self.query_one(ContextPane).row == stored.row
        self.query_one(ContextPane).row = stored.row
        self.query_one(ContextPane).show(Content("\n").join(parts), same_paper=same)

    def _look_for_similar(self, row: int) -> None:
        """Once the cursor rests: going through the list looks for nothing."""
        if not self.ready or self.partial or row == self._sought:
            return
        self._resting = self.set_timer(REST, lambda: self._find_similar(row))

    @work(thread=True, group="beside", exclusive=True, exit_on_error=False, description="similar")
    def _find_similar(self, row: int) -> None:
        self._sought = row
        hits = self.library.search.similar(row, SIMILAR, lambda: self._sought != row)
        catalog = Catalog(self.library.catalog.path)
        try:
            papers = list(catalog.get_many([int(each) for each in hits.rows]))
        finally:
            catalog.close()
        self.post_message(self.FoundSimilar(row, papers))

    @on(FoundSimilar)
    def _found_similar(self, event: FoundSimilar) -> None:
        if event.row != self._sought:  # the cursor has gone on
            return
        self._sought = None
        self._similar = (event.row, event.papers)
        self._show_beside()

    def action_go_to_row(self, row: int) -> None:
        """Go to a paper of the third pane: in the list, or in that of the similar papers."""
        papers = self.query_one(PaperList)
        places = [place for place, each in enumerate(papers.rows) if int(each) == row]
        if places:
            papers.move_to(places[0])
        elif stored := self.shown:
            self.chosen = row
            self.refresh_list(stored.row)


def _heading(words: str) -> Content:
    return Content(words).stylize("bold $lit")


def _note(note: str, key: str) -> list[Content]:
    if not note:
        return [Content(f"{key} writes one").stylize(DIM)]
    return [Content(clean_typed_line(line)) for line in note.split("\n")]


def _lines(stored: Stored) -> list[Content]:
    """Title, to be clicked, and who and when."""
    paper = stored.paper
    click = Style.from_meta({"@click": ("screen.go_to_row", (stored.row,))})
    who = " · ".join(part for part in (short_authors(paper.authors), paper.date[:4]) if part)
    return [Content(paper.title).stylize(click), Content(who).stylize(DIM)]
