"""RowPresenter: what the list and the panes show of a paper and its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from textual.content import Content

from tui.catalog.catalog import StoredPaper
from tui.config import Config
from tui.core.author import short_authors
from tui.core.paper import Paper
from tui.core.text import clean_line
from tui.library.library import Library
from tui.library.orders import find_order
from tui.ui.widgets.glyphs import Glyphs
from tui.ui.widgets.list_places import Heading
from tui.ui.widgets.paper_text import DIM, paper_content
from tui.ui.widgets.row_layout import RowView

TITLES_OF_GROUP = 30
"""Titles that the pane shows of a group."""


class RowPresenter:
    """Makes RowViews and texts from papers, their marks and the words of the search."""

    def __init__(self, library: Library, config: Config, glyphs: Glyphs) -> None:
        self._library = library
        self._glyphs = glyphs
        self._config = config
        self._read_ahead: Mapping[int, StoredPaper] = {}
        self._last: StoredPaper | None = None
        self.words: tuple[str, ...] = ()
        """Normalized words of the search, to highlight."""
        self.order = ""
        """The order of the list, by its name in the query language."""

    def set_result(self, words: tuple[str, ...], papers: Mapping[int, StoredPaper]) -> None:
        """Highlight `words` from now on; `papers` were read with the result, by row."""
        self.words = words
        self._read_ahead = papers

    def forget_papers(self) -> None:
        """Read papers again, because the catalog has changed."""
        self._read_ahead = {}
        self._last = None

    def paper(self, row: int | None) -> StoredPaper | None:
        """Return the paper of a catalog row; None if it is gone."""
        if row is None:
            return None
        if self._last is None or self._last.row != row:
            self._last = self._read_ahead.get(row) or self._library.catalog.get(row)
        return self._last

    def row_views(self, rows: Sequence[int]) -> dict[int, RowView]:
        """Return what to show of the papers of these catalog rows, without those that are gone."""
        ahead = self._read_ahead
        others = self._library.catalog.get_many([row for row in rows if row not in ahead])
        known = dict(ahead) | {stored.row: stored for stored in others}
        return {row: self._view(known[row]) for row in rows if row in known}

    def _view(self, stored: StoredPaper) -> RowView:
        paper, mark = stored.paper, self._library.store.mark(stored.key)
        return RowView(
            paper.title,
            short_authors(paper.authors),
            self.row_suffix(paper),
            read=mark.read,
            new=self._library.rows.is_new(stored, mark),
            star=mark.star,
            note=clean_line(mark.note.partition("\n")[0]),
            saving=self._library.store.pending(stored.key),
            tags=tuple(clean_line(tag) for tag in mark.tags),
            highlighted=tuple(self._matching_spans(paper.title)),
            venue="" if paper.venue == "arXiv" else paper.venue,
        )

    def content(self, stored: StoredPaper) -> Content:
        """Return the whole paper with its mark, as the pane shows it."""
        mark = self._library.store.mark(stored.key)
        return paper_content(stored, mark, self._matching_spans, self._glyphs)

    def count_unread(self, rows: Sequence[int]) -> int:
        """Return how many of the papers of these catalog rows are not read."""
        read = self._library.store.keys_where("read")
        return sum(key not in read for key in self._library.catalog.keys_of(rows).values())

    def group_content(self, heading: Heading) -> Content:
        """Return the titles of a group, as the pane shows them; those of a large one in part."""
        first = self._library.catalog.get_many(list(heading.rows[:TITLES_OF_GROUP]))
        more = len(heading.rows) - TITLES_OF_GROUP
        lines = [Content(heading.name).stylize("bold $highlight")]
        lines += [Content(f"· {stored.paper.title}") for stored in first]
        if more > 0:
            lines.append(Content(f"and {more:,} more").stylize(DIM))
        return Content("\n").join(lines)

    def note(self, stored: StoredPaper) -> str:
        """Return the note of a paper; empty if it has none."""
        return self._library.store.mark(stored.key).note

    def row_suffix(self, paper: Paper) -> str:
        """Return the end of a row: the count that the list is ordered by, else the date.

        Votes are followed by those gained lately: `120 votes +35`.
        """
        order = find_order(self.order)
        if order is None or not order.unit:
            return self.format_day(paper.date)
        count = order.count(paper)
        unit = order.unit if count != 1 else order.unit.removesuffix("s")
        text = f"{short_count(count)} {unit}" if count else ""
        gained = paper.gained[1] if order.unit == "votes" else 0
        return f"{text} +{short_count(gained)}" if gained else text

    def format_day(self, day: str) -> str:
        """Return a date as the config says: with `relative`, the days of the last week by name."""
        if self._config.dates == "relative" and len(day) == len("2026-05-07"):
            age = (date.today() - date.fromisoformat(day)).days
            if 0 <= age < 7:
                return ("today", "yesterday")[age] if age < 2 else f"{date.fromisoformat(day):%A}"
        return day

    def _matching_spans(self, text: str) -> list[tuple[int, int]]:
        """Return the spans (start, end) of `text` that match the words of the search."""
        if not self.words:
            return []
        # It imports numpy, which the first frame must not wait for.
        from tui.search.highlight import highlight_spans

        return highlight_spans(text, self.words)


def short_count(count: int) -> str:
    """Return a count in at most four cells: `987`, `1.2k`, `12k`, `3.4M`."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            return (
                f"{count / size:.1f}{letter}" if count < 9.95 * size else f"{count // size}{letter}"
            )
    return str(count)
