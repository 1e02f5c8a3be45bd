"""State with right checksums and wrong shapes: nothing raises, and what can be used is used."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.state.changes import journal_lines
from tui.state import Change, SaveRefused, StateError, Store, journal
from tui.state.maintenance import examine, export_tables, import_tables, repair

STAMP = "2026-11-28T18:00:00.000000001Z"
VALUES = [
    *(None, True, 0, -1, 5, 2**63, 1.5, "", "x", STAMP, "9999-12-31T23:59:59.999999999Z"),
    *([], ["x"], [1], [[]] * 3, {}, {"x": 1}, {"key": 5}, {"": {}}, [["a"]], "\x1b]0;"),
    *({"key": "a", "when": {"star": 5}}, {"when": []}, {"papers": {"k": "x"}}),
]
NAMES = [
    *("", "key", "when", "tags", "note", "note_heads", "note_past", "moved", "tag:", "tag:x"),
    *("rating", "papers", "\0drop", "zz", "journal", "docs", "set", "label", "kind", "of"),
    *("silent", "meta"),
]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Return a home with a snapshot, an archive and the journals of two machines."""
    home = tmp_path / "filled"
    paper = {"star": True, "rating": 4, "note": "n", "tags_add": ["t", "u"]}
    views = {"views": {"v": {"query": "q", "n": [1, {"x": None}]}}}
    with Store.open(home) as store:
        store.apply(Change.of("x", {"a": paper, "b": {"note": "hello"}}, views))
        store.rekey_all({"b": "arxiv:9"})
        store.undo()
        store.redo()
        exported = export_tables(store)
    for host in ("two", None):
        with Store.open(home, host=host) as store:
            store.apply(Change.of("note", {"a": {"note": f"of {host}"}}))
            store.undo()
            store.rekey_all({"a": "doi:1"})
            import_tables(store, exported)
            store.close(checkpoint=False)
    return home


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, child in items:
        yield (*path, name)
        if isinstance(child, dict | list):
            yield from paths(child, (*path, name))


def mutate(value: Any, dice: random.Random) -> Any:
    """Return a copy with one to three values replaced, removed or renamed."""
    value = deepcopy(value)
    for _ in range(dice.choice((1, 1, 2, 3))):
        *path, name = dice.choice(list(paths(value)) or [()]) or [None]
        owner = value
        for step in path:
            owner = owner[step]
        if name is None:
            return dice.choice(VALUES)
        if dice.random() < 0.6:
            owner[name] = deepcopy(dice.choice(VALUES))
        else:
            moved = owner.pop(name)
            if isinstance(owner, dict):
                owner[dice.choice(NAMES)] = moved
    return value


def use(home: Path) -> None:
    """Open, read, change, undo, checkpoint and open again; nothing may raise or be lost."""
    examine(home)
    with Store.open(home) as store:
        store.poll()
        for table in ("views", "feeds", "session", "hints", "papers"):
            store.documents(table)
        assert json.dumps(export_tables(store))
        assert all(map(str, store.notices))
        if store.readonly:
            with pytest.raises(SaveRefused, match="newer Sheaf"):
                store.apply(Change.of("x", {"a": {"star": True}}))
            return
        for step in (store.undo, store.undo, store.redo, store.redo, store.undo):
            step()
        for key in ("a", "arxiv:9", "doi:1", "new"):
            fields = {"note": f"n {key}", "tags_add": ["w"], "star": not store.mark(key).star}
            store.apply(Change.of("x", {key: fields}))
            assert store.mark(key).note == f"n {key}"
            assert "w" in store.mark(key).tags
        before = dict(store.marks())
        assert store.checkpoint() or repair(store)
    with Store.open(home) as store:
        assert dict(store.marks()) == before
    examine(home)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("where", ["journal", "archive", "snapshot", "lone snapshot", "conflict"])
