"""Processes that write marks and are killed, and the judge of what is left.

It forks its workers, which is quick; so it runs in a program of its own, `run.py`, not in pytest.
A worker reports on a pipe: `t [KEY, NOTE, TAGS]` before a change, `a NUMBER` when it is durable.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tui.core import files
from tui.state import Change, Store, storage

CALLS = ("create", "write", "sync_file", "sync_folder", "rename", "close", "truncate", "remove")
KEYS = [f"arxiv:{number}" for number in range(8)]


def aim(name: str, place: int, *, after: bool) -> None:
    """Kill this process before or after its `place`th call of a function of `tui.core.files`."""
    real: Callable[..., Any] = getattr(files, name)
    calls = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == place and not after:
            if name == "write":
                os.write(args[0], bytes(args[1])[: random.randrange(len(args[1]) + 1)])
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == place:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(files, name, call)


State = tuple[str, tuple[str, ...]]
"""The note and the tags of a paper."""


class Worker:
    """Changes marks until killed; announces each change before it, and confirms it once durable."""

    def __init__(self, home: Path, pipe: int, name: str, dice: random.Random) -> None:
        self.home, self.pipe, self.name, self.dice = home, pipe, name, dice
        self.store = Store.open(home)
        self.said = 0

    def announce(self, key: str, state: State) -> int:
        """Say what a paper will be after the next change; return the number of that change."""
        self.said += 1
        os.write(self.pipe, f"t {json.dumps([key, *state])}\n".encode())
        return self.said

    def acknowledge(self, number: int) -> None:
        """Say that a change is durable."""
        os.write(self.pipe, f"a {number}\n".encode())

    def state(self, key: str) -> State:
        """Return what a paper is now."""
        mark = self.store.mark(key)
        return mark.note, mark.tags

    def run(self) -> None:
        """Change one paper after another: durable singly or in bursts; make checkpoints."""
        for number in range(100_000):
            key, value = self.dice.choice(KEYS), f"{self.name}.{number}"
            before = self.state(key)
            after = (value, tuple(sorted({*before[1], value})))
            change = Change.of("note", {key: {"note": value, "tags_add": [value]}})
            if len(before[1]) > 12:
                after = (value, ())
                change = Change.of("no tags", {key: {"note": value, "tags_remove": before[1]}})
            self.change(change, self.announce(key, after))
            roll = self.dice.random()
            if roll < 0.03:
                self.store.checkpoint()
            elif roll < 0.06:
                self.store.close()
                self.store = Store.open(self.home)
            elif roll < 0.10:
                said = self.announce(key, before)
                self.store.undo()
                self.acknowledge(said)
                said = self.announce(key, after)
                self.store.redo()
                self.acknowledge(said)

    def change(self, change: Change, said: int) -> None:
        """Make one change, either way."""
        if self.dice.random() < 0.5:
            self.store.apply(change)
            self.acknowledge(said)
        else:
            self.store.submit(change, lambda _, error: error or self.acknowledge(said))


def fork(job: Callable[[int], None]) -> tuple[int, int]:
    """Run a job in a child; return its process id and the end of the pipe to read from."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    code = 1
    try:
        os.close(reader)
        job(writer)
        code = 0
    finally:
        os._exit(code)


def drain(readers: list[int]) -> list[str]:
    """Return the whole lines that children send until they end, reading from all at once."""
    parts: dict[int, list[bytes]] = {reader: [] for reader in readers}
    waiting = set(readers)
    while waiting:
        for reader in select.select(list(waiting), [], [])[0]:
            part = os.read(reader, 1 << 16)
            parts[reader].append(part)
            if not part:
                waiting.remove(reader)
                os.close(reader)
    texts = [b"".join(part).decode() for part in parts.values()]
    return [line for text in texts for line in text.split("\n")[:-1]]


