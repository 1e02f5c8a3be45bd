"""Text from the state file and closed or full streams: no control bytes, no traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell.conftest import Sheaf
from tui.core.paper import Paper
from tui.library.library import Library

HOSTILE = "t\x1b]0;OWNED\x07\x9b31m\u202e\x7f"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

COMMANDS = (
    "list", "list --json", "show KEY", "show KEY --json", "feeds", "feeds --json", "doctor",
    "feeds export", "state export", "paths", "paths --json", "config", "config --json",
    "fetch --timer", "digest --timer", "digest", "mark KEY --read", "keys", "help",
    *(f"export --notes --format {name}" for name in
      ("bibtex", "biblatex", "ris", "csl", "csv", "jsonl", "markdown", "html")),
)  # fmt: skip


@pytest.fixture
def hostile_home(home: Path, papers: list[Paper]) -> Path:
    with Library(home, create=True) as library:
        library.add(papers)
        library.mark("mark", {papers[0].key: {"tags_add": [HOSTILE], "note": HOSTILE}})
        library.mark("mark", {f"arxiv:{HOSTILE}": {"star": True}})
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_print_no_control_characters(
    command: str, hostile_home: Path, papers: list[Paper], sheaf: Sheaf
) -> None:
    done = sheaf(*(papers[0].key if word == "KEY" else word for word in command.split()))
    printed = (done.out + done.err).replace("\r\n", "\n")
    assert not CONTROL.search(printed)


def run_in_shell(command: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f"{sys.executable} -m tui --home {home} {command}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=dict(os.environ),
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("paths >&-", "standard output cannot be written"),
        ("paths >/dev/full", "standard output cannot be written: No space left"),
        ("add - --offline <&-", "standard input: cannot be read"),
        ("state import - <&-", "standard input: cannot be read"),
    ],
)
def test_a_closed_or_full_stream_is_named(command: str, words: str, tmp_path: Path) -> None:
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    done = run_in_shell(command, tmp_path / "home")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.returncode in (1, 2)
