"""sheaf state: marks and notes out as one JSON file, in again, forgotten, repaired."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from tui.core import paths
from tui.core.errors import SheafError
from tui.core.files import write_user_file
from tui.library.library import Library
from tui.shell import output
from tui.state import Store


def export(home: Path, file: str, force: bool) -> int:
    """Write everything the user has said to `file`, `-` for stdout. SheafError if it is there."""
    with Store.open(home) as store:
        text = orjson.dumps(store.export(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    if file == "-":
        output.data(text.decode())
        return 0
    path = Path(file)
    if path.exists() and not force:
        raise SheafError(f"{path} is there already; --force writes over it")
    write_user_file(path, text + b"\n")
    return 0


def load(home: Path, file: str, quiet: bool) -> int:
    """Merge an export into the marks here, the later change of each field wins."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        exported: Any = orjson.loads(data)
    except OSError as error:
        raise SheafError(f"{file}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise SheafError(f"{file}: not JSON: {error}") from error
    if not isinstance(exported, dict):
        raise SheafError(f"{file}: not an export of Sheaf's marks")
    paths.make_home(home)
    with Store.open(home) as store:
        changed = store.load(exported)
    output.say(f"{changed} changed", quiet=quiet)
    return 0


def forget(home: Path, keys: list[str], quiet: bool) -> int:
    """Remove all traces of the marks of papers, from backups too; 1 if a file kept some."""
    status = 0
    with Library(home) as library:
        for key in keys:
            stored = library.find(key)
            left = library.store.forget(stored.key if stored else key)
            for path in left:
                output.say(f"sheaf: {path} still holds marks of {key}; delete it by hand")
                status = 1
            if not left:
                output.say(f"forgot {key}", quiet=quiet)
    return status


def repair(home: Path, quiet: bool) -> int:
    """Set a damaged `state.json` aside and write a new one from backup and journals."""
    with Store.open(home) as store:
        aside = store.repair()
    words = f"repaired; the damaged file is kept as {aside}" if aside else "nothing to repair"
    output.say(words, quiet=quiet)
    return 0
