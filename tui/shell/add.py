"""sheaf add: papers from files, folders, standard input, identifiers and URLs."""

from __future__ import annotations

from dataclasses import asdict

from tui.config import load
from tui.core.errors import UsageError
from tui.core.garbage import collect_garbage_rarely
from tui.core.progress import Progress
from tui.library.importing import ImportResult, PaperImport
from tui.library.index_process import IndexProcess
from tui.library.library import Library
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.interrupt import interruptible
from tui.shell.progress import progress_bar
from tui.sources.reader import FORMATS

SHOWN_PROBLEMS = 50
"""Problems of one kind that are printed; `--json` has them all."""


def run(line: CommandLine) -> int:
    """Add papers; return 1 if a record was rejected, 130 if interrupted.

    Raises UsageError if there is no source of the given format.
    """
    collect_garbage_rarely()
    options, quiet = line.options, line.quiet
    names = [source.name for source in FORMATS]
    if options.format and options.format not in names:
        known = ", ".join(sorted(names))
        raise UsageError(f"there is no format {options.format}; there are {known}")
    with Library(line.home, create=True) as library, IndexProcess(line.home) as index_process:

        def batch_saved() -> None:
            added = papers.result.added
            index_process.report_added(added.added + added.updated)

        papers = PaperImport(
            library.catalog,
            None if options.offline else lambda: load(line.config_file).network,
            format_name=options.format,
            batch_saved=batch_saved,
        )
        result = papers.result
        try:
            with progress_bar(not quiet) as report:
                papers.read(options.what, Progress(report=report))
                with interruptible() as interrupted:
                    papers.look_up(Progress(interrupted.is_set, report))
        except KeyboardInterrupt:
            library.move_marks(result.added.renamed)
            _print_result(result, options.json, quiet)
            _say_interrupted(result, options.what)
            return 130
        library.move_marks(result.added.renamed)
        _print_result(result, options.json, quiet)
        try:
            if index_process.is_needed:
                with progress_bar(not quiet) as report:
                    index_process.finish(library, Progress(report=report))
        except KeyboardInterrupt:
            output.say("sheaf: all papers are added; the reader will finish the index")
            return 130
        if interrupted.is_set():
            return 130
    return 1 if result.rejected else 0


def _say_interrupted(result: ImportResult, what: list[str]) -> None:
    of = what[0] if len(what) == 1 else f"{len(what)} files"
    output.say(
        f"sheaf: interrupted; {result.added.read:,} records of {of} were added. "
        f"Run the same command again to add the rest; papers already in the library are skipped"
    )


def _print_result(result: ImportResult, as_json: bool, quiet: bool) -> None:
    counts, rejected = result.added, result.rejected
    if as_json:
        output.json(
            {
                "read": counts.read + len(rejected),
                "added": counts.added,
                "updated": counts.updated,
                "unchanged": counts.unchanged,
                "refused": [{"where": each.where, "why": each.why} for each in rejected],
                "kept_apart": [asdict(each) for each in counts.kept_apart],
                "notices": [asdict(each) for each in result.notices],
            }
        )
    output.say_problems(rejected, SHOWN_PROBLEMS, "refused; --json lists all")
    output.say_kept_apart(counts.kept_apart)
    rest = "with a guessed encoding; --json lists all"
    output.say_problems(result.notices, SHOWN_PROBLEMS, rest)
    if not as_json:
        output.say(result.summary, quiet=quiet)
