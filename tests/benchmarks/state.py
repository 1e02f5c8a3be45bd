"""What a change, an open and a checkpoint cost, beside plain TinyDB in the same run.

    python tests/benchmarks/state.py [--sizes 100,10000,100000] [--json]

Times in milliseconds, medians. `change` is durable; `keystroke` is how long the screen waits while
another thread saves the change; `cpu` is its processor time on both threads; `stall` is the longest
time for which work on another thread blocks the screen; `close` ends a reader.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tinydb import TinyDB, where

from tui.core import files
from tui.state import Change, Store

ROOT = Path(__file__).parents[2]
Row = dict[str, float]


def key(number: int) -> str:
    """Return the key of a paper."""
    return f"arxiv:{2000 + number // 10_000}.{number % 10_000:05}"


def marks(number: int) -> dict[str, object]:
    """Return what a busy user says about a paper."""
    return {
        "read": True,
        "star": number % 3 == 0,
        "rating": number % 6,
        "note": f"note {number}, worth a second look" if number % 4 == 0 else "",
        "tags_add": ["rag", "survey"] if number % 2 else ["llm"],
    }


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def processor(work: Callable[[], object]) -> float:
    """Return how much processor time a piece of work took, on all threads."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def beside(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long work took on another thread, and how long at most it held this one up."""
    took: list[float] = []
    thread = threading.Thread(target=lambda: took.append(milliseconds(work)))
    longest, last = 0.0, time.perf_counter()
    thread.start()
    while not took:
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    thread.join()
    return took[0], longest * 1000


def fill(home: Path, count: int) -> None:
    """Mark `count` papers and make a checkpoint."""
    with Store.open(home) as store:
        for low in range(0, count, 10_000):
            papers = {key(number): marks(number) for number in range(low, min(count, low + 10_000))}
            store.apply(Change.of("fill", papers))
        store.close(checkpoint=True)


def measure_store(home: Path, count: int, times: int = 200) -> Row:
    """Measure the store at `count` marked papers."""
    fill(home, count)
    row: Row = {"open": statistics.median(_open(home) for _ in range(3))}
    row["import, cpu"], row["open, cpu"] = _open_in_new_process(home)
    store, flip = Store.open(home), iter(range(10**9))

    def change() -> Change:
        number = next(flip)
        paper = key(number * 7919 % count)
        return Change.of("star", {paper: {"star": not store.mark(paper).star}})

    store.apply(change())
    written = _count_bytes()
    row["change"] = statistics.median(
        milliseconds(lambda: store.apply(change())) for _ in range(times)
    )
    row["bytes a change"] = written() / times
    began = time.process_time()
    keystrokes = [milliseconds(lambda: store.submit(change(), _nothing)) for _ in range(times)]
    store.flush()
    row["cpu"] = (time.process_time() - began) * 1000 / times
    row["keystroke"] = statistics.median(keystrokes)
    row["keystroke p99"] = sorted(keystrokes)[int(times * 0.99)]
    some = {key(number): {"dismissed": True} for number in range(min(count, 1000))}
    row["bulk of 1000"] = milliseconds(lambda: store.apply(Change.of("dismiss", some)))
    row["undo of it"] = milliseconds(store.undo)
    every = {key(number): {"dismissed": True} for number in range(count)}
    row["bulk of all, cpu"] = processor(lambda: store.apply(Change.of("dismiss", every)))
    row["undo of all, cpu"] = processor(store.undo)
    row["poll"] = statistics.median(milliseconds(store.poll) for _ in range(20))
    other = Store.open(home)
    began = time.process_time()
    row["checkpoint"], row["checkpoint, stall"] = beside(store.checkpoint)
    row["checkpoint, cpu"] = (time.process_time() - began) * 1000
    row["merge a checkpoint"], row["merge, stall"] = beside(other.poll)
    row["all marks"] = milliseconds(lambda: sum(1 for _ in store.marks()))
    row["snapshot MB"] = (home / "state.json").stat().st_size / 1e6
    other.close()
    store.submit(change(), _nothing)
    row["close"] = milliseconds(store.close)
    return row


def _nothing(*_: object) -> None:
    """Take the report of a saved change."""


def _open(home: Path) -> float:
    opened: list[Store] = []
    took = milliseconds(lambda: opened.append(Store.open(home)))
    opened[0].close()
    return took


_OPEN = """
import sys, time
from pathlib import Path
import dataclasses, orjson, tui.core.files, tui.core.text  # what the reader has imported by then
began = time.process_time()
from tui.state import Store
imported = time.process_time()
Store.open(Path(sys.argv[1]))
print(imported - began, time.process_time() - imported)
"""


def _open_in_new_process(home: Path, times: int = 5) -> tuple[float, float]:
    """Return the processor time of importing the package and of opening a store, medians."""
    command = [sys.executable, "-c", _OPEN, str(home)]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
        for _ in range(times)
    ]
    imports, opens = zip(*runs, strict=True)
    return (
        statistics.median(map(float, imports)) * 1000,
        statistics.median(map(float, opens)) * 1000,
    )


def _count_bytes() -> Callable[[], float]:
    real, total = files.write, [0]

    def write(descriptor: int, data: bytes) -> None:
        total[0] += len(data)
        real(descriptor, data)

    files.write = write

    def stop() -> float:
        files.write = real
        return total[0]

    return stop


def measure_tinydb(path: Path, count: int) -> Row:
    """Measure plain TinyDB with the same marks."""
    rows = {str(number + 1): {"key": key(number), **marks(number)} for number in range(count)}
    path.write_text(json.dumps({"papers": rows}))
    times = 20 if count <= 10_000 else 3
    with TinyDB(path) as database:
        papers = database.table("papers")

        def change(number: int) -> None:
            papers.update({"star": number % 2 == 0}, where("key") == key(number))

        took = statistics.median(milliseconds(lambda n=n: change(n)) for n in range(times))
    return {"change": took, "open": milliseconds(lambda: TinyDB(path).table("papers").all())}


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description="What the user's marks cost.")
    parser.add_argument("--sizes", default="100,10000,100000")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results: dict[str, dict[str, Row]] = {}
    folder = Path(tempfile.mkdtemp(prefix="sheaf-bench-"))
    try:
        for size in map(int, options.sizes.split(",")):
            results[str(size)] = {
                "sheaf": measure_store(folder / str(size), size),
                "tinydb": measure_tinydb(folder / f"{size}.json", size),
            }
    finally:
        shutil.rmtree(folder)
    if options.json:
        print(json.dumps(results, indent=1))
        return
    sizes = list(results)
    print(f"{'milliseconds':32}" + "".join(f"{int(size):>12,}" for size in sizes))
    for name in ("sheaf", "tinydb"):
        for line in results[sizes[0]][name]:
            figures = "".join(f"{results[size][name][line]:12,.2f}" for size in sizes)
            print(f"{name + ' ' + line:32}{figures}")


if __name__ == "__main__":
    main()
