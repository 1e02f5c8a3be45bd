"""Services asked for one paper in a request: ACL Anthology, OpenReview, Hugging Face."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tui.net.client import Response
from tui.services.service import (
    HttpSession,
    Identifier,
    Papers,
    Service,
    answer_with_first,
    read_bibtex,
    read_json,
)
from tui.sources.formats import bibtex
from tui.sources.formats.json_documents import JSON
from tui.sources.interface import Record


def _service(
    name: str,
    label: str,
    scheme: str,
    request: Callable[[str], tuple[str, Mapping[str, str | int]]],
    read: Callable[[Response, str], list[Record]],
) -> Service:
    """Return a service; `request` gives the path and parameters for an identifier."""

    async def look_up(session: HttpSession, identifiers: Sequence[Identifier]) -> Papers:
        (identifier,) = identifiers
        answer = await session.get_if_found(name, *request(identifier[1]))
        return answer_with_first(read(answer, label), identifier) if answer else {}

    return Service(name, label, (scheme,), 1, look_up)


def _read_json(answer: Response, label: str) -> list[Record]:
    return read_json(answer, JSON, label)


ACL = _service(
    "acl",
    "ACL Anthology",
    "acl",
    lambda identifier: (f"{identifier}.bib", {}),
    lambda answer, label: read_bibtex(answer, bibtex.FORMAT, label),
)
OPENREVIEW = _service(
    "openreview",
    "OpenReview",
    "openreview",
    lambda identifier: ("notes", {"id": identifier}),
    _read_json,
)
HUGGING_FACE = _service(
    "hf",
    "Hugging Face",
    "arxiv",
    lambda identifier: (f"api/papers/{identifier}", {}),
    _read_json,
)
"""Has upvotes and the repository of the code; knows a paper only if somebody submitted it."""
