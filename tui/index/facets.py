"""Values that are searched whole and not word by word.

Categories, venues and sources are shared by many papers: a `Facet` has each distinct value once.
Arrays (F distinct values, P pairs of a value and a doc):

| name          | dtype, shape  | contents                                             |
|---------------|---------------|------------------------------------------------------|
| blob, offsets | see `Strings` | the distinct values, sorted                          |
| at            | int64 [F+1]   | CSR: the docs of value i are `docs[at[i]:at[i+1]]`   |
| docs          | int32 [P]     | the docs of each value, ascending                    |

Identifiers are nearly all distinct, so a sorted list of them would be as long as the papers: they
are one string for each paper, `arxiv:2402.18668 doi:10.1/x`, that is scanned. So are the links
that have no identifier in them: `url:github.com/ada/engine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import StoredPaper
from tui.core.identifiers import from_text, from_url
from tui.core.schemes import SCHEMES
from tui.core.text import normalize
from tui.index.strings import Strings, string_arrays

FACETS = ("cat", "venue", "source")
_URL_START = re.compile(r"^(?:https?:/{1,2})?(?:www\.|dx\.)?", re.IGNORECASE)

_normalized = lru_cache(maxsize=10_000)(normalize)


class Facet:
    """The values of one kind; see the module for the arrays."""

    def __init__(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.name = name
        self.values = Strings(arrays)
        self.offsets: NDArray[np.int64] = arrays["at"]
        self.docs: NDArray[np.int32] = arrays["docs"]

    def mark_docs(self, mask: NDArray[np.bool_], value: str) -> None:
        """Set `mask` (bool [N]) for the docs with `value`, as the user types it.

        A category matches by a prefix (`cs`, `cs.CL`), a venue from the start of any of its words,
        a source by any part.
        """
        for low, high in self._matching_ranges(value.casefold()):
            mask[self.docs[self.offsets[low] : self.offsets[high]]] = True

    def _matching_ranges(self, value: str) -> list[tuple[int, int]]:
        if self.name == "cat":
            data = value.encode()
            return [(self.values.bisect(data), self.values.bisect(data + b"\xff"))]
        if self.name == "venue":
            part = " " + normalize(value)
            return [(i, i + 1) for i, name in enumerate(self.values) if part in " " + name]
        return [(i, i + 1) for i, name in enumerate(self.values) if value in name]


def facet_values(name: str, stored: StoredPaper) -> list[str]:
    """Return the values of a paper, without differences of case."""
    paper = stored.paper
    if name == "cat":
        return [category.casefold() for category in paper.categories] if paper.categories else []
    if name == "venue":
        return [_normalized(paper.venue)] if paper.venue else []
    return [source.casefold() for source in paper.sources] if paper.sources else []


def facet_arrays(values: Sequence[Sequence[str]]) -> dict[str, NDArray[Any]]:
    """Return the arrays from the values of each doc."""
    distinct = sorted(set(chain.from_iterable(values)))
    place_of = {value: place for place, value in enumerate(distinct)}
    sizes = np.fromiter(map(len, values), np.int64, len(values))
    docs = np.repeat(np.arange(len(values), dtype=np.int32), sizes)
    every_value = chain.from_iterable(values)
    places = np.fromiter(map(place_of.__getitem__, every_value), np.int64, len(docs))
    return facet_arrays_from_pairs(distinct, places, docs)


def facet_arrays_from_pairs(
    distinct: Sequence[str], places: NDArray[np.int64], docs: NDArray[np.int32]
) -> dict[str, NDArray[Any]]:
    """Return the arrays from the sorted values, and pairs of a place among them and a doc."""
    pairs = places << 32 | docs  # one number, which is sorted several times as fast
    pairs.sort()
    offsets = np.zeros(len(distinct) + 1, np.int64)
    np.cumsum(np.bincount(places, minlength=len(distinct)), out=offsets[1:])
    arrays = string_arrays([value.encode() for value in distinct])
    return arrays | {"at": offsets, "docs": pairs.astype(np.int32)}


def identifier_line(stored: StoredPaper, code: str) -> bytes:
    """Return the identifiers and links of a paper as one line; the line break ends the last one.

    `code` is the link to its code, or empty. Links that have an identifier in them are left out.
    """
    names = list(stored.paper.id_keys)
    if stored.key not in names:
        names.insert(0, stored.key)
    for url in dict.fromkeys((*stored.paper.links.values(), code)):
        if url and not from_url(url) and " " not in url:
            names.append(f"url:{_URL_START.sub('', url)}")
    return (" ".join(names) + "\n").casefold().encode()


def mark_identified(lines: Strings, mask: NDArray[np.bool_], value: str) -> None:
    """Set `mask` (bool [N]) for the docs with an identifier or link that begins with `value`.

    `value` may have its scheme before it (`arxiv:2402`) or not, or be a URL of the paper.
    """
    for name in {name.casefold() for name in _spellings(value)}:
        places = _find_starts(lines.blob, name.encode())
        mask[np.searchsorted(lines.offsets, places, "right") - 1] = True


def _spellings(value: str) -> Iterator[str]:
    """Yield what `value`, which may be the start of a URL, may be the beginning of."""
    rest = _URL_START.sub("", value)
    yield rest
    yield from (f"{scheme}:{name}" for scheme, name in from_text(value).items())
    if rest != value:
        for scheme, row in SCHEMES.items():
            for page in filter(None, (row.page, row.pdf)):
                start = _URL_START.sub("", page.partition("{}")[0])
                if rest.startswith(start) or start.startswith(rest):
                    yield f"{scheme}:{rest[len(start) :]}"


def _find_starts(blob: NDArray[np.uint8], data: bytes) -> NDArray[np.int64]:
    """Return where `data` is in `blob` at the start of an identifier or after its scheme, int64.

    Each byte of `data` narrows down the places that are left: a regular expression would try each
    place of the blob by itself, which takes seconds for `1`.
    """
    if not data or len(blob) < len(data):
        return np.zeros(0, np.int64)
    blob = np.asarray(blob)
    is_boundary = (blob == ord(" ")) | (blob == ord("\n")) | (blob == ord(":"))
    starts = blob == data[0]
    starts[1:] &= is_boundary[:-1]
    places = np.flatnonzero(starts)
    places = places[places <= len(blob) - len(data)]
    for place, byte in enumerate(data[1:], 1):
        places = places[blob[places + place] == byte]
    return places
