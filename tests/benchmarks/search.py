"""How fast search is and how well it ranks: python tests/benchmarks/search.py CORPUS [--scale N]

CORPUS is a file of papers as JSON lines, also `.gz`, or a `papers.db`. `--scale N` makes N papers
of its titles and sentences. New words are added, so that the vocabulary grows as that of real
papers does: 234k words at 100k papers and 796k at 1.06M, which is 0.6 new words for each paper.

It measures building; loading in a fresh process; how early a known title is found (MRR@10) by two
to four of its words, with and without a typo (see `tests.search.known_items`); each keystroke
while these queries are typed, 30% of them with a typo; the slowest of the hostile queries; similar
papers; groups of 400 papers; and, with `--others`, the same work by fzf, SQLite FTS5 and rapidfuzz
if they are installed. `--work DIR` keeps the catalog and the index between runs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import shutil
import sqlite3
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from tests.authors import authors
from tests.search.dict_marks import DictMarks
from tests.search.hostile_queries import HOSTILE
from tests.search.known_items import KnownItem, known_items, mrr
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.core.text import split_words
from tui.index.index import Index
from tui.search.query import parse
from tui.search.search import Search

NEW_WORDS, TYPOS = 0.62, 0.3
FEW = 100
"""Titles that slow programs look for; the report has the result of search for the same ones."""


def read_corpus(path: Path) -> Iterator[Paper]:
    """Yield the papers of a file of JSON lines."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            fields = json.loads(line)
            name = fields.get("id") or ""
            yield Paper(
                " ".join(fields["title"].split()),
                authors(*(fields.get("authors") or ())),
                " ".join((fields.get("abstract") or "").split()),
                published=fields.get("date") or str(fields.get("year") or ""),
                venue=fields.get("venue") or "",
                categories=tuple(fields.get("categories") or ()),
                ids={"arxiv": name} if name[:4].isdigit() else {"openreview": name},
            )