def test_mutated_state_raises_nothing(filled: Path, where: str, seed: int) -> None:
    dice = random.Random(seed)
    if where in ("journal", "archive"):
        folder = filled / "state.json.d" / ("archive" if where == "archive" else ".")
        path = dice.choice(sorted(folder.glob("j-*.jsonl")))
        lines = [journal.decode(line) for line in path.read_bytes().splitlines()]
        place = dice.randrange(len(lines))
        lines[place] = mutate(lines[place], dice)
        path.write_bytes(journal_lines(*(line for line in lines if isinstance(line, dict))))
        next((filled / "state.json.d").glob("seen-*")).unlink()
    else:
        content = mutate(json.loads((filled / "state.json").read_bytes()), dice)
        name = "state (1).json" if where == "conflict" else "state.json"
        (filled / name).write_text(json.dumps(content))
        if where == "lone snapshot":
            shutil.rmtree(filled / "state.json.d")
    use(filled)


@pytest.mark.parametrize("seed", range(25))
def test_a_mutated_import_is_merged_or_refused(filled: Path, seed: int) -> None:
    with Store.open(filled) as store, suppress(StateError):
        import_tables(store, mutate(export_tables(store), random.Random(seed)))
    use(filled)


@pytest.mark.parametrize(
    "line",
    [
        {"t": 5, "set": {"papers": {"k": {"star": True}}}},
        {"t": STAMP, "set": []},
        {"t": "9999-12-31T23:59:59.999999999Z", "set": {"papers": {"k": {"star": True}}}},
        {"t": STAMP, "set": {"papers": {"k": "x"}}},
        {"journal": "2", "t": STAMP},
        {"t": STAMP, "docs": {"papers": {"k": {"star": True}}}},
        {"t": STAMP, "label": "x", "set": {"meta": {"schema": {"version": 9}}}},
        {"t": STAMP, "label": "x", "set": {"papers": {"k": {"tag:": True}}}},
    ],
)
def test_a_line_of_another_shape_is_set_aside_and_reported(
    tmp_path: Path, line: dict[str, Any]
) -> None:
    folder = tmp_path / "state.json.d"
    folder.mkdir()
    header = {"journal": 1, "host": "other", "t": STAMP}
    good = {"t": STAMP, "label": "x", "set": {"papers": {"good": {"star": True}}}}
    path = folder / "j-other_abc-77-00000001.jsonl"
    path.write_bytes(journal_lines(header, line, good))
    with Store.open(tmp_path) as store:
        assert set(store.keys_where("star")) == {"good"}
        assert "1 line of j-other_abc-77-00000001.jsonl cannot be used" in str(store.notices)
    assert [copy.read_bytes() for copy in examine(tmp_path).damaged] == [path.read_bytes()]


def test_a_newer_journal_is_not_merged_and_not_moved(tmp_path: Path) -> None:
    folder = tmp_path / "state.json.d"
    folder.mkdir()
    path = folder / "j-other-1-abc.jsonl"
    lines = [{"journal": 2, "t": STAMP}, {"t": STAMP, "set": [["papers", "k", "star", True]]}]
    path.write_bytes(journal_lines(*lines))
    before = path.read_bytes()
    with Store.open(tmp_path) as store:
        assert store.readonly
        assert list(store.marks()) == []
        assert not store.checkpoint()
    assert path.read_bytes() == before
    assert sorted(folder.iterdir()) == [path]


def test_a_newer_snapshot_of_another_layout_is_left_alone(tmp_path: Path) -> None:
    newer = {"meta": {"1": {"key": "schema", "version": 2}}, "papers": [{"key": "a", "star": True}]}
    path = tmp_path / "state.json"
    path.write_text(json.dumps(newer))
    with Store.open(tmp_path) as store:
        assert store.readonly
        assert "newer Sheaf" in str(store.notices)
        with pytest.raises(SaveRefused, match="newer Sheaf"):
            repair(store)
    assert json.loads(path.read_text()) == newer


def test_a_field_that_does_not_fit_is_dropped_and_its_file_kept(tmp_path: Path) -> None:
    content = {
        "meta": {"1": {"key": "schema", "version": 1}},
        "papers": {"1": {"key": "a", "star": True, "rating": "many"}},
        "views": {"1": {"key": "v", "query": "x", "tags": 5}},
    }
    raw = json.dumps(content)
    (tmp_path / "state.json").write_text(raw)
    with Store.open(tmp_path) as store:
        assert store.mark("a").star
        assert store.document("views", "v") == {"query": "x"}
        assert "2 parts of" in str(store.notices)
        store.apply(Change.of("x", {"a": {"read": True}}))
    assert [copy.read_text() for copy in examine(tmp_path).damaged] == [raw]
    assert not examine(tmp_path).problems
