"""Several segments to one, without the papers that no longer count, in bounded memory.

Nothing is read from the catalog: the texts are there as word ids, and the arrays that can be made
from them (postings, spelling, lengths) are made or moved over in pieces. Docs keep their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tui.index.build import PAPER_FIELDS
from tui.index.columns import COLUMNS
from tui.index.facets import FACETS, facet_from_pairs
from tui.index.files import MappedArrays, Writer
from tui.index.postings import heavy_bits, heavy_ranges, ragged
from tui.index.segment import Segment
from tui.index.spelling import spelling_arrays
from tui.index.strings import Strings
from tui.index.vocabulary import key_arrays
from tui.index.weights import SIMILAR_FIELDS, norm, squared

_PIECE = 2_000_000
"""Postings or tokens held at a time."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One of the segments that are merged."""

    segment: Segment
    alive: NDArray[np.int64]
    """Its docs that still count."""
    doc: NDArray[np.int32]
    """Where each of its docs goes, int32 [N]; -1 for those left behind."""
    word: NDArray[np.int32]
    """Where each of its words goes, int32 [V]."""


def merge(
    segments: Sequence[Segment], path: Path, check: Callable[[], None] = lambda: None
) -> None:
    """Write the living papers of `segments` as one segment to `path`.

    `check` is called between pieces of work and may raise to give up.
    """
    vocabulary, maps = _merge_words(segments, check)
    sources = []
    base = 0
    for segment, words in zip(segments, maps, strict=True):
        living = np.ones(segment.size, bool)
        living[segment.dead] = False
        alive = np.flatnonzero(living)
        doc = np.full(segment.size, -1, np.int32)
        doc[alive] = np.arange(base, base + len(alive), dtype=np.int32)
        base += len(alive)
        sources.append(_Source(segment, alive, doc, words))
    with Writer(path) as writer:
        _write(writer, vocabulary, sources, base, check)


