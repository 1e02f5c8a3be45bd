"""FetchReport: what a fetch found in each feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from tui.catalog.batch import KeptApart
from tui.sources.interface import Notice, RejectedRecord

FeedState = Literal["waiting", "fetching", "done", "unchanged", "failed", "stopped"]


@dataclass(slots=True)
class FeedOutcome:
    """What a fetch found in one feed."""

    feed: str
    state: FeedState = "waiting"
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    """Papers that were in the catalog already, with the same content."""
    rejected: list[RejectedRecord] = field(default_factory=list)
    kept_apart: list[KeptApart] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    """What is no error: an encoding was guessed, a page or its votes are not up to date."""
    error: str = ""
    """What went wrong and what to do; the papers before it are in the catalog."""

    @property
    def summary(self) -> str:
        """What was found, in words: `12 new, 1 updated, 2 refused`; first the error, if any."""
        if self.state == "unchanged":
            return "nothing new"
        parts = [f"{self.added:,} new"]
        parts += [f"{self.updated:,} updated"] if self.updated else []
        parts += [f"{len(self.kept_apart):,} kept apart"] if self.kept_apart else []
        parts += [f"{len(self.rejected):,} refused"] if self.rejected else []
        if self.state == "failed":
            parts = [self.error, *(parts if self.read else [])]
        return ", ".join(parts)

    def to_json(self) -> dict[str, Any]:
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        rejected = values.pop("rejected")
        return values | {
            "refused": [{"where": each.where, "why": each.why} for each in rejected],
            "kept_apart": [asdict(each) for each in self.kept_apart],
            "notices": [asdict(each) for each in self.notices],
        }


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch found, in the order of the feeds."""

    outcomes: Sequence[FeedOutcome] = ()
    notices: list[Notice] = field(default_factory=list)
    """Those of the outcomes, and those that are about no feed."""

    @property
    def added(self) -> int:
        """New papers."""
        return sum(each.added for each in self.outcomes)

    @property
    def updated(self) -> int:
        return sum(each.updated for each in self.outcomes)

    @property
    def kept_apart(self) -> list[KeptApart]:
        return [each for outcome in self.outcomes for each in outcome.kept_apart]

    @property
    def summary(self) -> str:
        """What was found, in words: `12 new, 1 updated`."""
        if self.outcomes and len(self.failed) == len(self.outcomes) and not self.added:
            return "no feed has answered"
        text = f"{self.added:,} new" if self.added else "nothing new"
        text += f", {self.updated:,} updated" if self.updated else ""
        return text + (f", {len(self.kept_apart):,} kept apart" if self.kept_apart else "")

    @property
    def failed(self) -> list[FeedOutcome]:
        return [each for each in self.outcomes if each.state == "failed"]

    @property
    def stopped(self) -> bool:
        """Whether the user stopped the fetch before its end."""
        return any(each.state == "stopped" for each in self.outcomes)
