"""Library: the papers, marks and search of one home, for the reader and the commands."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.catalog.catalog import LOCK_TIMEOUT, Catalog, StoredPaper
from tui.core import paths
from tui.core.errors import SheafError
from tui.core.paper import Paper
from tui.core.progress import NO_PROGRESS, Progress
from tui.core.text import count_items
from tui.library.mark_rows import StoreMarkRows
from tui.library.views import TABLE, list_views
from tui.state import Change, Mark, Store

if TYPE_CHECKING:
    from tui.catalog.batch import AddResult
    from tui.index.index import Index
    from tui.search.search import Search


class Library:
    """The papers, marks and search of a home folder. Files are created only by writing.

    `catalog` is for the thread that opened the library; other threads open a `Catalog` of their
    own. `store`, `rows`, `index` and `search` may be used from any thread: index and search are
    opened under a lock, once, by the thread that needs them first.
    """

    def __init__(self, home: Path, *, create: bool = False) -> None:
        """Open the stores of `home`. Raises SheafError if one cannot be used."""
        self.home = paths.make_home(home) if create else home
        self.catalog = Catalog(paths.papers_db(home), create=create)
        self.store = Store.open(home)
        self.rows = StoreMarkRows(self.store, self.catalog)
        self._opening = threading.RLock()
        self._index: Index | None = None
        self._search: Search | None = None
        self._visit: threading.Thread | None = None

    def close(self) -> None:
        """Save what is pending and close the stores."""
        if self._visit:
            self._visit.join()
        self.store.close()
        self.catalog.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, papers: Iterable[Paper]) -> AddResult:
        """Add papers; the marks of papers whose key changes follow. Raises SheafError."""
        added = self.catalog.add(papers)
        self.move_marks(added.renamed)
        return added

    def visit(self, lock_timeout: float = LOCK_TIMEOUT, row: int | None = None) -> None:
        """Make the papers up to a row, by default all, no longer new. Raises SheafError.

        `lock_timeout`: seconds to wait while another process writes. Any thread may call it.
        """
        with closing(Catalog(self.catalog.path)) as catalog:
            catalog.visit(lock_timeout, row)
            self.rows.set_last_visited_row(catalog.last_visited_row)

    def start_visit(self, lock_timeout: float) -> None:
        """Move the last visited row up to the first paper that was never on the screen.

        That happens on a thread for which `close` waits. If it fails, nothing is lost: papers that
        were seen are known by their marks.
        """

        def visit() -> None:
            with suppress(SheafError, OSError), closing(Catalog(self.catalog.path)) as catalog:
                before, last = catalog.last_visited_row, catalog.last_row
                if before == last or self._search is None:
                    return
                if self.index.snapshot.last_change != catalog.last_change:
                    return  # papers that came since are in no list
                from tui.search.query import parse

                self.rows.forget_rows()
                unseen = self._search.run(parse("is:new")).rows  # without muted papers
                seen_until = int(unseen.min()) - 1 if len(unseen) else last
                if seen_until > before:
                    catalog.visit(lock_timeout, seen_until)

        self._visit = threading.Thread(target=visit, name="sheaf-visit")
        self._visit.start()

    def move_marks(self, renamed: Iterable[tuple[str, str]]) -> None:
        """Move marks from old keys to new ones, after papers were added."""
        moves = {old: new for old, new in renamed if (mark := self.store.mark(old)) or mark.seen}
        if moves:
            self.store.rekey_all(moves)
        self.rows.forget_rows()

    def move_all_marks(self, catalog: Catalog) -> None:
        """Move every mark whose paper has another key now.

        That happens after a crash between adding a paper and moving its marks, and when another
        machine has added the paper. `catalog` belongs to the calling thread.
        """
        keys = {key for key, _ in self.store.marks()} | self.store.keys_where("seen")
        marked = catalog.rows_of(keys)
        names = catalog.keys_of(list(marked.values()))
        self.move_marks(
            (old, names[row]) for old, row in marked.items() if names.get(row, old) != old
        )

    def find(self, text: str) -> StoredPaper | None:
        """Return the paper of a key, an identifier or a URL with one; None if it is not here."""
        from tui.core.identifiers import from_text  # only here: its expressions take 8 ms

        ids = from_text(text)
        names = [text.strip(), *(f"{scheme}:{value}" for scheme, value in ids.items())]
        rows = self.catalog.rows_of(names)
        row = next((rows[name] for name in names if name in rows), None)
        return self.catalog.get(row) if row is not None else None

    def papers_with_marks(self, rows: Iterable[int]) -> Iterator[tuple[StoredPaper, Mark]]:
        """Yield the papers of catalog rows, in order, with their marks."""
        for stored in self.catalog.get_many(list(rows)):
            yield stored, self.store.mark(stored.key)

    def change_marks(self, label: str, fields: dict[str, dict[str, object]]) -> None:
        """Change marks durably: `fields` is key to changed fields. Raises SaveRefused."""
        self.store.apply(Change.of(label, papers=fields))

    @property
    def index(self) -> Index:
        """The index as it is on disk, opened when it is first needed."""
        with self._opening:
            if self._index is None:
                from tui.index.index import Index

                self._index = Index.open(paths.index_folder(self.home), self.catalog)
            return self._index

    @property
    def search(self) -> Search:
        """The search over index and marks, opened when it is first needed."""
        with self._opening:
            if self._search is None:
                from tui.search.search import Search

                self._search = Search(self.index, self.rows, self._muting_queries)
            return self._search

    def _muting_queries(self) -> tuple[str, ...]:
        """Return the queries of the views that mute their papers."""
        views = list_views(self.store.documents(TABLE))
        today = date.today().isoformat()
        return tuple(view.query_for(today) for view in views if view.then == "mute")

    def tag_new_papers(self, last_row: int) -> None:
        """Give papers after a catalog row the tags of the views with `then:tag:`.

        Brings the index up to date if there are such views and papers. Raises SheafError.
        """
        views = [v for v in list_views(self.store.documents(TABLE)) if v.then.startswith("tag:")]
        if not views or self.catalog.last_row <= last_row:
            return
        from tui.search.query import parse

        self.rows.forget_rows()
        search = self.up_to_date_search()
        tags: dict[str, list[str]] = {}
        for view in views:
            query = view.query_for(date.today().isoformat())
            rows = search.run(parse(query, complete=True)).rows
            for key in self.catalog.keys_of(rows[rows > last_row].tolist()).values():
                tags.setdefault(key, []).append(view.then.removeprefix("tag:"))
        if tags:
            label = f"tags of {count_items(len(tags), 'new papers')}"
            self.change_marks(label, {key: {"tags_add": each} for key, each in tags.items()})

    def update_index(self, progress: Progress = NO_PROGRESS) -> None:
        """Bring the index up to date, for commands."""
        if self.index.is_stale:
            self.index.update(self.catalog, progress)

    def up_to_date_search(self) -> Search:
        """Return the search after bringing the index up to date, for commands."""
        self.update_index()
        return self.search


def to_json(stored: StoredPaper, mark: Mark) -> dict[str, Any]:
    """Return a paper with its marks as `sheaf list --json` prints it, without empty fields.

    `tex` is the LaTeX that title or abstract were converted from. `sheaf add` reads all of it.
    """
    fields: dict[str, Any] = stored.paper.to_json() | {"key": stored.key, "added": stored.added}
    if stored.paper.tex:
        fields["tex"] = dict(stored.paper.tex)
    marks = {
        "read": mark.read,
        "star": mark.star,
        "dismissed": mark.dismissed,
        "tags": list(mark.tags),
        "rating": mark.rating,
        "note": mark.note,
    }
    if marks := {name: value for name, value in marks.items() if value}:
        fields["marks"] = marks
    return fields
