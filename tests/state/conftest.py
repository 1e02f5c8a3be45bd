"""What all tests of the state store share."""

from __future__ import annotations

import pytest

from tui.state import replica


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for other programs: none writes the files of these tests."""
    monkeypatch.setattr(replica, "REREAD_SECONDS", 0.0)
