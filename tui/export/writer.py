"""`export_papers`: papers of a library written to a file, a folder or a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tui.catalog.catalog import Catalog
from tui.config.settings import DEFAULT_PATTERN
from tui.core.errors import SheafError, UsageError
from tui.core.files import atomic_file
from tui.core.progress import NO_PROGRESS, Progress
from tui.core.text import clean_output, count_items
from tui.export.citation_keys import CitationKeys
from tui.export.formats import ExportFormat, find_format
from tui.export.item import ExportItem
from tui.export.markdown_notes import write_notes
from tui.library.library import Library

_BLOCK = 500
"""Papers held at a time."""


class FileExistsAlready(SheafError):
    """The file exists, and the user has not allowed to replace it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists; --force replaces it")
        self.path = path


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote."""

    format: ExportFormat
    count: int
    """Papers written; notes that needed no change count too."""
    target: str = ""
    """The file or folder; empty for a stream."""
    details: str = ""
    skipped: tuple[str, ...] = ()
    """Messages about notes that were not changed and papers that were left out."""

    @property
    def summary(self) -> str:
        """One line: `82 papers to refs.bib (BibTeX)`."""
        target = f" to {self.target}" if self.target else ""
        return f"{count_items(self.count, 'papers')}{target} ({self.format.label}{self.details})"


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
    progress: Progress = NO_PROGRESS,
) -> ExportReport:
    """Write the papers of `rows`, in that order, to a file, a folder (for `notes`) or a stream.

    A file is replaced as a whole: after an error, or if `progress` is cancelled, it is as before.

    `with_notes` adds the private notes in formats that do not always hold them. `pattern` makes
    citation keys for papers that have none. `catalog` is for a thread that may not use the
    catalog of the library.

    Raises FileExistsAlready if the file exists and `force` is not set, UsageError if there is no
    such format or the target cannot be written, Cancelled, and SaveRefused if new citation keys
    cannot be saved.
    """
    form = find_format(format_name)
    catalog = catalog or library.catalog
    items = _Items(library, catalog, rows, form, with_notes, pattern, progress)
    if form.chunks is None:
        if not isinstance(target, Path):
            raise UsageError("notes are one file for each paper; name a folder with -o FOLDER")
        notes = write_notes(items, target, catalog, force=force)
        details = f": {notes.new} new, {notes.updated} updated, {notes.unchanged} unchanged"
        skipped = (*notes.skipped, *items.damaged)
        return ExportReport(form, notes.written, str(target), details, skipped)
    chunks = form.chunks(items)
    if isinstance(target, Path):
        with open_target(target, force=force) as file:
            _write_chunks(chunks, file)
        return ExportReport(form, items.count, str(target), skipped=tuple(items.damaged))
    _write_chunks(chunks, target)
    return ExportReport(form, items.count, skipped=tuple(items.damaged))


def _write_chunks(chunks: Iterator[str], file: BinaryIO) -> None:
    for chunk in chunks:
        file.write(clean_output(chunk).encode("utf-8"))


@contextmanager
def open_target(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a stream whose content replaces `path` at the end, as `atomic_file` does.

    Raises FileExistsAlready if the file exists and `force` is not set, UsageError if it cannot be
    written.
    """
    path = path.expanduser()

    def check() -> None:
        if path.is_file() and not force:
            raise FileExistsAlready(path)

    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it")
    try:
        check()
        with atomic_file(path, before_replacing=check) as file:
            yield file
    except BrokenPipeError:  # the reader of a pipe has gone, which is no error of the path
        raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error


class _Items:
    """The papers with their marks, read a block at a time, and their number.

    Citation keys are saved before they are written anywhere. Damaged records are left out: their
    remains would make a wrong citation key and replace a good note.
    """

    def __init__(
        self,
        library: Library,
        catalog: Catalog,
        rows: Sequence[int],
        form: ExportFormat,
        with_notes: bool,
        pattern: str,
        progress: Progress,
    ) -> None:
        self.count = 0
        self.damaged: list[str] = []
        """A message for each damaged record."""
        self._library = library
        self._catalog = catalog
        self._rows = rows
        self._keys = CitationKeys(library.store, catalog, pattern) if form.has_keys else None
        self._with_notes = with_notes or form.has_notes
        self._progress = progress

    def __iter__(self) -> Iterator[ExportItem]:
        for start in range(0, len(self._rows), _BLOCK):
            self._progress.check()
            self._progress.update("exporting", start, len(self._rows))
            found = list(self._catalog.get_many(self._rows[start : start + _BLOCK]))
            papers = [stored for stored in found if not stored.damaged]
            self.damaged += [
                f"{stored.key}: its record is damaged; left out"
                for stored in found
                if stored.damaged
            ]
            keys = [""] * len(papers)
            if self._keys:
                keys = [self._keys.key_for(stored) for stored in papers]
                self._keys.save()
            for stored, key in zip(papers, keys, strict=True):
                mark = self._library.store.mark(stored.key)
                yield ExportItem(stored, mark, key, mark.note if self._with_notes else "")
                self.count += 1
