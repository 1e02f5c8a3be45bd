"""sheaf doctor."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.shell.conftest import Sheaf
from tui.catalog.catalog import FULL_DISK
from tui.core.paper import Paper


def test_doctor_finds_no_problems_in_a_healthy_home(sheaf: Sheaf, library: list[Paper]) -> None:
    done = sheaf("doctor")
    assert done.status == 0
    assert "papers   4" in done.out
    assert "no problems" in done.out


def test_doctor_names_a_file_that_is_not_a_catalog(sheaf: Sheaf, home: Path) -> None:
    home.mkdir()
    (home / "papers.db").write_bytes(b"nonsense" * 100)
    done = sheaf("doctor")
    assert done.status == 1
    assert "papers.db: cannot be used" in done.out


def test_doctor_counts_damaged_records(sheaf: Sheaf, library: list[Paper], home: Path) -> None:
    with closing(sqlite3.connect(home / "papers.db", isolation_level=None)) as db:
        db.execute("UPDATE papers SET record = x'00' WHERE row = 1")
    done = sheaf("doctor")
    assert done.status == 1
    assert "1 damaged record: arxiv:2309.99901; add these papers again" in done.out
    assert "Damaged record: " in sheaf("list").out
    assert "Add the paper again" in sheaf("show", "arxiv:2309.99901").out
    assert "nothing to repair" in sheaf("doctor", "--repair").err
    done = sheaf("export", "-o", home / "papers.bib")
    assert done.status == 1
    assert "arxiv:2309.99901: its record is damaged; left out" in done.err
    assert "3 papers to" in done.err


def test_doctor_repairs_a_catalog_and_leaves_the_marks(
    sheaf: Sheaf, library: list[Paper], home: Path
) -> None:
    sheaf("mark", "2309.99901", "--star")
    listed, found = sheaf("list").out, sheaf("list", "sort:year").out
    path = home / "papers.db"
    damaged = b"?" * 4096 + path.read_bytes()[4096:]
    path.write_bytes(damaged)
    done = sheaf("list")
    assert done.status == 1
    assert "`sheaf doctor --repair`" in done.err
    done = sheaf("doctor", "--repair")
    assert done.status == 0
    assert "rebuilt with 4 papers, of which 0 could not be read" in done.err
    assert not (home / "index").exists()
    assert (sheaf("list").out, sheaf("list", "sort:year").out) == (listed, found)
    assert [file.read_bytes() for file in home.glob("papers.db.damaged-*")] == [damaged]


def test_doctor_names_a_full_disk(
    sheaf: Sheaf, library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    assert FULL_DISK in sheaf("doctor").out


def test_list_and_mark_work_on_a_full_disk_and_say_so(
    sheaf: Sheaf, library: list[Paper], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = sheaf("list", "--json").objects[0]["key"]
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    marked = sheaf("mark", key, "--star")
    assert FULL_DISK in marked.err
    listed = sheaf("list", "is:starred", "--json")
    assert [each["key"] for each in listed.objects] == [key]
    assert FULL_DISK in listed.err


def test_doctor_lists_marks_of_missing_papers(
    sheaf: Sheaf, library: list[Paper], home: Path
) -> None:
    sheaf("mark", "2309.99901", "--star")
    (home / "papers.db").unlink()
    assert "arxiv:2309.99901" in sheaf("doctor").out
