"""Writes a file like Kaggle's arXiv snapshot with any number of records, for benchmarks.

The records are made from those of the corpus: each has an id of its own, a title of two halves,
sentences of two abstracts, and sometimes a new word, so that the vocabulary grows with the file as
that of real papers does.
"""

from __future__ import annotations

import gzip
import random
import sys
from pathlib import Path
from typing import Any

import orjson

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "papers-100k.jsonl.gz"
MONTHS = [f"{year:02}{month:02}" for year in range(8, 26) for month in range(1, 13)]
NEW_WORD = 0.4
"""New words for each paper: a million real papers have about 800,000 words, half of them once."""
_LETTERS = "etaoinshrdlucm"


def write(path: Path, count: int) -> None:
    """Write `count` records, one on each line; equal counts give equal files."""
    chance = random.Random(count)
    with gzip.open(CORPUS) as lines:
        papers = [paper for line in lines if (paper := orjson.loads(line)).get("abstract")]
    with path.open("wb") as file:
        for number in range(count):
            first, second = papers[chance.randrange(len(papers))], papers[number % len(papers)]
            record = _record(number, first, second, chance)
            file.write(orjson.dumps(record) + b"\n")


def _record(number: int, a: dict[str, Any], b: dict[str, Any], chance: random.Random) -> object:
    month, serial = MONTHS[number % len(MONTHS)], number // len(MONTHS) + 1
    title = _half(a["title"].split(), 0) + _half(b["title"].split(), 1)
    sentences = a["abstract"].split(". ")[::2] + b["abstract"].split(". ")[1::2]
    if chance.random() < NEW_WORD:
        sentences.insert(1, "We call it " + "".join(chance.choices(_LETTERS, k=9)))
    names = [name.rpartition(" ") for name in (a.get("authors") or b.get("authors") or [])]
    return {
        "id": f"{month}.{serial:05}",
        "submitter": " ".join(names[0][::2]) if names else None,
        "authors": ", ".join(f"{given} {family}" for given, _, family in names),
        "title": "\n  ".join((" ".join(title[:9]), " ".join(title[9:]))).strip(),
        "comments": a.get("comment"),
        "journal-ref": None,
        "doi": f"10.5555/{number}.{month}" if number % 3 == 0 else None,
        "report-no": None,
        "categories": " ".join(b.get("categories") or ["cs.CL"]),
        "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "abstract": "  " + ". ".join(sentences) + "\n",
        "versions": [
            {"version": "v1", "created": f"Mon, {number % 28 + 1} Apr 20{month[:2]} 19:18:42 GMT"}
        ],
        "update_date": f"20{month[:2]}-{month[2:]}-20",
        "authors_parsed": [[family, given, ""] for given, _, family in names],
    }


def _half(words: list[str], which: int) -> list[str]:
    middle = (len(words) + 1) // 2
    return words[middle:] if which else words[:middle]


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
