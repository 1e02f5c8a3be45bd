"""sheaf export: papers out as a bibliography, a table, a page or notes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from tui.config import load
from tui.core.errors import SheafError, UsageError
from tui.core.text import clean_line
from tui.export.files import Exists
from tui.export.formats import FORMATS, find_format, format_for_file
from tui.export.item import Format
from tui.export.writer import ExportReport, export_papers
from tui.library.library import Library
from tui.shell import output
from tui.shell.listing import matching


def run(
    home: Path,
    config: Path,
    query: str,
    format_name: str,
    file: str,
    *,
    force: bool = False,
    with_notes: bool = False,
    sort: str = "",
    limit: int | None = None,
    quiet: bool = False,
) -> int:
    """Write the papers that match; 1 if a file of the user's was left alone.

    UsageError for a format there is not or a file that cannot be written; SheafError where nothing
    matches or the file is there already.
    """
    form = _format(format_name, file)
    target = _target(form, file)
    with Library(home) as library:
        rows = matching(library, query, sort)[:limit]
        if not rows:
            why = "no paper matches" if query.strip() else "no papers yet; sheaf add FILE"
            if isinstance(target, Path):
                raise SheafError(f"{why}; nothing is written")
            output.say(why)
        progress = _Progress(len(rows), shown=_is_slow(target) and not quiet)

        def written(force: bool) -> ExportReport:
            return export_papers(
                library,
                rows,
                form.name,
                target,
                force=force,
                with_notes=with_notes,
                pattern=load(config).export.key,
                progress=progress,
            )

        try:
            try:
                report = written(force)
            except Exists as there:
                if not _agreed(there):
                    raise
                report = written(True)
        finally:
            progress.clear()
    for line in report.refused:
        output.say(f"sheaf: {line}")
    if isinstance(target, Path):
        output.say(report.words, quiet=quiet)
    return 1 if report.refused else 0


def _format(name: str, file: str) -> Format:
    """The format asked for, else that of the file's name."""
    known = ", ".join(form.name for form in FORMATS)
    form = find_format(name) if name else format_for_file(file)
    if form is None:
        why = f"there is no format {name}" if name else "say which format with --format"
        raise UsageError(f"{why}; there are {known}")
    return form


def _target(form: Format, file: str) -> Path | BinaryIO:
    if file not in ("", "-"):
        return Path(file)
    if form.folder:
        raise UsageError("notes are one file a paper; name a folder with -o FOLDER")
    sys.stdout.flush()
    return sys.stdout.buffer


def _agreed(there: Exists) -> bool:
    """Ask, where there is somebody to answer."""
    if not _asks():
        return False
    sys.stderr.write(f"{clean_line(str(there.path))} is there already; write over it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _asks() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _is_slow(target: Path | BinaryIO) -> bool:
    """Whether progress can be shown without going through the data."""
    return sys.stderr.isatty() and (isinstance(target, Path) or not sys.stdout.isatty())


class _Progress:
    """A count on the terminal, written over itself."""

    def __init__(self, total: int, *, shown: bool) -> None:
        self._total = total
        self._shown = shown

    def __call__(self, count: int) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{count:,} of {self._total:,}")
            sys.stderr.flush()

    def clear(self) -> None:
        """Take it away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
