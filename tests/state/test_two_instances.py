"""Two instances, crashes, checkpoints and wrong clocks in any order agree with a simple model."""

from __future__ import annotations

import errno

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import invariant, rule

from tests.state.pair import INSTANCES, Pair, as_fields, runs, value_of
from tui.core import files
from tui.state import Change, SaveRefused, Store, document
from tui.state.maintenance import export_tables

KEYS = ("a", "b", "c")
PAPERS = st.sampled_from(KEYS)
MARKS = st.one_of(
    st.tuples(st.just("star"), st.booleans()),
    st.tuples(st.just("rating"), st.integers(0, 5)),
    st.tuples(st.sampled_from(["tag:x", "tag:y"]), st.booleans()),
)


class TwoInstances(Pair):
    """Two instances on one folder; now and then one crashes, or the snapshot is put back."""

    def __init__(self) -> None:
        super().__init__()
        self.latest: dict[tuple[str, str], tuple[str, object]] = {}
        self.texts: dict[str, dict[str, str]] = {key: {} for key in KEYS}
        self.superseded: set[str] = set()
        self.count = 0

    @rule(who=INSTANCES, key=PAPERS, mark=MARKS, submit=st.booleans())
    def set_mark(self, who: int, key: str, mark: tuple[str, object], submit: bool) -> None:
        field, value = mark
        store = self.stores[who]
        before = store.mark(key)
        self.make(store, Change.of("x", {key: as_fields(dict([mark]))}), submit)
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
        found = store.replica.merged.get("papers", key) or document.empty_document(key)
        self.superseded |= document.note_versions(found).keys()
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
        """A refused change leaves no trace, whatever the other did while it was pending."""
        store = self.stores[who]
        outcome: list[SaveRefused | None] = []
        with pytest.MonkeyPatch.context() as patch:
            with store.replica.disk_lock:
                fields = as_fields(dict([mark])) | ({"note": "refused"} if note else {})
                store.submit(Change.of("x", {key: fields}), lambda _, error: outcome.append(error))
                self.set_mark(1 - who, key, theirs, False)
                if note:
                    self.write_note(1 - who, key, False)
                store.poll()
                assert "refused" not in str(export_tables(store))
                patch.setattr(files, "sync_file", refuse)
            store.flush()
        assert outcome
        assert "refused" not in store.mark(key).note
        field = mark[0]
        last = Store.open(self.home, readonly=True, host=self.hosts[who])
        assert value_of(store.mark(key), field) == value_of(last.mark(key), field)

    @rule(who=INSTANCES)
    def poll(self, who: int) -> None:
        self.stores[who].poll()

    @rule(who=INSTANCES)
    def checkpoint(self, who: int) -> None:
        assert self.stores[who].checkpoint()

    @rule(who=INSTANCES, crash=st.booleans())
    def reopen(self, who: int, crash: bool) -> None:
        self.restart(who, crash)

    @invariant()
    def nothing_is_unreadable(self) -> None:
        for store in self.stores:
            assert not [notice for notice in store.notices if "cannot" in notice]

    def at_the_end(self, store: Store) -> None:
        for (key, field), (stamp, value) in self.latest.items():
            mark = store.mark(key)
            assert (mark.when.get(field), value_of(mark, field)) == (stamp, value)
        for key, texts in self.texts.items():
            expected = {at: text for at, text in texts.items() if at not in self.superseded}
            found = store.replica.merged.get("papers", key) or document.empty_document(key)
            assert document.note_versions(found) == expected
            assert all(text in store.mark(key).note for text in expected.values())


def refuse(descriptor: int) -> None:
    raise OSError(errno.EIO, "Input/output error")


TestTwoInstances = TwoInstances.TestCase
TestTwoInstances.settings = runs(25)
