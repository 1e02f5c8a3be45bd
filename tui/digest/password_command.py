"""The password: the first line that a program of the user prints; never stored, shown or logged."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import IO

from tui.core.errors import SheafError

TIMEOUT = 60.0
"""Seconds the program may take: it may ask the user to unlock something."""
MAX_OUTPUT = 4096
"""Bytes of its output that are read."""


class PasswordError(SheafError):
    """The program printed no password."""

    def __init__(self, message: str) -> None:
        super().__init__(f"password-command: {message}")


def read_password(command: Sequence[str], timeout: float = TIMEOUT) -> str:
    """Return what `command`, run without a shell, prints.

    Raises PasswordError, which never contains the output.
    """
    try:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "cannot be run"
        raise PasswordError(f"{command[0]}: {why}") from None
    assert process.stdout
    output = bytearray()
    # In a thread, because a program that it started may keep the pipe open for ever.
    reader = threading.Thread(target=_read, args=(process.stdout, output), daemon=True)
    reader.start()
    deadline = time.monotonic() + timeout
    reader.join(timeout)
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise PasswordError(f"took longer than {timeout:g} s and was stopped") from None
    if len(output) >= MAX_OUTPUT:
        raise PasswordError("prints more than a password")
    if process.returncode:
        raise PasswordError(f"ended with status {process.returncode}; run it by hand to see why")
    try:
        password = output.decode().split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        raise PasswordError("what it prints is not text") from None
    if not password:
        raise PasswordError("printed nothing")
    return password


def _read(pipe: IO[bytes], output: bytearray) -> None:
    with pipe:
        while len(output) < MAX_OUTPUT and (chunk := os.read(pipe.fileno(), MAX_OUTPUT)):
            output += chunk
