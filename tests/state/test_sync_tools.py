"""What git, sync tools, editors and wrong clocks do to the files."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.state import Change, Store, checkpoint
from tui.state.clock import StampClock
from tui.state.maintenance import examine

YEAR = 365 * 86_400 * 10**9


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than `tmp_path`."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def change(key: str, **fields: object) -> Change:
    return Change.of("x", {key: fields})


def everything(store: Store) -> dict[str, tuple[object, ...]]:
    return {key: (mark.star, mark.rating, mark.note, mark.tags) for key, mark in store.marks()}


def test_git_checks_out_an_older_version_and_then_the_newer(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    versions = []
    with Store.open(tmp_path) as reader:
        for number in range(3):
            reader.apply(change("a", note=f"note {number}", rating=number))
            reader.apply(change(f"b{number}", tags_add=["t"], star=True))
            assert reader.checkpoint()
            versions.append(path.read_bytes())
        reader.apply(change("a", star=True))
        reader.apply(change("b0", star=False))
        before = everything(reader)
        for content in (versions[0], versions[2], versions[1], versions[2]):
            path.unlink()
            path.write_bytes(content)
            reader.poll()
            assert everything(reader) == before
        reader.undo()
        assert reader.mark("b0").star
    with Store.open(tmp_path) as store:
        assert everything(store) == {**before, "b0": (True, 0, "", ("t",))}


@pytest.mark.parametrize(
    "name",
    [
        "marks.sync-conflict-20260507-101112-ABCDEFG.json",
        "marks (conflicted copy).json",
        "state.sync-conflict-20260507-101112-ABCDEFG.json",
    ],
)
def test_a_conflict_copy_beside_a_store_linked_from_another_file_system(
    tmp_path: Path, elsewhere: Path, name: str
) -> None:
    (tmp_path / "state.json").symlink_to(elsewhere / "marks.json")
    with Store.open(tmp_path) as store:
        store.apply(change("a", star=True))
    with Store.open(tmp_path / "two", host="two") as store:
        store.apply(change("b", note="from two"))
    folder = elsewhere if name.startswith("marks") else tmp_path
    shutil.copy(tmp_path / "two/state.json", folder / name)
    with Store.open(tmp_path) as store:
        assert store.mark("b").note == "from two"
        assert store.checkpoint()
    assert (tmp_path / "state.json").is_symlink()
    assert [path.name for path in elsewhere.iterdir()] == ["marks.json"]
    assert not (folder / name).exists()
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert store.mark("b").note == "from two"


def test_a_clock_ten_years_ahead_and_then_corrected(tmp_path: Path) -> None:
    ahead = StampClock(lambda: time.time_ns() + 10 * YEAR)
    with Store.open(tmp_path, clock=ahead, host="two") as other:
        other.apply(change("a", rating=1, note="from the future", tags_add=["t"]))
    with Store.open(tmp_path, host="two") as other, Store.open(tmp_path) as mine:
        mine.apply(change("a", rating=2, note="from now", tags_remove=["t"]))
        other.poll()
        assert everything(other) == {"a": (False, 2, "from now", ())}
        other.apply(change("a", rating=3))
        mine.poll()
        assert mine.mark("a").rating == 3
        text = (tmp_path / "state.json").read_text()
        (tmp_path / "state.json").write_text(text.replace('"rating": 1', '"rating": 5'))
        mine.poll()
        assert mine.mark("a").rating == 3
    with Store.open(tmp_path) as store:
        assert everything(store) == {"a": (False, 3, "from now", ())}


def test_backups_are_daily_and_seven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(10, 20):
        monkeypatch.setattr(
            "tui.state.checkpoint.time.strftime", lambda _, day=day: f"2026-01-{day}"
        )
        for number in range(2):
            with Store.open(tmp_path) as store:
                store.apply(Change.of("x", {f"{day}.{number}": {"star": True}}))
    assert [path.name for path in examine(tmp_path).backups] == [
        f"state-2026-01-{day}.json" for day in range(19, 12, -1)
    ]
    assert examine(tmp_path).papers == 20


def test_backups_of_a_clock_that_was_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They neither push out those of the right clock, nor stand in for the newest."""
    days = [f"2036-05-{day:02}" for day in range(1, 8)] + [
        f"2026-05-{day:02}" for day in range(1, 20)
    ]
    for number, day in enumerate(days):
        monkeypatch.setattr(checkpoint.time, "strftime", lambda _, day=day: f"{day}")
        with Store.open(tmp_path) as store:
            store.apply(change(f"p{number}", star=True))
    names = [path.name for path in examine(tmp_path).backups]
    assert {f"state-2026-05-{day:02}.json" for day in range(13, 20)} <= set(names)
    assert len(names) <= 14
    for path in (tmp_path / "state.json.d" / "archive").iterdir():
        path.unlink()
    (tmp_path / "state.json").unlink()
    with Store.open(tmp_path) as store:
        assert len(everything(store)) == len(days)


