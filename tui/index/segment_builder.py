"""Papers to the arrays of a segment, in bounded memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.catalog.catalog import StoredPaper
from tui.core.listing import Listing
from tui.core.text import normalize_words
from tui.index.columns import ColumnBuilder
from tui.index.compounds import compound_arrays
from tui.index.facets import FACETS, facet_arrays, facet_values
from tui.index.listings import listing_arrays
from tui.index.postings import frequent_bits, frequent_ranges, postings
from tui.index.segment import PAPER_FIELDS
from tui.index.spelling import spelling_arrays
from tui.index.tfidf import doc_norms
from tui.index.tokenizer import SEPARATOR, TokenStream, number_hashes
from tui.index.vocabulary import vocabulary_arrays

Arrays = dict[str, NDArray[Any]]
"""The arrays of a segment by name; `words.*`, `title.*` and so on are those of its parts."""

LETTERS_PER_SEGMENT = 36_000_000
"""Letters after which a segment is full.

That is about 30,000 papers with abstracts, and 400 MB of memory while their words are sorted.
"""

_SEPARATOR = SEPARATOR.encode()


class TextBuilder:
    """Collects the texts of a few fields, one doc after another."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._texts: dict[str, list[str]] = {name: [] for name in fields}
        self.letters = 0
        """Letters of all texts so far."""

    def add(self, *texts: str) -> None:
        """Add the texts of one doc in the order of the fields, each from `normalize_words`."""
        for texts_of_field, text in zip(self._texts.values(), texts, strict=True):
            texts_of_field.append(text)
            self.letters += len(text)

    def arrays(self) -> Arrays:
        """Return `words.*` and the postings of each field; the builder is then empty."""
        streams = {name: TokenStream(self._texts.pop(name)) for name in tuple(self._texts)}
        hashes = [stream.hashes() for stream in streams.values()]
        firsts = np.concatenate(([0], np.cumsum([len(part) for part in hashes])))
        numbers, places = number_hashes(np.concatenate(hashes))
        del hashes  # as large as the texts, like `numbers`
        stream_of = np.searchsorted(firsts, places, "right") - 1
        in_order = tuple(streams.values())
        words = [
            in_order[stream].word(place)
            for stream, place in zip(
                stream_of.tolist(), (places - firsts[stream_of]).tolist(), strict=True
            )
        ]
        # The empty word comes first, so that it has id 0 even where no text has it.
        encoded = np.array([b"", *(b"" if word == _SEPARATOR else word for word in words)])
        distinct, ids = np.unique(encoded, return_inverse=True)
        tokens = ids[1:].astype(np.int32)[numbers]
        del numbers
        texts = {
            name: (tokens[firsts[i] : firsts[i + 1]], stream.starts)
            for i, (name, stream) in enumerate(streams.items())
        }
        arrays = _text_arrays(vocabulary_arrays(distinct.tolist()), texts)
        hyphenated = [stream.hyphenated() for stream in in_order]
        words_before = np.concatenate(
            [first + words for first, (words, _) in zip(firsts, hyphenated, strict=False)]
        )
        docs = np.concatenate([docs for _, docs in hyphenated])
        fields = np.repeat(np.arange(len(hyphenated)), [len(docs) for _, docs in hyphenated])
        compounds = compound_arrays(tokens[words_before], tokens[words_before + 1], docs, fields)
        return arrays | {f"compounds.{name}": array for name, array in compounds.items()}


def _text_arrays(
    vocabulary: Arrays, texts: Mapping[str, tuple[NDArray[np.int32], NDArray[np.int64]]]
) -> Arrays:
    """Return `words.*` and `<field>.*` from each field's tokens and the start of each text."""
    keys: NDArray[np.uint64] = vocabulary["keys"]
    counts = np.zeros(len(keys), np.int64)
    arrays: Arrays = {}
    for name, (tokens, starts) in texts.items():
        offsets, docs = postings(tokens, starts, len(keys))
        counts += np.diff(offsets)
        size = len(starts) - 1
        ranges = frequent_ranges(offsets, keys, size)
        bits = list(frequent_bits(ranges, offsets, docs, size))
        arrays |= {
            f"{name}.at": offsets,
            f"{name}.docs": docs,
            f"{name}.starts": starts,
            f"{name}.tokens": tokens,
            f"{name}.heavy": ranges,
            f"{name}.heavy_bits": np.array(bits, np.uint8).reshape(len(ranges), -(-size // 8)),
        }
    spelling = spelling_arrays(vocabulary["blob"], vocabulary["offsets"], counts)
    return arrays | {f"words.{name}": value for name, value in (vocabulary | spelling).items()}


class SegmentBuilder:
    """Collects papers for one segment."""

    def __init__(self) -> None:
        self._texts = TextBuilder(PAPER_FIELDS)
        self._columns = ColumnBuilder()
        self._listings: list[tuple[Listing, ...]] = []
        self._facets: dict[str, list[list[str]]] = {name: [] for name in FACETS}

    @property
    def is_full(self) -> bool:
        """Whether the next paper should begin another segment."""
        return self._texts.letters >= LETTERS_PER_SEGMENT

    @property
    def is_empty(self) -> bool:
        """Whether no paper was added."""
        return not self._listings

    def add(self, stored: StoredPaper) -> None:
        """Add one paper."""
        paper = stored.paper
        title = normalize_words(paper.title)
        authors = f" {SEPARATOR} ".join(map(normalize_words, paper.author_names))
        self._texts.add(title, authors, normalize_words(paper.abstract))
        self._columns.add(stored, title)
        self._listings.append(paper.listings)
        for name, values in self._facets.items():
            values.append(facet_values(name, stored))

    def arrays(self) -> Arrays:
        """Return all arrays of the segment; the builder cannot be used again."""
        arrays = self._texts.arrays() | self._columns.arrays()
        for name, values in self._facets.items():
            arrays |= {f"{name}.{part}": array for part, array in facet_arrays(values).items()}
        listings = listing_arrays(self._listings)
        arrays |= {f"listings.{part}": array for part, array in listings.items()}
        arrays["norm"] = doc_norms(arrays)
        return arrays