class Judge:
    """Knows what each paper was, and what it may be after the reports of a worker."""

    def __init__(self) -> None:
        self.states: dict[str, State] = dict.fromkeys(KEYS, ("", ()))
        self.acknowledged = 0

    def check(self, home: Path, lines: list[str]) -> list[str]:
        """Return what is wrong: the marks must be those after some change, the last durable one or
        a later one that was under way."""
        wrong = []
        snapshot = storage.read_snapshot(home / "state.json")
        if snapshot.why or (snapshot.digest and not snapshot.content):
            wrong.append(f"state.json is unusable: {snapshot.why}")
        with Store.open(home, readonly=True) as store:
            wrong += map(str, store.notices)
            found = {key: (store.mark(key).note, store.mark(key).tags) for key in KEYS}
        durable = max((int(line[2:]) for line in lines if line[0] == "a"), default=0)
        self.acknowledged += sum(line[0] == "a" for line in lines)
        possible, now = [dict(self.states)], dict(self.states)
        for line in lines:
            if line[0] == "t":
                key, note, tags = json.loads(line[2:])
                now[key] = (note, tuple(tags))
                possible.append(dict(now))
        if found not in possible[durable:]:
            odd = {key: (found[key], now[key]) for key in KEYS if found[key] != now[key]}
            where = possible.index(found) if found in possible else odd
            wrong.append(f"{durable} of {len(possible) - 1} are durable, found those after {where}")
        self.states = found
        return wrong


def kills(home: Path, rounds: int, seed: int) -> dict[str, Any]:
    """Kill a worker `rounds` times, half at random, half at an aimed call; judge after each."""
    dice = random.Random(seed)
    judge, wrong = Judge(), []
    for number in range(rounds):
        aimed = number % 2 == 1
        name, place, after = dice.choice(CALLS), dice.randrange(1, 60), dice.random() < 0.5
        mine = random.Random(dice.random())

        def job(pipe: int) -> None:
            if aimed:  # noqa: B023
                aim(name, place, after=after)  # noqa: B023
            Worker(home, pipe, str(number), mine).run()  # noqa: B023

        child, reader = fork(job)
        # An aimed worker ends itself, unless it never gets so far.
        time.sleep(0.15 if aimed else dice.random() * 0.06)
        os.kill(child, signal.SIGKILL)
        lines = drain([reader])
        os.waitpid(child, 0)
        wrong += [f"round {number}: {text}" for text in judge.check(home, lines)]
    return {"kills": rounds, "acknowledged": judge.acknowledged, "wrong": wrong}


def write(home: Path, pipe: int, until: float, dice: random.Random) -> None:
    """Change the same few papers and tags as everybody else; report each field's stamp."""
    store = Store.open(home)
    while time.monotonic() < until:
        key = dice.choice(KEYS)
        if dice.random() < 0.5:
            tag = dice.choice("pqrst")
            has = tag in store.mark(key).tags
            change = {"tags_remove" if has else "tags_add": [tag]}
            field, value = f"tag:{tag}", not has
        else:
            field, value = "rating", store.mark(key).rating % 5 + 1
            change = {"rating": value}
        store.apply(Change.of("x", {key: change}))
        stamp = store.mark(key).when[field]
        os.write(pipe, f"{key} {field} {json.dumps(value)} {stamp}\n".encode())
        roll = dice.random()
        if roll < 0.2:
            store.poll()
        elif roll < 0.21:
            store.checkpoint()
        elif roll < 0.22:
            store.close()
            store = Store.open(home)
    store.close()


def writers(home: Path, seconds: float, count: int, seed: int) -> dict[str, Any]:
    """Let several processes write at once; every field must hold its latest acknowledged value."""
    until = time.monotonic() + seconds
    crowd = [
        fork(lambda pipe, place=place: write(home, pipe, until, random.Random(seed + place)))
        for place in range(count)
    ]
    # All pipes must be read while the writers run, or a full one would stop its writer.
    lines = drain([reader for _, reader in crowd])
    failed = [child for child, _ in crowd if os.waitpid(child, 0)[1] != 0]
    latest: dict[tuple[str, str], tuple[str, Any]] = {}
    for line in lines:
        key, field, value, stamp = line.split()
        mine = (stamp, json.loads(value))
        latest[key, field] = max(latest.get((key, field), ("", None)), mine)
    wrong = [f"writer {child} failed" for child in failed]
    with Store.open(home, readonly=True) as store:
        wrong += map(str, store.notices)
        for (key, field), (stamp, value) in sorted(latest.items()):
            mark = store.mark(key)
            held = mark.rating if field == "rating" else field[4:] in mark.tags
            if held != value or mark.when[field] != stamp:
                wrong.append(f"{key} {field}: {held} at {mark.when[field]}, not {value} at {stamp}")
    return {"writers": count, "acknowledged": len(lines), "fields": len(latest), "wrong": wrong}