def test_json_broken_and_repaired_in_an_editor(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with Store.open(tmp_path) as reader:
        reader.apply(change("a", rating=2, note="mine"))
        reader.apply(change("b", star=True))
        assert reader.checkpoint()
        text = path.read_text()
        for broken in (
            text.replace('"rating": 2,', '"rating": 4, // better than I thought'),
            text.replace('"rating": 2,', '"rating": 4,,'),
            text.replace('"star": true,', '"star": true,\n    },'),
        ):
            assert broken != text
            path.write_text(broken)
            reader.poll()
            assert "cannot be used: line" in str(reader.notices[-1])
            reader.apply(change("c", tags_add=["t"]))
            assert not reader.checkpoint()
            assert path.read_text() == broken
        path.write_text(text.replace('"rating": 2', '"rating": 4').replace("mine", "mended"))
        reader.poll()
        assert reader.checkpoint()
        assert everything(reader) == {
            "a": (False, 2, "mine", ()),
            "b": (True, 0, "", ()),
            "c": (False, 0, "", ("t",)),
        }
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert store.mark("a").rating == 2


def test_a_note_of_two_megabytes(tmp_path: Path) -> None:
    long = "Zeile für Zeile\n" * 125_000
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:
        store.apply(change("a", note=long))
        other.poll()
        assert other.mark("a").note == long
        other.apply(change("a", note=long + "!"))
        store.poll()
        other.undo()
        store.poll()
        assert store.mark("a").note == long
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert store.mark("a").note == long


def test_three_thousand_papers_in_one_change_and_back(tmp_path: Path) -> None:
    keys = [f"arxiv:{number}" for number in range(3_000)]
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:
        store.apply(Change.of("x", {key: {"rating": 3} for key in keys[::2]}))
        bulk = {key: {"rating": 5, "tags_add": ["t"]} for key in keys}
        store.apply(Change.of("tag t", bulk))
        other.poll()
        other.apply(change(keys[0], rating=1))
        store.poll()
        began = time.process_time()
        undone = store.undo()
        assert time.process_time() - began < 2
        assert undone is not None
        assert undone.label == "tag t of 3,000 papers"
        assert undone.skipped == (keys[0],)
        assert store.tags() == {}
        assert len(store.keys_where("rating", 3)) == 1_499
        other.poll()
        assert everything(other) == everything(store)
        store.redo()
        assert store.tags() == {"t": 3_000}
        assert store.mark(keys[0]).rating == 1


def test_journals_of_a_machine_that_never_comes_back(tmp_path: Path) -> None:
    gone = Store.open(tmp_path, host="gone")
    gone.apply(change("a", star=True))
    gone.replica.journal.close()
    (path,) = (tmp_path / "state.json.d").glob("j-gone-*.jsonl")
    with Store.open(tmp_path) as store:
        assert store.checkpoint()
        assert path.exists()
        os.utime(path, (0, 0))
        assert store.checkpoint()
    assert not path.exists()
    with Store.open(tmp_path) as store:
        assert store.mark("a").star
