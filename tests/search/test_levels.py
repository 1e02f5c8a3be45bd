"""Levels: what a kind of match in a field counts."""

from __future__ import annotations

from tui.search.levels import EXACT_LEVELS, LEVEL_WEIGHTS, LEVELS


def test_a_greater_level_counts_at_least_as_much() -> None:
    assert sorted(LEVEL_WEIGHTS) == LEVEL_WEIGHTS.tolist()
    assert [level.value for level in LEVELS] == list(range(1, len(LEVEL_WEIGHTS)))


def test_one_typo_in_an_abstract_counts_more_than_two_in_a_title() -> None:
    value_of = {(level.kind, level.field): level.value for level in LEVELS}
    one, two = value_of["typo", "abstract"], value_of["two_typos", "title"]
    assert LEVEL_WEIGHTS[one] > LEVEL_WEIGHTS[two]
    assert value_of["exact", "note"] == EXACT_LEVELS["note"]
