"""Running the user's own commands: papers in, cleaned text out, never longer than asked."""

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
from tui.config import CustomCommand
from tui.core.paper_text import describe_paper
from tui.core.text import clean_line, clean_typed_text
from tui.library.library import to_json
from tui.state import Mark

LIMIT = 1 << 20
"""Bytes of output that are read; a program that writes more is stopped."""
LOOK = 0.02
"""Seconds between two looks at a running program."""
GRACE = 1.0
"""Seconds a program has to end when asked to, and its output to arrive when it has ended."""

Papers = Sequence[tuple[StoredPaper, Mark]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program left: its text, and what went wrong, empty if nothing did."""

    text: str
    wrong: str = ""


def run(command: CustomCommand, papers: Papers, stop: threading.Event) -> Outcome:
    """Run the program on the papers; returns when it has ended, was stopped or took too long."""
    data = given(command, papers)
    try:
        process = subprocess.Popen(
            command.run if command.shell else command.words,
            shell=command.shell,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that what it starts ends with it
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Outcome("", clean_line(f"{command.run}: {why}"))
    assert process.stdin
    assert process.stdout
    assert process.stderr
    threading.Thread(target=_feed, args=(process.stdin, data), daemon=True).start()
    out, errors = _Reader(process.stdout), _Reader(process.stderr)
    wrong = _wait(command, process, stop, (out, errors))
    if wrong or not (out.finished() and errors.finished()):  # a child may hold the pipe
        _end(process)
        out.finished()
        errors.finished()
    said = clean_typed_text(errors.text).strip()
    if not wrong and process.returncode:
        wrong = f"{command.name} ended with status {process.returncode}"
    return Outcome(
        clean_typed_text(out.text).strip("\n"), f"{wrong}\n{said}".strip() if wrong else ""
    )


def _wait(
    command: CustomCommand,
    process: subprocess.Popen[bytes],
    stop: threading.Event,
    readers: Iterable[_Reader],
) -> str:
    """Wait for the end; why it was not waited for, empty if it came by itself."""
    deadline = time.monotonic() + command.timeout
    while process.poll() is None:
        if stop.wait(LOOK):
            return f"{command.name} was stopped"
        if time.monotonic() > deadline:
            return f"{command.name} took longer than {command.timeout:g} s and was stopped"
        if any(reader.full for reader in readers):
            break
    if any(reader.full for reader in readers):  # it may have ended by the pipe we closed
        return f"{command.name} wrote more than {LIMIT >> 20} MB and was stopped"
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it has started: asked first, then killed."""
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, number)
            else:  # Windows has no groups to signal
                process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    """Write what the program reads; it may not care to."""
    with suppress(OSError), pipe:
        pipe.write(data)


class _Reader:
    """Reads a pipe in a thread, up to LIMIT bytes."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._pipe = pipe
        self._data = bytearray()
        self.full = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._pipe:
            while chunk := os.read(self._pipe.fileno(), 1 << 16):
                self._data += chunk[: LIMIT - len(self._data)]
                if len(self._data) >= LIMIT:
                    self.full = True
                    return

    def finished(self) -> bool:
        """Wait for the rest, not for long; whether it has come."""
        self._thread.join(GRACE)
        return not self._thread.is_alive()

    @property
    def text(self) -> str:
        return bytes(self._data).decode("utf-8", "replace")


def given(command: CustomCommand, papers: Papers) -> bytes:
    """What the program reads: Markdown, or a JSON object a line as `sheaf list --json` prints."""
    if command.input == "json":
        return b"".join(orjson.dumps(to_json(*each)) + b"\n" for each in papers)
    return "\n".join(_markdown(*each) for each in papers).encode("utf-8", "replace")


def _markdown(stored: StoredPaper, mark: Mark) -> str:
    text = describe_paper(stored.paper)
    facts = [*text.facts, stored.key, *text.links.values()]
    parts = [f"# {text.title}", text.authors, " · ".join(facts), *text.paragraphs]
    parts.append(f"## Note\n\n{mark.note}" if mark.note else "")
    return "\n\n".join(part for part in parts if part) + "\n"


def words_as_tags(text: str) -> list[str]:
    """The tags in what a program wrote: words between white space and commas, `#` left out."""
    words = (word.strip("#") for word in clean_line(text).replace(",", " ").split())
    return list(dict.fromkeys(word for word in words if word))
