"""The command line in a test: `sheaf("add", path)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from tests.services.conftest import offline, world
from tui.cli import main
from tui.core.paper import Paper
from tui.library.library import Library

__all__ = ["offline", "world"]


@dataclass(frozen=True)
class Done:
    """The result of a command: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, object]]:
        return [orjson.loads(line) for line in self.out.splitlines()]


Sheaf = Callable[..., Done]


@pytest.fixture
def sheaf(capsys: pytest.CaptureFixture[str]) -> Sheaf:
    def run(*words: object) -> Done:
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return Done(status, captured.out, captured.err)

    return run


@pytest.fixture
def library(home: Path, papers: list[Paper]) -> list[Paper]:
    """Papers that are in the library."""
    with Library(home, create=True) as library:
        library.add(papers)
    return papers
