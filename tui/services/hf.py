"""Hugging Face's papers: upvotes, and where the code is."""

from __future__ import annotations

from collections.abc import Sequence

from tui.services.service import Line, Name, Papers, Service, first, read_json
from tui.sources import records

LABEL = "Hugging Face"


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The paper of one arXiv id, if somebody has put it there."""
    (name,) = names
    answer = await line.find("hf", f"api/papers/{name[1]}")
    return first(read_json(answer, records.SOURCE, LABEL), name) if answer else {}


SERVICE = Service("hf", LABEL, ("arxiv",), 1, ask)
