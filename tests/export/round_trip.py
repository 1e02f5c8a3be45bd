"""Exports papers, reads them again with `tui.sources` and compares."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

import orjson

from tui.catalog.catalog import StoredPaper
from tui.config.settings import DEFAULT_PATTERN
from tui.core.paper import Paper
from tui.export.formats import find_format
from tui.export.item import ExportItem
from tui.export.key_pattern import expand_pattern
from tui.sources import record
from tui.sources.interface import RejectedRecord
from tui.sources.plain_text import clean_abstract
from tui.sources.reader import read
from tui.sources.record import build_paper
from tui.sources.tex import tex_to_text
from tui.state import Mark

LOSSLESS = ("jsonl", "bibtex", "biblatex", "csl", "csv", "ris")
NO_MARK = Mark()
CUT_BY_CSV = ("(", ")", ";", "|", "\n", " and ", "and ", " and", "&")
"""In a name, these are read as separators, or as a character written as an entity (`D&#x27`)."""


def items(papers: list[Paper]) -> Iterator[ExportItem]:
    """Yield export items of papers, each with a different key."""
    for row, paper in enumerate(papers, 1):
        stored = StoredPaper(row, paper.key, "2026-05-07T08:00:00Z", paper)
        yield ExportItem(stored, NO_MARK, f"{expand_pattern(paper, DEFAULT_PATTERN)}.{row}")


def write(papers: list[Paper], format_name: str, path: Path) -> None:
    form = find_format(format_name)
    assert form.chunks
    with path.open("wb") as file:
        for piece in form.chunks(items(papers)):
            file.write(piece.encode())


def read_back(papers: list[Paper], format_name: str, folder: Path) -> list[Paper]:
    """Write papers and return those that are read from the file."""
    path = folder / f"out{find_format(format_name).suffix}"
    write(papers, format_name, path)
    return [each for each in read(str(path), date(2026, 11, 23)) if isinstance(each, Paper)]


@dataclass(frozen=True)
class Difference:
    """A field that was read back with another value."""

    key: str
    field: str
    out: object
    back: object


def differences(papers: list[Paper], format_name: str, folder: Path) -> list[Difference]:
    """Write papers, read them and return what differs, in order."""
    form = find_format(format_name)
    path = folder / f"out{form.suffix}"
    write(papers, format_name, path)
    back = list(read(str(path), date(2026, 11, 23)))
    refused = [
        Difference(each.where, "refused", "", each.why)
        for each in back
        if isinstance(each, RejectedRecord)
    ]
    if refused or len(back) != len(papers):
        return [*refused, Difference("", "papers", len(papers), len(back))]
    whole = [paper for paper in back if isinstance(paper, Paper)]
    return [
        found
        for out, back in zip(papers, whole, strict=True)
        for found in _compare(out, back, format_name)
    ]


def _compare(out: Paper, back: Paper, format_name: str) -> Iterator[Difference]:
    if out.title != back.title:
        yield Difference(out.key, "title", out.title, back.title)
    abstract = out.abstract
    if format_name != "jsonl":  # LaTeX that is left in the text is converted
        abstract = clean_abstract(abstract)
    if format_name == "ris":
        abstract = " ".join(abstract.split())
    if abstract != back.abstract:
        yield Difference(out.key, "abstract", abstract, back.abstract)
    names = " ".join(str(author) for author in out.authors if not author.is_literal)
    if format_name == "csv" and any(sign in names for sign in CUT_BY_CSV):
        return
    if out.authors != back.authors:
        yield Difference(out.key, "authors", out.authors, back.authors)
    if not set(back.id_keys) & set(out.id_keys) and out.id_keys:
        yield Difference(out.key, "ids", out.id_keys, back.id_keys)


@cache
def seed(shared: Path) -> list[Paper]:
    """Return the 82 papers of the seed page."""
    found = read(str(shared / "seed" / "hf-papers-page.txt"), date(2026, 5, 7))
    return [paper for paper in found if isinstance(paper, Paper)]


@cache
def oddities(shared: Path) -> list[Paper]:
    """Return the papers among the odd records."""
    return _papers((shared / "corpora" / "oddities.jsonl").read_bytes().splitlines())


def corpus(shared: Path, count: int) -> list[Paper]:
    """Return the first papers of the corpus."""
    with gzip.open(shared / "corpora" / "papers-100k.jsonl.gz") as file:
        return _papers(islice(file, count))


def _papers(lines: Iterator[bytes] | list[bytes]) -> list[Paper]:
    found: list[Paper] = []
    for line in lines:
        try:
            found.append(build_paper(orjson.loads(line)))
        except record.NotAPaper:
            continue
    return found


def letters(text: str) -> str:
    """Return the letters of a name without its LaTeX."""
    return "".join(char for char in tex_to_text(text) if char.isalnum())
