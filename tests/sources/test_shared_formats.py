"""Every file of `../shared/formats` against the committed table of what comes out of it.

A fixed sample in the normal run: one file of each folder and format, and every tenth of the
others. All files with `SHEAF_ALL_FORMATS=1`. Where a change is intended, write the table anew and
read its difference: `python -m tests.sources.shared_table`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sources.shared_table import files, measured, rows

LARGEST = 400_000
"""Bytes of a file in the normal run."""
EVERY = 10
"""Of how many files of a format one is read in the normal run."""


def test_every_file_is_in_the_table(shared: Path) -> None:
    folder = shared / "formats"
    assert {path.relative_to(folder).as_posix() for path in files(shared)} == set(rows())


def test_no_difference_to_a_reference_reader_is_unexplained(shared: Path) -> None:
    assert [file for file, (_, why) in rows().items() if "DIFFERS" in why] == []


def test_no_file_ends_in_an_exception(shared: Path) -> None:
    assert [file for file, (_, why) in rows().items() if "cannot be understood" in why] == []


@pytest.mark.parametrize("part", range(2))
def test_each_file_gives_what_the_table_says(shared: Path, part: int) -> None:
    folder, table = shared / "formats", rows()
    chosen = files(shared)
    if not os.environ.get("SHEAF_ALL_FORMATS"):
        small = [path for path in chosen if path.stat().st_size < LARGEST]
        first: dict[tuple[str, str], Path] = {}
        for path in small:
            file = path.relative_to(folder).as_posix()
            first.setdefault((path.parent.name, table[file][0][0]), path)
        chosen = list(dict.fromkeys([*first.values(), *small[::EVERY]]))
    wrong = {}
    for path in chosen[part::2]:
        file = path.relative_to(folder).as_posix()
        if (found := measured(path)[0]) != table[file][0]:
            wrong[file] = (found, table[file][0])
    assert wrong == {}
