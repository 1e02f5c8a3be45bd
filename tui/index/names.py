"""The identifiers of papers: one string a paper, `arxiv:2402.18668 doi:10.1/x`, searched whole.

Identifiers are nearly all distinct, so a sorted list of them would be as long as this one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import Stored
from tui.core.identifiers import from_bare
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
    for name in {value, *(name.casefold() for name in known)}:
        places = _begins(names.blob, name.encode())
        there[np.searchsorted(names.offsets, places, "right") - 1] = True


def _begins(blob: NDArray[np.uint8], data: bytes) -> NDArray[np.int64]:
    """Where `data` stands in `blob` at the beginning of an identifier, int64 [M].

    Byte by byte over what is left: a pattern would try each place on its own, seconds for `1`.
    """
    if not data or len(blob) < len(data):
        return np.zeros(0, np.int64)
    blob = np.asarray(blob)
    part = (blob == ord(" ")) | (blob == ord("\n")) | (blob == ord(":"))
    here = blob == data[0]
    here[1:] &= part[:-1]
    places = np.flatnonzero(here)
    places = places[places <= len(blob) - len(data)]
    for place, byte in enumerate(data[1:], 1):
        places = places[blob[places + place] == byte]
    return places
