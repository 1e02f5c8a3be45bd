"""sheaf add of a large file: the bar, the interruption, the index."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shell.conftest import Sheaf
from tui.catalog import catalog
from tui.library import importing, index_process
from tui.library.library import Library
from tui.sources.interface import Record
from tui.sources.reading_process import read_all


def lines(count: int, first: int = 0) -> str:
    return "".join(f'{{"title": "Title number {n}"}}\n' for n in range(first, first + count))


BATCH = 200


@pytest.fixture(autouse=True)
def _use_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "BATCH_SIZE", BATCH)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text(lines(2 * BATCH + 50), encoding="utf-8")
    return path


def test_a_terminal_shows_count_rate_and_file(
    sheaf: Sheaf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert sheaf("add", file).status == 0
    shown = terminal.getvalue()
    assert "papers.jsonl" in shown
    assert "papers  " in shown
    assert "/s" in shown
    assert shown.rstrip().endswith("450 added")


def test_no_bar_is_shown_in_a_pipe_or_with_quiet(
    sheaf: Sheaf, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sheaf("add", file).err == "450 added\n"
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert sheaf("add", file, "--quiet").status == 0
    assert terminal.getvalue() == ""


def test_an_interrupted_import_says_what_was_added_and_can_be_repeated(
    sheaf: Sheaf, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_until_interrupted(*words: Any) -> Iterator[Record]:
        for number, record in enumerate(read_all(*words)):
            if number == BATCH + 20:
                raise KeyboardInterrupt
            yield record

    monkeypatch.setattr(importing, "read_all", read_until_interrupted)
    done = sheaf("add", file)
    assert done.status == 130
    assert f"interrupted; 200 records of {file} were added." in done.err
    with Library(home) as library:
        assert len(library.catalog) == BATCH
    monkeypatch.setattr(importing, "read_all", read_all)
    again = sheaf("add", file, "--json")
    assert (again.status, again.objects[0]["unchanged"]) == (0, BATCH)
    assert again.objects[0]["added"] == BATCH + 50


def test_only_large_imports_update_the_index(
    sheaf: Sheaf, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheaf("add", file)
    with Library(home) as library:
        assert library.index.is_stale
    monkeypatch.setattr(index_process, "LARGE", 100)
    file.write_text(lines(120, first=9000), encoding="utf-8")
    sheaf("add", file)
    with Library(home) as library:
        assert not library.index.is_stale
        assert library.index.snapshot.count == 2 * BATCH + 170


def test_interrupted_indexing_loses_nothing(
    sheaf: Sheaf, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raise_interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(index_process, "LARGE", 100)
    with monkeypatch.context() as patched:
        patched.setattr(index_process.IndexProcess, "finish", raise_interrupt)
        done = sheaf("add", file)
    assert done.status == 130
    assert "all papers are added" in done.err
    assert len(sheaf("list", "number", "--limit", "5").out.splitlines()) == 5


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
def test_the_index_is_updated_here_if_its_process_fails(
    sheaf: Sheaf, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(index_process, "LARGE", 100)
    monkeypatch.setattr(index_process.sys, "executable", program)
    assert sheaf("add", file).status == 0
    with Library(home) as library:
        assert not library.index.is_stale
