"""YAML as bibliographies and notes are written in it: mappings, lists and texts, nothing clever.

No anchors, tags or types: every scalar is a text, so that `1706.10` stays what it is. What this
does not understand is a text too. ValueError where it is nested too deep.
"""

from __future__ import annotations

import re
from typing import Any

MAX_DEPTH = 30
_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s\[{#&*!|>'"%@`,][^#]*?)\s*:(?:\s+(.*)|)$""")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'")
_ESCAPES = {"n": "\n", "t": " "}
_COMMENT = re.compile(r"\s+#.*$")
_FLOW = re.compile(
    r"""\s*(?:([\[\]{},:])|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|((?:[^\[\]{},:]|:(?!\s))+))"""
)


def parse(text: str) -> Any:
    """The value of a document: dictionaries, lists and texts."""
    lines = map(_single_spaced, text.split("\n"))
    return _Reader([line for line in lines if line not in ("---", "...")]).block(0, 0)


def _single_spaced(line: str) -> str:
    """The line with its indent; what follows has no run of spaces, however long it was."""
    words = " ".join(line.split())
    indent = line[: len(line) - len(line.lstrip())].expandtabs(4)
    return " " * len(indent) + words if words else ""


class _Reader:
    """The lines that are left, from the top."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    def _next(self) -> tuple[int, str] | None:
        """Indent and text of the next line that says something."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            text = line.lstrip()
            if text and not text.startswith("#"):
                return len(line) - len(text), text
            self._at += 1
        return None

    def block(self, least: int, depth: int) -> Any:
        """The value whose lines are indented by `least` or more; None if there is none."""
        if depth > MAX_DEPTH:
            raise ValueError("nested too deep")
        found = self._next()
        if not found or found[0] < least:
            return None
        indent, text = found
        if text == "-" or text.startswith("- "):
            return self._list(indent, depth)
        if _KEY.match(text):
            return self._mapping(indent, depth)
        self._at += 1
        return self._scalar(text, indent - 1, depth)

    def _list(self, indent: int, depth: int) -> list[Any]:
        items = []
        while (found := self._next()) and found[0] == indent and found[1].startswith("-"):
            rest = found[1][1:]
            inner = indent + 1 + len(rest) - len(rest.lstrip())
            if rest.strip():  # the item begins on this line, as if it stood on one of its own
                self._lines[self._at] = " " * inner + rest.lstrip()
            else:
                self._at += 1
                inner = indent + 1
            items.append(self.block(inner, depth + 1))
        return items

    def _mapping(self, indent: int, depth: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while (found := self._next()) and found[0] == indent and (key := _KEY.match(found[1])):
            self._at += 1
            name, value = _text(key[1]), (key[2] or "").strip()
            if _BLOCK.match(value):
                fields[name] = self._literal(indent)
            elif value and not value.startswith("#"):
                fields[name] = self._scalar(value, indent, depth)
            else:
                after = self._next()
                listed = after is not None and after[0] == indent and after[1].startswith("- ")
                fields[name] = self.block(indent if listed else indent + 1, depth + 1)
        return fields

    def _literal(self, indent: int) -> str:
        """The lines of a block text."""
        lines = []
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if line and len(line) - len(line.lstrip()) <= indent:
                break
            lines.append(line.strip())
            self._at += 1
        return "\n".join(lines).strip()

    def _scalar(self, text: str, indent: int, depth: int) -> Any:
        """A text, with the lines indented below it, or what brackets hold."""
        while (found := self._next()) and found[0] > indent and not _closed(text):
            text += " " + found[1]
            self._at += 1
        if text[:1] in ("[", "{"):
            return _flow(text, depth)
        return _text(text)


def _closed(text: str) -> bool:
    """Whether a quoted text or bracket has come to its end on its line."""
    if text[0] in "\"'":
        return _QUOTED.match(text) is not None
    return text[0] in "[{" and text.rstrip()[-1] in "]}"


def _text(text: str) -> str:
    if quoted := _QUOTED.match(text):
        if quoted[1] is not None:
            return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), quoted[1])
        return quoted[2].replace("''", "'")
    return _COMMENT.sub("", text).strip()


def _flow(text: str, depth: int) -> Any:
    """`[a, b]` and `{a: b}`; a text where the brackets are not in order."""
    root: list[Any] = []
    stack: list[Any] = [root]
    key: str | None = None

    def put(value: Any) -> None:
        nonlocal key
        holder = stack[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is not None:
            holder[key], key = value, None
        elif isinstance(value, str):
            key = value

    for sign, quoted, plain in _FLOW.findall(text):
        if sign in ("[", "{"):
            value: Any = [] if sign == "[" else {}
            put(value)
            stack.append(value)
            if len(stack) + depth > MAX_DEPTH:
                raise ValueError("nested too deep")
        elif sign in ("]", "}"):
            if len(stack) == 1:
                return text
            stack.pop()
        elif not sign and (quoted or plain.strip()):
            put(_text(quoted or plain.strip()))
    return root[0] if root else text