def _write(
    writer: Writer,
    vocabulary: Strings,
    sources: list[_Source],
    size: int,
    check: Callable[[], None],
) -> None:
    keys = key_arrays(vocabulary.blob, vocabulary.offsets)
    counts = np.zeros(len(vocabulary), np.int64)
    squares = np.zeros(size, np.float64)
    for name in PAPER_FIELDS:
        starts = _starts(sources, name, size)
        writer.put(f"{name}.starts", starts)
        del starts
        writer.stream(f"{name}.tokens", np.dtype(np.int32), (), _tokens(sources, name, check))
        at, in_source = _counted(sources, name, len(vocabulary))
        docs = np.empty(int(at[-1]), np.int32)
        _move_postings(sources, name, at, in_source, docs, check)
        writer.put(f"{name}.at", at)
        writer.put(f"{name}.docs", docs)
        heavy = heavy_ranges(at, keys["keys"], size)
        writer.put(f"{name}.heavy", heavy)
        bits = (row.reshape(1, -1) for row in heavy_bits(heavy, at, docs, size))
        writer.stream(f"{name}.heavy_bits", np.dtype(np.uint8), (-(-size // 8),), bits)
        counts += np.diff(at)
        if name in SIMILAR_FIELDS:
            squares += squared(name, at, docs, size)
        del docs
        check()
    writer.put("norm", norm(squares))
    writer.put("words.blob", vocabulary.blob)
    writer.put("words.offsets", vocabulary.offsets)
    for name, array in keys.items():
        writer.put(f"words.{name}", array)
    check()
    for name, array in spelling_arrays(vocabulary.blob, vocabulary.offsets, counts).items():
        writer.put(f"words.{name}", array)
    for name in COLUMNS:
        parts = (s.segment.arrays[name][s.alive] for s in sources)
        writer.stream(name, sources[0].segment.arrays[name].dtype, (), parts)
    for name in ("titles", "names"):
        _write_strings(writer, name, sources)
    for name in FACETS:
        _write_facet(writer, name, sources, size)
        check()
    writer.finish()


def _forget(source: _Source) -> None:
    """Let go of what has been read of a source."""
    if isinstance(source.segment.arrays, MappedArrays):
        source.segment.arrays.forget()


def _merge_words(
    segments: Sequence[Segment], check: Callable[[], None]
) -> tuple[Strings, list[NDArray[np.int32]]]:
    """The words of all segments, and where each word of each segment went."""
    maps = [np.zeros(len(segment.vocabulary), np.int32) for segment in segments]
    blob = bytearray()
    offsets: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
    size = 0
    for bounds in _buckets(segments):
        texts = [
            segment.vocabulary.many(np.arange(low, high))
            for segment, (low, high) in zip(segments, bounds, strict=True)
        ]
        words = sorted(set().union(*texts))
        place = {word: number for number, word in enumerate(words, size)}
        for map_, (low, high), mine in zip(maps, bounds, texts, strict=True):
            map_[low:high] = np.fromiter(map(place.__getitem__, mine), np.int32, high - low)
        encoded = [word.encode() for word in words]
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        offsets.append(len(blob) + np.cumsum(lengths))
        blob += b"".join(encoded)
        size += len(words)
        check()
    arrays: dict[str, NDArray[Any]] = {
        "blob": np.frombuffer(blob, np.uint8),
        "offsets": np.concatenate(offsets),
    }
    return Strings(arrays), maps


def _buckets(segments: Sequence[Segment]) -> Iterator[list[tuple[int, int]]]:
    """Slices of the vocabularies, the same for all: the words of each slice begin alike."""
    shift = np.uint64(64 - 16)
    begins = [segment.vocabulary.keys >> shift for segment in segments]
    for begin in np.unique(np.concatenate([np.unique(b) for b in begins])):
        yield [(int(b.searchsorted(begin)), int(b.searchsorted(begin, "right"))) for b in begins]


def _starts(sources: Sequence[_Source], name: str, size: int) -> NDArray[np.int64]:
    starts = np.zeros(size + 1, np.int64)
    lengths = [np.diff(s.segment.fields[name].starts)[s.alive] for s in sources]
    np.cumsum(np.concatenate(lengths), out=starts[1:])
    return starts


def _tokens(
    sources: Sequence[_Source], name: str, check: Callable[[], None]
) -> Iterator[NDArray[np.int32]]:
    """The texts of the living docs, in the new word ids."""
    for source in sources:
        field = source.segment.fields[name]
        lengths = np.diff(field.starts)[source.alive]
        piece = np.cumsum(lengths) // _PIECE
        for docs in np.split(source.alive, np.flatnonzero(np.diff(piece)) + 1):
            yield source.word[field.texts(docs)[0]]
            check()
        _forget(source)


def _counted(
    sources: Sequence[_Source], name: str, words: int
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """The new CSR offsets, and the living postings of each word of each source."""
    total = np.zeros(words, np.int64)
    in_source = []
    for source in sources:
        field = source.segment.fields[name]
        counts = np.diff(field.at)
        if len(source.segment.dead):
            dead = np.concatenate(([0], np.cumsum(source.doc[field.docs] < 0)))
            counts -= np.diff(dead[field.at])
        in_source.append(counts)
        total[source.word] += counts
    at = np.zeros(words + 1, np.int64)
    np.cumsum(total, out=at[1:])
    return at, in_source


def _move_postings(
    sources: Sequence[_Source],
    name: str,
    at: NDArray[np.int64],
    in_source: list[NDArray[np.int64]],
    docs: NDArray[np.int32],
    check: Callable[[], None],
) -> None:
    """Fill `docs`: for each word the docs of the first source, then of the second, and so on."""
    free = at[:-1].copy()
    for source, counts in zip(sources, in_source, strict=True):
        field = source.segment.fields[name]
        starts = free[source.word]
        free[source.word] += counts
        piece = field.at[1:] // _PIECE
        ends = np.append(np.flatnonzero(np.diff(piece)) + 1, len(counts)).tolist()
        low = 0
        for high in ends:
            moved = source.doc[field.docs[field.at[low] : field.at[high]]]
            docs[ragged(starts[low:high], starts[low:high] + counts[low:high])] = moved[moved >= 0]
            low = high
            check()
        _forget(source)


def _write_strings(writer: Writer, name: str, sources: Sequence[_Source]) -> None:
    """`titles.*` or `names.*` of the living docs."""
    ends = [0]
    lengths = []

    def parts() -> Iterator[NDArray[np.uint8]]:
        for source in sources:
            strings: Strings = getattr(source.segment, name)
            starts, stops = strings.offsets[source.alive], strings.offsets[source.alive + 1]
            lengths.append(stops - starts)
            if len(source.alive) == source.segment.size:
                yield strings.blob
            else:
                yield strings.blob[ragged(starts, stops)]

    writer.stream(f"{name}.blob", np.dtype(np.uint8), (), parts())
    writer.put(f"{name}.offsets", np.concatenate((ends, np.cumsum(np.concatenate(lengths)))))


def _write_facet(writer: Writer, name: str, sources: Sequence[_Source], size: int) -> None:
    """`<facet>.*` of the living docs."""
    distinct = sorted({value for s in sources for value in s.segment.facets[name].values})
    place = {value: number for number, value in enumerate(distinct)}
    places, docs = [np.zeros(0, np.int64)], [np.zeros(0, np.int32)]
    for source in sources:
        facet = source.segment.facets[name]
        new = np.array([place[value] for value in facet.values], np.int64)
        moved = source.doc[facet.docs]
        places.append(np.repeat(new, np.diff(facet.at))[moved >= 0])
        docs.append(moved[moved >= 0])
    arrays = facet_from_pairs(distinct, np.concatenate(places), np.concatenate(docs))
    for part, array in arrays.items():
        writer.put(f"{name}.{part}", array)
