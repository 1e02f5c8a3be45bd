"""Records per second of every format, beside the reference reader of the format in the same run.

    python -m tests.benchmarks.add [--seconds 3] [FORMAT...]
    python -m tests.benchmarks.add --million [N]

Reads the files of `../shared/formats` that the table takes for each format, over and over for the
time given, from the file cache to Papers. The reference only parses.
`json` is 20,000 lines of the corpus beside `orjson` alone, and then added to a library whole.
`--million` writes N records as Kaggle's snapshot of arXiv has them, adds them by `sheaf add`, which
indexes them too, and adds them once more. Processor seconds are reported because
elapsed time is unreliable on a machine that is shared.
"""

from __future__ import annotations

import argparse
import gzip
import io
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import orjson

from tests.sources.shared_table import rows
from tui.core.paper import Paper
from tui.library.library import Library
from tui.sources.encodings import decode
from tui.sources.reader import read

SHARED = Path(__file__).parents[3] / "shared"
LINES = 20_000


def _bibtex(path: Path) -> int:
    from bibtexparser.entrypoint import parse_string

    return len(parse_string(decode(path.read_bytes()), parse_stack=[]).blocks)


def _ris(path: Path) -> int:
    import rispy

    return len(rispy.loads(decode(path.read_bytes())))


def _feed(path: Path) -> int:
    import feedparser

    return len(feedparser.parse(io.BytesIO(path.read_bytes())).entries)


def _xml(path: Path) -> int:
    from defusedxml.ElementTree import fromstring

    return len(list(fromstring(path.read_bytes())))


def _json(path: Path) -> int:
    orjson.loads(path.read_bytes())
    return 1


def _csv(path: Path) -> int:
    import csv

    return sum(1 for _ in csv.reader(io.StringIO(decode(path.read_bytes()))))


REFERENCES: dict[str, tuple[str, Callable[[Path], int]]] = {
    "bibtex": ("bibtexparser", _bibtex),
    "ris": ("rispy", _ris),
    "feed": ("feedparser", _feed),
    "acl": ("defusedxml", _xml),
    "oai": ("defusedxml", _xml),
    "pubmed-xml": ("defusedxml", _xml),
    "endnote-xml": ("defusedxml", _xml),
    "zotero-rdf": ("defusedxml", _xml),
    "csv": ("csv", _csv),
    "crossref": ("orjson", _json),
    "csl": ("orjson", _json),
    "semantic-scholar": ("orjson", _json),
    "hf-scraped": ("orjson", _json),
}


def _measure_round(paths: list[Path], seconds: float, one: Callable[[Path], object]) -> float:
    """Seconds of processor time for one round over the files."""
    rounds, begun = 0, time.process_time()
    while rounds == 0 or time.process_time() - begun < seconds:
        for path in paths:
            one(path)
        rounds += 1
    return (time.process_time() - begun) / rounds


def _count_papers(path: Path) -> int:
    return sum(isinstance(record, Paper) for record in read(str(path), date.today()))


def _run_reference(path: Path, one: Callable[[Path], int]) -> int:
    try:
        return one(path)
    except Exception:  # a reference may fail on what we refuse; it is timed all the same
        return 0


def measure_formats(seconds: float, names: list[str]) -> None:
    """A line for each format: ours, then the reference."""
    logging.disable(logging.CRITICAL)
    by_format: dict[str, list[Path]] = {}
    for file, ((name, papers, _), _) in rows().items():
        if papers and "," not in name:
            by_format.setdefault(name, []).append(SHARED / "formats" / file)
    print(f"{'format':18} {'files':>5} {'papers':>7} {'a second':>9}  reference")
    for name, paths in sorted(by_format.items()):
        if names and name not in names:
            continue
        papers = sum(_count_papers(path) for path in paths)
        rate = papers / _measure_round(paths, seconds, _count_papers)
        reference = ""
        if name in REFERENCES:
            label, one = REFERENCES[name]
            taken = _measure_round(paths, seconds, lambda path, one=one: _run_reference(path, one))  # type: ignore[misc]
            reference = f"{papers / taken:>9,.0f}  {label}"
        print(f"{name:18} {len(paths):>5} {papers:>7,} {rate:>9,.0f}  {reference}", flush=True)


def measure_json_lines() -> None:
    """JSON lines: parsed alone, read to papers, added to a library with its index."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "papers.jsonl"
        with gzip.open(SHARED / "corpora" / "papers-100k.jsonl.gz") as packed:
            path.write_bytes(b"".join(islice(packed, LINES)))
        begun = time.process_time()
        with path.open("rb") as stream:
            for line in stream:
                orjson.loads(line)
        alone = time.process_time() - begun
        begun = time.process_time()
        _count_papers(path)
        taken = time.process_time() - begun
        begun = time.process_time()
        with Library(Path(folder) / "home", create=True) as library:
            records = read(str(path), date.today())
            library.add((record for record in records if isinstance(record, Paper)), None)
        added = time.process_time() - begun
        print(f"{'json lines, read':32} {LINES / taken:>9,.0f}  {LINES / alone:>9,.0f}  orjson")
        print(f"{'json lines, added':32} {LINES / added:>9,.0f}")


def measure_million(count: int) -> None:
    """`sheaf add` of `count` records as a process of its own: rate, memory, disk; then again."""
    with tempfile.TemporaryDirectory() as folder:
        file, home = Path(folder) / "snapshot.json", Path(folder) / "home"
        # By another process: a child's peak is never below what its parent had.
        writer = [sys.executable, "-m", "tests.benchmarks.snapshot", str(file), str(count)]
        subprocess.run(writer, check=True)
        print(f"{count:,} records, {file.stat().st_size / 2**20:,.0f} MB")
        for label in ("added and indexed", "again, unchanged"):
            begun = time.monotonic()
            words = ["--home", str(home), "--quiet", "add", str(file), "--json"]
            process = subprocess.Popen(
                [sys.executable, "-m", "tui", *words], stdout=subprocess.PIPE, text=True
            )
            assert process.stdout is not None
            outcome = orjson.loads(process.stdout.read())
            _, _, usage = os.wait4(process.pid, 0)
            wall, cpu = time.monotonic() - begun, usage.ru_utime + usage.ru_stime
            print(
                f"{label:20} {count / wall:>8,.0f} a second ({wall:,.0f} s), "
                f"{count / cpu:>8,.0f} a second of processor ({cpu:,.0f} s), "
                f"peak {usage.ru_maxrss >> 10:,} MB; "
                f"{outcome['added']:,} added, {outcome['unchanged']:,} unchanged",
                flush=True,
            )
        size = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        print(f"home {size / 2**20:,.0f} MB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=1.0, help="of each measurement")
    options.add_argument("--million", type=int, nargs="?", const=1_000_000, metavar="N")
    options.add_argument("formats", nargs="*")
    chosen = options.parse_args()
    if chosen.million:
        measure_million(chosen.million)
        return
    measure_formats(chosen.seconds, chosen.formats)
    if not chosen.formats or "json" in chosen.formats:
        measure_json_lines()


if __name__ == "__main__":
    main()
