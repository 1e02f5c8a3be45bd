"""OpenReview's API: the note that is a submission."""

from __future__ import annotations

from collections.abc import Sequence

from tui.services.service import Line, Name, Papers, Service, first, read_json
from tui.sources import records

LABEL = "OpenReview"


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The submission of one id."""
    (name,) = names
    answer = await line.find("openreview", "notes", {"id": name[1]})
    return first(read_json(answer, records.SOURCE, LABEL), name) if answer else {}


SERVICE = Service("openreview", LABEL, ("openreview",), 1, ask)
