"""`write`: papers of a library out in a format, streamed, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tui.catalog.catalog import Catalog
from tui.core.errors import UsageError
from tui.export import markdown_notes
from tui.export.citation_keys import CitationKeys
from tui.export.files import whole_file
from tui.export.formats import FORMATS, find_format
from tui.export.item import ExportItem, Format
from tui.export.key_pattern import DEFAULT_PATTERN
from tui.library.library import Library

_BLOCK = 500
"""Papers held at a time."""

Progress = Callable[[int], None]
"""Told how many papers are written so far; what it raises stops the export, nothing is left."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export left."""

    format: Format
    count: int
    """Papers written; of notes, those that were as they should be already too."""
    where: str
    """The file or folder, empty for a stream."""
    detail: str = ""
    refused: tuple[str, ...] = ()
    """Files left alone, and why; nothing else refuses a paper."""

    @property
    def words(self) -> str:
        """For the status line: `82 papers to refs.bib (BibTeX)`."""
        papers = f"{self.count:,} paper{'' if self.count == 1 else 's'}"
        where = f" to {self.where}" if self.where else ""
        return f"{papers}{where} ({self.format.label}{self.detail})"


def export_papers(
    library: Library,
    rows: Sequence[int],
    format_name: str,
    target: Path | BinaryIO,
    *,
    force: bool = False,
    with_notes: bool = False,
    pattern: str = DEFAULT_PATTERN,
    catalog: Catalog | None = None,
    progress: Progress | None = None,
) -> ExportReport:
    """Write the papers of `rows`, in that order, to a file, a folder (for `notes`) or a stream.

    `with_notes`: the private notes too, in formats that do not hold them anyway. `pattern`: how
    papers that have no citation key yet get one. `catalog`: one of the calling thread's own, where
    that is not the library's. files.Exists, for a file that is there without `force`; UsageError.
    """
    form = find_format(format_name)
    if form is None:
        known = ", ".join(each.name for each in FORMATS)
        raise UsageError(f"there is no format {format_name}; there are {known}")
    counter = _Counter(progress)
    catalog = catalog or library.catalog
    items = _items(library, catalog, rows, form, with_notes, pattern)
    if form.pieces is None:
        if not isinstance(target, Path):
            raise UsageError("notes are one file a paper; name a folder with -o FOLDER")
        done = markdown_notes.write_notes(items, target, catalog, force=force, progress=counter.one)
        detail = f": {done.new} new, {done.updated} updated, {done.unchanged} unchanged"
        return ExportReport(form, done.written, str(target), detail, tuple(done.refused))
    pieces = form.pieces(counter.all(items))
    if isinstance(target, Path):
        with whole_file(target, force=force) as file:
            _pour(pieces, file)
        return ExportReport(form, counter.count, str(target))
    _pour(pieces, target)
    return ExportReport(form, counter.count, "")


def _pour(pieces: Iterator[str], file: BinaryIO) -> None:
    for piece in pieces:
        file.write(piece.encode("utf-8", "replace"))


def _items(
    library: Library,
    catalog: Catalog,
    rows: Sequence[int],
    form: Format,
    with_notes: bool,
    pattern: str,
) -> Iterator[ExportItem]:
    """The papers with their marks; a citation key is durable before anything holds it."""
    keys = CitationKeys(library.store, catalog, pattern) if form.keyed else None
    private = with_notes or form.private
    for start in range(0, len(rows), _BLOCK):
        papers = list(catalog.get_many(rows[start : start + _BLOCK]))
        names = [keys.of(stored) for stored in papers] if keys else [""] * len(papers)
        if keys:
            keys.save()
        for stored, name in zip(papers, names, strict=True):
            mark = library.store.mark(stored.key)
            yield ExportItem(stored, mark, name, mark.note if private else "")


class _Counter:
    """Counts papers as they pass, and tells about it a block at a time."""

    def __init__(self, progress: Progress | None) -> None:
        self.count = 0
        self._progress = progress

    def one(self) -> None:
        self.count += 1
        if self._progress and self.count % _BLOCK == 0:
            self._progress(self.count)

    def all(self, items: Iterator[ExportItem]) -> Iterator[ExportItem]:
        for item in items:
            yield item
            self.one()
