"""How often Python looks for reference cycles in processes that read and store papers."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 100_000
"""New objects after which a search is made; Python's own limit is 700."""


def collect_garbage_rarely() -> None:
    """Search for cycles at every hundred thousandth new object.

    Papers have no cycles, but a batch of them is so many objects that the searches take a fifth of
    the time in which they are stored.
    """
    gc.set_threshold(_NEW_OBJECTS)
