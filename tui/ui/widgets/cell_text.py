"""Text cut, padded and highlighted by terminal cells: `日本語` has three characters, six cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size

Piece = tuple[str, bool]
"""Some text, and whether it is highlighted."""


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Pad `text` to exactly `width` cells, or cut it with an ellipsis at its end."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width < 1:
        return ""
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + ellipsis, width)


def fit_right(text: str, width: int, ellipsis: str = "…") -> str:
    """Pad `text` at the left to exactly `width` cells, or cut it as `fit` does."""
    length = cell_len(text)
    return " " * (width - length) + text if length <= width else fit(text, width, ellipsis)


def highlighted_pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """Split `text` at the bounds of `spans` (start and end, sorted, not overlapping)."""
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        if start > done:
            pieces.append((text[done:start], False))
        if end > max(start, done):
            pieces.append((text[max(start, done) : end], True))
        done = max(done, end)
    if done < len(text):
        pieces.append((text[done:], False))
    return pieces


def fit_pieces(pieces: Sequence[Piece], width: int, ellipsis: str = "…") -> list[Piece]:
    """Pad or cut `pieces` to exactly `width` cells, as `fit` does with plain text."""
    if width < 1:
        return []
    total = sum(cell_len(text) for text, _ in pieces)
    if total <= width:
        return [*pieces, (" " * (width - total), False)]
    room = width - 1
    fitted: list[Piece] = []
    for text, highlighted in pieces:
        length = cell_len(text)
        if length > room:
            cut = set_cell_size(text, room)
            spare = len(cut) - len(cut.rstrip())
            fitted += [(cut.rstrip(), highlighted), (ellipsis + " " * spare, False)]
            return fitted
        fitted.append((text, highlighted))
        room -= length
    return [*fitted, (ellipsis, False)]


def fit_authors(text: str, width: int, ellipsis: str = "…") -> str:
    """Fit a text of `short_authors` right-aligned in `width` cells; the name is cut first."""
    name, plus, more = text.rpartition(" +")
    if not plus or cell_len(text) <= width:
        return fit_right(text, width, ellipsis)
    rest = f"{plus}{more}"
    return fit(name, max(2, width - cell_len(rest)), ellipsis) + rest
