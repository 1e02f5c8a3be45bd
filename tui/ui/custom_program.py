"""Runs the commands of the user's config: papers in, cleaned text out, within a time limit."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

import orjson

from tui.catalog.catalog import StoredPaper
from tui.config.custom_commands import CustomCommand
from tui.core.paper_text import describe_paper
from tui.core.text import clean_line, clean_typed_text
from tui.library.library import to_json
from tui.state import Mark

MAX_OUTPUT = 1 << 20
"""Bytes of output that are read; a program that writes more is stopped."""
POLL_INTERVAL = 0.02
"""Seconds between two checks of a running program."""
GRACE_PERIOD = 1.0
"""Seconds a program has to end after a signal, and its output to arrive after its end."""

Papers = Sequence[tuple[StoredPaper, Mark]]


@dataclass(frozen=True, slots=True)
class ProgramOutput:
    """What a program wrote."""

    text: str
    problem: str = ""
    """What went wrong; empty if nothing did."""


def run(command: CustomCommand, papers: Papers, stop: threading.Event) -> ProgramOutput:
    """Run the program on the papers until it ends, `stop` is set or its time is over."""
    data = program_input(command, papers)
    try:
        process = subprocess.Popen(
            command.run if command.shell else command.words,
            shell=command.shell,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that the programs it starts can be ended with it
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return ProgramOutput("", clean_line(f"{command.run}: {reason}"))
    assert process.stdin
    assert process.stdout
    assert process.stderr
    threading.Thread(target=_write, args=(process.stdin, data), daemon=True).start()
    output, errors = _PipeReader(process.stdout), _PipeReader(process.stderr)
    problem = _wait(command, process, stop, (output, errors))
    # A program that has ended may have left a child that holds the pipes open.
    if problem or not (output.wait() and errors.wait()):
        _end(process)
        output.wait()
        errors.wait()
    if not problem and process.returncode:
        problem = f"{command.name} ended with status {process.returncode}"
    if problem:
        problem = f"{problem}\n{clean_typed_text(errors.text).strip()}".strip()
    return ProgramOutput(clean_typed_text(output.text).strip("\n"), problem)


def _wait(
    command: CustomCommand,
    process: subprocess.Popen[bytes],
    stop: threading.Event,
    readers: Iterable[_PipeReader],
) -> str:
    """Wait until the program ends; return why it must be stopped, empty if it ended by itself."""
    deadline = time.monotonic() + command.timeout
    while process.poll() is None:
        if stop.wait(POLL_INTERVAL):
            return f"{command.name} was stopped"
        if time.monotonic() > deadline:
            return f"{command.name} took longer than {command.timeout:g} s and was stopped"
        if any(reader.is_full for reader in readers):
            break
    if any(reader.is_full for reader in readers):  # it may have ended because we closed the pipe
        return f"{command.name} wrote more than {MAX_OUTPUT >> 20} MB and was stopped"
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and those it has started, first with SIGTERM, then with SIGKILL."""
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, number)
            else:  # Windows has no process groups to signal
                process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_PERIOD)


def _write(pipe: IO[bytes], data: bytes) -> None:
    """Write the input of the program, which may close the pipe before it has read all."""
    with suppress(OSError), pipe:
        pipe.write(data)


class _PipeReader:
    """Reads a pipe in a thread, up to MAX_OUTPUT bytes."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._data = bytearray()
        self.is_full = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._pipe:
            while chunk := os.read(self._pipe.fileno(), 1 << 16):
                self._data += chunk[: MAX_OUTPUT - len(self._data)]
                if len(self._data) >= MAX_OUTPUT:
                    self.is_full = True
                    return

    def wait(self) -> bool:
        """Wait for the end of the pipe, at most GRACE_PERIOD; return whether it has come."""
        self._thread.join(GRACE_PERIOD)
        return not self._thread.is_alive()

    @property
    def text(self) -> str:
        return bytes(self._data).decode("utf-8", "replace")


def program_input(command: CustomCommand, papers: Papers) -> bytes:
    """Return Markdown, or a JSON object a line as `sheaf list --json` prints it."""
    if command.input == "json":
        return b"".join(orjson.dumps(to_json(*each)) + b"\n" for each in papers)
    return "\n".join(_markdown(*each) for each in papers).encode("utf-8", "replace")


def _markdown(stored: StoredPaper, mark: Mark) -> str:
    text = describe_paper(stored.paper)
    facts = [*text.facts, stored.key, *text.links.values()]
    parts = [f"# {text.title}", text.authors, " · ".join(facts), *text.paragraphs]
    parts.append(f"## Note\n\n{mark.note}" if mark.note else "")
    return "\n\n".join(part for part in parts if part) + "\n"
