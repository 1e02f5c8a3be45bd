"""The user's marks, notes and views: the data that cannot be fetched again.

`state.json` is an ordinary TinyDB database with the tables papers, views, feeds, session, hints and
citekeys; a script reads it with plain `TinyDB("state.json")`. TinyDB rewrites the whole file for
each change, so a journal goes before it, as the write-ahead log of a larger database: a change is
one line in `state.json.d/`, appended and synced, and then it is acknowledged. A checkpoint applies
the journals to `state.json` through TinyDB and moves them to the archive. Each running instance has
a journal of its own. In memory, the replica merges the snapshot and all journals: for each field,
the later stamp wins, and of notes edited at the same time both are kept, so the result is the same
in any order and any number of times. A star goes this way:

    store.submit(Change.of("star", {key: {"star": True}}), done)
      -> commit.Committer: its line; shown in memory beside what is on disk
      -> on the store's thread: append and sync; then done(change, None), or no longer shown
      -> checkpoint, at the end or in the background: TinyDB writes state.json

The command line calls `store.apply`, which returns when the line is on disk. `store.poll`, called
once a second by a worker, merges what others wrote; `changed_since(version)` says what to repaint.

    clock.py          stamps that never run backwards
    marks.py          Mark, what the user recorded about one paper; Change, one step; errors
    document.py       one document: the schema, its fields and stamps, merging
    tables.py         all documents in memory, merged; the papers with each mark
    journal.py        lines with checksums; the journal of this instance, reading those of others
    storage.py        the paths; the TinyDB storage: judges what it reads, replaces atomically
    replica.py        the tables as merged from the files, kept up to date
    commit.py         from a Change to a durable line, or back; undo and redo
    checkpoint.py     journals into the snapshot and into the archive; daily backups
    maintenance.py    export, import, repair, forget, and what `sheaf doctor` reports
    store.py          Store, the public face; drafts of notes

Decisions that a reader of the code may wonder about:
* A snapshot that this machine did not write last is merged with the newest backup and the archive,
  so an old file in the place of a newer one loses nothing. To go back in time, use undo.
* A value that differs while its stamp is unchanged is ignored: it may be a damaged byte.
* A snapshot that cannot be read is not changed until `repair`; the journals hold all changes.
* A paper that gained a key leaves a pointer under the old one: the catalog of another machine that
  shares the marks may not know the new key.
* A lock is trusted only if a second descriptor of the same file cannot take it. Where locks have no
  effect, journals are not moved to the archive.
* A change that the disk refused may leave bytes in the journal. Until they are removed, nothing is
  saved. If the power fails before that, the refused change is there at the next start.
"""

from tui.state.marks import Change, Mark, SaveRefused, StateError
from tui.state.store import Store

__all__ = ["Change", "Mark", "SaveRefused", "StateError", "Store"]
