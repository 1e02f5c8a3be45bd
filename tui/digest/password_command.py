"""The password: the first line a program of the user's prints; never kept, shown or logged."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import IO

from tui.core.errors import SheafError

TIMEOUT = 60.0
"""Seconds the program may take: it may ask the person to unlock something."""
LIMIT = 4096
"""Bytes of its output that are read."""


class PasswordError(SheafError):
    """The program gave none."""


def read_password(command: Sequence[str], timeout: float = TIMEOUT) -> str:
    """What `command` prints, run without a shell. NoPassword, which never holds its output."""
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
        raise PasswordError(f"password-command: {command[0]}: {why}") from None
    assert process.stdout
    printed = bytearray()
    reader = threading.Thread(target=_read, args=(process.stdout, printed), daemon=True)
    reader.start()
    deadline = time.monotonic() + timeout
    reader.join(timeout)
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise PasswordError(
            f"password-command: took longer than {timeout:g} s and was stopped"
        ) from None
    if len(printed) >= LIMIT:
        raise PasswordError("password-command: prints more than a password")
    if process.returncode:
        raise PasswordError(
            f"password-command: ended with status {process.returncode}; run it by hand to see why"
        )
    try:
        first = printed.decode().split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        raise PasswordError("password-command: what it prints is not text") from None
    if not first:
        raise PasswordError("password-command: printed nothing")
    return first


def _read(pipe: IO[bytes], printed: bytearray) -> None:
    with pipe:
        while len(printed) < LIMIT and (chunk := os.read(pipe.fileno(), LIMIT)):
            printed += chunk
