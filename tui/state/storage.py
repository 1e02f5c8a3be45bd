"""`state.json` as a TinyDB storage: it judges what it reads and replaces the file atomically.

TinyDB turns document ids into integers, so a script's `TinyDB(path).table("papers").all()` needs
ids that look like integers. Ours are 63 bits of a hash of the key: every instance gives a paper the
same id without asking the others. The id is never read back; the `key` in the document counts.

The file is written sorted by key, one field a line, so that it reads and compares well.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, cast

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from tui.core import files
from tui.state.clock import NEVER, is_stamp
from tui.state.document import META, PAPERS, Document, Tables, clean_tables
from tui.state.errors import StateError, explain

SCHEMA = 1
"""The version of the file's schema that this program writes."""

Content = dict[str, dict[str, Any]]
"""A file as TinyDB has it: table, then document id, then document."""

_BLANK = b" \t\r\n\0"
_CHUNK = 1 << 20
_PAST_KEPT = 64
"""Superseded versions of a note that the file lists. Should an older one come back, two texts show;
none is lost."""
_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS


class Condition(Enum):
    """What a snapshot turned out to be."""

    MISSING = "missing"
    EMPTY = "empty"
    WHOLE = "whole"
    NEWER = "written by a newer Sheaf"
    DAMAGED = "not usable"


class UnreadableSnapshot(StateError):
    """The snapshot cannot be read, so it must not be replaced."""


class SnapshotReplaced(StateError):
    """Another program replaced the snapshot since it was read."""


class Signature(NamedTuple):
    """What distinguishes one file from another without reading it."""

    inode: int
    size: int
    modified: int
    changed: int


def signature_of(path: Path) -> Signature | None:
    """Return the signature of a file, None if there is no file. Raises OSError."""
    try:
        status = os.stat(path)  # noqa: PTH116
    except FileNotFoundError:
        return None
    return Signature(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(slots=True)
class Reading:
    """A snapshot as read."""

    condition: Condition
    content: Content = field(default_factory=dict)
    schema: int = SCHEMA
    digest: str = ""
    """SHA-256 of the file's bytes, "" if there is no file."""
    signature: Signature | None = None
    raw: bytes = b""
    """The file's bytes, where they are needed: to copy them aside, or to back them up."""
    why: str = ""
    """What is wrong, for the user."""
    dropped: int = 0
    """Fields or documents that do not match the schema and were left out."""


class Receipt(NamedTuple):
    """What this machine recorded about the snapshot it wrote last."""

    digest: str = ""
    """SHA-256 of its bytes; "" if this machine wrote none."""
    archived: frozenset[str] = frozenset()
    """Names of the archived journals whose lines it holds."""
    latest: str = NEVER
    """The latest stamp in it."""


def read_receipt(path: Path) -> Receipt:
    """Return the receipt of the last checkpoint; an empty one if it cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        record = orjson.loads(path.read_bytes())
        found = Receipt(record["sha256"], frozenset(record["archived"]), record["latest"])
        if isinstance(found.digest, str) and is_stamp(found.latest):
            return found
    return Receipt()


def write_receipt(path: Path, receipt: Receipt) -> None:
    """Write the receipt. If that fails, the next start only reads more than it must."""
    digest, archived, latest = receipt
    record = {"sha256": digest, "archived": sorted(archived), "latest": latest}
    with suppress(OSError):
        files.write_atomically(path, orjson.dumps(record), durable=False, mode=files.PRIVATE)


def read_snapshot(path: Path, trusted_digest: str = "") -> Reading:
    """Read a snapshot; the schema of one with the digest `trusted_digest` is not checked.

    Raises OSError if the system refuses, but nothing for what is in the file.
    """
    signature = signature_of(path)
    if signature is None:
        return Reading(Condition.MISSING)
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    result = parse_snapshot(raw, trusted=digest == trusted_digest)
    result.digest, result.signature = digest, signature
    if result.condition is not Condition.WHOLE or result.schema < SCHEMA or result.dropped:
        result.raw = raw
    return result


def parse_snapshot(raw: bytes, *, trusted: bool = False) -> Reading:
    """Judge the bytes of a snapshot and return the documents that match the schema."""
    if not raw[:4096].strip(_BLANK) and not raw.strip(_BLANK):
        return Reading(Condition.EMPTY, why="it is empty")
    try:
        content = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        return Reading(Condition.DAMAGED, why=f"line {error.lineno}: {error.msg}")
    if content == {}:
        return Reading(Condition.EMPTY, why="it holds nothing")
    if not isinstance(content, dict) or not (META in content or PAPERS in content):
        return Reading(Condition.DAMAGED, why="it has neither papers nor a version")
    schema = schema_of(content)
    if schema is None:
        return Reading(Condition.DAMAGED, why="its version is unreadable")
    condition, why = Condition.WHOLE, ""
    if schema > SCHEMA:
        condition, why = Condition.NEWER, f"its version is {schema}, this Sheaf knows {SCHEMA}"
    elif not all(isinstance(rows, dict) for rows in content.values()):
        return Reading(Condition.DAMAGED, why="its tables are not tables")
    if trusted:
        return Reading(condition, content, schema, why=why)
    tables, dropped = clean_tables(content)
    return Reading(condition, arrange(tables), schema, why=why, dropped=dropped)


def schema_of(content: Mapping[str, Any]) -> int | None:
    """Return the version of a file's schema; 0 if it states none, None if it makes no sense."""
    if META not in content:
        return 0
    rows = content[META]
    if isinstance(rows, dict):
        for row in rows.values():
            if isinstance(row, dict) and row.get("key") == "schema":
                version = row.get("version")
                return version if type(version) is int and version >= 0 else None
    return None


def tables_of(content: Content) -> Tables:
    """Return the documents of a snapshot by key, without its version."""
    return {
        table: {row["key"]: row for row in rows.values()}
        for table, rows in content.items()
        if table != META
    }


def document_id(key: str) -> int:
    """Return the document id of a key, the same on every machine.

    Among 100,000 keys, two have the same id with a probability of 1 in 2,000,000,000.
    """
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest()) >> 1


