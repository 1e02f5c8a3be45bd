"""Core: memory, and the files it is the fold of.

Two locks: `disk_lock` is held while lines go to the journal and while the fold captures what is
durable; `lock` is held, briefly, while memory changes. Taken in that order. `_reading` keeps two
threads from reading the same news.
"""

from __future__ import annotations

import gc
import itertools
import threading
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from tui.state import documents, edits, reading, recovery
from tui.state.archive import Archive, Seen, read_seen
from tui.state.change import PAPERS
from tui.state.conflicts import Copies
from tui.state.documents import Document
from tui.state.errors import Notice, explain
from tui.state.line import Line
from tui.state.memory import Memory, Touched
from tui.state.ownlog import OwnLog
from tui.state.pieces import collector_paused, drop
from tui.state.places import Places
from tui.state.reading import Condition, Reading, Signature
from tui.state.stamp import FIRST, Clock, of_nanoseconds
from tui.state.storage import SnapshotStorage
from tui.state.tails import Batch, Tails
from tui.state.text import Tables

_T = TypeVar("_T")
_LARGE_HEAP = 5_000
"""Papers from which the garbage collector is told to leave them alone for good."""
_SLICE = 500
"""Documents merged between two chances for other threads."""


class Core:
    """State = fold(snapshot, journals). Reads both, keeps up with both; writes neither."""

    def __init__(self, places: Places, clock: Clock, *, writes: bool = True) -> None:
        self.places = places
        self.writes = writes
        """False: not even copies of damaged files are made."""
        self.clock = clock
        self.memory = Memory(clock)
        self.storage = SnapshotStorage(places.snapshot)
        self.tails = Tails(places.aside)
        self.archive = Archive(places.archive)
        self.own = OwnLog(places, clock)
        self.lock = threading.RLock()
        self.disk_lock = threading.RLock()
        self._reading = self.storage.swapping
        self.notices: list[Notice] = []
        self.newer = False
        """The snapshot is from a newer Sheaf: nothing may be written."""
        self.unusable: Reading | None = None
        """A snapshot that cannot be read and therefore is not replaced."""
        self.unfolded = False
        """Memory holds something that the snapshot lacks."""
        self.merges = 0
        """How often something of others was merged, whether it won or not."""
        self.copies = Copies(places)
        self._examined: Signature | None = None

    def load(self) -> None:
        """Read everything. Nothing that is in a file raises; what is wrong becomes a notice."""
        with self._reading, collector_paused():
            found = recovery.examine(self)
            self._examined = found.signature
            seen = self.seen()
            if found.condition is Condition.WHOLE and found.digest == seen.digest:
                self.memory.adopt(found.tables)
                self.archive.know(seen.archived)
                found.tables = {}
            elif found.condition in (Condition.WHOLE, Condition.NEWER):
                self._take_edited(found)
            elif found.condition in recovery.UNUSABLE or recovery.has_history(self.places):
                recovery.restore(self, found)
            drop(found.tables)
            self._take_archive()
            self._take_journals()
            self.copies.take(self)
            if len(self.memory.tables[PAPERS]) > _LARGE_HEAP:
                gc.freeze()

    def seen(self) -> Seen:
        """Return which snapshot this machine last wrote, and what of the archive it holds."""
        return read_seen(self.places.seen)

    def poll(self) -> Touched:
        """Take in what others wrote since. Costs one stat and one listing when there is nothing."""
        with self._reading:
            try:
                mark = reading.signature(self.places.target)
            except OSError:
                mark = self._examined
            touched: Touched = set()
            if mark != self._examined and mark != self.storage.expected:
                with collector_paused():
                    touched = self._take_replaced()
                    drop(self.storage.last.tables)
            else:
                self._examined = mark
            touched |= self._take_archive() | self._take_journals()
            return touched | self.copies.take(self)

    def rewind(self) -> None:
        """Read everything again at the next poll."""
        with self._reading:
            self.tails.rewind()
            self.archive.rewind()
            self._examined = self.storage.expected = None

    def start_over(self) -> None:
        """Read everything again, the archive too: the snapshot may lack what lost in memory."""
        with self._reading:
            self.rewind()
            recovery.take_history(self)
            self.poll()
            self.unfolded = True

    def merge_tables(self, tables: Tables, default: str = FIRST) -> Touched:
        """Join documents that carry their own stamps; those without count as set at `default`."""
        touched: Touched = set()
        for table, rows in tables.items():
            for piece in _pieces(rows.values()):
                with self.lock:
                    held = self.memory.tables.get(table, {})
                    for document in piece:
                        if held.get(document["key"]) != document:
                            touched |= self.memory.merge_document(table, document, default)
        self.merges += 1
        return touched

    def merge_lines(self, lines: Iterable[Line]) -> Touched:
        """Take in lines of journals, in any order, any number of times."""
        touched: Touched = set()
        for piece in _pieces(lines):
            with self.lock:
                for line in piece:
                    touched |= self.merge_line(line)
            # Even what loses counts: it may have lost against a change the disk then refuses.
            self.merges += 1
        return touched

    def merge_line(self, line: Line) -> Touched:
        touched: Touched = set()
        if line.get("journal", 1) > 1 and not self.newer:
            self._say_newer("A journal of another instance")
        stamp = line.get("t", FIRST)
        self.clock.witness(stamp)
        base = line.get("base", {})
        for table, rows in line.get("set", {}).items():
            heads = base.get(table, {})
            for key, fields in rows.items():
                past = heads.get(key, ())
                touched |= self.memory.merge_fields(table, key, fields, stamp, past)
        for table, rows in line.get("docs", {}).items():
            for document in rows.values():
                touched |= self.memory.merge_document(table, document, stamp)
        return touched

    def _take_archive(self) -> Touched:
        touched = recovery.take_archive(self)
        self.unfolded |= bool(touched)
        return touched

    def _take_journals(self) -> Touched:
        touched: Touched = set()
        for batch in self.tails.fresh(self.own.names):
            news = self.merge_lines(batch.lines)
            self.unfolded |= bool(news)
            touched |= news
            if batch.damaged:
                self.say_damaged(batch)
        for name, error in list(self.tails.unread.items()):
            self.tell_once(
                Notice(
                    f"{self.places.aside / name} cannot be read: {explain(error)}.",
                    "Marks in it do not show, and it is left alone.",
                    "They come back when it can be read.",
                )
            )
        return touched

    def tell_once(self, notice: Notice) -> None:
        """Tell what is met again at every poll."""
        if notice not in self.notices:
            self.notices.append(notice)

    def say_damaged(self, batch: Batch) -> None:
        """Set a damaged journal aside and tell the user."""
        kept = recovery.set_aside(self, batch.path)
        self.notices.append(
            Notice(
                f"{batch.damaged} line(s) of {batch.path.name} are damaged.",
                f"The other {len(batch.lines)} lines were read.",
                f"A copy is in {kept}." if kept else "",
            )
        )

    def _take_replaced(self) -> Touched:
        """Somebody put another file in the snapshot's place, or wrote into it."""
        found = recovery.examine(self)
        self._examined = found.signature
        if found.condition is Condition.WHOLE:
            self.unusable = None
            seen = self.seen()
            if found.digest == seen.digest:
                touched = self.merge_tables(found.tables)
                self.archive.know(seen.archived)
                return touched
            return self._take_edited(found)
        if found.condition in (Condition.MISSING, Condition.EMPTY):
            self.unfolded = True
            return set()
        if found.condition is Condition.NEWER:
            return self._take_edited(found)
        recovery.lost_sight(self, found)
        return set()

    def _take_edited(self, found: Reading) -> Touched:
        """Take in a snapshot that this machine did not write."""
        if found.condition is Condition.NEWER:
            self._say_newer(f"{self.places.snapshot}, {found.why},")
        # An older file in the place of a newer one lacks what was folded: the archive has it.
        touched = recovery.take_history(self)
        put_back = len({pair for pair in touched if self._lacks(found.tables, pair)})
        stamp = of_nanoseconds(found.signature.modified if found.signature else 0)
        by_hand = 0
        for table, rows in found.tables.items():
            for piece in _pieces(rows.values()):
                with self.lock:
                    for document in piece:
                        news, count = self._merge_edited(table, document, stamp)
                        touched |= news
                        by_hand += count
        if found.schema < 1 and found.tables:
            recovery.say_older(self, found)
        recovery.say_edited(self, by_hand, put_back, found.dropped)
        self.unfolded = True
        self.merges += 1
        return touched

    def _say_newer(self, what: str) -> None:
        self.newer = True
        self.notices.append(
            Notice(
                f"{what} is from a newer Sheaf.",
                "Your marks are shown; nothing is written.",
                "Update Sheaf to change them.",
            )
        )

    def _merge_edited(self, table: str, document: Document, stamp: str) -> tuple[Touched, int]:
        key = document["key"]
        held = self.memory.tables.get(table, {}).get(key)
        if held == document:
            return set(), 0
        if held is None or not _same_links(held, document):
            # Under one stamp the papers that became one may have had different values: not by hand.
            return self.memory.merge_document(table, document, stamp), 0
        for at in document["when"].values():
            self.clock.witness(at)
        draft = documents.thaw(held)
        changed, by_hand = edits.merge_edited(draft, document, stamp)
        if not changed:
            return set(), 0
        self.clock.witness(max(draft["when"].values(), default=""))
        self.memory.replace(table, key, draft)
        return {(table, key)}, by_hand

    def _lacks(self, tables: Mapping[str, Mapping[str, Any]], pair: tuple[str, str]) -> bool:
        table, key = pair
        return table == PAPERS and key not in tables.get(table, {})


def _same_links(held: Document, other: Document) -> bool:
    """Tell whether two versions of a document were written knowing the same of its keys."""
    stamps = {documents.stamp_of(document, "moved") for document in (held, other)}
    return len(stamps) == 1 and not (held.get("moved") or other.get("moved"))


def _pieces(items: Iterable[_T]) -> Iterable[list[_T]]:
    iterator = iter(items)
    while piece := list(itertools.islice(iterator, _SLICE)):
        yield piece
