"""What the user may ask for on purpose: write a damaged snapshot anew, forget a paper for good."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from tui.core import files
from tui.state import documents, line, reading, text
from tui.state.change import PAPERS
from tui.state.errors import refused
from tui.state.fold import fold
from tui.state.line import Line
from tui.state.reading import Condition, Reading

if TYPE_CHECKING:
    from tui.state.engine import Engine


def repair(engine: Engine) -> Path | None:
    """Move an unusable snapshot to `damaged/` and write one from what was put together.

    Returns where the damaged file is now, None if nothing was wrong. SaveRefused.
    """
    core = engine.core
    engine.check_writable()
    core.poll()
    if core.unusable is None:
        return None
    target = core.places.target
    name = f"state-moved-{core.unusable.digest[:12] or 'unread'}.json"
    try:
        files.make_folder(core.places.damaged)
        goal = core.places.damaged / name
        files.move(target, goal)
    except OSError as error:
        raise refused(error, target) from error
    core.unusable = None
    core.storage.last = Reading(Condition.MISSING)
    core.storage.expected = None
    core.rewind()
    core.unfolded = True
    fold(engine)
    return goal


def forget(engine: Engine, key: str) -> list[Path]:
    """Remove a paper's marks everywhere: snapshot, journals, archive, backups, damaged files.

    Only the bare key with the times of its changes stays, so that a stale copy cannot bring the
    marks back. Returns the files that still hold them, because another instance or machine has them
    in use. SaveRefused.
    """
    core = engine.core
    engine.check_writable()
    with core.disk_lock:
        with core.lock:
            home = core.memory.resolve(key)
            aliases = {
                old for old in core.memory.tables[PAPERS] if core.memory.resolve(old) == home
            }
            keys = aliases | {key, home}
            document = core.memory.get(PAPERS, home) or documents.new(home)
            gone = dict.fromkeys(documents.fields_of(document))
            body: Line = {"t": core.clock.tick(), "label": "forget", "silent": True}
            body["set"] = {PAPERS: {home: gone}}
            body["base"] = {PAPERS: {home: list(documents.heads_of(document))}}
        if gone:
            engine.append(line.encode(body))
            core.merge_lines([body])
    with core.lock:
        for step in (*engine.history.undo, *engine.history.redo):
            _strip({"set": step.sets, "was": step.was}, keys)
    fold(engine)
    places = core.places
    left = []
    try:
        for folder in (places.archive, places.backups, places.damaged):
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                _purge(path, keys)
    except OSError as error:
        raise refused(error, places.aside) from error
    for path in sorted(places.aside.glob("*.jsonl")):
        if any(_quoted(one) in path.read_bytes() for one in keys):
            left.append(path)
    return left


def _quoted(key: str) -> bytes:
    return orjson.dumps(key)


def _purge(path: Path, keys: Iterable[str]) -> None:
    raw = path.read_bytes()
    if not any(_quoted(key) in raw for key in keys):
        return
    if path.suffix == ".jsonl" and path.parent.name == "archive":
        pieces = []
        for part in raw.split(b"\n"):
            body = line.decode(part)
            if body is not None:
                _strip(body, keys)
                pieces.append(line.encode(body))
        files.write_atomically(path, pieces, mode=files.PRIVATE)
        return
    found = reading.parse(raw)
    if found.condition is not Condition.WHOLE or path.parent.name == "damaged":
        files.remove(path)
        return
    for key in keys:
        found.tables.get(PAPERS, {}).pop(key, None)
    files.write_atomically(path, text.write(text.shape(found.tables)), mode=files.PRIVATE)


def _strip(body: dict[str, Any], keys: Iterable[str]) -> None:
    for part in ("set", "was", "base", "docs"):
        rows = body.get(part, {}).get(PAPERS, {})
        for key in keys:
            rows.pop(key, None)
