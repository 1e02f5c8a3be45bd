"""Several instances at once: clocks, locks, lost journals, machines that share a folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.state.changes import journal_lines, star
from tui.core import files
from tui.state import Change, SaveRefused, Store
from tui.state.clock import StampClock, is_stamp, seconds, stamp_after
from tui.state.maintenance import export_tables

DAY = 86_400 * 10**9


def journals(home: Path) -> list[Path]:
    return sorted((home / "state.json.d").glob("j-*.jsonl"))


def test_a_clock_that_goes_back_loses_nothing(tmp_path: Path) -> None:
    now = time.time_ns()
    with Store.open(tmp_path, clock=StampClock(lambda: now)) as store:
        store.apply(star("a"))
        first = store.mark("a").when["star"]
    with Store.open(tmp_path, clock=StampClock(lambda: now - 400 * DAY)) as store:
        store.apply(star("a", on=False))
        assert not store.mark("a").star
        assert store.mark("a").when["star"] > first
        store.apply(star("a"))
        store.apply(star("a", on=False))
    with Store.open(tmp_path) as store:
        assert not store.mark("a").star


def test_stamps() -> None:
    clock = StampClock(lambda: 1_700_000_000_123_456_789)
    stamp = clock.tick()
    assert stamp.startswith("2023-11-14T22:13:20.123456")
    assert is_stamp(stamp)
    assert seconds(stamp) == pytest.approx(1_700_000_000.123456)
    assert stamp < stamp_after(stamp) < clock.tick() < clock.tick()
    assert StampClock(lambda: -5).tick().startswith("1970-01-01T00:00:00.000000")
    assert is_stamp(StampClock(lambda: 10**30).tick())
    for wrong in ("", "2023", "2023-13-14T22:13:20.123456789Z", 3, None, stamp + "Z"):
        assert not is_stamp(wrong)


def test_a_live_journal_is_left_where_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path) as living:
        living.apply(star("a"))
        with Store.open(tmp_path) as other:
            other.apply(star("b"))
            assert other.checkpoint()
        (path,) = journals(tmp_path)
        living.apply(star("c"))
        assert path == journals(tmp_path)[0]
    assert journals(tmp_path) == []
    with Store.open(tmp_path) as store:
        assert set(store.keys_where("star")) == {"a", "b", "c"}


def test_another_machine_journal_is_read_but_not_moved(tmp_path: Path) -> None:
    with Store.open(tmp_path, host="there") as store:
        store.apply(star("a"))
        store.close(checkpoint=False)
    with Store.open(tmp_path, host="here") as store:
        assert store.mark("a").star
        store.apply(star("b"))
    (path,) = journals(tmp_path)
    assert path.name.startswith("j-there-")
    with Store.open(tmp_path, host="there") as store:
        assert store.mark("b").star
    assert journals(tmp_path) == []


@pytest.mark.parametrize("gone", ["deleted", "moved", "replaced"])
def test_a_journal_taken_away_under_us(tmp_path: Path, gone: str) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        (path,) = journals(tmp_path)
        if gone == "deleted":
            path.unlink()
        elif gone == "moved":
            path.rename(tmp_path / "elsewhere")
        else:
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
        store.apply(star("b"))
        store.submit(star("c"), lambda *_: None)
        store.flush()
        with Store.open(tmp_path, readonly=True) as other:
            assert set(other.keys_where("star")) == {"a", "b", "c"}


def test_the_whole_folder_taken_away_under_us(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Store.open(home) as store:
        store.apply(star("a"))
        home.rename(tmp_path / "elsewhere")
        store.apply(star("b"))
    with Store.open(home) as store:
        assert set(store.keys_where("star")) == {"a", "b"}


def test_locks_that_exclude_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On some network folders everybody gets the lock: then no journal is ever moved."""
    monkeypatch.setattr(files, "take_lock", lambda descriptor: True)
    with Store.open(tmp_path) as living, Store.open(tmp_path) as other:
        living.apply(star("a"))
        other.apply(star("b"))
        assert other.checkpoint()
        assert living.checkpoint()
        assert len(journals(tmp_path)) == 2
        living.apply(star("c"))
    with Store.open(tmp_path) as store:
        assert set(store.keys_where("star")) == {"a", "b", "c"}


