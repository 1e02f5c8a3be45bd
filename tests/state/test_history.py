"""Undo and redo."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from tui.core import files
from tui.state import Change, Store


def change(label: str, key: str = "a", **fields: object) -> Change:
    return Change.of(label, {key: fields})


def test_undo_and_redo_go_back_and_forth(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(change("star", star=True))
        store.apply(change("unstar", star=False))
        store.apply(change("note", note="one"))
        store.apply(change("note", note="two"))
        store.apply(Change.of("tag", {key: {"tags_add": ["t"]} for key in "abcdefghijkl"}))
        seen = []
        for _ in range(5):
            undone = store.undo()
            assert undone is not None
            assert undone.skipped == ()
            seen.append((undone.label, store.mark("a").note, store.mark("a").star))
        assert seen == [
            ("tag of 12 papers", "two", False),
            ("note of 1 paper", "one", False),
            ("note of 1 paper", "", False),
            ("unstar of 1 paper", "", True),
            ("star of 1 paper", "", False),
        ]
        assert store.undo() is None
        assert not store.mark("a")
        for _ in range(5):
            redone = store.redo()
            assert redone is not None
            assert redone.skipped == ()
        assert store.redo() is None
        assert (store.mark("a").note, store.mark("a").tags) == ("two", ("t",))
        assert len(store.keys_where("tag", "t")) == 12


def test_a_field_that_changed_since_is_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        one.apply(Change.of("rate", {"a": {"rating": 2, "star": True}, "b": {"rating": 2}}))
        two.poll()
        two.apply(change("rate", rating=5))
        one.poll()
        undone = one.undo()
        assert undone is not None
        assert undone.skipped == ("a",)
        assert (one.mark("a").rating, one.mark("a").star) == (5, False)
        assert one.mark("b").rating == 0


def test_steps_survive_the_session(tmp_path: Path) -> None:
    for session in range(4):
        with Store.open(tmp_path) as store:
            for number in range(40):
                store.apply(change(f"{session}.{number}", key=f"{session}.{number}", star=True))
    with Store.open(tmp_path) as store:
        undone = [store.undo() for _ in range(30)]
        assert undone[0] is not None
        assert undone[0].label == "3.39 of 1 paper"
    with Store.open(tmp_path) as store:
        redone = store.redo()
        assert redone is not None
        assert redone.label == "3.10 of 1 paper"
        count = 0
        while store.undo() is not None:
            count += 1
        assert count == 71
        assert len(store.keys_where("star")) == 60


def test_a_step_after_a_redo_can_be_undone(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(change("note", note="one"))
        store.undo()
        store.redo()
        store.apply(change("note", note="two"))
        for note in ("one", "two", "one", "two"):
            step = store.undo() if note == "one" else store.redo()
            assert step is not None
            assert step.skipped == ()
            assert store.mark("a").note == note


def test_a_new_step_ends_redo(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(change("star", star=True))
        store.undo()
        store.apply(change("read", read=True))
        assert store.redo() is None
    with Store.open(tmp_path) as store:
        assert store.redo() is None


def test_undo_skips_silent_changes(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(change("star", star=True))
        store.apply(Change.of("cursor", tables={"session": {"main": {"row": 7}}}, silent=True))
        undone = store.undo()
        assert undone is not None
        assert undone.label == "star of 1 paper"
        assert store.document("session", "main") == {"row": 7}


def test_undo_by_submit(tmp_path: Path) -> None:
    done: list[object] = []
    with Store.open(tmp_path) as store:
        store.submit(change("star", star=True), lambda *args: done.append(args[1]))
        store.undo(done=lambda *args: done.append(args[1]))
        assert not store.mark("a").star
        store.redo(done=lambda *args: done.append(args[1]))
        assert store.mark("a").star
    assert done == [None, None, None]
    with Store.open(tmp_path) as store:
        assert store.mark("a").star


def test_undo_after_the_paper_gained_an_id(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"hash:1": {"star": True, "note": "n", "tags_add": ["t"]}}))
        store.apply(change("y", key="hash:1", rating=3))
        store.rekey_all({"hash:1": "arxiv:1"})
        for expected in ((0, True), (0, False)):
            undone = store.undo()
            assert undone is not None
            assert undone.skipped == ()
            assert (store.mark("arxiv:1").rating, store.mark("arxiv:1").star) == expected
        assert not store.mark("arxiv:1")
        store.redo()
    with Store.open(tmp_path) as store:
        store.redo()
        mark = store.mark("arxiv:1")
        assert (mark.rating, mark.star, mark.note, mark.tags) == (3, True, "n", ("t",))


KEYS = st.sampled_from("abc")
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "star": st.booleans(),
        "rating": st.integers(0, 5),
        "note": st.sampled_from(["", "one", "two", "three"]),
        "tags_add": st.lists(st.sampled_from("xyz")),
        "tags_remove": st.lists(st.sampled_from("xyz")),
    },
)
CHANGES = st.lists(st.dictionaries(KEYS, FIELDS, min_size=1), max_size=12)


@settings(max_examples=40, deadline=None)
@given(changes=CHANGES, walk=st.lists(st.sampled_from(["undo", "redo", "reopen"]), max_size=40))
def test_any_sequence_of_undo_redo_and_restart(
    changes: list[dict[str, dict[str, object]]], walk: list[str]
) -> None:
    """After any undos, redos and restarts the marks are exactly those of some number of steps."""

    def now(store: Store) -> dict[str, tuple[object, ...]]:
        return {key: (mark.star, mark.rating, mark.note, mark.tags) for key, mark in store.marks()}

    with tempfile.TemporaryDirectory() as home:
        store = Store.open(Path(home))
        states = [now(store)]
        for papers in changes:
            version = store.version
            store.apply(Change.of("x", papers))
            if store.version != version:
                states.append(now(store))
        place = len(states) - 1
        for move in walk:
            if move == "reopen":
                store.close()
                store = Store.open(Path(home))
                continue
            step = store.undo() if move == "undo" else store.redo()
            goal = place + (1 if move == "redo" else -1)
            assert (step is not None) == (0 <= goal < len(states))
            if step is not None:
                assert step.skipped == ()
                place = goal
            assert now(store) == states[place]
        store.close(checkpoint=False)


def test_undo_leaves_a_note_that_was_edited_elsewhere_at_the_same_time(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        two.apply(change("note", note="theirs"))
        one.apply(change("note", note="mine", star=True))
        one.poll()
        assert "also edited" in one.mark("a").note
        undone = one.undo()
        assert undone is not None
        assert undone.skipped == ("a",)
        assert not one.mark("a").star
        assert all(text in one.mark("a").note for text in ("mine", "theirs"))


def test_undo_stops_at_a_note_that_two_instances_edited(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        two.apply(change("note", note="theirs"))
        one.apply(change("note", note="mine"))
        one.poll()
        both = one.mark("a").note
        one.apply(change("note", note="one of it"))
        one.undo()
        assert one.mark("a").note == both
        undone = one.undo()
        assert undone is not None
        assert undone.skipped == ("a",)
        assert one.mark("a").note == both
        one.redo()
        assert one.redo() is not None
        assert one.mark("a").note == "one of it"


def test_a_redone_step_and_a_step_of_another_instance_are_both_kept(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        one.apply(change("star", star=True))
        one.undo()
        two.poll()
        two.apply(change("rate", rating=3))
        one.poll()
        one.redo()
    with Store.open(tmp_path) as store:
        labels = [step.label for step in iter(store.undo, None)]
        assert sorted(labels) == ["rate of 1 paper", "star of 1 paper"]
        assert not store.mark("a")


def test_undo_of_many_is_one_append_and_no_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full collection amid a big step would look at every document of the store."""
    written: list[bytes] = []
    collected: list[str] = []
    real = files.write

    def write(descriptor: int, data: bytes) -> None:
        written.append(data)
        real(descriptor, data)

    monkeypatch.setattr(files, "write", write)
    many = Change.of("read", {f"p{number}": {"read": True} for number in range(2_000)})
    with Store.open(tmp_path) as store:
        store.apply(change("star", star=True))
        written.clear()
        gc.collect()
        gc.callbacks.append(lambda phase, _: collected.append(phase))
        try:
            store.apply(many)
            undone = store.undo()
        finally:
            gc.callbacks.pop()
        assert undone is not None
        assert len(undone.keys) == 2_000
        assert [data.count(b"\n") for data in written] == [1, 1]
        assert len(collected) <= 2 * 4
        assert len(store.keys_where("read")) == 0
