"""sheaf mark."""

from __future__ import annotations

from tests.shell.conftest import Sheaf
from tui.core.paper import Paper


def test_marks_can_be_removed(sheaf: Sheaf, library: list[Paper]) -> None:
    key = "2309.99901"
    sheaf("mark", key, "--read", "--star", "--tag", "a,#b c", "--rate", "5")
    sheaf("mark", key, "--unread", "--unstar", "--untag", "b", "--rate", "0")
    assert sheaf("show", key, "--json").objects[0]["marks"] == {"tags": ["a", "c"]}


def test_an_unknown_key_does_not_prevent_other_marks(sheaf: Sheaf, library: list[Paper]) -> None:
    done = sheaf("mark", "nonsense", "2309.99901", "--star")
    assert done.status == 1
    assert "no paper nonsense" in done.err
    assert len(sheaf("list", "is:starred").out.splitlines()) == 1
