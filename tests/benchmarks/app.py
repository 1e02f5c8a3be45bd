"""How soon the running app shows papers: python tests/benchmarks/app.py CORPUS [--work DIR]

Three libraries in one run: the samples, the papers of CORPUS, and a million made of them as
`search.py --scale` does. `--work DIR` keeps them; what `search.py --work DIR` has made is used.

launch  `python -m tui` in a pty of 120x40: from the start of the process to the first row's title
        on the screen, and to the number of papers in the filter bar, when the filter answers.
        The libraries take turns; medians, with the processor time of the whole process.
typed   In the app under `run_test`: from a key to the list painted for it (handed to the driver),
        and `pane_`: to the detail pane that follows it, letter by letter of what
        `tests.search.known_items` draws, 30% with a typo, each key KEY_INTERVAL after the last one
        was painted (sixteen keys a second: nobody types faster). Each library has a process of its
        own, with the files in the cache of the system: the reader is measured, not the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import json
import os
import pty
import random
import select
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from statistics import median
from typing import Any

from search import TYPOS, machine, make_catalog, percentiles, table
from textual import events
from textual.widgets import Input

from tests.search.known_items import KnownItem, known_items
from tui.core import paths
from tui.library.library import Library
from tui.shell.command_line import MAX_FRAMES_PER_SECOND
from tui.ui.app import SheafApp, import_samples
from tui.ui.idle_collector import IdleCollector
from tui.ui.widgets.paper_list import PaperList

COLUMNS, LINES = 120, 40
TIMEOUT = 30.0
KEY_INTERVAL = 0.06
"""Seconds from a painted list to the next key."""
TITLE = 20
"""Letters of a title that must be on the screen: every window shows as many."""


def make_home(name: str, corpus: Path, scale: int, work: Path, seed: int) -> Path:
    """A library with its index; the one in `work` if it is there."""
    home = work / f"home-{name}"
    if not home.exists():
        half = paths.make_home(home.with_suffix(".half"))
        if name != "samples":
            catalog = make_catalog(corpus, scale, work, seed)
            catalog.close()
            shutil.copy(catalog.path, paths.papers_db(half))
            made = work / f"index-{scale or 'all'}"
            if made.exists():
                shutil.copytree(made, paths.index_folder(half))
        with Library(half, create=True) as library:
            import_samples(library)
            library.index.update(library.catalog)
        half.rename(home)
    return home


def launch(home: Path, expected: list[bytes]) -> list[tuple[float, float]]:
    """Seconds by the clock and the processor until each of `expected` is drawn."""
    clock = time.perf_counter()
    child, terminal = pty.fork()
    if not child:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        os.execv(sys.executable, [sys.executable, "-m", "tui", "--home", str(home)])
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        drawn, times = b"", []
        while len(times) < len(expected):
            if not select.select([terminal], [], [], TIMEOUT)[0]:
                raise TimeoutError(f"{expected[len(times)]!r} is not drawn")
            drawn += os.read(terminal, 1 << 16)
            while len(times) < len(expected) and expected[len(times)] in drawn:
                times.append((time.perf_counter() - clock, processor_time(child)))
        return times
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def processor_time(process: int) -> float:
    """Seconds of all threads of a process so far, to the hundredth."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_launches(homes: dict[str, Path], rounds: int) -> dict[str, dict[str, float]]:
    """Medians of launches, the libraries in turn, after one of each that is not counted."""
    expected: dict[str, list[bytes]] = {}
    for name, home in homes.items():
        with Library(home) as library:
            first = library.catalog.get(library.catalog.newest(1)[0])
            assert first is not None
            title = first.paper.title[:TITLE].rstrip()
            expected[name] = [title.encode(), f"{len(library.catalog):,} papers".encode()]
    taken: dict[str, list[list[tuple[float, float]]]] = {name: [] for name in homes}
    for number in range(rounds + 1):
        for name, home in homes.items():
            times = launch(home, expected[name])
            taken[name] += [times] if number else []
    report = {}
    for name, each in taken.items():
        middle = [[median(t[at][kind] for t in each) for kind in (0, 1)] for at in (0, 1)]
        report[f"launch {name}"] = {
            "first_row_ms": round(middle[0][0] * 1000),
            "first_row_cpu_ms": round(middle[0][1] * 1000),
            "answers_ms": round(middle[1][0] * 1000),
            "answers_cpu_ms": round(middle[1][1] * 1000),
        }
    least = next(iter(report.values()))
    for values in report.values():
        for kind in ("first_row_ms", "first_row_cpu_ms"):
            values[kind.replace("_ms", "_times")] = round(values[kind] / least[kind], 2)
    return report


