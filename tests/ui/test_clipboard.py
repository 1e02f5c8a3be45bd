"""The program of the system's clipboard is found, and gets the text within a time limit."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tui.ui import clipboard

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="fake programs are shell scripts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bin"
    made.mkdir()
    return made


def program(folder: Path, name: str, script: str) -> Path:
    """A fake program; what it takes is in the file given back."""
    path = folder / name
    taken = folder / f"{name}.taken"
    path.write_text(f"#!/bin/sh\n{script.replace('TAKEN', str(taken))}\n", encoding="utf-8")
    path.chmod(0o755)
    return taken


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {"PATH": str(folder), **more}


KEEP = '/bin/cat > "TAKEN"; echo "$@" >> "TAKEN.arguments"'


@pytest.mark.parametrize(
    ("name", "where", "arguments"),
    [
        ("wl-copy", {"WAYLAND_DISPLAY": "wayland-0"}, ""),
        ("xclip", {"DISPLAY": ":0"}, "-selection clipboard -in"),
        ("xsel", {"DISPLAY": ":0"}, "--clipboard --input"),
    ],
)
def test_each_system_has_its_program(
    folder: Path, name: str, where: dict[str, str], arguments: str
) -> None:
    taken = program(folder, name, KEEP)
    text = "$(rm -rf x) `y` 'quoted' \"\\n\" é 日本"
    assert clipboard.copy(text, environ(folder, **where)) == name
    assert taken.read_text() == text
    assert Path(f"{taken}.arguments").read_text().strip() == arguments
    assert clipboard.copy(text, environ(folder)) == ""


def test_a_mac_uses_pbcopy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard.sys, "platform", "darwin")
    taken = program(folder, "pbcopy", KEEP)
    assert clipboard.copy("x", environ(folder)) == "pbcopy"
    assert taken.read_text() == "x"


def test_clip_exe_reads_utf_16(folder: Path) -> None:
    taken = program(folder, "clip.exe", KEEP)
    assert clipboard.copy("é 日", environ(folder, WSL_DISTRO_NAME="Debian")) == "clip.exe"
    assert taken.read_bytes().decode("utf-16") == "é 日"


def test_without_a_program_nothing_is_copied(folder: Path) -> None:
    assert clipboard.copy("x", environ(folder, DISPLAY=":0", WAYLAND_DISPLAY="w")) == ""
    assert clipboard.copy("x", {}) == ""


def test_the_next_program_is_tried_when_one_fails(folder: Path) -> None:
    program(folder, "wl-copy", "exit 1")
    program(folder, "xclip", "exec 0<&-; exit 3")
    taken = program(folder, "xsel", KEEP)
    where = environ(folder, WAYLAND_DISPLAY="w", DISPLAY=":0")
    assert clipboard.copy("x" * 200_000, where) == "xsel"
    assert len(taken.read_text()) == 200_000
    (folder / "xsel").write_text("not a program", encoding="utf-8")
    assert clipboard.copy("x", where) == ""


def test_a_program_that_hangs_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "TIMEOUT", 0.05)
    taken = program(folder, "xclip", 'echo $$ > "TAKEN"; exec /bin/sleep 60')
    assert clipboard.copy("x", environ(folder, DISPLAY=":0")) == ""
    if taken.exists():  # it may have been ended before it began
        number = int(taken.read_text() or 0)
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)


def test_a_process_that_keeps_the_text_is_not_waited_for(folder: Path) -> None:
    taken = program(folder, "xclip", '/bin/cat > "TAKEN"; /bin/sleep 30 & echo $! > "TAKEN.kept"')
    start = time.monotonic()
    assert clipboard.copy("x", environ(folder, DISPLAY=":0")) == "xclip"
    assert time.monotonic() - start < 20
    assert taken.read_text() == "x"
    kept = int(Path(f"{taken}.kept").read_text())
    os.kill(kept, 15)  # still there: it is the owner of the text
