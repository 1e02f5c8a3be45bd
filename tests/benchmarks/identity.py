"""How many records of one work are recognized, and how many records of two are joined wrongly.

    python -m tests.benchmarks.identity [--pairs 500] [--seed 14] [--json]

Half of the pairs are true: two formats of `../shared/formats` have a record with one identifier.
The other half are false: two records whose first authors have one surname and whose titles are
similar, but which differ in an identifier. A pair is joined if adding one record after the other
leaves one paper. Then the identifiers are removed, and the pairs are tried once more: what joins
now joins by title, authors and year alone. True pairs are then only those where both records have
authors, years at most one apart, and titles; false pairs are those whose titles differ, because
nothing else is left to tell two records of one title apart.
`../shared/cases` gives pairs for which the number of papers that is right was written down.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz

from tests.sources.shared_table import rows
from tui.catalog.catalog import Catalog
from tui.core.paper import Paper
from tui.core.text import normalize
from tui.sources.reader import read

SHARED = Path(__file__).parents[3] / "shared"
CASES = {
    "bugs/02-same-doi-two-chapters.bib": 2,
    "bugs/05-same-surname-other-person.bib": 2,
    "bugs/06-generic-titles.bib": 6,
    "formats/39-dedup-editorial.jsonl": 2,
    "formats/41-dedup-c-plus-plus.jsonl": 2,
    "formats/42-dedup-preprint.jsonl": 1,
    "formats/44-dedup-cut-title.jsonl": 1,
}
"""File of `../shared/cases` to the number of papers in it."""
MAX_FILE = 700_000
"""Bytes of a file that is read; larger ones repeat what smaller ones have."""
SIMILAR = 60.0
"""Similarity (0 to 100) of the titles of a false pair, at least."""

Pair = tuple[Paper, Paper]


def read_formats() -> Iterator[tuple[str, Paper]]:
    """Yield format and paper of every record in the files of the table of formats."""
    for file, ((name, papers, _), _) in rows().items():
        path = SHARED / "formats" / file
        if papers and path.stat().st_size <= MAX_FILE:
            for record in read(str(path), date(2026, 1, 1)):
                if isinstance(record, Paper):
                    yield name, record


def true_pairs(records: list[tuple[str, Paper]]) -> list[Pair]:
    """Return pairs of records with one identifier in two formats."""
    by_key: defaultdict[str, dict[str, Paper]] = defaultdict(dict)
    for name, paper in records:
        for key in paper.id_keys:
            by_key[key].setdefault(name, paper)
    return [pair for same in by_key.values() for pair in combinations(same.values(), 2)]


def false_pairs(records: list[tuple[str, Paper]]) -> list[Pair]:
    """Return pairs of one surname and similar titles that differ in an identifier."""
    first = {paper.id_keys[0]: paper for _, paper in records if paper.id_keys and paper.authors}
    by_surname: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in first.values():
        by_surname[paper.authors[0].surname].append(paper)
    return [
        (one, other)
        for papers in by_surname.values()
        for one, other in combinations(papers, 2)
        if any(one.ids[name] != other.ids[name] for name in one.ids.keys() & other.ids.keys())
        and fuzz.token_set_ratio(normalize(one.title), normalize(other.title)) >= SIMILAR
        and not _has_two_dois(one, other)
    ]


def _has_two_dois(one: Paper, other: Paper) -> bool:
    """Whether one work was registered twice: a version of a preprint, or a DOI with two slashes."""
    dois = {paper.ids.get("doi", "").replace("//", "/") for paper in (one, other)}
    versions = {doi.rpartition(".")[0] for doi in dois}
    is_one_title = normalize(one.title) == normalize(other.title)
    return is_one_title and "" not in dois and 1 in (len(dois), len(versions))


def count_papers(papers: list[Paper]) -> int:
    """Return how many papers a new catalog has after adding these."""
    with closing(Catalog(Path("no such file"))) as catalog:  # in memory
        catalog.add(papers)
        return len(catalog)


def count_joined(pairs: list[Pair]) -> int:
    """Return how many pairs become one paper."""
    return sum(count_papers(list(pair)) == 1 for pair in pairs)


def without_ids(pairs: list[Pair]) -> list[Pair]:
    """Return the pairs without identifiers."""
    return [(one._replace(ids={}), other._replace(ids={})) for one, other in pairs]


def _can_be_recognized(one: Paper, other: Paper) -> bool:
    years = [paper.issued[:4] for paper in (one, other)]
    is_near = not all(map(str.isdecimal, years)) or abs(int(years[0]) - int(years[1])) <= 1
    return bool(one.authors and other.authors) and is_near


def measure(pairs: int, seed: int) -> dict[str, dict[str, int]]:
    """Return the number of pairs of each kind and how many were joined."""
    logging.disable(logging.CRITICAL)
    records = list(read_formats())
    draw = random.Random(seed)
    true, false = true_pairs(records), false_pairs(records)
    true = draw.sample(true, min(pairs // 2, len(true)))
    false = draw.sample(false, min(pairs // 2, len(false)))
    bare_true = without_ids([pair for pair in true if _can_be_recognized(*pair)])
    bare_false = without_ids(
        [pair for pair in false if normalize(pair[0].title) != normalize(pair[1].title)]
    )
    kinds = {
        "one work": true,
        "two works": false,
        "one work, without identifiers": bare_true,
        "two works, without identifiers": bare_false,
    }
    found = {
        name: {"pairs": len(drawn), "joined": count_joined(drawn)} for name, drawn in kinds.items()
    }
    right = 0
    for file, number in CASES.items():
        records_of = read(str(SHARED / "cases" / file), date(2026, 1, 1))
        right += count_papers([each for each in records_of if isinstance(each, Paper)]) == number
    return found | {"cases": {"files": len(CASES), "right": right}}


def main() -> None:
    """Print recall and false joins."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.pairs, options.seed)
    if options.json:
        print(json.dumps(found))
        return
    for name, numbers in found.items():
        total, counted = numbers.values()
        label = "right" if name == "cases" else "joined"
        print(f"{name:32} {total:>5}  {label} {counted:>4} ({counted / max(1, total):.1%})")


if __name__ == "__main__":
    main()
