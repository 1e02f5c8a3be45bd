"""Library: the three stores of one home, joined for the reader and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.catalog.catalog import Added, Catalog, Stored
from tui.core import identifiers as ids
from tui.core import paths
from tui.core.paper import Paper
from tui.library.markrows import StoreRows
from tui.state import Change, Mark, Store

if TYPE_CHECKING:
    from tui.index.index import Index
    from tui.search.search import Search


class Library:
    """Papers, marks and search of a home folder. Nothing is created until something is written."""

    def __init__(self, home: Path, *, create: bool = False) -> None:
        """Open what is there; SheafError if a store cannot be used."""
        self.home = paths.make_home(home) if create else home
        self.catalog = Catalog(paths.papers_db(home), create=create)
        self.store = Store.open(home)
        self.rows = StoreRows(self.store, self.catalog)
        self._index: Index | None = None
        self._search: Search | None = None

    def close(self) -> None:
        self.store.close()
        self.catalog.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- papers ----------------------------------------------------------------------------

    def add(
        self, papers: Iterable[Paper], progress: Callable[[Added], None] | None = None
    ) -> Added:
        """Put papers in; marks of papers that gained a better identifier follow."""
        outcome = self.catalog.add(papers, progress)
        self.follow(outcome.renamed)
        self.rows.forget_rows()
        return outcome

    def visit(self) -> None:
        """Let what is here now be no longer new. SheafError if that cannot be written."""
        self.catalog.visit()
        self.rows.visited = self.catalog.visited

    def follow(self, renamed: Iterable[tuple[str, str]]) -> None:
        """Move marks from old keys to new ones; those without marks cost nothing."""
        moves = {old: new for old, new in renamed if self.store.mark(old)}
        if moves:
            self.store.rekey_all(moves)

    def follow_all(self, catalog: Catalog) -> None:
        """Move every mark whose paper is known by another key by now: a crash came between, or
        another machine added the paper. `catalog` is one of the calling thread's own."""
        marked = catalog.rows_of(key for key, _ in self.store.marks())
        names = {stored.row: stored.key for stored in catalog.get_many(list(marked.values()))}
        self.follow((old, names[row]) for old, row in marked.items() if names.get(row, old) != old)

    def find(self, text: str) -> Stored | None:
        """The paper a person names: a key, an arXiv id, a DOI, a URL of either."""
        found = ids.from_bare(text)
        names = [text.strip(), *(f"{scheme}:{value}" for scheme, value in found.items())]
        rows = self.catalog.rows_of(names)
        row = next((rows[name] for name in names if name in rows), None)
        return self.catalog.get(row) if row is not None else None

    def with_marks(self, rows: Iterable[int]) -> Iterator[tuple[Stored, Mark]]:
        """Papers of catalog rows, in order, with their marks."""
        for stored in self.catalog.get_many(list(rows)):
            yield stored, self.store.mark(stored.key)

    def mark(self, label: str, fields: dict[str, dict[str, object]]) -> None:
        """Change marks, durably; `fields` is key to the fields that change. SaveRefused if not."""
        self.store.apply(Change.of(label, papers=fields))

    # -- search ----------------------------------------------------------------------------

    @property
    def index(self) -> Index:
        """The index as it is on disk, opened when first wanted."""
        if self._index is None:
            from tui.index.index import Index

            self._index = Index.open(paths.index_folder(self.home), self.catalog)
        return self._index

    @property
    def search(self) -> Search:
        """The search over index and marks; answers from what the index holds."""
        if self._search is None:
            from tui.search.search import Search

            self._search = Search(self.index, self.rows)
        return self._search

    def fresh_search(self) -> Search:
        """The search with the index brought up to date first: for the command line."""
        if self.index.stale:
            self.index.update(self.catalog)
        return self.search


def as_object(stored: Stored, mark: Mark) -> dict[str, Any]:
    """The paper as scripts get it: the fields of the design, absent ones left out.

    `tex` is the LaTeX the title or abstract was written in; `sheaf add` takes all of it back.
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
