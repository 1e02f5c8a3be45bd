"""What several tests of the state store use."""

from __future__ import annotations

import pytest

from tui.state import replica


@pytest.fixture
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other program writes these files, so there is nothing to wait for."""
    monkeypatch.setattr(replica, "PATIENCE", 0.0)
