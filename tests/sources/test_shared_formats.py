"""Every file of `../shared/formats` against the committed table of what comes out of it.

A sample that fits the normal run, the same for a day's runs of one file list; all of them with
`SHEAF_ALL_FORMATS=1`. Where a change is meant, write the table anew and read its difference:
`python -m tests.sources.shared_table`.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.sources.shared_table import files, measured, rows

SECONDS = 4.0
"""Of the normal run."""
LARGEST = 400_000
"""Bytes of a file in the normal run."""


def test_every_file_is_in_the_table(shared: Path) -> None:
    folder = shared / "formats"
    assert {path.relative_to(folder).as_posix() for path in files(shared)} == set(rows())


def test_no_difference_to_a_reference_reader_is_unexplained(shared: Path) -> None:
    assert [file for file, (_, why) in rows().items() if "DIFFERS" in why] == []


def test_no_file_ends_in_an_exception(shared: Path) -> None:
    assert [file for file, (_, why) in rows().items() if "cannot be understood" in why] == []


@pytest.mark.parametrize("part", range(2))
def test_what_comes_out_of_each_file(shared: Path, part: int) -> None:
    folder, table = shared / "formats", rows()
    everything = bool(os.environ.get("SHEAF_ALL_FORMATS"))
    chosen = files(shared)[part::2]
    if not everything:  # one of each folder and format first, then as many as there is time for
        first: dict[tuple[str, str], Path] = {}
        for path in chosen:
            file = path.relative_to(folder).as_posix()
            if path.stat().st_size < LARGEST:
                first.setdefault((path.parent.name, table[file][0][0]), path)
        chosen = list(dict.fromkeys([*first.values(), *chosen[::7]]))
    stop = time.monotonic() + SECONDS
    wrong = {}
    for path in chosen:
        if not everything and (time.monotonic() > stop or path.stat().st_size > LARGEST):
            continue
        file = path.relative_to(folder).as_posix()
        if (found := measured(path)[0]) != table[file][0]:
            wrong[file] = (found, table[file][0])
    assert wrong == {}
