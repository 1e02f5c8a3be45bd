"""The YAML front matter of a note: the fields of Sheaf are replaced, other lines stay as they are.

A field is a key at the start of a line with all lines up to the next key. Only the values of fields
of Sheaf are parsed, so that comments, order and spelling of the user's own fields survive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui.core.text import dump_json
from tui.sources.engines.whole_text import UnreadableDocument
from tui.sources.engines.yaml import parse_yaml

Value = str | int | bool | Sequence[str]

_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"(?P<quote>[\"']?)(?P<key>[^\s#\-\[\]{}:\"'][^:\n\"']*)(?P=quote)\s*:(?=\s|$)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Comments, anchors, aliases, tags and block texts, which a rewritten list would lose.
_NOT_REWRITABLE = re.compile(r"(?:^|[\s\[,])[#&*!|>{]")


@dataclass(slots=True)
class FieldBlock:
    """A key with its lines; a line that belongs to no key has the key ""."""

    key: str
    text: str


def split_front_matter(text: str) -> tuple[str, list[FieldBlock], str] | None:
    """Return the opening line, the fields, and the rest from the closing line on.

    Without front matter all of `text` is the rest. None if the front matter has no end.
    """
    opening = _OPENING.match(text)
    if not opening:
        return "", [], text
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        return None
    blocks: list[FieldBlock] = []
    for line in text[opening.end() : closing.start()].splitlines(keepends=True):
        if found := _KEY.match(line):
            blocks.append(FieldBlock(found["key"].strip(), line))
        elif blocks and not line.startswith("#"):
            blocks[-1].text += line
        else:
            blocks.append(FieldBlock("", line))
    return opening[0], blocks, text[closing.start() :]


def text_value(blocks: Sequence[FieldBlock], key: str) -> str:
    """Return the text of a field; empty if the field is missing or holds something else."""
    block = next((block for block in blocks if block.key == key), None)
    value = _parse(block.text) if block else ""
    return value if isinstance(value, str) else ""


def list_value(text: str) -> list[str] | None:
    """Return the texts of a field that holds a list or one text, given its lines.

    None if it holds anything else, or something that would be lost if the list were rewritten.
    """
    inside = text.partition(":")[2]
    value = None if _NOT_REWRITABLE.search(inside) else _parse(text)
    if isinstance(value, str):
        value = [] if value in ("", "null", "~") else [value]
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return value
    return None


def _parse(text: str) -> object:
    """Return the value of a field; None if it is not YAML."""
    try:
        field = parse_yaml(text)
    except UnreadableDocument:
        return None
    return next(iter(field.values()), None) if isinstance(field, dict) else None


def replace_fields(
    blocks: Sequence[FieldBlock], values: Mapping[str, Value | None], line_end: str
) -> str:
    """Return the lines with `values` in their places and new fields at the end.

    None removes a field.
    """
    lines: list[str] = []
    new = dict(values)
    for block in blocks:
        if block.key not in values:
            lines.append(block.text)
        elif (value := new.pop(block.key, None)) is not None:
            lines.append(_format_field(block.key, value, line_end))
    added = ((key, value) for key, value in new.items() if value is not None)
    return "".join([*lines, *(_format_field(key, value, line_end) for key, value in added)])


def _format_field(key: str, value: Value, line_end: str) -> str:
    if isinstance(value, str | int):
        return f"{key}: {_format_scalar(value)}{line_end}"
    return line_end.join([f"{key}:", *(f"  - {_format_scalar(each)}" for each in value)]) + line_end


def _format_scalar(value: str | int) -> str:
    """Return the value as JSON, which YAML includes; Obsidian wants dates without quotes."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    return dump_json(value)
