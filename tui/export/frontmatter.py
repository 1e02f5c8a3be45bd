"""The YAML at the head of a note: our keys set, every other line left as it is to the byte.

No YAML is parsed: a key at the start of a line and what follows it up to the next one is a block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

Value = str | int | bool | Sequence[str]

_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"(?P<quote>[\"']?)(?P<key>[^\s#\-\[\]{}:\"'][^:\n\"']*)(?P=quote)\s*:(?=\s|$)")
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d")
"""A day is a date for Obsidian where it stands without quotes."""
_ITEM = re.compile(r"\s*-\s+(?![{\[&*!|>])((?:\"|'|(?!.*:\s)).*?)\s*$")
"""An item of a list that is one text."""


@dataclass(slots=True)
class FieldBlock:
    """A key with its lines; a line that belongs to none has the key ""."""

    key: str
    text: str


def split_front_matter(text: str) -> tuple[str, list[FieldBlock], str] | None:
    """(what opens it, blocks, the rest from the closing line on); no blocks where there is none.

    None if it is opened and never closed.
    """
    head = _HEAD.match(text)
    if not head:
        return "", [], text
    end = _END.search(text, head.end())
    if not end:
        return None
    blocks: list[FieldBlock] = []
    for line in text[head.end() : end.start()].splitlines(keepends=True):
        if found := _KEY.match(line):
            blocks.append(FieldBlock(found["key"].strip(), line))
        elif blocks and not line.startswith("#"):
            blocks[-1].text += line
        else:
            blocks.append(FieldBlock("", line))
    return head[0], blocks, text[end.start() :]


def text_value(blocks: Sequence[FieldBlock], key: str) -> str:
    """The one text under a key; empty if there is none."""
    for block in blocks:
        if block.key == key:
            return _scalar(block.text.partition(":")[2].partition("\n")[0])
    return ""


def list_value(text: str) -> list[str] | None:
    """The texts of a block that is a list or one word; None if it is anything else."""
    first, _, rest = text.partition(":")[2].rstrip().partition("\n")
    first = first.strip()
    if first in ("null", "~"):
        first = ""
    if first.startswith("["):
        inside = f"{first} {rest}".strip()
        if not inside.endswith("]") or any(sign in inside[1:-1] for sign in "[]{}\"'#"):
            return _json_list(inside)
        return [word.strip() for word in inside[1:-1].split(",") if word.strip()]
    if first:
        return None if rest.strip() or first[0] in "{&*!|>" else [_scalar(first)]
    items = [_ITEM.match(line) for line in rest.split("\n") if line.strip()]
    if not all(items):
        return None
    return [_scalar(item[1]) for item in items if item]


def replace_fields(blocks: Sequence[FieldBlock], ours: Mapping[str, Value | None], end: str) -> str:
    """The lines with our values in their places, new ones after them; None takes a key away.

    `end` is the line end of the file.
    """
    out: list[str] = []
    left = dict(ours)
    for block in blocks:
        if block.key not in ours:
            out.append(block.text)
        elif (new := left.pop(block.key, None)) is not None:
            out.append(_block(block.key, new, end))
    out += [_block(key, new, end) for key, new in left.items() if new is not None]
    return "".join(out)


def _block(key: str, new: Value, end: str) -> str:
    if isinstance(new, str | int):
        return f"{key}: {_written(new)}{end}"
    return end.join([f"{key}:", *(f"  - {_written(each)}" for each in new)]) + end


def _written(new: str | int) -> str:
    """A JSON value is a YAML value."""
    if isinstance(new, str) and _PLAIN.fullmatch(new):
        return new
    return orjson.dumps(new).decode()


def _scalar(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        try:
            return str(orjson.loads(text))
        except ValueError:
            return text.strip('"')
    if text.startswith("'"):
        return text[1:].removesuffix("'").replace("''", "'")
    return re.sub(r"\s+#.*$", "", text)


def _json_list(text: str) -> list[str] | None:
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return [str(each) for each in found] if isinstance(found, list) else None
