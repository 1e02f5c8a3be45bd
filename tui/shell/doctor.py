"""sheaf doctor, paths and keys: what is where, how it is, which keys there are."""

from __future__ import annotations

import os
import platform
from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path

from tui import __version__
from tui.config import load
from tui.core import paths
from tui.core.commands import COMMANDS, groups
from tui.shell import output

_PACKAGES = ("textual", "rich", "rapidfuzz", "tinydb", "platformdirs", "numpy")


def show_paths(home: Path, config: Path, as_json: bool) -> int:
    """Print where the home, the three stores and the config file are."""
    places = {
        "home": home,
        "papers": paths.papers_db(home),
        "index": paths.index_folder(home),
        "state": paths.state_file(home),
        "config": config,
    }
    if as_json:
        output.json({name: str(path) for name, path in places.items()})
    else:
        for name, path in places.items():
            output.data(f"{name:8}{path}")
    return 0


def show_keys(config: Path) -> int:
    """Print the table of commands with the user's keys, by what one wants to do."""
    for group, commands in groups(load(config).commands(COMMANDS)).items():
        output.data(group)
        for command in commands:
            places = "" if "list" in command.where else f"  ({', '.join(command.where)})"
            output.data(f"  {command.shown_keys or 'none':14}{command.help}{places}")
        output.data("")
    return 0


def examine(home: Path, config: Path, themes: Collection[str]) -> int:
    """Print versions, places and the health of the three stores; 1 if something needs doing."""
    from tui.catalog.catalog import Catalog
    from tui.core.errors import SheafError

    output.data(f"sheaf    {__version__}, Python {platform.python_version()}, {platform.system()}")
    output.data("packages " + ", ".join(f"{name} {version(name)}" for name in _PACKAGES))
    show_paths(home, config, as_json=False)
    problems: list[str] = []
    keys: list[str] | None = None
    try:
        catalog = Catalog(paths.papers_db(home))
        output.data(f"papers   {len(catalog):,}")
        keys = list(catalog.keys())
        catalog.close()
    except SheafError as error:
        problems.append(str(error))
    problems += _state_problems(home, keys)
    problems += _config_problems(config, themes)
    if home.exists() and not os.access(home, os.W_OK):
        problems.append(f"the home folder {home} cannot be written; marks will be refused")
    for problem in problems:
        output.data(f"! {problem}")
    output.data("all is well" if not problems else f"{len(problems)} to look at")
    return 1 if problems else 0


def _config_problems(path: Path, themes: Collection[str]) -> list[str]:
    """That config.toml has mistakes, in one line; `sheaf config` names each."""
    count = len(load(path).with_themes(themes).problems)
    mistakes = "1 mistake" if count == 1 else f"{count} mistakes"
    return [f"{path.name}: {mistakes}; `sheaf config` names them"] if count else []


def list_duplicates(home: Path, as_json: bool) -> int:
    """Print pairs of papers whose titles are nearly the same, most alike first; 0."""
    from tui.catalog.catalog import Catalog
    from tui.catalog.duplicates import duplicates

    catalog = Catalog(paths.papers_db(home))
    pairs = duplicates(catalog.iterate())
    catalog.close()
    for pair in pairs:
        both = [
            {"key": t.key, "year": t.year, "first_author": t.first_author, "title": t.title}
            for t in (pair.one, pair.other)
        ]
        if as_json:
            output.json({"alike": round(pair.alike), "papers": both})
        else:
            output.data(f"{pair.alike:.0f}%")
            for each in both:
                output.data("  " + "\t".join(each.values()))
    output.say(
        f"{len(pairs):,} pairs of nearly one title; nothing was merged", quiet=as_json or not pairs
    )
    return 0


SHOWN_KEYS = 20
"""Keys printed of a list that may be long."""


def _state_problems(home: Path, keys: list[str] | None) -> list[str]:
    """Print what the store of marks holds; what is wrong with it."""
    from tui.state import health

    report = health(home, keys)
    output.data(
        f"marks    {report.papers:,} papers; daily backups: {len(report.backups)}, "
        f"journals not yet folded in: {report.journals}"
    )
    _list("unfinished notes of", report.drafts)
    _list(
        "marks whose paper is not here (kept; `sheaf state forget KEY` ends them)", report.orphans
    )
    _list("copies of damaged files", [str(path) for path in report.damaged])
    return [str(problem) for problem in report.problems]


def _list(label: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - SHOWN_KEYS} more" if len(names) > SHOWN_KEYS else ""
        output.data(f"  {label}: {', '.join(names[:SHOWN_KEYS])}{more}")
