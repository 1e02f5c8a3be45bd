"""sheaf doctor: versions, paths, the health and repair of the stores, and possible duplicates."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Collection, Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from tui import __version__
from tui.catalog.catalog import FULL_DISK, REPAIR_HINT, Catalog, DamagedCatalog
from tui.catalog.damage import damaged_keys, describe_damage, repair
from tui.catalog.duplicates import find_duplicates, find_kept_apart
from tui.config import load
from tui.core import paths
from tui.core.errors import SheafError
from tui.core.text import count_items
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.info import list_paths

SHOWN_NAMES = 20
"""Names printed of a list that may be long."""
_PACKAGES = ("textual", "rich", "rapidfuzz", "tinydb", "platformdirs", "numpy")


def run(line: CommandLine) -> int:
    """Print the report, or the duplicates; return 1 if something needs attention.

    With --repair, papers.db is repaired first. Raises SheafError if that is not possible.
    """
    if line.options.duplicates:
        return _list_duplicates(line)
    if line.options.repair:
        _repair(line)
    output.data(f"sheaf    {__version__}, Python {platform.python_version()}, {platform.system()}")
    output.data("packages " + ", ".join(f"{name} {version(name)}" for name in _PACKAGES))
    for name, path in list_paths(line).items():
        output.data(f"{name:8}{path}")
    problems: list[str] = []
    keys: list[str] | None = None
    try:
        catalog = Catalog(paths.papers_db(line.home))
        output.data(f"papers   {len(catalog):,}")
        keys = list(catalog.keys())
        problems += _check_papers(catalog)
        catalog.close()
    except SheafError as error:
        problems.append(str(error))
    problems += _check_marks(line.home, keys)
    problems += _check_config(line.config_file, line.theme_names())
    if line.home.exists() and not os.access(line.home, os.W_OK):
        problems.append(f"the home folder {line.home} cannot be written; marks cannot be saved")
    for problem in problems:
        output.data(f"! {problem}")
    output.data(count_items(len(problems), "problems") if problems else "no problems")
    return 1 if problems else 0


def _check_papers(catalog: Catalog) -> list[str]:
    """Return the problems of papers.db, and of its disk if that is full."""
    problems: list[str] = []
    if why := describe_damage(catalog):
        problems.append(f"{catalog.path}: damaged ({why}); {REPAIR_HINT}")
    if keys := damaged_keys(catalog):
        count = count_items(len(keys), "damaged records")
        problems.append(
            f"{catalog.path}: {count}: {_join_names(keys)}; add these papers again "
            f"(`sheaf add KEY`), their marks are safe"
        )
    if catalog.disk_is_full:
        problems.append(f"{catalog.path}: {FULL_DISK}")
    return problems


def _repair(line: CommandLine) -> None:
    """Repair papers.db if it is damaged. Raises SheafError."""
    path = paths.papers_db(line.home)
    try:
        with closing(Catalog(path)) as catalog:
            if not describe_damage(catalog):
                output.say(f"{path}: nothing to repair")
                return
    except DamagedCatalog:
        pass
    done = repair(path)
    shutil.rmtree(paths.index_folder(line.home), ignore_errors=True)  # it is made again when needed
    output.say(
        f"{path}: rebuilt with {count_items(done.papers, 'papers')}, of which {done.damaged:,} "
        f"could not be read; the damaged file is {done.set_aside.name}"
    )


def _check_marks(home: Path, keys: list[str] | None) -> list[str]:
    """Print what the state store holds; return its problems."""
    from tui.state.maintenance import examine

    report = examine(home, keys)
    output.data(
        f"marks    {report.papers:,} papers; {len(report.backups)} daily backups, "
        f"{report.journals} journals not in state.json yet"
    )
    _print_names("unfinished notes of", report.drafts)
    _print_names(
        "marks of papers that are not here (kept; `sheaf state forget KEY` removes them)",
        report.orphans,
    )
    _print_names("copies of damaged files", [str(path) for path in report.damaged])
    return list(report.problems)


def _print_names(label: str, names: Sequence[str]) -> None:
    if names:
        output.data(f"  {label}: {_join_names(names)}")


def _join_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return ", ".join(names[:SHOWN_NAMES]) + more


def _check_config(path: Path, themes: Collection[str]) -> list[str]:
    """Return one problem if the configuration has mistakes; `sheaf config` lists them."""
    count = len(load(path).with_themes(themes).problems)
    mistakes = count_items(count, "mistakes")
    return [f"{path.name}: {mistakes}; `sheaf config` lists them"] if count else []


def _list_duplicates(line: CommandLine) -> int:
    """Print pairs of papers that were kept apart, then those with nearly the same title."""
    catalog = Catalog(paths.papers_db(line.home))
    pairs = find_kept_apart(catalog)
    known = [{pair.one.row, pair.other.row} for pair in pairs]
    similar = find_duplicates(catalog.iterate())
    pairs += [pair for pair in similar if {pair.one.row, pair.other.row} not in known]
    catalog.close()
    for pair in pairs:
        both = [
            {"key": t.key, "year": t.year, "first_author": t.first_author, "title": t.title}
            for t in (pair.one, pair.other)
        ]
        if line.options.json:
            alike = round(pair.similarity)
            output.json({"alike": alike, "shared": pair.shared, "papers": both})
        else:
            shared = f", both with {pair.shared}" if pair.shared else ""
            output.data(f"{pair.similarity:.0f}%{shared}")
            for each in both:
                output.data("  " + "\t".join(each.values()))
    number = count_items(len(pairs), "pairs")
    output.say(
        f"{number} with nearly the same title or one identifier; nothing was merged",
        quiet=line.options.json or not pairs,
    )
    return 0
