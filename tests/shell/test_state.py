"""sheaf state: export, import, forget, repair."""

from __future__ import annotations

import json
from pathlib import Path

from tests.shell.conftest import Sheaf
from tui.core.paper import Paper


def test_marks_are_exported_and_imported(
    sheaf: Sheaf, library: list[Paper], tmp_path: Path
) -> None:
    sheaf("mark", "2309.99901", "--star", "--tag", "rag", "--note", "two\nlines")
    file = tmp_path / "marks.json"
    assert sheaf("state", "export", file).status == 0
    assert sheaf("state", "export", file).status == 1
    assert sheaf("state", "export", file, "--force").status == 0
    other = tmp_path / "other"
    assert sheaf("--home", other, "state", "import", file).status == 0
    exported = sheaf("--home", other, "state", "export").out
    assert json.loads(exported) == json.loads(file.read_text(encoding="utf-8"))
    assert sheaf("state", "import", tmp_path / "missing").status == 1


def test_forget_removes_every_trace(sheaf: Sheaf, library: list[Paper], home: Path) -> None:
    sheaf("mark", "2309.99901", "--note", "a secret word")
    assert sheaf("state", "forget", "2309.99901").status == 0
    holders = [
        path for path in home.rglob("*") if path.is_file() and b"a secret word" in path.read_bytes()
    ]
    assert holders == []


def test_a_damaged_state_is_reported_and_repaired(
    sheaf: Sheaf, library: list[Paper], home: Path
) -> None:
    sheaf("mark", "2309.99901", "--star")
    file = home / "state.json"
    file.write_bytes(file.read_bytes()[:40])
    sick = sheaf("doctor")
    assert sick.status == 1
    assert "state.json" in sick.out
    assert len(sheaf("list", "is:starred").out.splitlines()) == 1
    assert sheaf("state", "repair").status == 0
    assert sheaf("doctor").status == 0
    assert len(sheaf("list", "is:starred").out.splitlines()) == 1