def recombine(papers: list[Paper], size: int, chance: random.Random) -> Iterator[Paper]:
    """Yield `size` papers made from the titles and sentences of `papers`, with new words."""
    sentences = [p.abstract.split(". ") for p in papers if p.abstract]
    for number in range(size):
        like, other = chance.choice(papers), chance.choice(papers)
        left, right = like.title.split(), other.title.split()
        title = left[: len(left) // 2 + 1] + right[len(right) // 2 :]
        lines = [chance.choice(chance.choice(sentences)) for _ in range(like.abstract.count(". "))]
        text = ". ".join(lines).split()
        while chance.random() < NEW_WORDS / (1 + NEW_WORDS):
            new = "".join(chance.choices(string.ascii_lowercase, k=chance.randint(5, 11)))
            into = title if chance.random() < 0.05 else text
            into.insert(chance.randint(0, len(into)), new)
        yield Paper(
            " ".join(title),
            like.authors,
            " ".join(text),
            published=like.published,
            venue=like.venue,
            categories=like.categories,
            ids={"arxiv": f"{number // 100_000:04}.{number % 100_000:05}"},
        )


def make_catalog(corpus: Path, scale: int, folder: Path, seed: int) -> Catalog:
    path = folder / f"papers-{scale or 'all'}.db"
    if path.exists():
        return Catalog(path)
    if corpus.suffix == ".db":
        source = Catalog(corpus)
        papers = [stored.paper for stored in source.iterate()] if scale else []
        if not scale:
            shutil.copy(corpus, path)
            return Catalog(path)
    else:
        papers = list(read_corpus(corpus))
    half = path.with_suffix(".half")
    catalog = Catalog(half, create=True)
    catalog.add(recombine(papers, scale, random.Random(seed)) if scale else papers)
    catalog.close()
    half.rename(path)
    return Catalog(path)


def percentiles(seconds: list[float]) -> dict[str, float]:
    p50, p95, p99 = np.percentile(np.array(seconds) * 1000, [50, 95, 99])
    return {"p50_ms": round(p50, 2), "p95_ms": round(p95, 2), "p99_ms": round(p99, 2)}


def measure_keystrokes(
    search: Search, items: list[KnownItem], chance: random.Random
) -> dict[str, float]:
    """Measure each keystroke, in milliseconds of wall time and of processor time."""
    wall: list[float] = []
    cpu: list[float] = []
    for item in items:
        text = item.typo if chance.random() < TYPOS else item.clean
        for end in range(1, len(text) + 1):
            clock, used = time.perf_counter(), time.process_time()
            search.run(parse(text[:end]))
            wall.append(time.perf_counter() - clock)
            cpu.append(time.process_time() - used)
    used_ms = {f"cpu_{name}": value for name, value in percentiles(cpu).items()}
    return percentiles(wall) | used_ms | {"keystrokes": len(wall)}


def measure_hostile(search: Search) -> dict[str, object]:
    """Measure the slowest of the hostile queries."""
    slowest = (0.0, "")
    for text in HOSTILE:
        clock = time.perf_counter()
        search.run(parse(text))
        slowest = max(slowest, (time.perf_counter() - clock, text))
    seconds, text = slowest
    return {
        "queries": len(HOSTILE),
        "slowest_ms": round(seconds * 1000, 1),
        "which": f"{text[:24]!a} of {len(text)} characters",
    }


def memory() -> dict[str, int]:
    """Return the memory of this process in MB: its own, and of mapped files."""
    if not Path("/proc/self/status").exists():
        return {}
    lines = Path("/proc/self/status").read_text().splitlines()
    names = {"RssAnon": "own_mb", "RssFile": "mapped_mb", "VmHWM": "peak_mb"}
    fields = (line.partition(":") for line in lines)
    return {names[n]: int(v.split()[0]) // 1024 for n, _, v in fields if n in names}


def build(catalog: Catalog, folder: Path) -> dict[str, float]:
    shutil.rmtree(folder, ignore_errors=True)
    index = Index.open(folder, catalog)
    clock, used = time.perf_counter(), time.process_time()
    index.update(catalog)
    wall, cpu = time.perf_counter() - clock, time.process_time() - used
    size = sum(path.stat().st_size for path in folder.iterdir())
    return {
        "papers": index.snapshot.count,
        "words": sum(len(s.vocabulary) for s in index.snapshot.segments),
        "seconds": round(wall, 1),
        "papers_a_second": round(index.snapshot.count / wall),
        "papers_a_cpu_second": round(index.snapshot.count / cpu),
        "files_mb": size >> 20,
        **memory(),
    }


def load(catalog: Catalog, folder: Path) -> dict[str, float]:
    """Measure opening, the first search, and memory after some searches, in a fresh process."""
    before = memory()
    clock = time.perf_counter()
    search = Search(Index.open(folder, catalog), DictMarks())
    opened = time.perf_counter() - clock
    search.run(parse("neural"))
    first = time.perf_counter() - clock
    after_one = memory()
    for text in ("attention is all you need", "deep lerning", "graph -neural", "sort:votes"):
        for end in range(1, len(text) + 1):
            search.run(parse(text[:end]))
    after = memory()
    return {
        "open_s": round(opened, 3),
        "open_and_first_search_s": round(first, 3),
        "own_mb_after_first": after_one.get("own_mb", 0) - before.get("own_mb", 0),
        "own_mb_after_searches": after.get("own_mb", 0) - before.get("own_mb", 0),
    }


def measure_similar(search: Search, rows: list[int]) -> dict[str, float]:
    seconds = []
    for row in rows:
        clock = time.perf_counter()
        search.find_similar(row)
        seconds.append(time.perf_counter() - clock)
    return percentiles(seconds)


def measure_groups(search: Search, papers: int) -> dict[str, float]:
    """Measure the grouping of the newest papers."""
    rows = search.run(parse("")).rows[:papers]
    seconds = []
    for _ in range(9):
        clock = time.perf_counter()
        search.group(rows)
        seconds.append(time.perf_counter() - clock)
    return percentiles(seconds)


def measure_fzf(catalog: Catalog, items: list[KnownItem], folder: Path) -> dict[str, object]:
    """Measure `fzf -f`, which reads all text for each query: MRR on titles, time on all text."""
    if not shutil.which("fzf"):
        return {}
    titles, texts = folder / "titles.txt", folder / "texts.txt"
    with titles.open("w") as short, texts.open("w") as long:
        for stored in catalog.iterate():
            short.write(f"{stored.row}\t{stored.paper.title}\n")
            long.write(f"{stored.row}\t{stored.paper.title} {stored.paper.abstract}\n")

    def find(path: Path, text: str) -> list[int]:
        command = ["fzf", "--delimiter", "\t", "--nth", "2..", "-f", text]
        with path.open() as lines:
            done = subprocess.run(command, stdin=lines, capture_output=True, text=True, check=False)
        return [int(line.partition("\t")[0]) for line in done.stdout.split("\n")[:10] if line]

    seconds = []
    for item in items[:10]:
        clock = time.perf_counter()
        find(texts, item.clean)
        seconds.append(time.perf_counter() - clock)
    few = items[:FEW]
    return percentiles(seconds) | {
        "titles_mrr_clean": round(
            mrr(lambda t: find(titles, t), [(i.row, i.clean) for i in few]), 3
        ),
        "titles_mrr_typo": round(mrr(lambda t: find(titles, t), [(i.row, i.typo) for i in few]), 3),
    }


def measure_fts5(catalog: Catalog, items: list[KnownItem], folder: Path) -> dict[str, object]:
    """Measure SQLite FTS5 with a prefix index and bm25; the last word is a prefix."""
    path = folder / "fts.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(title, authors, abstract, prefix='1 2 3')")
        clock = time.perf_counter()
        papers = ((s.row, s.paper) for s in catalog.iterate())
        db.executemany(
            "INSERT INTO t(rowid, title, authors, abstract) VALUES (?, ?, ?, ?)",
            ((row, p.title, " ".join(p.author_names), p.abstract) for row, p in papers),
        )
        db.commit()
        built = time.perf_counter() - clock

        def find(text: str) -> list[int]:
            match = " ".join(f'"{word}"' for word in split_words(text)) + "*"
            sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 10, 5, 1) LIMIT 100"
            return [row for (row,) in db.execute(sql, (match,))]

        seconds = []
        for item in items[:25]:
            for end in range(1, len(item.clean) + 1):
                clock = time.perf_counter()
                find(item.clean[:end])
                seconds.append(time.perf_counter() - clock)
        result = percentiles(seconds) | {
            "build_s": round(built, 1),
            "mrr_clean": round(mrr(find, [(i.row, i.clean) for i in items]), 3),
            "mrr_typo": round(mrr(find, [(i.row, i.typo) for i in items]), 3),
        }
    db.close()
    path.unlink()
    return result