def arrange(tables: Tables) -> Content:
    """Return tables as TinyDB has them, with the version of the schema in the table `meta`."""
    content: Content = {META: {"1": {"key": "schema", "version": SCHEMA}}}
    for table, rows in tables.items():
        content[table] = {str(document_id(key)): rows[key] for key in sorted(rows)}
    return content


def serialize(content: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield the text of the file in chunks, document by document, so that other threads may run."""
    chunk: list[bytes] = [b"{"]
    size = 0
    for place, table in enumerate(sorted(name for name, rows in content.items() if rows)):
        chunk.append(b"%b\n  %b: {" % (b"," if place else b"", orjson.dumps(table)))
        separator = b""
        for identity, document in sorted(content[table].items(), key=lambda row: row[1]["key"]):
            text = orjson.dumps(_shorten(document), option=_STYLE).replace(b"\n", b"\n    ")
            chunk.append(b'%b\n    "%b": %b' % (separator, str(identity).encode(), text))
            separator = b","
            size += len(text)
            if size > _CHUNK:
                yield b"".join(chunk)
                chunk, size = [], 0
        chunk.append(b"\n  }")
    chunk.append(b"\n}\n")
    yield b"".join(chunk)


def _shorten(document: Document) -> Document:
    """Leave out the oldest superseded versions of a note, which only a very stale file can hold."""
    past = document.get("note_past", ())
    return {**document, "note_past": past[-_PAST_KEPT:]} if len(past) > _PAST_KEPT else document


class AtomicStorage(Storage):
    """The storage of TinyDB: `TinyDB(path, storage=AtomicStorage)`.

    It never replaces a file that it could not read, or that changed since it read it.
    """

    def __init__(self, path: Path | str, trusted_digest: Callable[[], str] = lambda: "") -> None:
        self.path = Path(path)
        """As the user knows it. A symbolic link stays; the file behind it is replaced."""
        self.last = Reading(Condition.MISSING)
        """The file as it was last read or written."""
        self.lock = threading.RLock()
        """Held while this instance reads or replaces the file."""
        self.stop = threading.Event()
        """Set to make a running `write` give up before it replaces the file."""
        self._trusted_digest = trusted_digest

    def read(self) -> Content | None:
        """Return the tables; None for no file. Raises UnreadableSnapshot."""
        with self.lock:
            try:
                target = self.path.resolve()
                signature = signature_of(target)
                if signature is None or signature != self.last.signature or not self.last.content:
                    self.last = read_snapshot(target, self._trusted_digest())
            except OSError as error:
                self.last = Reading(Condition.DAMAGED, why=explain(error))
            found = self.last
        if found.condition is Condition.DAMAGED:
            raise UnreadableSnapshot(f"{self.path} is {found.condition.value}: {found.why}.")
        return found.content or None

    def release(self) -> None:
        """Free the content; the next `read` parses the file again."""
        with self.lock:
            self.last.content = {}

    def write(self, data: Content) -> None:
        """Replace the file durably.

        Raises SnapshotReplaced, UnreadableSnapshot or OSError; then the file is as it was.
        """
        if self.last.condition in (Condition.DAMAGED, Condition.NEWER):
            raise UnreadableSnapshot(f"{self.path} is {self.last.condition.value}.")
        target = self.path.resolve()
        files.make_folder(target.parent)
        digest = hashlib.sha256()
        expected = self.last.signature

        with ExitStack() as stack:

            def before_replacing() -> None:
                # From here on a `read` must not take the new file for that of another program.
                stack.enter_context(self.lock)
                if signature_of(target) != expected:
                    raise SnapshotReplaced(f"{self.path} was replaced by another program.")

            with files.atomic_file(
                target, mode=files.PRIVATE, before_replacing=before_replacing
            ) as file:
                for chunk in serialize(data):
                    if self.stop.is_set():
                        raise StateError("writing was stopped")
                    digest.update(chunk)
                    file.write(chunk)
                inode = os.fstat(file.fileno()).st_ino
            signature = signature_of(target)
            if signature is None or signature.inode != inode:
                raise SnapshotReplaced(f"{self.path} was replaced by another program.")
            self.last = Reading(Condition.WHOLE, data, SCHEMA, digest.hexdigest(), signature)


class _SharedDocument(TinyDocument):
    """Makes TinyDB give out the documents of the storage themselves, without copying 100,000."""

    def __new__(cls, value: Mapping[str, Any], doc_id: int) -> _SharedDocument:
        return cast("_SharedDocument", value)


class _SharedTable(Table):
    document_class = _SharedDocument


class SnapshotReader(TinyDB):
    """TinyDB for reading the whole of `state.json` quickly. Its documents must not be changed."""

    table_class = _SharedTable

    def read_tables(self) -> Tables:
        """Return every document by table and key. Raises UnreadableSnapshot."""
        return {
            name: {document["key"]: cast(Document, document) for document in self.table(name)}
            for name in self.tables() - {META}
        }
