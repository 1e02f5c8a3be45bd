"""The checkpoint goes through TinyDB, and the end of a session does not wait for it."""

from __future__ import annotations

import shutil
import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from tinydb import TinyDB
from tinydb.table import Table

from tests.state.changes import star
from tui.state import Change, Store, checkpoint
from tui.state.storage import AtomicStorage


def ids(path: Path) -> dict[str, int]:
    """Return the document id of every paper, as plain TinyDB reads them."""
    with TinyDB(path) as database:
        return {row["key"]: row.doc_id for row in database.table("papers")}


def test_tinydb_reads_and_writes_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def trace(name: str) -> Any:
        real = getattr(Table, name)

        def call(table: Table, *args: Any, **kwargs: Any) -> Any:
            calls.append(f"{table.name}.{name}")
            return real(table, *args, **kwargs)

        return call

    for name in ("upsert", "remove", "insert_multiple", "__iter__"):
        monkeypatch.setattr(Table, name, trace(name))
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
    assert calls == ["meta.upsert", "papers.__iter__", "papers.remove", "papers.insert_multiple"]
    calls.clear()
    with Store.open(tmp_path) as store:
        assert store.mark("a").star
    assert calls == ["papers.__iter__"]


def test_a_script_uses_the_atomic_storage(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
    with TinyDB(path, storage=AtomicStorage) as database:
        database.table("papers").insert({"key": "b", "read": True})
    assert ids(path).keys() == {"a", "b"}
    with Store.open(tmp_path) as store:
        assert store.mark("b").read


def test_a_document_keeps_the_id_it_has(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text('{"meta": {"1": {"key": "schema", "version": 1}}, "papers": {}}')
    with Store.open(tmp_path) as store:
        store.apply(star("a", "b"))
    before = ids(path)
    with Store.open(tmp_path) as store:
        store.apply(Change.of("rate", {"a": {"rating": 3}, "c": {"rating": 1}}))
    assert before.items() <= ids(path).items()


def test_private_files_are_private(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Store.open(home) as store:
        store.apply(star("a"))
        store.save_draft("a", "half a thought")
        store.apply(star("b"))
    for path in home.rglob("*"):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


@pytest.mark.parametrize("submitted", [True, False])
def test_closing_does_not_wait_for_another_checkpoint(tmp_path: Path, submitted: bool) -> None:
    store = Store.open(tmp_path)
    if submitted:
        store.submit(star("a"), lambda *_: None)
    else:
        store.apply(star("a"))
    with FileLock(tmp_path / "state.json.d" / "lock"):
        began = time.perf_counter()
        store.close()
        assert time.perf_counter() - began < 1.0
    assert not (tmp_path / "state.json").exists()
    with Store.open(tmp_path) as store:
        assert store.mark("a").star
    assert (tmp_path / "state.json").exists()


def test_closing_does_not_wait_for_a_checkpoint_that_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the snapshot then lacks is in the journals, for the next start."""
    real = AtomicStorage.write
    slow: list[int] = []
    released = threading.Event()

    def write(storage: AtomicStorage, data: Any) -> None:
        slow.append(1)
        released.wait(5)
        real(storage, data)

    with Store.open(tmp_path) as store:
        store.apply(star("a"))
    with Store.open(tmp_path) as store:
        store.submit(Change.of("note", {"b": {"note": "x" * 100_000}}), lambda *_: None)
        store.flush()
        monkeypatch.setattr(AtomicStorage, "write", write)
        store.poll()
        while not slow:
            time.sleep(0.01)
        began = time.perf_counter()
        store.close(checkpoint=False)
        assert time.perf_counter() - began < 1.0
    monkeypatch.setattr(AtomicStorage, "write", real)
    with Store.open(tmp_path) as other:
        assert other.mark("b").note.startswith("xxx")
        assert other.notices == []
    released.set()
    while any(thread.name == "sheaf-checkpoint" for thread in threading.enumerate()):
        time.sleep(0.01)
    with Store.open(tmp_path) as store:
        assert store.mark("b").note.startswith("xxx")
        assert store.notices == []


def test_a_snapshot_replaced_amid_a_checkpoint_is_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the last look at it, and before TinyDB reads it."""
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    with Store.open(elsewhere, host="two") as store:
        store.apply(star("theirs"))
    real = checkpoint._apply
    times: list[int] = []

    def apply(*args: Any) -> None:
        if not times:
            shutil.copy(elsewhere / "state.json", home / "new.json")
            (home / "new.json").rename(home / "state.json")
        times.append(1)
        real(*args)

    with Store.open(home) as store:
        store.apply(star("first"))
        assert store.checkpoint()
        store.apply(star("ours"))
        monkeypatch.setattr(checkpoint, "_apply", apply)
        assert store.checkpoint()
        assert set(store.keys_where("star")) == {"first", "ours", "theirs"}
    assert len(times) == 2
    assert ids(home / "state.json").keys() == {"first", "ours", "theirs"}
