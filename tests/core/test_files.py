"""Files are replaced as a whole, through links, with their modes, or stay as they were."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core import files

posix = pytest.mark.skipif(os.name != "posix", reason="links, modes and pipes of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_content_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    files.write_atomically(path, b"old and longer")
    files.write_atomically(path, [b"n", b"ew"])
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_while_writing_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ValueError("half")

    with pytest.raises(ValueError, match="half"):
        files.write_atomically(path, pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_check_before_replacing_can_refuse(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(b"old")

    def refuse() -> None:
        raise FileExistsError("replaced by another program")

    with (
        pytest.raises(FileExistsError),
        files.atomic_file(path, before_replacing=refuse) as file,
    ):
        file.write(b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@posix
def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    target = tmp_path / "dotfiles" / "state.json"
    target.write_bytes(b"old")
    link = tmp_path / "state.json"
    link.symlink_to(target)
    files.write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@posix
@pytest.mark.parametrize("given", [0o600, 0o640, 0o644])
def test_an_existing_file_keeps_its_mode(tmp_path: Path, given: int) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    path.chmod(given)
    files.write_atomically(path, b"new", mode=0o666)
    assert mode(path) == given


@posix
def test_a_new_file_gets_the_mode_asked_for(tmp_path: Path) -> None:
    files.write_atomically(tmp_path / "private", b"x", mode=files.PRIVATE)
    assert mode(tmp_path / "private") == 0o600


@posix
def test_a_pipe_is_written_in_place(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    files.write_atomically(pipe, b"through")
    reader.join(10)
    assert read == [b"through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_file_is_synced_before_it_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for name in ("write", "sync_file", "rename", "sync_folder"):
        real = getattr(files, name)

        def call(*arguments: object, name: str = name, real=real) -> object:  # type: ignore[no-untyped-def]
            calls.append(name)
            return real(*arguments)

        monkeypatch.setattr(files, name, call)
    files.write_atomically(tmp_path / "a", b"x")
    files.write_atomically(tmp_path / "b", b"x", durable=False)
    assert calls == ["write", "sync_file", "rename", "sync_folder", "write", "rename"]


def test_a_folder_is_made_with_its_parents_and_private(tmp_path: Path) -> None:
    files.make_folder(tmp_path / "a" / "b")
    files.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    if os.name == "posix":
        assert mode(tmp_path / "a" / "b") == 0o700


def test_a_locked_file_cannot_be_locked_again(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = files.create(path)
    try:
        assert files.take_lock(first)
        assert files.lock_excludes_others(path)
    finally:
        files.close(first)
    assert not files.lock_excludes_others(path)
