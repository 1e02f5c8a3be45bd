"""The paths of the store's files, and `state.json` as a TinyDB storage.

The storage judges what it reads and replaces the file atomically. TinyDB turns document ids into
integers, so a script's `TinyDB(path).table("papers").all()` needs ids that look like integers. Ours
are 63 bits of a hash of the key: every instance gives a paper the same id without asking the
others. The id is never read back; the `key` in the document counts.

The file is written sorted by key, one field a line, so that it reads and compares well, and so that
the intact documents of a damaged file can be found.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from tui.core import files
from tui.state.clock import NEVER, is_stamp
from tui.state.document import META, PAPERS, Document, Tables, clean_tables, matches
from tui.state.marks import StateError, explain

SCHEMA = 1
"""The version of the file's schema that this program writes, and has written since the first."""

Content = dict[str, dict[str, Any]]
"""A file as TinyDB has it: table, then document id, then document."""

_BLANK = b" \t\r\n\0"
_CHUNK = 2_000
"""Documents in a piece of the text that is written at once."""
_PAST_KEPT = 64
"""Superseded versions of a note that the file lists. Should an older one come back, two texts show;
none is lost."""
_STYLE = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS
_DOCUMENT = re.compile(rb'^ *"-?\d+": (\{.*?^    \})', re.MULTILINE | re.DOTALL)
"""A document as `serialize` lays it out: its closing brace is indented by four spaces."""
_TABLE = re.compile(rb'^  "([^"\n]+)": \{', re.MULTILINE)
_GIT_CONFLICT = re.compile(
    rb"^<{7}[^\n]*\n(.*?)^={7}\r?\n(.*?)^>{7}[^\n]*\n", re.MULTILINE | re.DOTALL
)


@functools.cache
def this_host() -> str:
    """Return a name of this machine that no other machine has and that stays the same."""
    try:
        identity = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        import uuid  # only here: it takes 5 ms

        identity = str(uuid.getnode())
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    digest = hashlib.blake2b(f"{identity} {name}".encode(), digest_size=3).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9]+', '_', name)[:24] or 'host'}_{digest}"


class Locations:
    """The paths of one store, under its home folder; `host` is this machine, except in tests."""

    def __init__(self, home: Path, host: str | None = None) -> None:
        self.host = host or this_host()
        self.snapshot = home / "state.json"
        """As the user knows it; it may be a symbolic link."""
        self.folder = home / "state.json.d"
        self.lock = self.folder / "lock"
        """Locked during a checkpoint."""
        self.receipt = self.folder / f"seen-{self.host}.json"
        self.archive = self.folder / "archive"
        """Journals whose lines are in the snapshot, for a week."""
        self.backups = self.folder / "backups"
        self.damaged = self.folder / "damaged"
        """Copies of files that could not be read."""
        self.drafts = self.folder / "drafts"

    @property
    def target(self) -> Path:
        """The file itself, behind symbolic links: what is read and replaced."""
        return self.snapshot.resolve()

    def list_backups(self) -> list[Path]:
        """Return the backups, newest day first."""
        return sorted(self.backups.glob("state-*.json"), reverse=True)

    def has_history(self) -> bool:
        """Whether there ever was a snapshot here."""
        return self.receipt.exists() or self.archive.exists() or bool(self.list_backups())


def name_of_todays_backup() -> str:
    """Return the name of the daily backup of today; names of earlier days are less."""
    return f"state-{time.strftime('%Y-%m-%d')}.json"


class SnapshotReplaced(StateError):
    """Another program replaced the snapshot since it was read. The user never sees this."""


class Signature(NamedTuple):
    """What distinguishes one file from another without reading it; times in nanoseconds."""

    inode: int
    size: int
    modified: int
    changed: int


