"""Papers to the arrays of a segment, in memory that `PIECE_TOKENS` bounds."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog import Stored
from tui.fold import WORD_LENGTH, words
from tui.index.columns import Columns
from tui.index.facets import FACETS, facet_arrays, facet_values
from tui.index.postings import heavy_bits, heavy_ranges, postings
from tui.index.spelling import spelling_arrays
from tui.index.vocabulary import vocabulary_arrays
from tui.index.weights import norms

Arrays = dict[str, NDArray[Any]]
"""The arrays of a segment by name; `words.*`, `title.*` and so on are those of its parts."""

PAPER_FIELDS = ("title", "author", "abstract")
PIECE_TOKENS = 6_000_000
"""Words in a piece of the build: about 35,000 papers with abstracts, 400 MB while sorted."""


class _Ids(dict[str, int]):
    """Word to a number in the order of arrival. What is beyond WORD_LENGTH does not count."""

    def __missing__(self, word: str) -> int:
        if len(word) > WORD_LENGTH:
            return self[word[:WORD_LENGTH]]
        self[word] = number = len(self)
        return number


class TextBuilder:
    """Texts of a few fields, doc by doc, to a vocabulary and postings."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._ids = _Ids({"": 0})
        self._texts = {name: (array("i"), array("q", [0])) for name in fields}
        self.tokens = 0
        """Words put in so far."""

    def add(self, texts: Iterable[Sequence[str]]) -> None:
        """One doc: the folded words of each field, in the order of the fields."""
        number = self._ids.__getitem__
        for (tokens, ends), text in zip(self._texts.values(), texts, strict=True):
            tokens.extend(map(number, text))
            ends.append(len(tokens))
            self.tokens += len(text)

    def arrays(self) -> Arrays:
        """`words.*` and the postings of each field, as `<field>.*`."""
        encoded = np.array([word.encode() for word in self._ids])
        order = np.argsort(encoded)
        rank = np.empty(len(encoded), np.int32)
        rank[order] = np.arange(len(encoded), dtype=np.int32)
        texts = {
            name: (rank[np.frombuffer(tokens, np.int32)], np.array(ends, np.int64))
            for name, (tokens, ends) in self._texts.items()
        }
        vocabulary = vocabulary_arrays(encoded[order].tolist())
        return text_arrays(vocabulary, texts)


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
        return self._texts.tokens >= PIECE_TOKENS

    @property
    def is_empty(self) -> bool:
        return not self._facets["cat"]

    def add(self, stored: Stored) -> None:
        paper = stored.paper
        title = words(paper.title)
        authors: list[str] = []
        for author in paper.authors:
            authors += words(author)
            authors.append("")
        self._texts.add((title, authors, words(paper.abstract)))
        self._columns.add(stored, " ".join(title))
        for name, values in self._facets.items():
            values.append(facet_values(name, stored))

    def arrays(self) -> Arrays:
        """All arrays of the segment."""
        arrays = self._texts.arrays() | self._columns.arrays()
        for name, values in self._facets.items():
            arrays |= {f"{name}.{part}": a for part, a in facet_arrays(values).items()}
        arrays["norm"] = norms(arrays)
        return arrays
