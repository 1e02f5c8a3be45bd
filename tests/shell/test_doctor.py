"""sheaf doctor."""

from __future__ import annotations

from pathlib import Path

from tests.shell.conftest import Sheaf
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


def test_doctor_lists_marks_of_missing_papers(
    sheaf: Sheaf, library: list[Paper], home: Path
) -> None:
    sheaf("mark", "2309.99901", "--star")
    (home / "papers.db").unlink()
    assert "arxiv:2309.99901" in sheaf("doctor").out
