"""Muted papers: those of views with `then:mute`, which no list shows unless it asks for them."""

from __future__ import annotations

from collections.abc import Iterable

from tui.search.query import Query, parse
from tui.search.query.tree import And, Condition, HasMark, Hidden, Not, Or

_NOTHING: Condition = Not(And(()))


def muted_condition(queries: Iterable[str]) -> Condition:
    """Return the condition that one of the queries of muting views matches.

    Starred papers are never muted. Conditions on `is:muted` inside such a query are left out.
    """
    parts = [
        tuple(part for part in query.parts if _replace_muted(part, _NOTHING) == part)
        for query in (parse(text, complete=True) for text in queries)
    ]
    muted = tuple(And(some) for some in parts if some)
    return Hidden(And((Or(muted), Not(HasMark("star"))))) if muted else _NOTHING


def apply_muting(query: Query, muted: Condition) -> tuple[Condition, ...]:
    """Return the conditions of a query, and that the papers are not muted.

    A query with `is:muted` and that of a muting view show muted papers, too.
    """
    parts = tuple(_replace_muted(part, muted) for part in query.parts)
    if query.then == "mute" or parts != query.parts or muted is _NOTHING:
        return parts
    return (*parts, Not(muted))


def _replace_muted(part: Condition, muted: Condition) -> Condition:
    match part:
        case HasMark("muted"):
            return muted
        case Not(inner):
            return Not(_replace_muted(inner, muted))
        case And(parts) | Or(parts):
            return type(part)(tuple(_replace_muted(each, muted) for each in parts))
        case _:
            return part
