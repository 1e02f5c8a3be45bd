"""sheaf state: export, import, forget and repair marks and notes."""

from __future__ import annotations

from typing import Any

import orjson

from tui.core import paths
from tui.core.errors import SheafError, UsageError
from tui.core.text import escape_json
from tui.library.library import Library
from tui.shell import output
from tui.shell.command_line import CommandLine
from tui.shell.input import read_file
from tui.state import Store, maintenance


def export(line: CommandLine) -> int:
    """Write all marks and notes as one JSON file. Raises SheafError if the file exists."""
    with Store.open(line.home) as store:
        text = orjson.dumps(
            maintenance.export_tables(store), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
        )
    output.write_file(
        line.options.file, escape_json(text.decode()) + "\n", force=line.options.force
    )
    return 0


def load(line: CommandLine) -> int:
    """Merge an export into the marks; the later change of each field wins. Raises SheafError."""
    file = line.options.file
    try:
        exported: Any = orjson.loads(read_file(file))
    except UsageError as error:
        raise SheafError(str(error)) from error
    except ValueError as error:
        raise SheafError(f"{file}: not JSON: {error}") from error
    if not isinstance(exported, dict):
        raise SheafError(f"{file}: not an export of Sheaf's marks")
    paths.make_home(line.home)
    with Store.open(line.home) as store:
        changed = maintenance.import_tables(store, exported)
    output.say(f"{changed} changed", quiet=line.quiet)
    return 0


def forget(line: CommandLine) -> int:
    """Remove all traces of the marks of papers, also from backups; return 1 if some remain."""
    status = 0
    with Library(line.home) as library:
        for key in line.options.key:
            stored = library.find(key)
            remaining = maintenance.forget(library.store, stored.key if stored else key)
            for path in remaining:
                output.say(f"sheaf: {path} still holds marks of {key}; delete it by hand")
                status = 1
            if not remaining:
                output.say(f"forgot {key}", quiet=line.quiet)
    return status


def repair(line: CommandLine) -> int:
    """Set a damaged `state.json` aside and write a new one from backup and journals."""
    with Store.open(line.home) as store:
        damaged = maintenance.repair(store)
    words = f"repaired; the damaged file is kept as {damaged}" if damaged else "nothing to repair"
    output.say(words, quiet=line.quiet)
    return 0
