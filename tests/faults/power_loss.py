"""A model of a disk that loses power: what a recorded sequence of calls may leave behind.

Bytes are safe after `sync_file`, names after `sync_folder`. Everything else may or may not be
there, so each moment has several possible outcomes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tui.core import files

WAYS = ("all", "synced", "names without bytes", "bytes without names", "torn")


@dataclass(eq=False)
class Inode:
    """A file's bytes, as written and as synced."""

    written: bytes = b""
    synced: bytes = b""
    folder: bool = False


@dataclass
class Recorder:
    """Writes down every call, with what is needed to do it again elsewhere."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    _count: int = 0

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between the store and the files."""
        for name in ("create", "open_existing"):
            patch.setattr(files, name, self._opening(name, getattr(files, name)))
        for name in ("write", "truncate", "sync_file"):
            patch.setattr(files, name, self._on_file(name, getattr(files, name)))
        for name in ("sync_folder", "rename", "remove"):
            patch.setattr(files, name, self._on_name(name, getattr(files, name)))
        make = files.make_folder

        def make_folder(path: Path) -> None:
            new = [one for one in (path, *path.parents) if not one.exists()]
            for one in reversed(new):
                self.calls.append(("mkdir", one))
            make(path)

        patch.setattr(files, "make_folder", make_folder)

    def acknowledge(self, key: str) -> None:
        """Note that a change has been reported as durable."""
        self.calls.append(("acknowledged", key))

    def _opening(self, name: str, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Path, **kwargs: Any) -> int:
            descriptor = real(path, **kwargs)
            self._count += 1
            self.open[descriptor] = self._count
            self.calls.append((name, path, self._count))
            return descriptor

        return call

    def _on_file(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(descriptor: int, *args: Any) -> Any:
            result = real(descriptor, *args)
            self.calls.append((name, self.open[descriptor], *map(_copy_buffer, args)))
            return result

        return call

    def _on_name(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            result = real(*args)
            self.calls.append((name, *args))
            return result

        return call


def _copy_buffer(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


class Disk:
    """The content of a folder, empty at first, after the calls so far."""

    def __init__(self) -> None:
        self.now: dict[Path, Inode] = {}
        self.safe: dict[Path, Inode] = {}
        self.files: dict[int, Inode] = {}
        self.last: tuple[Inode, bytes] | None = None

    def do(self, call: tuple[Any, ...]) -> None:
        """Take one recorded call."""
        name, *args = call
        self.last = None
        if name == "mkdir":
            self.now[args[0]] = Inode(folder=True)
        elif name == "create":
            inode = self.now[args[0]] = self.now.get(args[0]) or Inode()
            inode.written = b""
            self.files[args[1]] = inode
        elif name == "open_existing":
            self.files[args[1]] = self.now.get(args[0]) or Inode()
        elif name == "write":
            inode = self.files[args[0]]
            self.last = (inode, args[1])
            inode.written += args[1]
        elif name == "truncate":
            inode = self.files[args[0]]
            inode.written = inode.written[: args[1]]
        elif name == "sync_file":
            inode = self.files[args[0]]
            inode.synced = inode.written
        elif name == "sync_folder":
            inside = {path: inode for path, inode in self.now.items() if path.parent == args[0]}
            self.safe = {path: one for path, one in self.safe.items() if path.parent != args[0]}
            self.safe |= inside
        elif name == "rename":
            self.now[args[1]] = self.now.pop(args[0])
        elif name == "remove":
            self.now.pop(args[0], None)

    def leave(self, way: str, home: Path, goal: Path) -> None:
        """Write to `goal` what is left of `home` after a power cut, one of the possible WAYS."""
        shutil.rmtree(goal, ignore_errors=True)
        goal.mkdir(parents=True)
        names = self.safe if way in ("synced", "bytes without names") else self.now
        for path in sorted(names):
            if home not in path.parents or not (goal / path.relative_to(home)).parent.is_dir():
                continue
            inode, place = names[path], goal / path.relative_to(home)
            if inode.folder:
                place.mkdir()
                continue
            content = inode.written
            if way in ("synced", "names without bytes"):
                content = inode.synced
            elif way == "torn" and self.last is not None and self.last[0] is inode:
                content = content[: len(content) - len(self.last[1]) // 2 - 1]
            place.write_bytes(content)
            os.chmod(place, 0o600)  # noqa: PTH101
