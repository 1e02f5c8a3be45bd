"""Where things are. Pure functions: nothing is created here but by `make_home`."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from tui.core import files
from tui.core.errors import UsageError

APP = "sheaf"


def home_folder(given: str | None = None) -> Path:
    """The folder of the three stores: `--home`, else `SHEAF_HOME`, else the data folder."""
    chosen = given or os.environ.get("SHEAF_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_file(home_given: bool = False, home: Path | None = None) -> Path:
    """`config.toml`: inside a home that was named, else in the system's config folder."""
    if home_given and home is not None:
        return home / "config.toml"
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"


def papers_db(home: Path) -> Path:
    return home / "papers.db"


def index_folder(home: Path) -> Path:
    return home / "index"


def state_file(home: Path) -> Path:
    return home / "state.json"


def make_home(home: Path) -> Path:
    """Create the home folder, private to the user; UsageError with the reason if that fails."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(
            f"cannot write in the home folder {home}: {why}; choose another with --home DIR"
        ) from error
    return home


def sample_library() -> Path:
    """The built-in library: beside the package in a wheel, in `assets/` of the clone."""
    inside = Path(__file__).parent.parent / "assets" / "sample-library.jsonl"
    if inside.exists():
        return inside
    return Path(__file__).parent.parent.parent / "assets" / "sample-library.jsonl"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or as it was before; UsageError if that fails."""
    try:
        files.write_atomically(path, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
