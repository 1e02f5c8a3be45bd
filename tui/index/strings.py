"""Many strings in one array of bytes: none is decoded before it is asked for.

Arrays (N strings, B bytes in all):

| name    | dtype, shape | contents                                                  |
|---------|--------------|-----------------------------------------------------------|
| blob    | uint8 [B]    | the strings one after another, in UTF-8                   |
| offsets | int64 [N+1]  | string i is `blob[offsets[i]:offsets[i+1]]`               |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Strings:
    """A sequence of strings; see the module for the arrays."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.blob: NDArray[np.uint8] = arrays["blob"]
        self.offsets: NDArray[np.int64] = arrays["offsets"]
        self._bytes = self.blob.data

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, place: int) -> str:
        start, end = self.offsets[place : place + 2].tolist()
        return str(self._bytes[start:end], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(self.get_many(np.arange(len(self))))

    def get_many(self, places: NDArray[np.integer]) -> list[str]:
        """Return the strings at `places`."""
        starts = self.offsets[places].tolist()
        ends = self.offsets[places + 1].tolist()
        data = self._bytes
        return [str(data[a:b], "utf-8") for a, b in zip(starts, ends, strict=True)]

    def bisect(self, data: bytes, low: int = 0, high: int | None = None) -> int:
        """Return the first place in `low <= place < high` with bytes >= `data`, else `high`.

        The strings there must be sorted by their bytes.
        """
        high = len(self) if high is None else high
        while low < high:
            middle = (low + high) // 2
            if bytes(self._bytes[self.offsets[middle] : self.offsets[middle + 1]]) < data:
                low = middle + 1
            else:
                high = middle
        return low


def string_arrays(strings: Sequence[bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays of `strings`, which are UTF-8."""
    offsets = np.zeros(len(strings) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, strings), np.int64, len(strings)), out=offsets[1:])
    return {"blob": np.frombuffer(b"".join(strings), np.uint8), "offsets": offsets}
