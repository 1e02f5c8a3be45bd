"""Several segments to one, without the docs that no longer count, in bounded memory.

The catalog is not read: the texts are in the segments as word ids. Arrays that follow from others
(spelling, norms, frequent ranges) are computed again; all others are copied in pieces. The docs
keep their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.core.files import atomic_file
from tui.core.progress import NO_PROGRESS, Check
from tui.index.columns import COLUMNS
from tui.index.compounds import merge_compounds
from tui.index.facets import FACETS, facet_arrays_from_pairs
from tui.index.listings import merge_listings
from tui.index.postings import frequent_bits, frequent_ranges, join_ranges
from tui.index.segment import PAPER_FIELDS, Segment
from tui.index.segment_file import SegmentWriter
from tui.index.spelling import spelling_arrays
from tui.index.strings import Strings
from tui.index.tfidf import SIMILARITY_FIELDS, lengths, squared_lengths
from tui.index.vocabulary import key_arrays

_ITEMS_AT_A_TIME = 2_000_000
"""Postings or tokens in memory at once."""
_BUCKET_BITS = np.uint64(64 - 16)
"""Words are merged by their first two bytes, so that only those are strings at once."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One of the segments that are merged, and where its docs and words go."""

    segment: Segment
    alive: NDArray[np.int64]
    """Its living docs."""
    new_docs: NDArray[np.int32]
    """int32 [N]: the new number of each doc; -1 for dead ones."""
    new_words: NDArray[np.int32]
    """int32 [V]: the new id of each word."""


def merge_segments(
    segments: Sequence[Segment], path: Path, check: Check = NO_PROGRESS.check
) -> None:
    """Write the living docs of `segments` as one segment file."""
    vocabulary, new_words = _merge_vocabularies(segments, check)
    sources = []
    base = 0
    for segment, words in zip(segments, new_words, strict=True):
        is_alive = np.ones(segment.size, bool)
        is_alive[segment.dead] = False
        alive = np.flatnonzero(is_alive)
        new_docs = np.full(segment.size, -1, np.int32)
        new_docs[alive] = np.arange(base, base + len(alive), dtype=np.int32)
        base += len(alive)
        sources.append(_Source(segment, alive, new_docs, words))
    with atomic_file(path) as file:
        writer = SegmentWriter(file)
        _write_texts(writer, vocabulary, sources, base, check)
        for name in COLUMNS:
            parts = (s.segment.arrays[name][s.alive] for s in sources)
            writer.write_parts(name, segments[0].arrays[name].dtype, (), parts)
        _write_strings(writer, "titles", sources, [s.segment.titles for s in sources])
        _write_strings(writer, "names", sources, [s.segment.identifiers for s in sources])
        for name in FACETS:
            _write_facet(writer, name, sources)
            check()
        listings = merge_listings([(s.segment.listings, s.new_docs) for s in sources])
        for name, array in listings.items():
            writer.write(f"listings.{name}", array)
        compounds = merge_compounds(
            [s.segment.compounds for s in sources],
            [s.new_words for s in sources],
            [s.new_docs for s in sources],
        )
        for name, array in compounds.items():
            writer.write(f"compounds.{name}", array)
        writer.finish()


