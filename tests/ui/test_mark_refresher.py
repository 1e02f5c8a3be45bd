"""Marks are saved at once; a mark that cannot be saved is taken back with a warning."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.ui.conftest import Open
from tests.ui.helpers import mark_at
from tui.core import files
from tui.library.library import Library


async def test_a_mark_is_on_disk_when_the_key_is_done(open_reader: Open, home: Path) -> None:
    async with open_reader() as reader:
        await reader.press("s")
        with Library(home) as other:
            assert [key for key, _ in other.store.marks()] == ["arxiv:2309.99901"]


async def test_a_mark_that_cannot_be_saved_is_taken_back_with_a_warning(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        await reader.press("s")

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(files, "write", full)
            await reader.press("j", "s")
            assert not mark_at(reader, 1).star
            assert "the disk is full" in reader.frame
            await reader.press("j", "k")
            assert "the disk is full" in reader.frame
        await reader.press("s")
        assert mark_at(reader, 1).star
        assert "the disk is full" not in reader.frame
