"""The ACL Anthology: the BibTeX of one paper beside its page."""

from __future__ import annotations

from collections.abc import Sequence

from tui.services.service import Line, Name, Papers, Service, first, read_bibtex
from tui.sources import bibtex

LABEL = "ACL Anthology"


async def ask(line: Line, names: Sequence[Name]) -> Papers:
    """The paper of one id."""
    (name,) = names
    answer = await line.find("acl", f"{name[1]}.bib")
    return first(read_bibtex(answer, bibtex.SOURCE, LABEL), name) if answer else {}


SERVICE = Service("acl", LABEL, ("acl",), 1, ask)
