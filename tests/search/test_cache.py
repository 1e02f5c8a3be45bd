"""The cache that several searches share."""

from __future__ import annotations

import threading

from tui.search.cache import Cache


def test_the_value_used_longest_ago_is_dropped() -> None:
    cache = Cache[str, int](2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


class _InterruptedKey:
    """A key during whose look-up another thread puts a value into the cache."""

    def __init__(self, cache: Cache[object, int]) -> None:
        self.hashes_left = 0
        self.other = threading.Thread(target=lambda: cache.put("other", 2))

    def __hash__(self) -> int:
        self.hashes_left -= 1
        if self.hashes_left == 0:
            self.other.start()
            self.other.join(0.1)
        return 1


def test_a_value_is_not_dropped_while_it_is_looked_up() -> None:
    cache = Cache[object, int](2)
    key = _InterruptedKey(cache)
    cache.put(key, 1)
    cache.put("newer", 2)
    key.hashes_left = 2  # it is hashed to find it, and to make it the newest
    assert cache.get(key) == 1
    key.other.join()
    assert cache.get(key) == 1
    assert cache.get("newer") is None
