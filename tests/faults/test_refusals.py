"""The disk refuses each call, for each reason, and then works again."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.state.changes import star
from tui.core import files
from tui.state import Change, SaveRefused, Store
from tui.state.checkpoint import checkpoint
from tui.state.maintenance import export_tables

CALLS = ("make_folder", "create", "write", "truncate", "sync_file", "sync_folder", "rename")
REASONS = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT)


class Faulty:
    """Lets calls to the disk through until the one that is to fail; then `last` calls fail."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.first = self.last = -1
        self.reason = 0
        for name in CALLS:
            patch.setattr(files, name, self._wrap(name, getattr(files, name)))

    def fail(self, first: int, last: int, reason: int) -> None:
        """Fail the calls from `first` up to `last`, counted from now."""
        self.count, self.first, self.last, self.reason = 0, first, last, reason

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.count += 1
            if self.first <= self.count <= self.last:
                if name == "write":
                    # A full disk takes a part of it.
                    os.write(args[0], bytes(args[1])[: len(args[1]) // 2])
                raise OSError(self.reason, os.strerror(self.reason))
            return real(*args, **kwargs)

        return call


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Faulty:
    return Faulty(monkeypatch)


def stars(store: Store) -> set[str]:
    return set(store.keys_where("star"))


def outcome(store: Store, change: Change) -> SaveRefused | None:
    try:
        store.apply(change)
    except SaveRefused as refusal:
        return refusal
    return None


@pytest.mark.parametrize("reason", REASONS, ids=errno.errorcode.get)
@pytest.mark.parametrize("length", [1, 1000])
def test_a_refused_change_was_never_there(
    tmp_path: Path, faulty: Faulty, reason: int, length: int
) -> None:
    for first in range(1, 16):
        home = tmp_path / str(first)
        faulty.fail(-1, -1, 0)
        store = Store.open(home)
        store.apply(star("kept"))
        store.close()
        store = Store.open(home)
        faulty.fail(first, first + length, reason)
        expected = {"kept"}
        for number in range(4):
            refusal = outcome(store, star(f"{number}"))
            if refusal is None:
                expected.add(f"{number}")
            else:
                words = "the disk is full" if reason == errno.ENOSPC else os.strerror(reason)
                assert str(refusal).startswith(f"Not saved: {words} (")
            assert stars(store) == expected
        store.checkpoint()
        faulty.fail(-1, -1, 0)
        # There is room again: it works without a restart.
        store.apply(star("after"))
        expected.add("after")
        assert stars(store) == expected
        with Store.open(home, readonly=True) as other:
            assert stars(other) == expected
            assert other.notices == []
        store.close()
        with Store.open(home, readonly=True) as other:
            assert stars(other) == expected
            assert other.notices == []
        assert not [path for path in home.rglob("*.tmp") if path.parent != home / "state.json.d"]


def test_refused_bytes_that_cannot_be_removed_are_not_archived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with Store.open(tmp_path) as store:
        store.apply(star("kept"))
        with monkeypatch.context() as patch:
            patch.setattr(files, "sync_file", fail)
            patch.setattr(files, "truncate", fail)
            assert outcome(store, star("refused"))
        assert store.checkpoint()
        store.apply(star("after"))
        with Store.open(tmp_path, host="two", readonly=True) as other:
            assert stars(other) == {"kept", "after"}


def test_a_refused_submit_is_taken_back(tmp_path: Path, faulty: Faulty) -> None:
    reports: list[tuple[str, SaveRefused | None]] = []
    note = lambda change, error: reports.append((change.label, error))  # noqa: E731
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"a": {"note": "one", "tags_add": ["t"], "rating": 3}}))
        before = store.mark("a")
        faulty.fail(1, 10_000, errno.ENOSPC)
        store.submit(Change.of("note", {"a": {"note": "two", "rating": 4}}), note)
        store.submit(Change.of("tag", {"a": {"tags_remove": ["t"]}, "b": {"read": True}}), note)
        store.flush()
        assert store.mark("a") == before
        assert not store.mark("b")
        assert set(store.keys_where("rating", 3)) == {"a"}
        assert not store.pending("a")
        assert {label: str(error).split(" (")[0] for label, error in reports} == {
            "note": "Not saved: the disk is full",
            "tag": "Not saved: the disk is full",
        }
        faulty.fail(-1, -1, 0)
        undone = store.undo()
        assert undone is not None
        assert undone.label == "x of 1 paper"
        store.redo()
        store.submit(Change.of("note", {"a": {"note": "three"}}), note)
        store.flush()
        assert reports[-1] == ("note", None)
    with Store.open(tmp_path) as store:
        assert store.mark("a").note == "three"
        assert store.mark("a").tags == ("t",)


def test_a_refused_change_keeps_changes_of_others(tmp_path: Path, faulty: Faulty) -> None:
    with Store.open(tmp_path) as mine, Store.open(tmp_path) as other:
        other.apply(Change.of("rate", {"a": {"rating": 1}}))
        mine.poll()
        with mine.replica.disk_lock:
            # The disk is slow: mine waits, and meanwhile an older change of the other comes in.
            other.apply(Change.of("rate", {"a": {"rating": 2}}))
            mine.submit(Change.of("rate", {"a": {"rating": 5}}), lambda *_: None)
            mine.poll()
            assert mine.mark("a").rating == 5
            faulty.fail(1, 10_000, errno.EIO)
        mine.flush()
        faulty.fail(-1, -1, 0)
        assert mine.mark("a").rating == 2


