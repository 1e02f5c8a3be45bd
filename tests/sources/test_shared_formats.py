"""Files of `../shared/formats` against the committed table of what comes out of each.

A run reads a sample, which depends only on the names and sizes of the files. All of them are read
with `SHEAF_ALL_FORMATS=1`. After an intended change, write the table anew and read its difference:
`python -m tests.sources.shared_table`.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.sources.shared_table import files, read_shared_file, rows

MORE_FILES = 300
"""Files of the sample beside the first of each folder and format."""
LARGEST = 200_000
"""Bytes of a file in the sample."""


def test_every_file_is_in_the_table(shared: Path) -> None:
    folder = shared / "formats"
    assert {path.relative_to(folder).as_posix() for path in files(shared)} == set(rows())


def test_no_difference_to_a_reference_reader_is_unexplained(shared: Path) -> None:
    assert [file for file, (_, why) in rows().items() if "DIFFERS" in why] == []


def test_no_file_ends_in_an_exception(shared: Path) -> None:
    assert [file for file, (_, why) in rows().items() if "cannot be understood" in why] == []


def _sample(shared: Path) -> list[Path]:
    """The first file of each folder and format, and a seeded choice of the others."""
    table = rows()
    small = [path for path in files(shared) if path.stat().st_size < LARGEST]
    first: dict[tuple[str, str], Path] = {}
    for path in small:
        format_name = table[path.relative_to(shared / "formats").as_posix()][0][0]
        first.setdefault((path.parent.name, format_name), path)
    others = sorted(set(small) - set(first.values()))
    return [*first.values(), *random.Random(0).sample(others, MORE_FILES)]


@pytest.mark.parametrize("part", range(2))
def test_what_comes_out_of_each_file(shared: Path, part: int) -> None:
    table = rows()
    chosen = files(shared) if os.environ.get("SHEAF_ALL_FORMATS") else _sample(shared)
    wrong = {}
    for path in chosen[part::2]:
        file = path.relative_to(shared / "formats").as_posix()
        if (found := read_shared_file(path)[0]) != table[file][0]:
            wrong[file] = (found, table[file][0])
    assert wrong == {}
