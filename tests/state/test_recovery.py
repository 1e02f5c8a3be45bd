"""Damaged files: nothing raises, nothing is lost without a notice, nothing damaged is replaced."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tui.state import Change, SaveRefused, Store
from tui.state.maintenance import examine, forget, repair
from tui.state.marks import Mark


def fill_store(home: Path) -> dict[str, Mark]:
    """Make a store of several sessions; return its marks."""
    with Store.open(home) as store:
        store.apply(Change.of("x", {"a": {"star": True, "rating": 4}, "b": {"note": "hello"}}))
    with Store.open(home) as store:
        store.apply(Change.of("x", {"c": {"tags_add": ["rag", "llm"], "read": True}}))
        store.apply(Change.of("x", {"a": {"rating": 2}}))
    return marks(home)


def marks(home: Path) -> dict[str, Mark]:
    with Store.open(home, readonly=True) as store:
        return dict(store.marks())


def backups(home: Path) -> list[Path]:
    return sorted((home / "state.json.d" / "backups").iterdir())


def plain(found: dict[str, Mark]) -> dict[str, tuple[object, ...]]:
    """Leave the times out."""
    return {
        key: (mark.read, mark.star, mark.tags, mark.rating, mark.note)
        for key, mark in found.items()
    }


RUINS = {
    "empty": b"",
    "zeros": b"\0" * 300,
    "a list": b"[1, 2]",
    "a word": b'"hello"',
    "other tinydb": b'{"_default": {"1": {"name": "x"}}}',
    "nothing": b"{}",
    "tables that are none": b'{"papers": [], "meta": 3}',
    "latin 1": '{"papers": {"1": {"key": "é"}}}'.encode("latin-1"),
    "no version": b'{"meta": {"1": {"key": "schema", "version": "x"}}, "papers": {}}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", RUINS)
def test_a_damaged_snapshot_is_copied_aside_and_all_marks_are_recovered(
    tmp_path: Path, name: str
) -> None:
    before = fill_store(tmp_path)
    path = tmp_path / "state.json"
    path.write_bytes(RUINS[name])
    with Store.open(tmp_path) as store:
        assert dict(store.marks()) == before
        assert len(store.notices) == 1
        assert "state.json" in str(store.notices[0])
        store.apply(Change.of("x", {"d": {"star": True}}))
        assert not store.checkpoint()
    assert path.read_bytes() == RUINS[name]
    if RUINS[name]:
        assert RUINS[name] in [copy.read_bytes() for copy in examine(tmp_path).damaged]
    assert examine(tmp_path).problems
    with Store.open(tmp_path) as store:
        assert store.mark("d").star
        moved = repair(store)
        assert moved is not None
        assert moved.read_bytes() == RUINS[name]
        assert repair(store) is None
    assert not examine(tmp_path).problems
    assert marks(tmp_path).keys() == {*before, "d"}


def test_a_snapshot_that_is_gone_is_not_a_new_user(tmp_path: Path) -> None:
    before = fill_store(tmp_path)
    (tmp_path / "state.json").unlink()
    with Store.open(tmp_path) as store:
        assert dict(store.marks()) == before
        assert "is gone" in str(store.notices[0])
    assert (tmp_path / "state.json").exists()
    assert marks(tmp_path) == before


def test_a_new_user_is_not_damage(tmp_path: Path) -> None:
    TinyDB(tmp_path / "state.json").close()
    assert (tmp_path / "state.json").read_bytes() == b""
    with Store.open(tmp_path) as store:
        assert store.notices == []
        store.apply(Change.of("x", {"a": {"star": True}}))
    assert plain(marks(tmp_path)).keys() == {"a"}


@pytest.mark.parametrize(("keeps_time", "stride"), [(False, 3), (True, 5)])
def test_bytes_of_the_snapshot_flipped(tmp_path: Path, keeps_time: bool, stride: int) -> None:
    home = tmp_path / "home"
    before = fill_store(home)
    path = home / "state.json"
    whole, status = path.read_bytes(), path.stat()
    for place in range(0, len(whole), stride):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << (place % 8)
        path.write_bytes(flipped)
        if keeps_time:
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        with Store.open(home) as store:
            after, notices = dict(store.marks()), store.notices
            store.poll()
            store.close(checkpoint=False)
        assert plain(after) == plain(before) or notices, place
        assert path.read_bytes() == flipped


def test_every_byte_of_a_journal_flipped(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = Store.open(home)
    store.apply(Change.of("x", {"a": {"star": True}, "b": {"note": "hello"}}))
    store.apply(Change.of("x", {"a": {"star": False, "tags_add": ["t"]}}))
    store.close(checkpoint=False)
    before = marks(home)
    (path,) = (home / "state.json.d").glob("j-*.jsonl")
    whole = path.read_bytes()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << (place % 8)
        path.write_bytes(flipped)
        with Store.open(home, readonly=True) as store:
            after, notices = dict(store.marks()), store.notices
        assert after == before or notices, place


@pytest.mark.parametrize("name", ["state.json", "journal"])
def test_every_truncation(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    before = fill_store(home)
    path = home / "state.json"
    if name == "journal":
        with Store.open(home) as store:
            store.apply(Change.of("x", {"a": {"rating": 5}}))
            before = dict(store.marks())
            store.close(checkpoint=False)
        (path,) = (home / "state.json.d").glob("j-*.jsonl")
    whole = path.read_bytes()
    for size in range(0, len(whole), 3):
        path.write_bytes(whole[:size])
        with Store.open(home, readonly=True) as store:
            after = dict(store.marks())
            if name == "journal":
                # What lacks its end was never acknowledged, so there is nothing to tell.
                assert after.keys() == before.keys()
            else:
                assert after == before
                assert store.notices or size >= len(whole) - 1


def test_a_newer_file_is_read_and_never_written(tmp_path: Path) -> None:
    fill_store(tmp_path)
    path = tmp_path / "state.json"
    newer = path.read_bytes().replace(b'"version": 1', b'"version": 2')
    path.write_bytes(newer)
    with Store.open(tmp_path) as store:
        assert store.readonly
        assert "newer Sheaf" in str(store.notices)
        assert store.mark("a").star
        with pytest.raises(SaveRefused, match="newer Sheaf"):
            store.apply(Change.of("x", {"a": {"star": False}}))
        with pytest.raises(SaveRefused, match="newer Sheaf"):
            store.save_draft("a", "x")
        assert not store.checkpoint()
    assert path.read_bytes() == newer


def test_a_file_that_a_script_made_has_no_version(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(
        b'\xef\xbb\xbf{"papers": {"1": {"key": "a", "star": true},\r\n'
        b' "7": {"key": "b", "note": "n"}}}'
    )
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert store.mark("a").star
        assert store.checkpoint()
    with TinyDB(path) as database:
        assert len(database.table("papers").search(where("key").exists())) == 2
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert store.mark("a").star


def test_both_sides_of_a_git_conflict_are_merged(tmp_path: Path) -> None:
    fill_store(tmp_path)
    path = tmp_path / "state.json"
    text = path.read_text()
    line = '      "rating": 2,\n'
    assert line in text
    ours = (
        "<<<<<<< HEAD\n"
        + line
        + '=======\n      "dismissed": true,\n      "rating": 2,\n>>>>>>> x\n'
    )
    conflict = text.replace(line, ours)
    path.write_text(conflict)
    with Store.open(tmp_path) as store:
        assert store.mark("a").rating == 2
        assert store.mark("a").dismissed
        assert store.notices
    assert path.read_text() == conflict


def test_a_document_that_a_file_has_twice_is_merged_with_its_link(tmp_path: Path) -> None:
    when = {"moved": "2026-11-28T18:00:00.000000001Z"}
    rows = [{"key": "a", "moved": "b", "when": when}, {"key": "a", "star": True}]
    papers = {str(number): row for number, row in enumerate(rows)}
    (tmp_path / "state.json").write_text(json.dumps({"papers": papers}))
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert set(store.keys_where("star")) == {"b"}
        assert store.mark("a").star


def test_a_script_adds_documents_and_fields_without_a_stamp(tmp_path: Path) -> None:
    fill_store(tmp_path)
    with Store.open(tmp_path) as reader:
        with TinyDB(tmp_path / "state.json") as database:
            papers = database.table("papers")
            when = {**papers.get(where("key") == "a")["when"]}
            del when["rating"]
            papers.update({"rating": 5, "read": True, "when": when}, where("key") == "a")
            papers.insert({"key": "new", "tags": ["z"], "read": True})
            papers.update({"dismissed": True}, where("key") == "b")
        assert reader.poll() == {"a", "b", "new"}
        assert reader.mark("b").dismissed
        assert (reader.mark("a").rating, reader.mark("a").read) == (5, True)
        assert reader.mark("new").tags == ("z",)
        assert reader.notices == []
        reader.apply(Change.of("x", {"a": {"rating": 1}}))
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert store.mark("a").rating == 1
        assert store.mark("new").read


def test_a_value_changed_under_its_stamp_is_reported_and_not_taken(tmp_path: Path) -> None:
    before = fill_store(tmp_path)
    with Store.open(tmp_path) as reader:
        with TinyDB(tmp_path / "state.json") as database:
            database.table("papers").update({"star": False, "rating": 5}, where("key") == "a")
        assert reader.poll() == frozenset()
        assert dict(reader.marks()) == before
        assert "1 part of" in reader.notices[-1]
        assert reader.checkpoint()
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert dict(store.marks()) == before


def test_an_old_snapshot_put_over_a_newer_one(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"a": {"star": True, "note": "one"}}))
    old = (tmp_path / "state.json").read_bytes()
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"a": {"note": "two"}, "b": {"read": True}}))
    before = marks(tmp_path)
    (tmp_path / "state.json").write_bytes(old)
    with Store.open(tmp_path) as store:
        assert dict(store.marks()) == before
        assert "lacked 1 paper" in str(store.notices)
    with Store.open(tmp_path) as store:
        assert store.notices == []
        assert dict(store.marks()) == before


@pytest.mark.parametrize(
    "name",
    [
        "state.sync-conflict-20261123-101112-ABCDEFG.json",
        "state (Ann's conflicted copy 2026-11-23).json",
        "state (1).json",
    ],
)
def test_conflict_copies_are_merged(tmp_path: Path, name: str) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    fill_store(one)
    shutil.copytree(one, two)
    with Store.open(one) as store:
        store.apply(Change.of("x", {"a": {"note": "mine"}, "b": {"note": "hello, one"}}))
    with Store.open(two, host="other") as store:
        store.apply(Change.of("x", {"a": {"tags_add": ["t"]}, "b": {"note": "hello, two"}}))
    with Store.open(one) as reader:
        shutil.copy(two / "state.json", one / name)
        assert reader.poll() == {"a", "b"}
        assert reader.mark("a").tags == ("t",)
        assert reader.mark("a").note == "mine"
        assert reader.mark("b").note.startswith("hello, one\n\n--- also edited ")
        assert reader.mark("b").note.endswith(" ---\nhello, two")
        assert "conflict copy" in str(reader.notices)
        assert reader.checkpoint()
        assert not (one / name).exists()
        assert (one / "state.json.d/archive" / name).exists()
    assert marks(one)["a"].tags == ("t",)


def test_a_symlinked_store_stays_one(tmp_path: Path) -> None:
    home, dotfiles = tmp_path / "home", tmp_path / "dotfiles"
    home.mkdir()
    dotfiles.mkdir()
    (dotfiles / "marks.json").write_text("")
    (dotfiles / "marks.json").chmod(0o640)
    (home / "state.json").symlink_to(dotfiles / "marks.json")
    fill_store(home)
    assert (home / "state.json").is_symlink()
    assert (dotfiles / "marks.json").stat().st_mode & 0o777 == 0o640
    assert b"hello" in (dotfiles / "marks.json").read_bytes()
    assert sorted(path.name for path in dotfiles.iterdir()) == ["marks.json"]


def test_forget_removes_the_marks_from_every_file(tmp_path: Path) -> None:
    fill_store(tmp_path)
    with Store.open(tmp_path) as store:
        store.apply(Change.of("note", {"b": {"note": "my secret"}, "a": {"note": "keep"}}))
        store.save_draft("b", "my secret draft")
        store.rekey_all({"b": "arxiv:9"})
        (tmp_path / "state.json.d/damaged").mkdir()
        shutil.copy(tmp_path / "state.json", tmp_path / "state.json.d/damaged/x.json")
        assert forget(store, "arxiv:9") == []
        assert not store.mark("b")
        while store.undo() is not None:
            pass
        assert not store.mark("b")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"secret" not in content, path
            assert b"hello" not in content, path
    with Store.open(tmp_path) as store:
        assert not store.mark("arxiv:9")
    assert [b"keep" in path.read_bytes() for path in backups(tmp_path)] == [True]


def test_forget_leaves_the_other_marks_of_the_archive_in_a_backup(tmp_path: Path) -> None:
    """Although today has a backup already, from before those marks."""
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"a": {"star": True}}))
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"k": {"note": "secret"}, "l": {"note": "keep"}}))
    with Store.open(tmp_path) as store:
        forget(store, "k")
    (tmp_path / "state.json").write_bytes(b"{")
    assert marks(tmp_path)["l"].note == "keep"


def test_forget_removes_nothing_while_the_snapshot_cannot_be_written(tmp_path: Path) -> None:
    before = fill_store(tmp_path)
    (tmp_path / "state.json").write_bytes(b"{")
    kept = {path: path.read_bytes() for path in backups(tmp_path)}
    assert kept
    with Store.open(tmp_path) as store, pytest.raises(SaveRefused, match="Not forgotten"):
        forget(store, "b")
    assert {path: path.read_bytes() for path in backups(tmp_path)} == kept
    assert marks(tmp_path).keys() == before.keys() - {"b"}


def test_readonly_writes_nothing_even_beside_damage(tmp_path: Path) -> None:
    fill_store(tmp_path)
    (tmp_path / "state.json").write_bytes(b"{")
    before = {path: path.stat() for path in sorted(tmp_path.rglob("*"))}
    with Store.open(tmp_path, readonly=True) as store:
        store.poll()
        with pytest.raises(SaveRefused):
            store.apply(Change.of("x", {"a": {"star": True}}))
    after = {path: path.stat() for path in sorted(tmp_path.rglob("*"))}
    assert before.keys() == after.keys()
    assert all(before[path].st_mtime_ns == after[path].st_mtime_ns for path in before)


def test_a_snapshot_ruined_while_the_reader_is_open(tmp_path: Path) -> None:
    before = fill_store(tmp_path)
    path = tmp_path / "state.json"
    whole = path.read_bytes()
    with Store.open(tmp_path) as store:
        path.write_bytes(whole[:100])
        store.poll()
        store.poll()
        assert len(store.notices) == 1
        assert "cannot be used" in str(store.notices[0])
        assert dict(store.marks()) == before
        store.apply(Change.of("x", {"d": {"star": True}}))
        assert not store.checkpoint()
        assert path.read_bytes() == whole[:100]
        # The other program has finished writing: all is well again.
        path.write_bytes(whole)
        store.poll()
        assert store.checkpoint()
    assert not examine(tmp_path).problems
    assert marks(tmp_path).keys() == {*before, "d"}


def test_a_snapshot_taken_away_while_the_reader_is_open(tmp_path: Path) -> None:
    before = fill_store(tmp_path)
    with Store.open(tmp_path) as store:
        (tmp_path / "state.json").unlink()
        store.poll()
        assert dict(store.marks()) == before
    assert not examine(tmp_path).problems
    assert marks(tmp_path) == before
