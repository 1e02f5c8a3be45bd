"""The state machine of two instances on one folder: clocks, crashes, an old snapshot put back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tui.state import Mark, Store
from tui.state.clock import StampClock

INSTANCES = st.integers(0, 1)
START = 1_700_000_000_000_000_000


class Pair(RuleBasedStateMachine):
    """Both run on one machine, or on two that share the folder."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="sheaf-pair-"))
        self.times = [START, START]
        self.hosts = ["one", "one"]
        self.stores: list[Store] = []
        self.old: bytes | None = None

    @initialize(second=st.sampled_from(["one", "two"]))
    def begin(self, second: str) -> None:
        self.hosts[1] = second
        self.stores = [self.start(0), self.start(1)]

    def start(self, who: int) -> Store:
        clock = StampClock(lambda: self.times[who])
        clock._instance = who
        return Store.open(self.home, clock=clock, host=self.hosts[who])

    def restart(self, who: int, crash: bool) -> None:
        """End an instance, in order or not, and start it again."""
        if crash:
            self.stores[who].replica.journal.close()
        else:
            self.stores[who].close()
        self.stores[who] = self.start(who)

    @rule(who=INSTANCES, step=st.integers(-(10**12), 10**12))
    def clock_moves(self, who: int, step: int) -> None:
        self.times[who] += step

    @precondition(lambda self: (self.home / "state.json").exists())
    @rule()
    def remember_the_snapshot(self) -> None:
        self.old = (self.home / "state.json").read_bytes()

    @precondition(lambda self: self.old is not None)
    @rule()
    def an_old_snapshot_is_put_back(self) -> None:
        assert self.old is not None
        (self.home / "other").write_bytes(self.old)
        (self.home / "other").rename(self.home / "state.json")

    def teardown(self) -> None:
        """Poll in both; they and a store opened now must then agree with the model."""
        try:
            for store in self.stores:
                store.poll()
            last = Store.open(self.home, readonly=True)
            for store in (*self.stores, last):
                self.at_the_end(store)
        finally:
            for store in self.stores:
                store.close(checkpoint=False)
            shutil.rmtree(self.home)

    def at_the_end(self, store: Store) -> None:
        """Check a store that has read all files."""
        raise NotImplementedError


def as_fields(marks: Mapping[str, object]) -> dict[str, object]:
    """Return marks, with each tag by its name, as `Change.of` takes them."""
    tags = {name[4:]: value for name, value in marks.items() if name.startswith("tag:")}
    fields = {name: value for name, value in marks.items() if not name.startswith("tag:")}
    fields["tags_add"] = [tag for tag, value in tags.items() if value]
    fields["tags_remove"] = [tag for tag, value in tags.items() if not value]
    return fields


def value_of(mark: Mark, name: str) -> object:
    return name[4:] in mark.tags if name.startswith("tag:") else getattr(mark, name)


def runs(examples: int) -> settings:
    """Return settings for this many runs of a machine, each of 25 steps."""
    return settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
