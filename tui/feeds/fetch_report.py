"""What a fetch tells while it runs, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tui.sources.base import RejectedRecord

FeedState = Literal["waiting", "fetching", "done", "unchanged", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """Where one feed stands, and all of them."""

    feed: str
    state: FeedState
    papers: int
    """Read so far."""
    done: int
    """Feeds that are at their end."""
    total: int


@dataclass(slots=True)
class FeedOutcome:
    """What one feed brought."""

    feed: str
    state: FeedState = "waiting"
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    """Papers that were here already, just so."""
    refused: list[RejectedRecord] = field(default_factory=list)
    error: str = ""
    """What went wrong and what to do; what came before it is kept."""

    def to_json(self) -> dict[str, Any]:
        refused = [{"where": each.where, "why": each.why} for each in self.refused]
        return {
            "feed": self.feed,
            "state": self.state,
            "read": self.read,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": refused,
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What all of them brought, in the order they were asked for."""

    outcomes: Sequence[FeedOutcome] = ()

    @property
    def added(self) -> int:
        """Papers that were not here before."""
        return sum(each.added for each in self.outcomes)

    @property
    def updated(self) -> int:
        return sum(each.updated for each in self.outcomes)

    @property
    def failed(self) -> list[FeedOutcome]:
        return [each for each in self.outcomes if each.state == "failed"]

    @property
    def stopped(self) -> bool:
        """Whether the user stopped it before its end."""
        return any(each.state == "stopped" for each in self.outcomes)
