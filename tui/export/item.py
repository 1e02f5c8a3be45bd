"""What every format has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tui.catalog.catalog import Stored
from tui.state import Mark


@dataclass(frozen=True, slots=True)
class ExportItem:
    """One paper on its way out."""

    stored: Stored
    mark: Mark
    key: str = ""
    """Its citation key; empty for formats that have none."""
    note: str = ""
    """The private note, where it was asked for; else empty, whatever `mark` says."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, its name for people, how it is written."""

    name: str
    label: str
    suffix: str
    pieces: Callable[[Iterable[ExportItem]], Iterator[str]] | None
    """The text of a file of these papers, in pieces; None: it is a folder, one file a paper."""
    keyed: bool = False
    """Whether papers have citation keys in it."""
    private: bool = False
    """Whether it always holds the private notes."""

    @property
    def folder(self) -> bool:
        """Whether it is written as a folder, with one file a paper."""
        return self.pieces is None
