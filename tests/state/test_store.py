"""The store as the rest of Sheaf sees it."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from tests.state.changes import star
from tui.state import Change, Mark, StateError, Store, document
from tui.state.maintenance import export_tables, import_tables


def test_opening_an_empty_home_writes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        assert store.mark("arxiv:1") == Mark()
        assert list(store.marks()) == []
        store.poll()
    assert list(tmp_path.iterdir()) == []


def test_marks_survive_the_session(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a", "b"))
        store.apply(
            Change.of(
                "all",
                {
                    "a": {
                        "read": True,
                        "rating": 4,
                        "note": "über\n日本",
                        "tags_add": ["rag", "llm"],
                    }
                },
            )
        )
        before = store.mark("a")
    with Store.open(tmp_path) as store:
        assert store.mark("a") == before
        assert before.tags == ("llm", "rag")
        assert (before.read, before.star, before.rating, before.note) == (
            True,
            True,
            4,
            "über\n日本",
        )
        assert set(before.when) == {"star", "read", "rating", "note", "tag:rag", "tag:llm"}
        assert set(store.keys_where("star")) == {"a", "b"}
        assert store.tags() == {"llm": 1, "rag": 1}
        assert dict(store.marks()).keys() == {"a", "b"}
        assert store.notices == []


def test_a_crash_loses_nothing_acknowledged(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.apply(star("a"))
    # No close: the journal alone must be enough, while its lock is still held.
    assert not (tmp_path / "state.json").exists()
    with Store.open(tmp_path, readonly=True) as other:
        assert other.mark("a").star
    store.close()


def test_key_sets_follow_every_change(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(Change.of("rate", {"a": {"rating": 3, "tags_add": ["x"], "note": "n"}}))
        version = store.version
        store.apply(Change.of("rate", {"a": {"rating": 5, "tags_remove": ["x"], "note": ""}}))
        assert store.version > version
        assert store.changed_since(version) == {"a"}
        assert set(store.keys_where("rating", 3)) == set()
        assert set(store.keys_where("rating", 5)) == {"a"} == set(store.keys_where("rating"))
        assert not store.keys_where("tag", "x")
        assert not store.keys_where("tag")
        assert not store.keys_where("note")
        assert store.tags() == {}
        with pytest.raises(KeyError):
            store.keys_where("colour")


def test_a_change_that_changes_nothing_is_not_a_step(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
        stamp = store.mark("a").when["star"]
        store.apply(star("a"))
        assert store.mark("a").when["star"] == stamp
        assert store.undo() is not None
        assert store.undo() is None


def test_two_instances_see_each_other(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        one.apply(Change.of("tag", {"a": {"tags_add": ["x"]}}))
        two.apply(Change.of("tag", {"a": {"tags_add": ["y"]}, "b": {"read": True}}))
        assert one.poll() == {"a", "b"}
        assert two.poll() == {"a"}
        assert one.mark("a").tags == two.mark("a").tags == ("x", "y")
        assert one.poll() == two.poll() == frozenset()
        assert one.checkpoint()
        two.poll()
        two.apply(star("a"))
        assert one.poll() == {"a"}
    with Store.open(tmp_path) as store:
        assert store.mark("a").tags == ("x", "y")
        assert store.mark("a").star


def test_a_checkpoint_of_another_instance_is_merged(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one:
        with Store.open(tmp_path) as two:
            two.apply(star("a"))
        assert one.poll() == {"a"}
        assert one.mark("a").star


def test_a_note_edited_in_two_places_keeps_both(tmp_path: Path) -> None:
    with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
        one.apply(Change.of("note", {"a": {"note": "first"}}))
        two.poll()
        one.apply(Change.of("note", {"a": {"note": "mine"}}))
        two.apply(Change.of("note", {"a": {"note": "yours"}}))
        one.poll()
        two.poll()
        assert one.mark("a").note == two.mark("a").note
        first, line, second = one.mark("a").note.replace("\n\n", "\n").split("\n")
        assert (first, second) == ("mine", "yours")
        assert line.startswith("--- also edited 20")
        one.apply(Change.of("note", {"a": {"note": "mine and yours"}}))
        two.poll()
        assert two.mark("a").note == "mine and yours"
    with Store.open(tmp_path) as store:
        assert store.mark("a").note == "mine and yours"


def test_submit_shows_at_once_and_reports_when_durable(tmp_path: Path) -> None:
    reports: list[tuple[str, object, str]] = []
    with Store.open(tmp_path) as store:
        for number in range(50):
            store.submit(
                Change.of(f"step {number}", {"a": {"rating": number % 5 + 1}, "b": {"star": True}}),
                lambda change, error: reports.append(
                    (change.label, error, threading.current_thread().name)
                ),
            )
            assert store.mark("a").rating == number % 5 + 1
        store.flush()
        assert not store.pending("a")
    assert [label for label, _, _ in reports] == [f"step {number}" for number in range(50)]
    assert {error for _, error, _ in reports} == {None}
    assert threading.current_thread().name not in {name for _, _, name in reports}


def test_an_error_of_done_is_raised_once_and_stops_nothing(tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    with Store.open(tmp_path) as store:
        store.submit(star("a"), fail)
        with pytest.raises(ZeroDivisionError):
            store.flush()
        store.apply(star("b"))
        assert set(store.keys_where("star")) == {"a", "b"}


def test_a_change_submitted_after_the_end_is_saved(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.submit(star("a"), lambda *_: None)
    store.close()
    store.submit(star("b"), lambda *_: None)
    store.flush()
    with Store.open(tmp_path) as other:
        assert set(other.keys_where("star")) == {"a", "b"}


def test_other_tables(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(
            Change.of("view", tables={"views": {"rag": {"query": "rag is:unread", "n": 0}}})
        )
        store.apply(Change.of("view", tables={"views": {"rag": {"n": [1, {"x": None}]}}}))
        assert store.document("views", "rag") == {"query": "rag is:unread", "n": [1, {"x": None}]}
    with Store.open(tmp_path) as store:
        assert store.documents("views") == {
            "rag": {"query": "rag is:unread", "n": [1, {"x": None}]}
        }
        store.apply(Change.of("drop view", tables={"views": {"rag": None}}))
        assert store.documents("views") == {}
        undone = store.undo()
        assert undone is not None
        assert undone.label == "drop view"
        assert store.documents("views")["rag"]["query"] == "rag is:unread"


@pytest.mark.parametrize(
    "fields",
    [
        {"star": 1},
        {"rating": 6},
        {"rating": True},
        {"note": "\ud800"},
        {"tags_add": "rag"},
        {"tags_add": [" "]},
        {"tags_add": [5]},
        {"colour": "red"},
        {"note": None},
    ],
)
def test_a_value_that_no_mark_can_have_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(StateError):
        Change.of("x", {"a": fields})


@pytest.mark.parametrize("value", [{1, 2}, 2**64, float("nan"), "\udfff", {"a": object()}, {1: 2}])
def test_a_value_that_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(StateError):
        Change.of("x", tables={"views": {"a": {"b": value}}})


@pytest.mark.parametrize("depth", [100, 240, 245, 246, 247, 248, 250, 252])
def test_a_deeply_nested_value_is_saved_or_refused(tmp_path: Path, depth: int) -> None:
    value: object = "x"
    for _ in range(depth):
        value = [value]
    with Store.open(tmp_path) as store:
        try:
            store.apply(Change.of("x", tables={"views": {"v": {"n": value}}}))
        except StateError:
            value = None
        assert store.document("views", "v").get("n") == value
    with Store.open(tmp_path) as store:
        assert store.document("views", "v").get("n") == value
        assert store.notices == []


def test_plain_tinydb_opens_the_file(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"arxiv:2402.18668": {"star": True, "tags_add": ["a", "b"]}}))
        store.apply(Change.of("x", {"doi:10.1/x": {"note": "hello"}}))
    with TinyDB(tmp_path / "state.json") as db:
        assert db.tables() == {"meta", "papers"}
        papers = db.table("papers")
        assert [document["key"] for document in papers.all()] == ["arxiv:2402.18668", "doi:10.1/x"]
        assert papers.search(where("star") == True)[0]["tags"] == ["a", "b"]  # noqa: E712
        assert db.table("meta").get(where("key") == "schema")["version"] == 1


def test_the_file_reads_well(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(Change.of("x", {"b": {"star": True}, "a": {"note": "é\nf", "read": True}}))
    text = (tmp_path / "state.json").read_text(encoding="utf-8")
    content = json.loads(text)
    assert [row["key"] for row in content["papers"].values()] == ["a", "b"]
    assert '      "note": "é\\nf",\n      "read": true,\n' in text
    assert (tmp_path / "state.json").stat().st_mode & 0o777 == 0o600


def test_marks_follow_a_paper_to_its_new_key(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:
        store.apply(Change.of("x", {"hash:1": {"star": True, "note": "old", "tags_add": ["t"]}}))
        store.apply(Change.of("x", {"arxiv:1": {"read": True}}))
        other.poll()
        store.rekey_all({"hash:1": "arxiv:1"})
        # The other does not know yet, and marks the old key.
        other.apply(Change.of("x", {"hash:1": {"rating": 5}}))
        store.poll()
        other.poll()
        for one in (store, other):
            assert one.mark("hash:1") == one.mark("arxiv:1")
            mark = one.mark("arxiv:1")
            assert (mark.read, mark.star, mark.rating, mark.note) == (True, True, 5, "old")
            assert dict(one.marks()).keys() == {"arxiv:1"}
            assert set(one.keys_where("star")) == {"arxiv:1"}
    with Store.open(tmp_path) as store:
        assert store.mark("hash:1").rating == 5


def test_export_and_load(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one") as store:
        store.apply(Change.of("x", {"a": {"note": "n", "tags_add": ["t"]}}))
        store.apply(Change.of("v", tables={"views": {"v": {"query": "q"}}}))
        exported = json.loads(json.dumps(export_tables(store)))
        mark = store.mark("a")
    with Store.open(tmp_path / "two") as store:
        store.apply(star("a"))
        assert import_tables(store, exported) == 2
        assert import_tables(store, exported) == 0
        assert store.mark("a").note == mark.note
        assert store.mark("a").when["note"] == mark.when["note"]
        assert store.mark("a").star
        with pytest.raises(StateError):
            import_tables(store, {"papers": 3})
    with Store.open(tmp_path / "two") as store:
        assert store.document("views", "v") == {"query": "q"}


def test_drafts(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save_draft("a", "half a tho")
        store.save_draft("a", "half a thought")
    with Store.open(tmp_path) as store:
        assert store.draft("a") == "half a thought"
        assert store.drafts() == {"a": "half a thought"}
        store.drop_draft("a")
        store.drop_draft("a")
        assert store.draft("a") is None


def test_a_note_of_many_versions_does_not_grow_for_ever(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for number in range(80):
            store.apply(Change.of("note", {"a": {"note": f"version {number}"}}))
    (tmp_path / "state.json.d" / "seen-x.json").unlink(missing_ok=True)
    raw = json.loads((tmp_path / "state.json").read_bytes())
    (row,) = raw["papers"].values()
    assert len(row["note_past"]) == 64
    # A machine that has not seen the file reads all the archive again, old versions and all.
    with Store.open(tmp_path, host="elsewhere", readonly=True) as store:
        assert store.mark("a").note == "version 79"
        assert len(document.note_versions(store.replica.merged.tables["papers"]["a"])) == 1
        assert store.notices == []
