"""sheaf paths and sheaf keys."""

from __future__ import annotations

from pathlib import Path

from tests.shell.conftest import Sheaf
from tui.core.commands import COMMANDS


def test_the_home_can_be_named_anywhere(sheaf: Sheaf, tmp_path: Path) -> None:
    for words in (["--home", tmp_path / "x", "paths"], ["paths", "--home", tmp_path / "x"]):
        assert sheaf(*words).out.splitlines()[0] == f"home    {tmp_path / 'x'}"
    places = sheaf("paths", "--json").objects[0]
    assert set(places) == {"home", "papers", "index", "state", "config"}


def test_keys_prints_the_table_of_commands(sheaf: Sheaf) -> None:
    printed = sheaf("keys").out
    for command in COMMANDS:
        assert command.help in printed
        assert command.shown_keys in printed
