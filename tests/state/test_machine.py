"""Any interleaving of instances, crashes, folds and bad clocks ends in what a simple model says."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tui.state import Change, Store, disk, documents, recovery
from tui.state.stamp import Clock

KEYS = ("a", "b", "c")
INSTANCES = st.integers(0, 1)
PAPERS = st.sampled_from(KEYS)
MARKS = st.one_of(
    st.tuples(st.just("star"), st.booleans()),
    st.tuples(st.just("rating"), st.integers(0, 5)),
    st.tuples(st.sampled_from(["tag:x", "tag:y"]), st.booleans()),
)


class TwoInstances(RuleBasedStateMachine):
    """Two instances on one folder; now and then one crashes, or the snapshot is put back."""

    def __init__(self) -> None:
        super().__init__()
        recovery.PATIENCE = 0.0
        self.home = Path(tempfile.mkdtemp(prefix="sheaf-machine-"))
        self.times = [1_700_000_000_000_000_000, 1_700_000_000_000_000_000]
        self.latest: dict[tuple[str, str], tuple[str, object]] = {}
        self.texts: dict[str, dict[str, str]] = {key: {} for key in KEYS}
        self.superseded: set[str] = set()
        self.count = 0
        self.old: bytes | None = None
        self.hosts = ["one", "one"]
        self.stores: list[Store] = []

    @initialize(second=st.sampled_from(["one", "two"]))
    def begin(self, second: str) -> None:
        """Start both, on one machine or on two that share the folder."""
        self.hosts[1] = second
        self.stores = [self.start(0), self.start(1)]

    def start(self, who: int) -> Store:
        clock = Clock(lambda: self.times[who])
        return Store.open(self.home, clock=clock, host=self.hosts[who])

    @rule(who=INSTANCES, step=st.integers(-(10**12), 10**12))
    def clock_moves(self, who: int, step: int) -> None:
        self.times[who] += step

    @rule(who=INSTANCES, key=PAPERS, mark=MARKS, submit=st.booleans())
    def set_mark(self, who: int, key: str, mark: tuple[str, object], submit: bool) -> None:
        field, value = mark
        store = self.stores[who]
        before = store.mark(key)
        self.make(store, Change.of("x", {key: as_fields(mark)}), submit)
        mark_now = store.mark(key)
        assert value_of(mark_now, field) == value
        if mark_now.when.get(field) != before.when.get(field):
            stamp = mark_now.when[field]
            assert stamp > before.when.get(field, "")
            self.latest[key, field] = max(self.latest.get((key, field), ("", 0)), (stamp, value))

    @rule(who=INSTANCES, key=PAPERS, submit=st.booleans())
    def write_note(self, who: int, key: str, submit: bool) -> None:
        store = self.stores[who]
        self.count += 1
        document = store._core.memory.get("papers", key) or documents.new(key)
        self.superseded |= documents.heads_of(document).keys()
        text = f"note {self.count}"
        self.make(store, Change.of("note", {key: {"note": text}}), submit)
        assert store.mark(key).note == text
        self.texts[key][store.mark(key).when["note"]] = text

    def make(self, store: Store, change: Change, submit: bool) -> None:
        if not submit:
            store.apply(change)
            return
        errors: list[object] = []
        store.submit(change, lambda _, error: errors.append(error))
        store.flush()
        assert errors == [None]

    @rule(who=INSTANCES, key=PAPERS, mark=MARKS, theirs=MARKS, note=st.booleans())
    def the_disk_refuses(
        self, who: int, key: str, mark: tuple[str, object], theirs: tuple[str, object], note: bool
    ) -> None:
        """What is refused was never there, whatever the other did while it waited."""
        store, real, outcome = self.stores[who], disk.sync_file, []
        with store._core.disk_lock:
            fields = as_fields(mark) | ({"note": "refused"} if note else {})
            store.submit(Change.of("x", {key: fields}), lambda _, error: outcome.append(error))
            self.set_mark(1 - who, key, theirs, False)
            if note:
                self.write_note(1 - who, key, False)
            store.poll()
            assert "refused" not in str(store.export())
            disk.sync_file = refuse
        store.flush()
        disk.sync_file = real
        assert outcome
        assert "refused" not in store.mark(key).note
        field = mark[0]
        last = Store.open(self.home, readonly=True, host=self.hosts[who])
        assert value_of(store.mark(key), field) == value_of(last.mark(key), field)

    @rule(who=INSTANCES)
    def poll(self, who: int) -> None:
        self.stores[who].poll()

    @rule(who=INSTANCES)
    def fold(self, who: int) -> None:
        assert self.stores[who].fold()

    @rule(who=INSTANCES)
    def crash(self, who: int) -> None:
        self.stores[who]._core.own.close()
        self.stores[who] = self.start(who)

    @rule(who=INSTANCES)
    def close(self, who: int) -> None:
        self.stores[who].close()
        self.stores[who] = self.start(who)

    @precondition(lambda self: (self.home / "state.json").exists())
    @rule()
    def remember_the_snapshot(self) -> None:
        self.old = (self.home / "state.json").read_bytes()

    @precondition(lambda self: self.old is not None)
    @rule()
    def an_old_snapshot_is_put_back(self) -> None:
        assert self.old is not None
        temporary = self.home / "other"
        temporary.write_bytes(self.old)
        temporary.rename(self.home / "state.json")

    @invariant()
    def nothing_is_unreadable(self) -> None:
        for store in self.stores:
            assert not [notice for notice in store.notices if "cannot" in notice.what]

    def teardown(self) -> None:
        try:
            for store in self.stores:
                store.poll()
            last = Store.open(self.home, readonly=True)
            for store in (*self.stores, last):
                for (key, field), (stamp, value) in self.latest.items():
                    mark = store.mark(key)
                    assert (mark.when.get(field), value_of(mark, field)) == (stamp, value)
                for key, texts in self.texts.items():
                    expected = {at: text for at, text in texts.items() if at not in self.superseded}
                    document = store._core.memory.get("papers", key) or documents.new(key)
                    assert documents.heads_of(document) == expected
                    assert all(text in store.mark(key).note for text in expected.values())
        finally:
            for store in self.stores:
                store.close(fold=False)
            shutil.rmtree(self.home)


def as_fields(mark: tuple[str, object]) -> dict[str, object]:
    field, value = mark
    if field.startswith("tag:"):
        return {"tags_add" if value else "tags_remove": [field[4:]]}
    return {field: value}


def refuse(descriptor: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


def value_of(mark: object, field: str) -> object:
    return field[4:] in mark.tags if field.startswith("tag:") else getattr(mark, field)


TestTwoInstances = TwoInstances.TestCase
TestTwoInstances.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
