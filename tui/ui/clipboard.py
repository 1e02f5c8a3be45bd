"""The system's clipboard, through the program that owns it, where there is one.

Beside OSC 52, which the reader writes to the terminal: that reaches over SSH, but not every
terminal takes it. Programs are run without a shell and never waited for long; none is no error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

WAIT = 2.0
"""Seconds a program has to take the text."""


def copy(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Hand `text` to the first clipboard program that takes it; its name, empty if none did."""
    for command in _commands(environ):
        program = shutil.which(command[0], path=environ.get("PATH"))
        if program and _given([program, *command[1:]], _bytes(command[0], text)):
            return command[0]
    return ""


def _commands(environ: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The programs that could own a clipboard here, the likeliest first."""
    if sys.platform == "darwin":
        yield ("pbcopy",)
    if environ.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if environ.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard", "-in")
        yield ("xsel", "--clipboard", "--input")
    if sys.platform == "win32" or environ.get("WSL_DISTRO_NAME"):
        yield ("clip.exe",)


def _bytes(name: str, text: str) -> bytes:
    """Windows takes UTF-16, with its mark; all others UTF-8."""
    return text.encode("utf-16" if name == "clip.exe" else "utf-8", "replace")


def _given(command: list[str], data: bytes) -> bool:
    """Whether the program took the data. What it starts to keep the text lives on after us."""
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
        process.communicate(data, timeout=WAIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    except OSError:
        process.wait()
        return False
    return process.returncode == 0
