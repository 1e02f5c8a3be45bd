"""Writes config.toml in a test: `write("rows = 2")`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.config import Config, load

Write = Callable[[str], Config]


@pytest.fixture(autouse=True)
def _remove_theme_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the text as config.toml and load it."""

    def write_and_load(text: str) -> Config:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return load(path, {})

    return write_and_load
