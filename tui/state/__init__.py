"""The user's marks, notes and views: the one thing that cannot be fetched again.

State = fold(snapshot, journals); per field, the later stamp wins. Memory is only a cache of that.
`state.json` is the snapshot, an ordinary TinyDB file. `state.json.d/` has one append-only journal
per running instance, `backups/`, `archive/` (folded journals), `damaged/` (copies), `drafts/`.
A change is one line of a journal; it is acknowledged when it is synced, and undone as one.

    errors     StateError, SaveRefused, Notice; the system's errors in words
    stamp      stamps that never run backwards
    mark       Mark, what the user said about one paper
    change     Change, one step of the user, checked when it is built
    documents  one document: fields with stamps, and how two versions become one
    edits      taking in what a script or an editor did to the snapshot
    views      which papers carry which mark
    memory     all documents as they stand, following papers to new keys
    places     where the files are
    disk       the one door to the disk
    line       one line of a journal, with its checksum
    journal    the file of one running instance; ownlog: the one we write; tails: those of others
    text       the text of the snapshot; reading: what a snapshot is worth; storage: for TinyDB
    archive    what of the folded journals memory holds
    pieces     parsing a large one without holding up the screen
    core       memory and the files it is the fold of: load, poll
    recovery   when the snapshot is not what it should be
    engine     from a Change to a durable line, and back if the disk refuses
    history    undo and redo
    fold       journals into the snapshot; backups: daily copies, and the archive beside them
    writer     the thread that saves for the reader
    transfer   marks to another key, out into one object, in from one
    conflicts  what sync tools leave; mend: repair, forget
    live       the TinyDB interface over a running store
    drafts     notes being typed
    health     what `sheaf doctor` says
    store      Store, the one thing the rest of Sheaf talks to

Imports from the rest of Sheaf: `tui.core.errors`, nothing else. The flow of one key in the reader:

    store.submit(Change.of("star", {key: {"star": True}}), done)
      -> prepare: its stamp, its line, the way back  -> show: memory, views, history
      -> on the writer's thread: append, sync  -> done(change, None), or back and done(.., why)

The command line calls `store.apply` and has it on disk at return. What others write comes in by
`store.poll`, called once a second from a worker; `changed_since(version)` says what to repaint.

Decisions a reader of the code may wonder about:
* Document ids in `state.json` are hashes of the keys, because plain TinyDB wants integers (`text`).
* A snapshot this machine did not write last is joined with the archive, so an old file put in the
  place of a newer one loses nothing; to go back in time, use undo or an export. Beside one it did
  write last, it reads what other machines have archived since.
* A snapshot that cannot be read is left until `repair`; until then the journals hold all changes.
* Another machine's journals are read, and moved only after 90 days without a word: it may still be
  writing them. If it was, it writes what they held once more.
* Only a lock that keeps a second descriptor out counts; where locks pretend, journals stay.

Limits. Copying `state.json` alone while a reader runs misses its journal: `export` is the way. If
the disk refuses a change and then refuses to cut its bytes out again, nothing more is saved until
it lets us; should the power go in that moment, the refused change shows after all.
"""

from tui.state.change import Change
from tui.state.errors import Notice, SaveRefused, StateError
from tui.state.health import Health, health
from tui.state.mark import Mark
from tui.state.store import Store

__all__ = ["Change", "Health", "Mark", "Notice", "SaveRefused", "StateError", "Store", "health"]
