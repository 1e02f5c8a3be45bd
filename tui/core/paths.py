"""Where the files of Sheaf are. Only `make_home` creates anything."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from tui.core.errors import UsageError

APP = "sheaf"


def home_folder(given: str | None = None) -> Path:
    """Return the folder of the stores: `--home`, else `SHEAF_HOME`, else the data folder."""
    chosen = given or os.environ.get("SHEAF_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_file(home_given: bool = False, home: Path | None = None) -> Path:
    """Return the path of `config.toml`: in the home if one is given, else in the config folder."""
    if home_given and home is not None:
        return home / "config.toml"
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "config.toml"


def papers_db(home: Path) -> Path:
    return home / "papers.db"


def index_folder(home: Path) -> Path:
    return home / "index"


def state_file(home: Path) -> Path:
    return home / "state.json"


def path_exists(text: str) -> bool:
    """Return whether a file or folder has this path; `~` stands for the user's home."""
    try:
        return os.path.lexists(Path(text).expanduser())
    except (OSError, RuntimeError, ValueError):
        return False


def complete_path(text: str) -> list[str]:
    """Return the paths of files and folders that begin with `text`, sorted; folders end in `/`.

    The case of letters is ignored. Hidden files are left out unless the name begins with a dot.
    Nothing completes an empty text, or in a folder that cannot be listed.
    """
    if not text:
        return []
    folder, slash, start = text.rpartition("/")
    try:
        entries = list(Path(f"{folder}{slash}" or ".").expanduser().iterdir())
    except (OSError, RuntimeError, ValueError):
        return []
    found = [
        f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if entry.name.lower().startswith(start.lower())
        and (start.startswith(".") or not entry.name.startswith("."))
    ]
    return sorted(found, key=str.lower)


def make_home(home: Path) -> Path:
    """Create the home folder, private to the user. Raises UsageError if it cannot be written."""
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
    """Return the path of the sample library: in the package of a wheel, or `assets/` of a clone."""
    inside = Path(__file__).parent.parent / "assets" / "sample-library.jsonl"
    if inside.exists():
        return inside
    return Path(__file__).parent.parent.parent / "assets" / "sample-library.jsonl"
