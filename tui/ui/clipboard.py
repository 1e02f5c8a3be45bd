"""Copies to the clipboard of the system, with the program that the system has for it.

The reader also writes OSC 52 to the terminal, which works over SSH; but not every terminal supports
it. Programs are run without a shell and within a time limit.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

TIMEOUT = 2.0
"""Seconds a program has to read the text."""


def copy(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Copy `text` with the first clipboard program that works; return its name, empty if none."""
    for command in _commands(environ):
        program = shutil.which(command[0], path=environ.get("PATH"))
        if program and _run([program, *command[1:]], _encode(command[0], text)):
            return command[0]
    return ""


def _commands(environ: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the programs and arguments that may work here, the likeliest first."""
    if sys.platform == "darwin":
        yield ("pbcopy",)
    if environ.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if environ.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard", "-in")
        yield ("xsel", "--clipboard", "--input")
    if sys.platform == "win32" or environ.get("WSL_DISTRO_NAME"):
        yield ("clip.exe",)


def _encode(name: str, text: str) -> bytes:
    """Return `text` as the program reads it: UTF-16 with a byte order mark, or UTF-8."""
    return text.encode("utf-16" if name == "clip.exe" else "utf-8", "replace")


def _run(command: list[str], data: bytes) -> bool:
    """Give `data` to a program; return whether it succeeded.

    It gets a session of its own: xclip and wl-copy leave a process behind that keeps the text.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return False
    try:
        process.communicate(data, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    except OSError:
        process.wait()
        return False
    return process.returncode == 0
