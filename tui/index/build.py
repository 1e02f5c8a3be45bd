"""Papers to the arrays of a segment, in memory that `PIECE_LETTERS` bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import Stored
from tui.core.text import normalize_words
from tui.index.columns import Columns
from tui.index.facets import FACETS, facet_arrays, facet_values
from tui.index.postings import heavy_bits, heavy_ranges, postings
from tui.index.spelling import spelling_arrays
from tui.index.tokens import BREAK, Tokens, numbered
from tui.index.vocabulary import vocabulary_arrays
from tui.index.weights import norms

Arrays = dict[str, NDArray[Any]]
"""The arrays of a segment by name; `words.*`, `title.*` and so on are those of its parts."""

PAPER_FIELDS = ("title", "author", "abstract")
PIECE_LETTERS = 36_000_000
"""Letters in a piece of the build: about 30,000 papers with abstracts, 400 MB while sorted."""

_BREAK = BREAK.encode()
_BETWEEN = f" {BREAK} "


class TextBuilder:
    """Texts of a few fields, doc by doc, to a vocabulary and postings."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._texts: dict[str, list[str]] = {name: [] for name in fields}
        self.letters = 0
        """Letters put in so far."""

    def add(self, *texts: str) -> None:
        """One doc: the text of each field as `normalize_words` gives it, in order of the fields."""
        for kept, text in zip(self._texts.values(), texts, strict=True):
            kept.append(text)
            self.letters += len(text)

    def arrays(self) -> Arrays:
        """`words.*` and the postings of each field, as `<field>.*`; the texts are let go."""
        streams = {name: Tokens(self._texts.pop(name)) for name in tuple(self._texts)}
        hashes = [stream.hashes() for stream in streams.values()]
        firsts = np.concatenate(([0], np.cumsum([len(part) for part in hashes])))
        numbers, places = numbered(np.concatenate(hashes))
        del hashes
        of_stream = np.searchsorted(firsts, places, "right") - 1
        in_order = tuple(streams.values())
        found = [
            in_order[stream].word(place)
            for stream, place in zip(
                of_stream.tolist(), (places - firsts[of_stream]).tolist(), strict=True
            )
        ]
        # Number 0 is the empty word, whether or not a text has it.
        encoded = np.array([b"", *(b"" if word == _BREAK else word for word in found)])
        distinct, rank = np.unique(encoded, return_inverse=True)
        numbers = rank[1:].astype(np.int32)[numbers]
        texts = {
            name: (numbers[firsts[i] : firsts[i + 1]], stream.starts)
            for i, (name, stream) in enumerate(streams.items())
        }
        return text_arrays(vocabulary_arrays(distinct.tolist()), texts)


def text_arrays(
    vocabulary: Arrays, texts: Mapping[str, tuple[NDArray[np.int32], NDArray[np.int64]]]
) -> Arrays:
    """`words.*` and `<field>.*` from a vocabulary's arrays and each field's tokens and starts."""
    keys: NDArray[np.uint64] = vocabulary["keys"]
    counts = np.zeros(len(keys), np.int64)
    arrays: Arrays = {}
    for name, (tokens, starts) in texts.items():
        at, docs = postings(tokens, starts, len(keys))
        counts += np.diff(at)
        size = len(starts) - 1
        heavy = heavy_ranges(at, keys, size)
        bits = list(heavy_bits(heavy, at, docs, size))
        arrays |= {
            f"{name}.at": at,
            f"{name}.docs": docs,
            f"{name}.starts": starts,
            f"{name}.tokens": tokens,
            f"{name}.heavy": heavy,
            f"{name}.heavy_bits": np.array(bits, np.uint8).reshape(len(heavy), -(-size // 8)),
        }
    spelling = spelling_arrays(vocabulary["blob"], vocabulary["offsets"], counts)
    return arrays | {f"words.{name}": value for name, value in (vocabulary | spelling).items()}


class PaperBuilder:
    """Papers to the arrays of a segment."""

    def __init__(self) -> None:
        self._texts = TextBuilder(PAPER_FIELDS)
        self._columns = Columns()
        self._facets: dict[str, list[list[str]]] = {name: [] for name in FACETS}

    @property
    def is_full(self) -> bool:
        """Whether the segment should be finished and another begun."""
        return self._texts.letters >= PIECE_LETTERS

    @property
    def is_empty(self) -> bool:
        return not self._facets["cat"]

    def add(self, stored: Stored) -> None:
        paper = stored.paper
        title = normalize_words(paper.title)
        authors = _BETWEEN.join(map(normalize_words, paper.authors))
        self._texts.add(title, authors, normalize_words(paper.abstract))
        self._columns.add(stored, title)
        for name, values in self._facets.items():
            values.append(facet_values(name, stored))

    def arrays(self) -> Arrays:
        """All arrays of the segment."""
        arrays = self._texts.arrays() | self._columns.arrays()
        for name, values in self._facets.items():
            arrays |= {f"{name}.{part}": a for part, a in facet_arrays(values).items()}
        arrays["norm"] = norms(arrays)
        return arrays
