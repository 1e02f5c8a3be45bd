"""Parsing and running: help, wrong use, exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell.conftest import Sheaf
from tui import __version__
from tui.shell.command_line import split_common_options


def test_version_and_help_are_printed(sheaf: Sheaf) -> None:
    assert sheaf("--version").out == f"sheaf {__version__}\n"
    help_text = sheaf("--help").out
    for command in ("add", "list", "show", "mark", "doctor", "paths", "keys"):
        assert command in help_text
        assert sheaf(command, "--help").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ["mark", "x"],
        ["mark"],
        ["add"],
        ["show"],
        ["--nonsense"],
        ["list", "--home"],
        ["--home", "--quiet"],
        ["--home=", "list"],
        ["list", "--nonsense"],
        ["list", "--limit", "-1"],
        ["mark", "x", "--rate", "6"],
        ["mark", "x", "--tag", " "],
        ["paths", "more"],
        ["add", "x", "--format", "nonsense"],
    ],
)
def test_wrong_use_gives_one_line_and_status_2(sheaf: Sheaf, words: list[str]) -> None:
    done = sheaf(*words)
    assert done.status == 2
    assert done.out == ""
    assert "sheaf" in done.err.splitlines()[-1]
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", [["--home", "x", "list"], ["list", "--home=x", "--quiet"]])
def test_common_options_are_valid_anywhere(words: list[str]) -> None:
    common, rest = split_common_options([*words, "--", "--quiet"])
    assert (common.home, rest) == ("x", ["list", "--", "--quiet"])
    assert common.quiet == ("--quiet" in words)


def test_commands_that_read_create_nothing(sheaf: Sheaf, home: Path) -> None:
    for words in (["list"], ["list", "x"], ["show", "x"], ["doctor"], ["paths"], ["keys"]):
        sheaf(*words)
    assert not home.exists()


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_home_that_cannot_be_created_gives_one_line(sheaf: Sheaf, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    (tmp_path / "one.json").write_text('{"title": "A"}', encoding="utf-8")
    done = sheaf("--home", blocked / "home", "add", tmp_path / "one.json")
    assert done.status == 2
    assert done.err.startswith("sheaf: cannot write in the home folder")
    assert len(done.err.splitlines()) == 1


def sheaf_process(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tui", *words]
    return subprocess.run(command, check=False, capture_output=True, **options)  # type: ignore[call-overload, no-any-return]


def test_the_reader_needs_a_terminal() -> None:
    done = sheaf_process(stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "sheaf: the reader needs a terminal; `sheaf list` prints papers for scripts"
    ]


def test_a_misspelled_command_is_suggested(sheaf: Sheaf) -> None:
    suggestions = [sheaf("lst", "--json"), sheaf("lst"), sheaf("docter")]
    assert [done.status for done in suggestions] == [2, 2, 2]
    assert [done.err.rpartition("; ")[2] for done in suggestions] == [
        "did you mean sheaf list?\n",
        "did you mean sheaf list?\n",
        "did you mean sheaf doctor?\n",
    ]
    assert sheaf("attention", "--json").err.endswith("see sheaf --help\n")
