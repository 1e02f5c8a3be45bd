"""The identifiers of papers: one string a paper, `arxiv:2402.18668 doi:10.1/x`, searched whole.

Identifiers are nearly all distinct, so a sorted list of them would be as long as this one.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from tui.catalog import Stored
from tui.ids import from_bare
from tui.index.strings import Strings


def names_of(stored: Stored) -> bytes:
    """The string of a paper; it ends in a line break so that none runs into the next."""
    names = stored.paper.id_keys
    if stored.key not in names:
        names = (stored.key, *names)
    return (" ".join(names) + "\n").casefold().encode()


def mark_named(names: Strings, there: NDArray[np.bool_], value: str) -> None:
    """Set `there` (bool [N]) for papers with an identifier that begins with `value`.

    With or without its scheme, or as a URL.
    """
    known = (f"{scheme}:{name}" for scheme, name in from_bare(value).items())
    begins = "|".join(re.escape(name.casefold()) for name in dict.fromkeys([value, *known]))
    pattern = re.compile(rf"(?:(?<=[\s:])|\A)(?:{begins})".encode())
    places = [found.start() for found in pattern.finditer(names.blob.data)]
    there[np.searchsorted(names.offsets, places, "right") - 1] = True