def signature_of(path: Path) -> Signature | None:
    """Return the signature of a file, None if there is no file. Raises OSError."""
    with suppress(FileNotFoundError):
        status = os.stat(path)  # noqa: PTH116
        return Signature(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return None


@dataclass(slots=True)
class Reading:
    """A snapshot as read."""

    content: Content = field(default_factory=dict)
    """What can be used; nothing if there is no file."""
    why: str = ""
    """Why the file must not be replaced: what is damaged, or its version if that is newer."""
    newer: bool = False
    invalid: int = 0
    """Fields or documents that do not match the schema and were left out."""
    raw: bytes = b""
    """The bytes of a file that is not whole."""
    digest: str = ""
    """SHA-256 of the bytes, "" if there is no file."""
    signature: Signature | None = None

    @property
    def is_damaged(self) -> bool:
        """Whether the file cannot be used as it is."""
        return bool(self.why) and not self.newer

    @property
    def is_whole(self) -> bool:
        """Whether all of the file can be used."""
        return bool(self.content) and not self.why and not self.invalid

    @property
    def tables(self) -> Tables:
        """The documents by table and key."""
        return {
            table: {row["key"]: row for row in rows.values()}
            for table, rows in self.content.items()
            if table != META
        }


class Receipt(NamedTuple):
    """What this machine recorded about the snapshot it wrote last; empty if it wrote none.

    If it cannot be written, the next start only reads more than it must.
    """

    sha256: str = ""
    archived: Collection[str] = ()
    """Names of the archived journals whose lines it holds."""
    latest: str = NEVER
    """The latest stamp in it."""

    @classmethod
    def read(cls, path: Path) -> Receipt:
        """Read the receipt of the last checkpoint; an empty one if that is impossible."""
        with suppress(OSError, ValueError, TypeError):
            found = cls(**orjson.loads(path.read_bytes()))
            if is_stamp(found.latest) and matches(found.archived, [str]):
                return found
        return cls()

    def write(self, path: Path) -> None:
        """Write the receipt."""
        with suppress(OSError):
            text = orjson.dumps(self._asdict())
            files.write_atomically(path, text, durable=False, mode=files.PRIVATE)


def read_snapshot(path: Path, trusted_digest: str = "") -> Reading:
    """Read a snapshot; the schema of one with the digest `trusted_digest` is not checked.

    Raises OSError if the system refuses, but nothing for what is in the file.
    """
    signature = signature_of(path)
    if signature is None:
        return Reading()
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    found = parse_snapshot(raw, trusted=digest == trusted_digest)
    found.digest, found.signature = digest, signature
    return found


def parse_snapshot(raw: bytes, *, trusted: bool = False) -> Reading:
    """Judge the bytes of a snapshot, and find every document that can be used."""
    why, newer = "", False
    try:
        content = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf")) if raw.lstrip(_BLANK) else {}
    except orjson.JSONDecodeError as error:
        content, why = _salvage(raw), f"line {error.lineno}: {error.msg}"
    else:
        schema = schema_of(content) if isinstance(content, dict) else None
        if schema is None:
            why = "it has neither papers nor a version"
        elif schema > SCHEMA:
            why, newer = f"its version is {schema}, this Sheaf knows {SCHEMA}", True
        elif not all(isinstance(rows, dict) for rows in content.values()):
            why = "its tables are not tables"
        elif trusted:
            return Reading(content)
    tables, invalid = clean_tables(content if isinstance(content, dict) else {})
    kept = raw if why or invalid or not tables else b""
    return Reading(arrange(tables) if content else {}, why, newer, invalid, kept)


def schema_of(content: Mapping[str, Any]) -> int | None:
    """Return the version of a file's schema; None if there is no valid one in the right place."""
    if META not in content:
        # A script made the file.
        return SCHEMA if PAPERS in content or not content else None
    rows = content[META]
    for row in rows.values() if isinstance(rows, dict) else ():
        if isinstance(row, dict) and row.get("key") == "schema":
            version = row.get("version")
            return version if type(version) is int and version >= 0 else None
    return None


def _salvage(raw: bytes) -> dict[str, list[Any]]:
    """Return the whole documents in a damaged snapshot, and in each side of a git conflict."""
    tables: dict[str, list[Any]] = {}
    for side in dict.fromkeys((_GIT_CONFLICT.sub(rb"\1", raw), _GIT_CONFLICT.sub(rb"\2", raw))):
        parts = [PAPERS.encode(), *_TABLE.split(side)]
        for name, part in zip(parts[::2], parts[1::2], strict=True):
            rows = tables.setdefault(name.decode("utf-8", "replace"), [])
            for match in _DOCUMENT.finditer(part):
                with suppress(orjson.JSONDecodeError):
                    rows.append(orjson.loads(match[1]))
    return tables


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
    chunk: list[bytes] = []
    separator = b"{"
    for table in sorted(name for name, rows in content.items() if rows):
        chunk.append(b"%b\n  %b: {" % (separator, orjson.dumps(table)))
        separator = b""
        for identity, document in sorted(content[table].items(), key=lambda row: row[1]["key"]):
            text = orjson.dumps(_shorten(document), option=_STYLE).replace(b"\n", b"\n    ")
            chunk.append(b'%b\n    "%b": %b' % (separator, str(identity).encode(), text))
            separator = b","
            if len(chunk) >= _CHUNK:
                yield b"".join(chunk)
                chunk.clear()
        chunk.append(b"\n  }")
    yield b"".join([*chunk, b"\n}\n"])


def _shorten(document: Document) -> Document:
    """Leave out the oldest superseded versions of a note, which only a very stale file can hold."""
    past = document.get("note_past", ())
    return {**document, "note_past": past[-_PAST_KEPT:]} if len(past) > _PAST_KEPT else document


class AtomicStorage(Storage):
    """The storage of TinyDB: `TinyDB(path, storage=AtomicStorage)`.

    It never replaces a file that it could not read, or that changed since it read it.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        """As the user knows it. A symbolic link stays; the file behind it is replaced."""
        self.receipt = Receipt()
        """What this machine recorded about the file; the schema of what it wrote is not checked."""
        self.last = Reading()
        """The file as it was last read or written."""
        self.written = Signature(0, 0, 0, 0)
        """The signature of the file as it was last written here."""
        self.lock = threading.RLock()
        """Held while this instance reads or replaces the file."""

    def read(self) -> Content | None:
        """Return the tables; None for no file. Raises StateError for an unusable file."""
        with self.lock:
            try:
                target = self.path.resolve()
                signature = signature_of(target)
                if signature is None or signature != self.last.signature or not self.last.content:
                    self.last = read_snapshot(target, self.receipt.sha256)
            except OSError as error:
                self.last = Reading(why=explain(error))
            if self.last.is_damaged:
                raise StateError(f"{self.path} cannot be used: {self.last.why}.")
            return self.last.content or None

    def write(self, data: Content) -> None:
        """Replace the file durably.

        Raises SnapshotReplaced, StateError or OSError; then the file is as it was.
        """
        if self.last.why:
            raise StateError(f"{self.path} cannot be replaced: {self.last.why}.")
        target = self.path.resolve()
        files.make_folder(target.parent)
        digest = hashlib.sha256()
        before = self.last.signature

        with ExitStack() as stack:

            def check() -> None:
                # From here on a `read` must not take the new file for that of another program.
                stack.enter_context(self.lock)
                if signature_of(target) != before:
                    raise SnapshotReplaced

            with files.atomic_file(target, mode=files.PRIVATE, before_replacing=check) as file:
                for text in serialize(data):
                    digest.update(text)
                    file.write(text)
                inode = os.fstat(file.fileno()).st_ino
            signature = signature_of(target)
            if signature is None or signature.inode != inode:
                raise SnapshotReplaced
            self.last = Reading(data, digest=digest.hexdigest(), signature=signature)
            self.written = signature


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
        """Return every document by table and key. Raises StateError."""
        return {
            name: {document["key"]: cast(Document, document) for document in self.table(name)}
            for name in self.tables() - {META}
        }