def test_a_checkpoint_is_skipped_while_another_holds_the_lock(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        with FileLock(tmp_path / "state.json.d" / "lock"):
            from tui.state.checkpoint import checkpoint

            assert not checkpoint(store.replica, wait=0.05)
        store.apply(star("b"))
        assert store.checkpoint()


def test_a_change_elsewhere_shows_within_two_seconds(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tui.state import Store, Change\n"
        "with Store.open(Path(sys.argv[1])) as s: s.apply(Change.of('x', {'a': {'star': True}}))"
    )
    with Store.open(tmp_path) as store:
        store.apply(star("b"))
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
        began = time.perf_counter()
        assert store.poll() == {"a"}
        assert time.perf_counter() - began < 0.5


def record_writes(patch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return the list to which every call of the disk will be added, with the bytes written."""
    calls: list[tuple[str, int]] = []

    def counting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            calls.append((name, len(args[1]) if name == "write" else 0))
            return real(*args)

        return call

    for name in ("write", "sync_file", "create", "rename", "sync_folder"):
        patch.setattr(files, name, counting(name, getattr(files, name)))
    return calls


def test_the_cost_of_a_change_does_not_depend_on_the_number_of_papers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: system calls and bytes at 10 and at 5,000 marked papers are the same."""
    costs = []
    for count in (10, 5000):
        home = tmp_path / str(count)
        with Store.open(home) as store:
            store.apply(star(*(f"arxiv:{number:06}" for number in range(count))))
        with Store.open(home) as store:
            store.apply(star("arxiv:000001", on=False))
            with monkeypatch.context() as patch:
                calls = record_writes(patch)
                store.apply(star("arxiv:000002", on=False))
            costs.append(calls)
    assert costs[0] == costs[1]
    assert [name for name, _ in costs[0]] == ["write", "sync_file"]


def test_a_snapshot_on_a_slow_disk_does_not_hold_up_changes(tmp_path: Path) -> None:
    done: list[float] = []
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        began = time.perf_counter()
        with store.replica.disk_lock:
            # The disk is busy: showing a change does not wait for it.
            store.submit(star("b"), lambda *_: done.append(1))
            assert store.mark("b").star
            assert store.pending("b")
            assert not store.pending("a")
            assert time.perf_counter() - began < 1.0
        store.flush()
        assert done
        assert not store.pending("b")


def test_pending_changes_are_not_exported(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"a": {"note": "saved", "rating": 1}}))
        with store.replica.disk_lock:
            store.submit(Change.of("x", {"a": {"note": "waits", "rating": 2}}), lambda *_: None)
            store.submit(Change.of("x", {"a": {"rating": 3}, "b": {"star": True}}), lambda *_: None)
            assert store.mark("a").rating == 3
            papers = {row["key"]: row for row in export_tables(store)["tables"]["papers"]}
            assert papers.keys() == {"a"}
            assert (papers["a"]["note"], papers["a"]["rating"]) == ("saved", 1)
        store.flush()
        assert export_tables(store)["tables"]["papers"][0]["note"] == "waits"


