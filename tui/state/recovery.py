"""What can be recovered from damaged bytes, and what to tell the user. Bytes in, tables out.

Nothing here reads or writes a file; `replica` does, and passes in what it read.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import orjson

from tui.core.text import count_items
from tui.state.clock import FIRST
from tui.state.document import META, PAPERS, Document, Tables, clean_document, merge_tables
from tui.state.errors import Notice, explain
from tui.state.storage import Condition, Content, Reading, parse_snapshot

_DOCUMENT = re.compile(rb'^ *"-?\d+": (\{.*?^    \})', re.MULTILINE | re.DOTALL)
"""A document as `storage.serialize` lays it out: its closing brace is indented by four spaces."""
_TABLE = re.compile(rb'^(?=  "[^"\n]+": \{)', re.MULTILINE)
_TABLE_NAME = re.compile(rb'  "([^"\n]+)": \{')
_GIT_CONFLICT = re.compile(
    rb"^<{7}[^\n]*\n(.*?)^={7}\r?\n(.*?)^>{7}[^\n]*\n", re.MULTILINE | re.DOTALL
)
_CONFLICT_COPY = r"[^/]*(conflict|konflikt|\(\d+\))[^/]*\.json"
"""What follows the name of the file in the names that Syncthing, Dropbox, Nextcloud, OneDrive and
Google Drive give to conflict copies."""


def is_conflict_copy(name: str, original: Path) -> bool:
    """Whether a sync tool gave this name to another version of `original`."""
    pattern = re.escape(original.stem) + _CONFLICT_COPY
    return re.fullmatch(pattern, name, re.IGNORECASE) is not None


def tables_of(content: Content) -> Tables:
    """Return the documents of a snapshot by key, without its version."""
    return {
        table: {row["key"]: row for row in rows.values()}
        for table, rows in content.items()
        if table != META
    }


def salvage(raw: bytes) -> Tables:
    """Return every whole document in a damaged snapshot, and in both sides of a git conflict."""
    sides = [raw]
    if _GIT_CONFLICT.search(raw):
        sides = [_GIT_CONFLICT.sub(rb"\1", raw), _GIT_CONFLICT.sub(rb"\2", raw)]
    tables: Tables = {}
    for side in sides:
        found = parse_snapshot(side)
        if found.condition is Condition.WHOLE:
            merge_tables(tables, tables_of(found.content), FIRST)
            continue
        table = PAPERS
        for part in _TABLE.split(side):
            if name := _TABLE_NAME.match(part):
                table = name[1].decode("utf-8", "replace")
            if table != META:
                merge_tables(tables, {table: _whole_documents(part, table)}, FIRST)
    return tables


def _whole_documents(part: bytes, table: str) -> dict[str, Document]:
    rows = {}
    for match in _DOCUMENT.finditer(part):
        try:
            row = orjson.loads(match[1])
        except orjson.JSONDecodeError:
            continue
        key = row.get("key")
        if isinstance(key, str) and key:
            rows[key] = clean_document(key, row, table)
    return rows


def snapshot_recovered(
    path: Path, found: Reading, papers: int, backup: Path | None, salvaged: int, kept: Path | None
) -> Notice:
    """Return the notice that the marks were put together without the snapshot."""
    sources = [f"the backup {backup.name}", "the journals"] if backup else ["the journals"]
    if found.condition is Condition.MISSING:
        what, todo = f"{path} is gone.", ""
    else:
        what, todo = f"{path} cannot be used: {found.why}.", _repair(kept)
        sources.append(f"{salvaged} whole entries of the file")
    listed = ", ".join(sources)
    return Notice(what, f"The marks of {papers} papers were recovered from: {listed}.", todo)


def snapshot_corrupted(path: Path, found: Reading, kept: Path | None) -> Notice:
    """Return the notice that the snapshot became unusable while the store was open."""
    return Notice(
        f"{path} can no longer be used: {found.why}.",
        "All marks are in memory and in the journals; changes are saved beside the file.",
        _repair(kept),
    )


def _repair(kept: Path | None) -> str:
    copy = f"A copy is in {kept}. " if kept else ""
    return f"{copy}Run `sheaf state repair` to write it anew."


def newer_version(what: str) -> Notice:
    """Return the notice that a file was written by a later version of Sheaf."""
    return Notice(
        f"{what} is from a newer Sheaf.",
        "Your marks are shown; nothing is written.",
        "Update Sheaf to change them.",
    )


def older_version(path: Path, schema: int) -> Notice:
    """Return the notice that the snapshot will be rewritten in today's form."""
    return Notice(
        f"{path} has the older form {schema}.",
        "A backup is made before it is rewritten in today's form.",
    )


def papers_put_back(path: Path, count: int) -> Notice:
    """Return the notice that the snapshot lacked papers that the archive has."""
    return Notice(
        f"{path} lacked {count_items(count, 'papers')}.",
        "Their marks were put back from the backups and the archive.",
        "Run `sheaf state forget KEY` to remove marks for good.",
    )


def edits_ignored(path: Path, count: int) -> Notice:
    """Return the notice that documents were changed under the stamps they had."""
    return Notice(
        f"{count} {'entry' if count == 1 else 'entries'} of {path} changed "
        "although their times did not.",
        "These changes were ignored.",
        "Use `sheaf mark`, or remove the field that you change from `when` as well.",
    )


def parts_dropped(path: Path, count: int, kept: Path | None) -> Notice:
    """Return the notice that parts of the snapshot do not match the schema."""
    return Notice(
        f"{count_items(count, 'parts')} of {path} cannot be understood.",
        "The fields concerned keep what the journals and backups say.",
        f"A copy is in {kept}." if kept else "",
    )


def journal_damaged(name: str, damaged: int, read: int, kept: Path | None) -> Notice:
    """Return the notice that lines of a journal were not taken."""
    return Notice(
        f"{count_items(damaged, 'lines')} of {name} cannot be used.",
        f"The other {read} were read.",
        f"A copy is in {kept}." if kept else "",
    )


def file_unreadable(path: Path, error: OSError) -> Notice:
    """Return the notice that the system refuses to show a journal."""
    return Notice(
        f"{path} cannot be read: {explain(error)}.",
        "The marks in it are not shown, and the file is not changed.",
        "They come back when it can be read.",
    )


def conflict_copy_merged(name: str, changed: int, found: Reading, kept: Path | None) -> Notice:
    """Return the notice that a conflict copy was merged."""
    todo = "It will be moved to the archive."
    if found.why or found.dropped:
        why = found.why or f"{found.dropped} parts of it are invalid"
        todo = f"It is left there: {why}." + (f" A copy is in {kept}." if kept else "")
    return Notice(
        f"A sync tool left the conflict copy {name}.",
        f"Its marks were merged with yours; {changed} entries changed.",
        todo,
    )


def count_missing(touched: Collection[tuple[str, str]], content: Content) -> int:
    """Return how many of the papers that a merge touched are not in a snapshot."""
    keys = {row["key"] for row in content.get(PAPERS, {}).values()}
    return len({key for table, key in touched if table == PAPERS and key not in keys})
