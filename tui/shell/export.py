"""sheaf export: papers written as a bibliography, a table, a page or notes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from tui.config import load
from tui.core.errors import SheafError, UsageError
from tui.core.progress import Progress
from tui.core.text import clean_line
from tui.export.formats import Format, find_format
from tui.export.writer import ExportReport, FileExistsAlready, export_papers
from tui.library.library import Library
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.listing import explain_no_rows, find_rows
from tui.shell.progress import progress_bar


def run(line: CommandLine) -> int:
    """Write the papers that match; return 1 if a file of the user's was left alone.

    Raises UsageError for an unknown format or a file that cannot be written, SheafError if nothing
    matches or the file exists.
    """
    options = line.options
    form = find_format(options.format, options.output)
    target = _open_target(form, options.output)
    is_file = isinstance(target, Path)
    with Library(line.home) as library:
        rows = find_rows(library, line.query, options.sort)[: options.limit]
        if not rows:
            why = explain_no_rows(line.query)
            if is_file:
                raise SheafError(f"{why}; nothing is written")
            output.say(why)

        def write(force: bool) -> ExportReport:
            # A bar would be drawn into data that goes to the same terminal.
            with progress_bar(not line.quiet and (is_file or not sys.stdout.isatty())) as show:
                return export_papers(
                    library,
                    rows,
                    form.name,
                    target,
                    force=force,
                    with_notes=options.notes,
                    pattern=load(line.config_file).export.key,
                    progress=Progress(report=show),
                )

        try:
            report = write(options.force)
        except FileExistsAlready as error:
            if not _may_replace(error.path):
                raise
            report = write(True)
    for message in report.skipped:
        output.say(f"sheaf: {message}")
    if is_file:
        output.say(report.summary, quiet=line.quiet)
    return 1 if report.skipped else 0


def _open_target(form: Format, file: str) -> Path | BinaryIO:
    if file not in ("", "-"):
        return Path(file)
    if form.is_folder:
        raise UsageError("notes are one file for each paper; name a folder with -o FOLDER")
    return sys.stdout.buffer


def _may_replace(path: Path) -> bool:
    """Ask whether to replace a file, if there is a person to answer."""
    if not _has_person():
        return False
    output.ask(f"{clean_line(str(path))} exists; replace it? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _has_person() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