def measure_rapidfuzz(index: Index, items: list[KnownItem]) -> dict[str, object]:
    """Measure rapidfuzz over every title."""
    from rapidfuzz import fuzz, process

    snapshot = index.snapshot
    rows = snapshot.rows[snapshot.newest_first].tolist()
    titles = [" ".join(split_words(snapshot.title(doc))) for doc in snapshot.newest_first.tolist()]
    seconds = []

    def find(text: str) -> list[int]:
        clock = time.perf_counter()
        found = process.extract(text, titles, scorer=fuzz.token_set_ratio, limit=10)
        seconds.append(time.perf_counter() - clock)
        return [rows[place] for _, _, place in found]

    few = items[:FEW]
    return {
        "titles_mrr_clean": round(mrr(find, [(i.row, i.clean) for i in few]), 3),
        "titles_mrr_typo": round(mrr(find, [(i.row, i.typo) for i in few]), 3),
    } | percentiles(seconds)


def run(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    catalog = make_catalog(options.corpus, options.scale, folder, options.seed)
    place = folder / f"index-{options.scale or 'all'}"
    report: dict[str, object] = machine()
    if options.build or not place.exists():
        report["build"] = in_child("build", catalog, place)
    report["load"] = in_child("load", catalog, place)
    index = Index.open(place, catalog)
    search = Search(index, DictMarks())
    chance = random.Random(options.seed)
    items = known_items(index, options.items, chance)

    def find(text: str) -> list[int]:
        return search.run(parse(text)).rows[:10].tolist()

    report["quality"] = {
        f"{name}_of_{len(some)}": round(mrr(find, [(i.row, getattr(i, kind)) for i in some]), 3)
        for some in (items, items[:FEW])
        for name, kind in (("mrr_clean", "clean"), ("mrr_typo", "typo"))
    }
    search = Search(index, DictMarks())
    report["keystroke"] = measure_keystrokes(search, items[: options.typed], chance)
    measure_hostile(search)
    report["hostile"] = measure_hostile(
        Search(index, DictMarks())
    )  # the files are warm, the caches empty
    report["similar"] = measure_similar(search, [item.row for item in items[:50]])
    report["groups_of_400"] = measure_groups(search, 400)
    report["memory"] = memory()
    if options.others:
        report["fzf"] = measure_fzf(catalog, items, folder)
        report["fts5"] = measure_fts5(catalog, items, folder)
        report["rapidfuzz"] = measure_rapidfuzz(index, items)
    return report


def machine() -> dict[str, object]:
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}",
        "date": date.today().isoformat(),
    }


def in_child(what: str, catalog: Catalog, folder: Path) -> dict[str, float]:
    """Run `what` in a separate process, so that the memory is that of `what` alone."""
    command = [sys.executable, __file__, str(catalog.path), "--child", what, "--work", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def table(report: dict[str, object]) -> str:
    lines = [f"{report['machine']}, {report['date']}"]
    for name, values in report.items():
        if isinstance(values, dict):
            lines.append(f"{name:<14} " + "  ".join(f"{k} {v}" for k, v in values.items()))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scale", type=int, default=0, help="make so many papers of the corpus")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    parser.add_argument("--work", type=Path, help="folder to keep between runs")
    parser.add_argument("--build", action="store_true", help="build even where an index is kept")
    parser.add_argument("--others", action="store_true", help="also fzf, FTS5 and rapidfuzz")
    parser.add_argument("--items", type=int, default=500, help="titles looked for")
    parser.add_argument("--typed", type=int, default=150, help="queries typed letter by letter")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", choices=["build", "load"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        measure = build if options.child == "build" else load
        print(json.dumps(measure(Catalog(options.corpus), options.work)))
        return
    if options.work:
        options.work.mkdir(parents=True, exist_ok=True)
        report = run(options, options.work)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report = run(options, Path(folder))
    print(json.dumps(report) if options.json else table(report))


if __name__ == "__main__":
    main()
