"""The program in a pseudo-terminal: keys as bytes, and the marks on disk afterwards."""

from __future__ import annotations

import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from tui.ui.terminal_watch import STATUS

pty = pytest.importorskip("pty", reason="a pseudo-terminal needs POSIX")

UNTIL = 30.0
"""Seconds to wait for an output of the program."""


class Terminal:
    """`sheaf` in a pseudo-terminal of a size."""

    def __init__(
        self, home: Path, columns: int, lines: int, *words: str, hangup_ignored: bool = False
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        command = [sys.executable, "-m", "tui", "--home", str(home), *words]
        if hangup_ignored:
            command = ["sh", "-c", """trap '' HUP; exec "$@" """, "sh", *command]
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "", "LINES": ""},
            start_new_session=True,
        )
        os.close(slave)
        self.output = b""

    def read_until(self, text: str) -> None:
        """Read what the program draws until `text` is in it."""
        deadline = time.monotonic() + UNTIL
        wanted = text.encode()
        while wanted not in self.output:
            assert time.monotonic() < deadline, f"no {text!r} in {self.output[-2000:]!r}"
            if not self._read():
                break

    def _read(self) -> bool:
        if not select.select([self.master], [], [], 0.1)[0]:
            return self.process.poll() is None
        try:
            self.output += os.read(self.master, 65536)
        except OSError:  # Linux: the program has closed its side
            return False
        return True

    def send(self, keys: str) -> None:
        self.output = b""
        os.write(self.master, keys.encode())

    def end(self) -> int:
        deadline = time.monotonic() + UNTIL
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read()
        os.close(self.master)
        if self.process.poll() is None:
            self.process.kill()
        return self.process.wait()


def list_papers(home: Path, query: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "tui", "--home", str(home), "list", query, "--json"]
    done = subprocess.run(command, check=True, capture_output=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_open_filter_star_quit(home: Path) -> None:
    terminal = Terminal(home, 120, 36)
    terminal.read_until("82 papers")
    terminal.send("/")
    terminal.read_until("Esc")
    terminal.send("streming attention sink\rsq")
    assert terminal.end() == 0
    assert [each["title"] for each in list_papers(home, "is:starred")] == [
        "Efficient Streaming Language Models with Attention Sinks"
    ]


def test_a_star_is_saved_when_it_shows_even_if_the_program_is_killed(home: Path) -> None:
    terminal = Terminal(home, 100, 30)
    terminal.read_until("82 papers")
    terminal.send("s")
    terminal.read_until("starred")
    time.sleep(0.3)
    terminal.process.kill()
    terminal.end()
    assert len(list_papers(home, "is:starred")) == 1


def test_a_terminal_too_small_is_one_line_and_status_2(home: Path) -> None:
    terminal = Terminal(home, 50, 12)
    assert terminal.end() == 2
    assert b"this terminal is 50x12; the reader needs 60x16" in terminal.output
    assert b"Traceback" not in terminal.output


@pytest.mark.parametrize("save", ["\x13", "\x1bOQ"], ids=["ctrl+s", "f2"])
def test_keys_typed_in_one_burst_go_to_the_dialog_they_are_meant_for(home: Path, save: str) -> None:
    terminal = Terminal(home, 100, 30)
    terminal.read_until("82 papers")
    pasted = "pasted " * 300
    terminal.send(
        f"nfirst done{save}jtdone\r"
        f"jn\x1b[200~{pasted}\x1b[201~{save}"
        "\x10star\rjalosing/no/letter\rj"
        f"/attention\rwsinks\rnlast done{save}q"
    )
    assert terminal.end() == 0
    marks = [each["marks"] for each in list_papers(home, "") if "marks" in each]
    written = [
        {"note": "first done"},
        {"tags": ["done"]},
        {"note": pasted.strip(), "star": True},
        {"note": "last done"},
    ]
    assert len(marks) == len(written)
    assert all(each in marks for each in written)


def test_a_note_being_written_survives_a_kill(home: Path) -> None:
    terminal = Terminal(home, 100, 30)
    terminal.read_until("82 papers")
    terminal.send("nhalf a thought")
    drafts = home / "state.json.d" / "drafts"
    deadline = time.monotonic() + UNTIL
    while not any(b"half a thought" in path.read_bytes() for path in drafts.glob("*.json")):
        assert time.monotonic() < deadline
        terminal._read()
    terminal.process.kill()
    terminal.end()
    terminal = Terminal(home, 100, 30)
    terminal.read_until("82 papers")
    terminal.send("n\x13q")
    assert terminal.end() == 0
    (paper,) = (each for each in list_papers(home, "") if "marks" in each)
    assert paper["marks"] == {"note": "half a thought"}


def test_a_reader_without_a_terminal_ends_and_keeps_its_marks(home: Path) -> None:
    terminal = Terminal(home, 120, 36, hangup_ignored=True)
    terminal.read_until("82 papers")
    terminal.send("s")
    terminal.read_until("1 starred today")
    os.close(terminal.master)
    try:
        assert terminal.process.wait(UNTIL) == STATUS
    finally:
        terminal.process.kill()
    assert len(list_papers(home, "is:starred")) == 1
