"""Undo, redo, new keys and bulk changes by two instances, against a model that is a list of writes.

The model records every write: its stamp, its value, and which state of the field it produced.
An undo restores the state before the step, so its write carries that state's name. The rule of undo
is then one comparison: a field is undone if it still is in the state that the step produced.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import hypothesis.strategies as st
from hypothesis.stateful import invariant, rule

from tests.state.pair import INSTANCES, Pair, as_fields, runs, value_of
from tui.state import Change, Store, document

KEYS = ("a", "b", "c", "d")
PAPERS = st.sampled_from(KEYS)
MARKS = st.fixed_dictionaries(
    {},
    optional={
        "star": st.booleans(),
        "rating": st.integers(0, 3),
        "tag:x": st.booleans(),
        "tag:y": st.booleans(),
        "note": st.sampled_from(["", "one", "two", "three"]),
    },
)
BULK = st.dictionaries(PAPERS, MARKS, min_size=1)
NOTHING = {"star": False, "rating": 0, "tag:x": False, "tag:y": False, "note": ""}

UNCLEAR = frozenset({-1})
"""In the place of sessions: which state this is depends on the key it is looked up by."""

Place = tuple[str, str]
"""A paper as it was called at the time, and a field."""


@dataclass(frozen=True)
class State:
    """What a field holds, and which step first produced that."""

    value: object
    name: str = ""
    """The stamp of that step; "" for nothing."""
    via: frozenset[int] = frozenset()
    """The sessions whose undos and redos restored it since."""


@dataclass(frozen=True)
class Write:
    """One field of one line of a journal."""

    place: Place
    stamp: str
    state: State
    base: frozenset[str] = frozenset()
    """Of a note: the versions the writer saw, which this one supersedes."""


@dataclass
class View:
    """What an instance has read: writes, and pairs of keys that are one paper."""

    writes: list[Write] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)

    def group(self, key: str) -> frozenset[str]:
        """Return every key of a paper."""
        group = {key}
        for _ in self.same:
            group.update(one for pair in self.same if group & set(pair) for one in pair)
        return frozenset(group)

    def heads(self, place: Place) -> list[Write]:
        """Return the write that counts; of a note all that no other supersedes."""
        group, name = self.group(place[0]), place[1]
        mine = [one for one in self.writes if one.place[0] in group and one.place[1] == name]
        # Two papers of one step may become one: the larger of two values with one stamp counts.
        mine.sort(key=lambda one: (one.stamp, str(one.state.value or "")))
        if name != "note":
            return mine[-1:]
        gone = {stamp for one in mine for stamp in one.base}
        return [one for one in mine if one.stamp not in gone]

    def state(self, place: Place) -> State:
        """Return what a field is."""
        heads = self.heads(place)
        if len(heads) > 1:
            # Edited in two places: a state that no single step produced.
            texts = {one.stamp: str(one.state.value) for one in heads}
            return State(document.combine_versions(texts), " ".join(sorted(texts)))
        return heads[0].state if heads else State(NOTHING[place[1]])


@dataclass
class Step:
    """What a change of an instance did: each field before, and after."""

    stamp: str
    session: int
    before: dict[Place, State]
    after: dict[Place, State]
    undone: bool = False
    by: set[int] = field(default_factory=set)
    """The sessions that have undone or redone it."""


class UndoMachine(Pair):
    """Two instances on one folder that change, undo, rekey, crash and make checkpoints."""

    def __init__(self) -> None:
        super().__init__()
        self.all = View()
        self.views = [View(), View()]
        self.steps: dict[str, Step] = {}
        self.sessions = [0, 1]
        self.lineage = [{0}, {1}]
        """The sessions of each instance, this one and those before it."""
        self.undos: list[list[str]] = [[], []]
        """The steps of this session that can be undone, the latest last."""
        self.redos: list[list[str]] = [[], []]

    @rule(who=INSTANCES, papers=BULK)
    def change(self, who: int, papers: dict[str, dict[str, object]]) -> None:
        store, view = self.stores[who], self.views[who]
        # One paper under two of its keys in one change would be two wishes at once. Notes are
        # written one at a time: their versions are distinguished by their stamps alone.
        papers = {min(view.group(key)): marks for key, marks in papers.items()}
        for marks in list(papers.values())[1:]:
            marks.pop("note", None)
        places = {(key, name): v for key, marks in papers.items() for name, v in marks.items()}
        changed = {place: v for place, v in places.items() if view.state(place).value != v}
        store.apply(Change.of("x", {key: as_fields(marks) for key, marks in papers.items()}))
        if not changed:
            return
        stamp = store.committer.history().undo[-1]["t"]
        before = {place: view.state(place) for place in changed}
        after = {place: State(value, stamp) for place, value in changed.items()}
        self.write(who, stamp, after)
        self.steps[stamp] = Step(stamp, self.sessions[who], before, after)
        self.undos[who].append(stamp)
        self.redos[who].clear()

    def write(self, who: int, stamp: str, states: dict[Place, State]) -> None:
        for place, state in states.items():
            base = frozenset(one.stamp for one in self.views[who].heads(place))
            one = Write(place, stamp, state, base)
            self.views[who].writes.append(one)
            self.all.writes.append(one)

    @rule(who=INSTANCES, times=st.integers(1, 3))
    def undo(self, who: int, times: int) -> None:
        self.read_steps(who)
        for _ in range(times):
            change = self.stores[who].undo()
            if change is None:
                assert not self.undos[who]
                assert not self.undoable_steps(who)
                return
            self.check_undo(who, change, self.undos[who], self.redos[who])

    @rule(who=INSTANCES, times=st.integers(1, 3))
    def redo(self, who: int, times: int) -> None:
        self.read_steps(who)
        for _ in range(times):
            change = self.stores[who].redo()
            if change is None:
                assert not self.redos[who]
                return
            self.check_undo(who, change, self.redos[who], self.undos[who])

    def read_steps(self, who: int) -> None:
        """Record that the first undo or redo of a session reads what others wrote."""
        if self.stores[who].committer.earlier_steps is None:
            self.caught_up(who)

    def check_undo(self, who: int, change: Change, source: list[str], goal: list[str]) -> None:
        """Check an undo or redo field by field, and record it in the model."""
        step, view, undo = self.steps[change.step], self.views[who], change.kind == "undo"
        if source:
            assert source.pop() == change.step
        goal.append(change.step)
        done = {
            (view.group(key), name)
            for key, f in change.sets.get("papers", {}).items()
            for name in f
        }
        left = {view.group(key) for key in change.skipped}
        states = {}
        for place in step.after:
            group, name = view.group(place[0]), place[1]
            here = view.state(place)
            there, then = (step.after, step.before) if undo else (step.before, step.after)
            rivals = [one for one in step.after if one[1] == name and one[0] in group]
            if len(rivals) > 1:
                # Papers of one step have become one since: any of their states will do.
                value = value_of(self.stores[who].mark(place[0]), name)
                then = {
                    place: next((then[one] for one in rivals if then[one].value == value), here)
                }
                assert (group, name) not in done or then[place].value == value
                step.before[place] = replace(step.before[place], via=UNCLEAR)
                step.after[place] = replace(step.after[place], via=UNCLEAR)
            elif UNCLEAR & (here.via | there[place].via):
                pass
            elif here.name != there[place].name:
                assert (group, name) not in done
                assert group in left
            elif not (here.via | there[place].via) - self.lineage[who]:
                # Had another live instance undone something here, it would count as a change.
                assert (group, name) in done
            if (group, name) in done:
                via = (
                    then[place].via | {self.sessions[who]} | (UNCLEAR if len(rivals) > 1 else set())
                )
                states[place] = State(then[place].value, then[place].name, via)
        self.write(who, list(self.stores[who].committer.history()._undos_and_redos)[-1], states)
        step.undone = undo
        step.by.add(self.sessions[who])

    def undoable_steps(self, who: int) -> list[str]:
        """Return the steps of an instance, its earlier sessions included, that it could undo."""
        mine = self.lineage[who]
        return sorted(
            stamp
            for stamp, step in self.steps.items()
            if step.session in mine and step.by <= mine and not step.undone
        )

    @rule(who=INSTANCES, old=PAPERS, new=PAPERS)
    def rekey(self, who: int, old: str, new: str) -> None:
        store, view = self.stores[who], self.views[who]
        store.rekey_all({old: new})
        resolve = store.replica.merged.resolve
        if resolve("papers", old) == resolve("papers", new):
            view.same.append((old, new))
            self.all.same.append((old, new))
        else:
            assert not any(one.place[0] in view.group(old) for one in view.writes)

    @rule(who=INSTANCES)
    def poll(self, who: int) -> None:
        self.stores[who].poll()
        self.caught_up(who)

    @rule(who=INSTANCES)
    def checkpoint(self, who: int) -> None:
        assert self.stores[who].checkpoint()
        self.caught_up(who)

    def caught_up(self, who: int) -> None:
        self.views[who] = View(list(self.all.writes), list(self.all.same))

    @rule(who=INSTANCES, crash=st.booleans(), look=st.booleans())
    def reopen(self, who: int, crash: bool, look: bool) -> None:
        self.restart(who, crash)
        self.caught_up(who)
        self.sessions[who] = max(self.sessions) + 1
        self.lineage[who].add(self.sessions[who])
        self.undos[who], self.redos[who] = [], []
        if look:
            self.stores[who].committer.read_earlier_steps()
            offered = [step["t"] for step in self.stores[who].committer.history().undo]
            mine = [stamp for stamp in offered if stamp in set(self.undoable_steps(who))]
            assert mine == self.undoable_steps(who)
            for stamp in offered:
                assert not (self.steps[stamp].undone and self.steps[stamp].by <= self.lineage[who])

    @invariant()
    def each_shows_what_it_knows(self) -> None:
        for store, view in zip(self.stores, self.views, strict=False):
            assert shown(store) == expected(view)

    def at_the_end(self, store: Store) -> None:
        assert shown(store) == expected(self.all)


def shown(store: Store) -> dict[Place, object]:
    return {(key, name): value_of(store.mark(key), name) for key in KEYS for name in NOTHING}


def expected(view: View) -> dict[Place, object]:
    return {(key, name): view.state((key, name)).value for key in KEYS for name in NOTHING}


TestUndo = UndoMachine.TestCase
TestUndo.settings = runs(20)