def test_a_checkpoint_during_a_refused_change_keeps_other_changes(
    tmp_path: Path, faulty: Faulty
) -> None:
    with Store.open(tmp_path) as mine:
        other = Store.open(tmp_path)
        other.apply(Change.of("rate", {"a": {"rating": 2}}))
        with mine.replica.disk_lock:
            mine.submit(Change.of("rate", {"a": {"rating": 5}}), lambda *_: None)
            other.close(checkpoint=False)
            assert checkpoint(mine.replica)
            faulty.fail(1, 10_000, errno.EIO)
        mine.flush()
        faulty.fail(-1, -1, 0)
        assert mine.mark("a").rating == 2
        assert mine.checkpoint()
    with Store.open(tmp_path) as store:
        assert store.mark("a").rating == 2


def test_a_refusal_does_not_forget_the_steps_of_earlier_sessions(
    tmp_path: Path, faulty: Faulty
) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
    with Store.open(tmp_path) as store:
        with store.replica.disk_lock:
            store.submit(star("b"), lambda *_: None)
            store.poll()
            faulty.fail(1, 10_000, errno.ENOSPC)
        store.flush()
        faulty.fail(-1, -1, 0)
        undone = store.undo()
        assert undone is not None
        assert undone.keys == ("a",)
        assert store.undo() is None


def test_a_refused_change_of_a_paper_that_gained_an_id_meanwhile(
    tmp_path: Path, faulty: Faulty
) -> None:
    with Store.open(tmp_path) as mine, Store.open(tmp_path) as other:
        other.apply(Change.of("x", {"hash:1": {"rating": 1, "note": "kept"}}))
        mine.poll()
        with mine.replica.disk_lock:
            mine.submit(
                Change.of("x", {"hash:1": {"rating": 5, "note": "refused", "star": True}}),
                lambda *_: None,
            )
            other.rekey_all({"hash:1": "arxiv:1"})
            mine.poll()
            assert mine.mark("arxiv:1").rating == 5
            papers = {row["key"]: row for row in export_tables(mine)["tables"]["papers"]}
            assert (papers["arxiv:1"]["rating"], papers["arxiv:1"]["note"]) == (1, "kept")
            faulty.fail(1, 10_000, errno.EIO)
        mine.flush()
        faulty.fail(-1, -1, 0)
        mark = mine.mark("arxiv:1")
        assert (mark.rating, mark.note, mark.star) == (1, "kept", False)


def test_a_refused_note_beside_one_written_elsewhere(tmp_path: Path, faulty: Faulty) -> None:
    with Store.open(tmp_path) as mine, Store.open(tmp_path) as other:
        mine.apply(Change.of("note", {"a": {"note": "both know"}}))
        other.poll()
        with mine.replica.disk_lock:
            mine.submit(Change.of("note", {"a": {"note": "refused"}}), lambda *_: None)
            other.apply(Change.of("note", {"a": {"note": "elsewhere"}}))
            mine.poll()
            assert "refused" in mine.mark("a").note
            assert "elsewhere" in mine.mark("a").note
            assert "refused" not in str(export_tables(mine))
            faulty.fail(1, 10_000, errno.EIO)
        mine.flush()
        faulty.fail(-1, -1, 0)
        assert mine.mark("a").note == "elsewhere"


def test_a_draft_is_refused_in_words(tmp_path: Path, faulty: Faulty) -> None:
    with Store.open(tmp_path) as store:
        store.save_draft("a", "one")
        faulty.fail(1, 10_000, errno.EDQUOT)
        with pytest.raises(SaveRefused, match="quota"):
            store.save_draft("a", "two")
        assert store.draft("a") == "one"


LIMITED = """
import resource, sys
from pathlib import Path
from tui.state import Change, SaveRefused, Store
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))
done = refused = 0
for number in range(100):
    try:
        store.apply(Change.of("note", {str(number): {"note": "x" * 300}}))
        done += 1
    except SaveRefused as refusal:
        assert "File too large" in str(refusal), refusal
        refused += 1
        break
assert refused, done
store.apply(Change.of("note", {"after": {"note": "room in a new journal"}}))
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.close()
print(done)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs RLIMIT_FSIZE")
def test_a_real_limit_of_the_system(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    with Store.open(tmp_path, readonly=True) as store:
        assert len(list(store.marks())) == int(ran.stdout) + 1
        assert store.notices == []


@pytest.mark.parametrize("reason", [errno.EACCES, errno.EIO])
def test_a_snapshot_that_the_system_refuses_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
    whole = (tmp_path / "state.json").read_bytes()
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == "state.json":
            raise OSError(reason, os.strerror(reason))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    with Store.open(tmp_path) as store:
        assert stars(store) == {"a"}
        assert store.notices
        store.apply(star("b"))
        assert not store.checkpoint()
    monkeypatch.setattr(Path, "read_bytes", real)
    assert (tmp_path / "state.json").read_bytes() == whole
    with Store.open(tmp_path) as store:
        assert stars(store) == {"a", "b"}
