"""sheaf export: papers written as a bibliography, a table, a page or notes."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.config import load
from tui.core.errors import SheafError
from tui.core.progress import Progress
from tui.core.text import clean_line
from tui.export.formats import find_format
from tui.export.writer import ExportReport, FileExistsAlready, export_papers
from tui.library.library import Library
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.listing import explain_no_rows, find_rows
from tui.shell.progress import progress_bar


def run(line: CommandLine) -> int:
    """Write the papers that match; return 1 if some were left out, to keep a file or by damage.

    Raises UsageError for an unknown format or a file that cannot be written, SheafError if nothing
    matches, the file exists or standard output cannot be written.
    """
    options = line.options
    form = find_format(options.format, options.output)
    path = None if options.output in ("", "-") else Path(options.output)
    with Library(line.home) as library:
        rows = find_rows(library, line.query, options.sort)[: options.limit]
        if not rows:
            why = explain_no_rows(line.query)
            if path:
                raise SheafError(f"{why}; nothing is written")
            output.say(why)

        def write(force: bool) -> ExportReport:
            # A bar would be drawn into data that goes to the same terminal.
            shown = not line.quiet and not (path is None and sys.stdout.isatty())
            with progress_bar(shown) as report_progress, output.standard_output() as stream:
                return export_papers(
                    library,
                    rows,
                    form.name,
                    path or stream.buffer,
                    force=force,
                    with_notes=options.notes,
                    pattern=load(line.config_file).export.key,
                    progress=Progress(report=report_progress),
                )

        try:
            report = write(options.force)
        except FileExistsAlready as error:
            if not _may_replace(error.path):
                raise
            report = write(True)
    for message in report.skipped:
        output.say(f"sheaf: {message}")
    if path:
        output.say(report.summary, quiet=line.quiet)
    return 1 if report.skipped else 0


def _may_replace(path: Path) -> bool:
    """Ask whether to replace a file, if there is a person to answer."""
    if not _has_person():
        return False
    output.prompt(f"{clean_line(str(path))} exists; replace it? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _has_person() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