async def measure_typing(home: Path, count: int, seed: int) -> dict[str, float]:
    """Milliseconds from a key to the painted list, for `count` queries typed letter by letter."""
    watch = Watch()
    with Library(home) as library:
        app = SheafApp(library)
        app.idle = IdleCollector()  # as `tui.ui.app.run` does
        async with app.run_test(size=(COLUMNS, LINES)) as pilot:
            async with asyncio.timeout(TIMEOUT):
                while not app.reader_screen.search.ready:
                    await pilot.pause(0.05)
            app.reader_screen.panes.go_to("filter")
            await pilot.pause()
            chance = random.Random(seed)
            items = known_items(library.index, count, chance)
            wall: list[float] = []
            cpu: list[float] = []
            whole: list[float] = []
            for item in items:
                if app.reader_screen.request.text:
                    watch.begin()
                    app.reader_screen.request = app.reader_screen.request.with_text("")
                    await watch.wait_until_painted()
                await pilot.pause(0.3)  # the counts of the views
                for letter in text_of(item, chance):
                    await asyncio.sleep(KEY_INTERVAL)
                    watch.begin()
                    clock, used = time.perf_counter(), time.process_time()
                    app.post_message(
                        events.Key("space" if letter == " " else letter, letter).set_sender(app)
                    )
                    await watch.wait_until_painted()
                    wall.append(watch.painted[0] - clock)
                    cpu.append(watch.painted[1] - used)
                    whole.append(time.perf_counter() - clock)
                    assert isinstance(app.focused, Input)
    used_ms = {f"cpu_{name}": value for name, value in percentiles(cpu).items()}
    pane_ms = {f"pane_{name}": value for name, value in percentiles(whole).items()}
    return percentiles(wall) | used_ms | pane_ms | {"keys": len(wall)}


class Watch:
    """Sees when the list that answers a letter is on the screen, and when all is."""

    def __init__(self) -> None:
        self.painted = (0.0, 0.0)
        """When the lines of the list were written: by the clock, by the processor."""
        self._answered = self._drawn = False
        self._all = asyncio.Event()
        show, lines, display = PaperList.show, PaperList.render_lines, SheafApp._display

        def show_and_note(papers: PaperList, *args: Any, **named: Any) -> None:
            show(papers, *args, **named)
            self._answered = True
            papers.call_after_refresh(self._all.set)

        def render_and_note(papers: PaperList, *args: Any) -> Any:
            self._drawn = self._answered
            return lines(papers, *args)

        def display_and_note(app: SheafApp, *args: Any) -> None:
            display(app, *args)
            if self._drawn:
                self.painted = (time.perf_counter(), time.process_time())
                self._answered = self._drawn = False

        PaperList.show = show_and_note  # type: ignore[method-assign,assignment]
        PaperList.render_lines = render_and_note  # type: ignore[method-assign]
        SheafApp._display = display_and_note  # type: ignore[method-assign,assignment]

    def begin(self) -> None:
        """Forget earlier answers: `wait_until_painted` waits for the next one."""
        self._answered = self._drawn = False
        self._all.clear()

    async def wait_until_painted(self) -> None:
        """Wait until the list and what follows it are painted."""
        await asyncio.wait_for(self._all.wait(), TIMEOUT)


def text_of(item: KnownItem, chance: random.Random) -> str:
    return item.typo if chance.random() < TYPOS else item.clean


def fill_file_cache(home: Path) -> None:
    """Read every file once, so that the system has it in its cache."""
    for path in home.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(1 << 24):
                    pass


def run(options: argparse.Namespace, work: Path) -> dict[str, object]:
    sizes = {"samples": 0, "corpus": 0, "million": options.scale}
    homes = {
        name: make_home(name, options.corpus, scale, work, options.seed)
        for name, scale in sizes.items()
        if name != "million" or scale
    }
    report: dict[str, object] = machine()
    report |= measure_launches(homes, options.rounds)
    for name, home in homes.items():
        command = [sys.executable, __file__, str(options.corpus), "--child", str(home)]
        command += ["--typed", str(options.typed), "--seed", str(options.seed)]
        fill_file_cache(home)
        done = subprocess.run(
            command, capture_output=True, text=True, check=True,
            env=os.environ | {"TEXTUAL_FPS": MAX_FRAMES_PER_SECOND},
        )  # fmt: skip
        report[f"typed {name}"] = json.loads(done.stdout)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scale", type=int, default=1_000_000, help="papers made of it; 0: none")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--work", type=Path, help="folder to keep between runs")
    parser.add_argument("--rounds", type=int, default=9, help="launches of each library")
    parser.add_argument("--typed", type=int, default=40, help="queries typed letter by letter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(asyncio.run(measure_typing(options.child, options.typed, options.seed))))
        return
    with tempfile.TemporaryDirectory() as folder:
        work = options.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        report = run(options, work)
    print(json.dumps(report) if options.json else table(report))


if __name__ == "__main__":
    main()
