"""What `sheaf doctor` learns about the user's marks."""

from __future__ import annotations

from pathlib import Path

from tests.state.changes import star
from tui.state import Store
from tui.state.maintenance import examine


def test_health_of_a_store(tmp_path: Path) -> None:
    found = examine(tmp_path)
    assert (found.problems, found.papers, found.journals) == ([], 0, 0)
    assert list(tmp_path.iterdir()) == []
    with Store.open(tmp_path) as store:
        store.apply(star("a", "b"))
        store.save_draft("c", "half a thought")
        assert examine(tmp_path).journals == 1
    found = examine(tmp_path, library=["a", "x"])
    assert found.problems == []
    assert (found.papers, found.journals, len(found.backups)) == (2, 0, 1)
    assert (found.orphans, found.drafts) == (["b"], ["c"])


def test_damaged_backups_and_archived_journals_are_named(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.apply(star("a"))
    (backup,) = examine(tmp_path).backups
    (archived,) = (tmp_path / "state.json.d" / "archive").iterdir()
    backup.write_bytes(backup.read_bytes()[:50])
    archived.write_bytes(archived.read_bytes().replace(b"star", b"rats", 1))
    first, second = examine(tmp_path).problems
    assert f"{backup} cannot be used" in str(first)
    assert f"1 line of the archived journal {archived}" in str(second)
