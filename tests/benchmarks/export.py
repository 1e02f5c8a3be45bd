"""Exports that are read again: a check of ten thousand papers, and the time and memory of many.

    python -m tests.benchmarks.export [--papers 10000]
    python -m tests.benchmarks.export --memory [--papers 100000]

The first writes the oddities and that many papers of the corpus in every format that keeps title,
authors and abstract, reads them back and counts what differs; pybtex reads every entry of BibTeX
and BibLaTeX and splits every name, and a strict check goes over each. The second adds the papers to
a library and runs `sheaf export` in another process for each format; times are processor seconds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.export import round_trip, strict
from tui.core.paper import Paper
from tui.export.formats import FORMATS
from tui.library.library import Library

SHARED = Path(__file__).parents[3] / "shared"


def check(count: int, folder: Path) -> int:
    """Print what differs; how much that is."""
    wrong = 0
    for name, papers in (
        ("oddities", round_trip.oddities(SHARED)),
        ("corpus", round_trip.corpus(SHARED, count)),
    ):
        for format_name in round_trip.LOSSLESS:
            start = time.process_time()
            round_trip.write(papers, format_name, folder / "timed")
            seconds = time.process_time() - start
            found = round_trip.differences(papers, format_name, folder)
            summary = dict(Counter(each.field for each in found)) or "nothing differs"
            print(f"{name:9} {format_name:9} {len(papers):7,}  {seconds:5.1f} s  {summary}")
            wrong += len(found)
        for format_name in ("bibtex", "biblatex"):
            start = time.process_time()
            found_by_pybtex = list(_by_pybtex(papers, format_name, folder))
            took = time.process_time() - start
            print(f"{name:9} {format_name:9} pybtex and the strict check: {took:.1f} s")
            for line in found_by_pybtex[:20]:
                print("   ", line)
            wrong += len(found_by_pybtex)
    return wrong


def _by_pybtex(papers: list[Paper], format_name: str, folder: Path) -> Iterator[str]:
    """What pybtex or the strict check find wrong."""
    from pybtex.database import parse_string

    path = folder / "out.bib"
    round_trip.write(papers, format_name, path)
    text = path.read_text(encoding="utf-8")
    entries = strict.entries(text)
    if len(entries) != len(papers):
        yield f"{len(papers)} papers, {len(entries)} entries"
    database = parse_string(text, "bibtex")
    if len(database.entries) != len(papers):
        yield f"pybtex has {len(database.entries)} entries"
    for (_, key, _), paper in zip(entries, papers, strict=True):
        people = database.entries[key].persons.get("author", [])
        if len(people) != len(paper.author_names):
            yield f"{key}: {len(paper.author_names)} authors, pybtex has {len(people)}"
        for person, author in zip(people, paper.authors, strict=False):
            last = " ".join([*person.prelast_names, *person.last_names])
            if round_trip.letters(last) != round_trip.letters(author.last_name):
                yield f"{key}: '{author}' is {person!r}"


def memory(count: int, folder: Path) -> None:
    """Print time and memory of each format's export of a library."""
    environ = os.environ | {"SHEAF_HOME": str(folder / "home")}
    with Library(folder / "home", create=True) as library:
        library.add(round_trip.corpus(SHARED, count))
    for form in FORMATS:
        if form.chunks is None:
            continue
        line = [sys.executable, "-m", "tui", "export", "--format", form.name, "-o"]
        before = time.perf_counter()
        code = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True); "
            "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
            "print(used.ru_maxrss // 1024, round(used.ru_utime + used.ru_stime, 1))"
        )
        target = str(folder / f"out-{form.name}")
        done = subprocess.run(
            [sys.executable, "-c", code, *line, target],
            env=environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        peak, seconds = done.stdout.split()
        size = Path(target).stat().st_size >> 20
        took = time.perf_counter() - before
        print(f"{form.name:9} {size:5} MB  {seconds:>6} s cpu  {took:6.1f} s  peak {peak} MB")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=0)
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.memory:
            memory(options.papers or 100_000, Path(folder))
            return 0
        return 1 if check(options.papers or 10_000, Path(folder)) else 0


if __name__ == "__main__":
    sys.exit(main())