def _write_texts(
    writer: SegmentWriter, vocabulary: Strings, sources: list[_Source], size: int, check: Check
) -> None:
    """Write the vocabulary, the fields and the norms of `size` docs."""
    keys = key_arrays(vocabulary.blob, vocabulary.offsets)
    counts = np.zeros(len(vocabulary), np.int64)
    squares = np.zeros(size, np.float64)
    for name in PAPER_FIELDS:
        writer.write(f"{name}.starts", _merge_starts(sources, name, size))
        tokens = _iterate_tokens(sources, name, check)
        writer.write_parts(f"{name}.tokens", np.dtype(np.int32), (), tokens)
        offsets, living = _count_postings(sources, name, len(vocabulary))
        docs = np.empty(int(offsets[-1]), np.int32)
        _move_postings(sources, name, offsets, living, docs, check)
        writer.write(f"{name}.at", offsets)
        writer.write(f"{name}.docs", docs)
        ranges = frequent_ranges(offsets, keys["keys"], size)
        writer.write(f"{name}.heavy", ranges)
        bits = (row.reshape(1, -1) for row in frequent_bits(ranges, offsets, docs, size))
        writer.write_parts(f"{name}.heavy_bits", np.dtype(np.uint8), (-(-size // 8),), bits)
        counts += np.diff(offsets)
        if name in SIMILARITY_FIELDS:
            squares += squared_lengths(name, offsets, docs, size)
        del docs
        check()
    writer.write("norm", lengths(squares))
    writer.write("words.blob", vocabulary.blob)
    writer.write("words.offsets", vocabulary.offsets)
    spelling = spelling_arrays(vocabulary.blob, vocabulary.offsets, counts)
    for name, array in (keys | spelling).items():
        writer.write(f"words.{name}", array)
    check()


def _merge_vocabularies(
    segments: Sequence[Segment], check: Check
) -> tuple[Strings, list[NDArray[np.int32]]]:
    """Return the words of all segments, and for each segment the new id of each word."""
    new_words = [np.zeros(len(segment.vocabulary), np.int32) for segment in segments]
    blob = bytearray()
    offsets: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    size = 0
    for ranges in _buckets(segments):
        texts = [
            segment.vocabulary.get_many(np.arange(low, high))
            for segment, (low, high) in zip(segments, ranges, strict=True)
        ]
        words = sorted(set().union(*texts))
        id_of = {word: number for number, word in enumerate(words, size)}
        for ids, (low, high), some in zip(new_words, ranges, texts, strict=True):
            ids[low:high] = np.fromiter(map(id_of.__getitem__, some), np.int32, high - low)
        encoded = [word.encode() for word in words]
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
        offsets.append(len(blob) + np.cumsum(sizes))
        blob += b"".join(encoded)
        size += len(words)
        check()
    arrays: dict[str, NDArray[Any]] = {
        "blob": np.frombuffer(blob, np.uint8),
        "offsets": np.concatenate(offsets),
    }
    return Strings(arrays), new_words


def _buckets(segments: Sequence[Segment]) -> Iterator[list[tuple[int, int]]]:
    """Yield a range of ids of each segment: the words in all of them begin with the same bytes."""
    prefixes = [segment.vocabulary.keys >> _BUCKET_BITS for segment in segments]
    for prefix in np.unique(np.concatenate([np.unique(each) for each in prefixes])):
        yield [
            (int(each.searchsorted(prefix)), int(each.searchsorted(prefix, "right")))
            for each in prefixes
        ]


def _merge_starts(sources: Sequence[_Source], name: str, size: int) -> NDArray[np.int64]:
    """Return `starts` of a field."""
    starts = np.zeros(size + 1, np.int64)
    sizes = [np.diff(s.segment.fields[name].starts)[s.alive] for s in sources]
    np.cumsum(np.concatenate(sizes), out=starts[1:])
    return starts


def _iterate_tokens(
    sources: Sequence[_Source], name: str, check: Check
) -> Iterator[NDArray[np.int32]]:
    """Yield `tokens` of a field in pieces."""
    for source in sources:
        field = source.segment.fields[name]
        piece = np.cumsum(np.diff(field.starts)[source.alive]) // _ITEMS_AT_A_TIME
        for docs in np.split(source.alive, np.flatnonzero(np.diff(piece)) + 1):
            yield source.new_words[field.texts_of(docs)[0]]
            check()
        source.segment.release_memory()


def _count_postings(
    sources: Sequence[_Source], name: str, words: int
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Return the new offsets of a field, and how many living postings each source's words have."""
    total = np.zeros(words, np.int64)
    living = []
    for source in sources:
        field = source.segment.fields[name]
        counts = np.diff(field.offsets)
        if len(source.segment.dead):
            dead = np.concatenate(([0], np.cumsum(source.new_docs[field.docs] < 0)))
            counts -= np.diff(dead[field.offsets])
        living.append(counts)
        total[source.new_words] += counts
    offsets = np.zeros(words + 1, np.int64)
    np.cumsum(total, out=offsets[1:])
    return offsets, living


def _move_postings(
    sources: Sequence[_Source],
    name: str,
    offsets: NDArray[np.int64],
    living: list[NDArray[np.int64]],
    docs: NDArray[np.int32],
    check: Check,
) -> None:
    """Fill `docs`: for each word the docs of the first source, then of the second, and so on."""
    free = offsets[:-1].copy()
    for source, counts in zip(sources, living, strict=True):
        field = source.segment.fields[name]
        starts = free[source.new_words]
        free[source.new_words] += counts
        piece = field.offsets[1:] // _ITEMS_AT_A_TIME
        ends = np.append(np.flatnonzero(np.diff(piece)) + 1, len(counts)).tolist()
        low = 0
        for high in ends:
            moved = source.new_docs[field.docs[field.offsets[low] : field.offsets[high]]]
            places = join_ranges(starts[low:high], starts[low:high] + counts[low:high])
            docs[places] = moved[moved >= 0]
            low = high
            check()
        source.segment.release_memory()


def _write_strings(
    writer: SegmentWriter, name: str, sources: Sequence[_Source], parts: Sequence[Strings]
) -> None:
    """Write `<name>.*` of the living docs; `parts` are the strings of each source."""
    sizes = []

    def iterate() -> Iterator[NDArray[np.uint8]]:
        for source, strings in zip(sources, parts, strict=True):
            starts, ends = strings.offsets[source.alive], strings.offsets[source.alive + 1]
            sizes.append(ends - starts)
            if len(source.alive) == source.segment.size:
                yield strings.blob
            else:
                yield strings.blob[join_ranges(starts, ends)]

    writer.write_parts(f"{name}.blob", np.dtype(np.uint8), (), iterate())
    writer.write(f"{name}.offsets", np.concatenate(([0], np.cumsum(np.concatenate(sizes)))))


def _write_facet(writer: SegmentWriter, name: str, sources: Sequence[_Source]) -> None:
    """Write `<name>.*` of the living docs."""
    distinct = sorted({value for s in sources for value in s.segment.facets[name].values})
    place_of = {value: place for place, value in enumerate(distinct)}
    places, docs = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for source in sources:
        facet = source.segment.facets[name]
        new_places = np.array([place_of[value] for value in facet.values], np.int64)
        new_docs = source.new_docs[facet.docs]
        places.append(np.repeat(new_places, np.diff(facet.offsets))[new_docs >= 0])
        docs.append(new_docs[new_docs >= 0])
    arrays = facet_arrays_from_pairs(distinct, np.concatenate(places), np.concatenate(docs))
    for part, array in arrays.items():
        writer.write(f"{name}.{part}", array)
