"""The fixtures of all tests: a home for each test, no network."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import hypothesis
import pytest

from tests.authors import authors
from tui.core.listing import Listing
from tui.core.paper import Paper

# The same examples in each run, so that a failure comes from the change; SHEAF_EXAMPLES=N looks for
# N new ones. No deadline: on a busy machine it fails tests that are right.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
if not os.environ.get("SHEAF_EXAMPLES"):
    hypothesis.settings.load_profile("same")

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(autouse=True)
def _isolate_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the user's home, configuration and terminal settings."""
    monkeypatch.setenv("SHEAF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _forbid_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a connection to another machine an error."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        local = isinstance(address, str) or (
            isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1", "localhost")
        )
        if not local:
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder that does not exist yet."""
    return tmp_path / "home"


@pytest.fixture
def shared() -> Path:
    """The data beside the project; the test is skipped where it is not."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared, which only the maintainers have, is missing")
    return SHARED


@pytest.fixture
def papers() -> list[Paper]:
    """Four papers with different fields, newest first."""
    return [
        Paper(
            "Efficient Sinks for Streaming Attention",
            authors("Ada Lindqvist", "Tomás Reyes", "Mei Tanaka"),
            "We keep the first tokens of a stream and find that nothing else is needed. "
            "Memory stays flat over four million tokens.",
            "2023-09-29",
            listings=(Listing("2026-05-07"),),
            categories=("cs.CL", "cs.AI"),
            ids={"arxiv": "2309.99901"},
        ),
        Paper(
            "Longformers Revisited: Sparse Transformers on Long Documents",
            authors("Jürgen Kekulé", "Wei Li"),
            "Sparse attention is measured again on books, with hallucination counted.",
            "2022-03",
            venue="Journal of Long Things",
            ids={"doi": "10.5555/long.2022"},
        ),
        Paper("日本語の論文を読む", authors("山田太郎"), "形態素解析について。", "2021"),
        Paper("A Title Without Anything Else"),
    ]
