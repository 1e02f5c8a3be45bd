"""config.toml in a test: `write("rows = 2")`; the reader that follows it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screens.conftest import Reader
from tui.app import SheafApp
from tui.config import Config, load
from tui.library import Library
from tui.paper import Paper

Write = Callable[[str], Config]
Follow = Callable[..., AbstractAsyncContextManager[Reader]]


@pytest.fixture(autouse=True)
def _no_theme_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the text as config.toml and load it."""

    def written(text: str) -> Config:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return load(path, {})

    return written


@pytest.fixture
def follow(
    home: Path, papers: list[Paper], write: Write, monkeypatch: pytest.MonkeyPatch
) -> Follow:
    """`async with follow("theme = 'nord'") as reader:`"""
    monkeypatch.setattr(Input, "cursor_blink", False)

    @asynccontextmanager
    async def following(text: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Reader]:
        with Library(home, create=True) as library:
            library.add(papers)
            app = SheafApp(library, config=write(text))
            async with app.run_test(size=size) as pilot:
                reader = Reader(app, pilot)
                await reader.settle()
                yield reader

    return following