def test_each_instance_undoes_its_own_steps(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        one.apply(star("a"))
        two.poll()
        assert two.undo() is None
        assert one.undo() is not None


def test_as_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder sync, no locks, nothing renamed while it is open, nothing of others moved."""
    monkeypatch.setattr(files, "WINDOWS", True)
    with Store.open(tmp_path) as living:
        living.apply(star("a"))
        with Store.open(tmp_path) as crashed:
            crashed.apply(star("b"))
            crashed.replica.journal.close()
        with Store.open(tmp_path) as other:
            other.apply(star("c"))
            assert other.checkpoint()
        assert len(journals(tmp_path)) == 2
        assert living.poll() == {"b", "c"}
        living.apply(star("d"))
    assert len(journals(tmp_path)) == 1
    with Store.open(tmp_path) as store:
        assert set(store.keys_where("star")) == {"a", "b", "c", "d"}


@pytest.mark.parametrize("what", ["folder", "journal"])
def test_files_that_the_system_refuses_to_show_are_reported_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        store.close(checkpoint=False)
    (path,) = journals(tmp_path)
    refusal = PermissionError(13, "Permission denied")
    with monkeypatch.context() as patch:
        if what == "folder":
            real_iterdir = Path.iterdir

            def iterdir(folder: Path) -> Any:
                if folder.name == "state.json.d":
                    raise refusal
                return real_iterdir(folder)

            patch.setattr(Path, "iterdir", iterdir)
        else:
            real_open = Path.open

            def refuse_to_open(this: Path, *args: Any, **kwargs: Any) -> Any:
                if this == path:
                    raise refusal
                return real_open(this, *args, **kwargs)

            patch.setattr(Path, "open", refuse_to_open)
        with Store.open(tmp_path) as store:
            assert "cannot be read: Permission denied" in str(store.notices)
            store.apply(star("b"))
            store.poll()
            assert len(store.notices) == 1
            store.checkpoint()
        assert path.exists()
    with Store.open(tmp_path) as store:
        assert set(store.keys_where("star")) == {"a", "b"}


def test_a_journal_of_a_newer_sheaf(tmp_path: Path) -> None:
    (tmp_path / "state.json.d").mkdir()
    path = tmp_path / "state.json.d" / "j-other-1-abc.jsonl"
    path.write_bytes(journal_lines({"journal": 2, "t": "2026-11-23T03:35:38.123456789Z"}))
    with Store.open(tmp_path) as store:
        assert store.readonly
        assert "newer Sheaf" in str(store.notices)
        with pytest.raises(SaveRefused):
            store.apply(star("a"))


def test_a_failed_checkpoint_is_reported_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        with monkeypatch.context() as patch:
            patch.setattr(files, "create_like", _full)
            assert not store.checkpoint()
            assert not store.checkpoint()
            assert "cannot be written: the disk is full" in str(store.notices)
            assert len(store.notices) == 1
        assert store.checkpoint()


def _full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_unfinished_files_of_killed_processes_are_removed_later(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        old, new = (tmp_path / "state.json.d" / name for name in (".old.tmp", ".new.tmp"))
        for path in (old, new):
            path.write_bytes(b"half")
        os.utime(old, (0, 0))
        assert store.checkpoint()
        assert not old.exists()
        assert new.exists()


@pytest.mark.parametrize("open_meanwhile", [True, False])
def test_an_old_snapshot_of_ours_over_that_of_another_machine(
    tmp_path: Path, open_meanwhile: bool
) -> None:
    reader = Store.open(tmp_path, host="one")
    reader.apply(star("a"))
    assert reader.checkpoint()
    old = (tmp_path / "state.json").read_bytes()
    if not open_meanwhile:
        reader.close()
    with Store.open(tmp_path, host="two") as other:
        other.apply(star("b"))
    (tmp_path / "state.json").write_bytes(old)
    if not open_meanwhile:
        reader = Store.open(tmp_path, host="one")
    reader.poll()
    assert set(reader.keys_where("star")) == {"a", "b"}
    reader.close()
    with Store.open(tmp_path, host="one") as store:
        assert store.notices == []
        assert set(store.keys_where("star")) == {"a", "b"}


def test_a_note_removed_by_two_instances_is_not_an_edit(tmp_path: Path) -> None:
    def note(text: str) -> Change:
        return Change.of("note", {"a": {"note": text}})

    with Store.open(tmp_path, host="one") as one, Store.open(tmp_path, host="two") as two:
        one.apply(note("first"))
        two.poll()
        one.apply(note(""))
        two.apply(note(""))
        assert one.checkpoint()
        old = (tmp_path / "state.json").read_bytes()
        one.apply(note("second"))
        assert one.checkpoint()
        (tmp_path / "state.json").write_bytes(old)
        two.poll()
        assert two.mark("a").note == "second"
        assert two.notices == []
