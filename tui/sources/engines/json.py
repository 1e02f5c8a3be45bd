"""JSON: formats of records, which are recognised by their keys, and access to nested values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson

from tui.core.paper import Paper
from tui.sources.dates import join_date
from tui.sources.decoding import decode_head
from tui.sources.record import TEXT_FIELDS, Fields, FieldSource, map_fields, split_paths

Object = Mapping[str, Any]

SAME_NAMES = {
    name: name for name in ("title", "authors", "abstract", "year", "venue", "doi", "pmid", "url")
}
"""The fields that most services keep under the names that Sheaf has for them."""

_BEGINNING = re.compile(
    r"\{(?!\{)|\[\s*(?:[{\"\]]|\[(?!\[?[A-Za-z_])|-?[\d.]+\s*(?:,|\]\s*\Z)|(?:null|true|false)\b|\Z)"
)
"""A brace, or a bracket and a value; not `{{Cite}}`, `[1] A reference` or `[[a link]]`."""


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """The records of one service or program.

    A file may hold records of several formats; each record is recognised by its own keys.
    """

    name: str
    label: str
    required_keys: tuple[str, ...]
    """Sets of keys, separated by spaces; a record with all keys of one set is of this format."""
    fields: Mapping[str, FieldSource[Object]] | Callable[[Object], Fields | Paper | None]
    """The fields (see `map_fields`), or a function that returns them or a paper.

    A path goes into objects by `.`; `*` stands for every item of a list, a number for one, and
    `[type=doi]` for the first object whose `type` is that in any case.
    """
    unwrap: Callable[[Object], Object | None] = lambda record: record
    """Return the object that has the fields, None if it is not a work. Raises NotAPaper."""

    def matches(self, keys: frozenset[str]) -> bool:
        """Whether a record with these keys, or a file that begins with them, is of this format."""
        return any(required <= keys for required in _key_sets(self.required_keys))

    def to_fields(self, record: Object) -> Fields | Paper | None:
        """Return the fields of a record, None if it is not a work. Raises NotAPaper."""
        inside = self.unwrap(record)
        if inside is None:
            return None
        if callable(self.fields):
            return self.fields(inside)
        return map_fields(inside, self.fields, _get)


@cache
def _key_sets(required_keys: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(keys.split()) for keys in required_keys)


def is_json(head: bytes) -> bool:
    """Whether a file that begins with `head` is JSON."""
    return _BEGINNING.match(decode_head(head).lstrip()) is not None


def parse_json(data: bytes) -> Any:
    """Return the value, also of what only Python takes for JSON (NaN, lone surrogates).

    Raises ValueError if it is not JSON, RecursionError if it is nested too deep.
    """
    try:
        return orjson.loads(data)
    except ValueError:
        return json.loads(data.decode("utf-8", "replace"), strict=False)


def _get(record: Object, path: str, name: str) -> Any:
    value = _follow(record, _steps(path))
    if name not in TEXT_FIELDS:
        return value
    return text(value, 0) if isinstance(value, list) else text(value)


@cache
def _steps(path: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdecimal() else step for step in path.split("."))


def _follow(value: Any, steps: tuple[str | int, ...]) -> Any:
    for number, step in enumerate(steps):
        if step == "*":
            rest = steps[number + 1 :]
            items = (_follow(each, rest) for each in value) if isinstance(value, list) else ()
            return [each for each in items if each is not None]
        if isinstance(value, Mapping) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, str) and step.startswith("["):
            key, _, wanted = step[1:-1].partition("=")
            value = next((e for e in objects(value) if text(e, key).lower() == wanted), None)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def text(value: Any, *path: str | int) -> str:
    """Return the text or number at the end of a path, as a text; empty if there is none."""
    value = _follow(value, path)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def texts(value: Any) -> list[str]:
    """Return the texts in a list; a text or number as a list of one."""
    return [text(each) for each in (value if isinstance(value, list) else [value])]


def first_text(record: Object, paths: str) -> str:
    """Return the first text at one of the paths, which are separated by `|`."""
    return next(filter(None, (text(record, *_steps(path)) for path in split_paths(paths))), "")


def csl_date(value: Any) -> str:
    """Return the date in `{"date-parts": [[2024, 2, 28]]}`, `{"year": 2024, "month": 2}` or a text.

    Of several dates it is the first.
    """
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, Mapping):
        return text(value)
    parts = value.get("date-parts") or [[value.get(name) for name in ("year", "month", "day")]]
    first = parts[0] if isinstance(parts, list) else None
    if isinstance(first, list):
        numbers = [str(part) for part in first[:3] if str(part).isdigit()]
        if numbers and len(numbers[0]) == 4:
            return join_date(*numbers)
    return first_text(value, "raw|literal|year")


def objects(value: Any) -> list[Object]:
    """Return the objects of a list; none if the value is not a list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def inner(record: Object, key: str) -> Object:
    """Return the object under a key; an empty one if there is none."""
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}
