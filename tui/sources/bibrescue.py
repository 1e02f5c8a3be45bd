"""A BibTeX entry whose braces do not match or that lacks a comma, read by its lines.

Most have a field a line. Where one abstract has a brace too many, the lines still tell what the
braces do not; an entry of any other layout is left to be refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.sources.bibvalues import Strings, value

_START = re.compile(r"\s*@\s*(\w+)\s*[{(]\s*([^\s,={}\"]*)\s*,\s*$")
_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(?=\S)")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)


def rescued(lines: Iterable[str], strings: Strings) -> tuple[str, dict[str, str]] | None:
    """(kind, fields) of the entry in these lines; None if they are not of that layout."""
    first, *rest = lines
    start = _START.match(first)
    whole = "\n".join(rest).rstrip()
    if not start or not whole.endswith(("}", ")")):
        return None
    sources: dict[str, str] = {}
    name = ""
    for line in whole[:-1].rstrip().split("\n"):
        begins = _FIELD.match(line)
        if begins and (not name or _is_whole(sources[name])):
            name = begins[1].lower()
            sources[name] = line[begins.end() :].rstrip()
        elif name:
            sources[name] = f"{sources[name]}\n{line}".rstrip()
    if not sources:
        return None
    fields = {"entry key": start[2]}
    for name, source in sources.items():
        text = _text(source.removesuffix(","), strings)
        if text is None:
            return None
        fields[name] = text
    return start[1].lower(), fields


def _is_whole(source: str) -> bool:
    """Whether a field may end here, with its comma or without."""
    if source.endswith(","):
        return True
    if source[:1] in ("{", '"'):
        closed = source[-1] == {"{": "}", '"': '"'}[source[0]]
        return len(source) > 1 and closed and _matches(source[1:-1])
    return " " not in source


def _text(source: str, strings: Strings) -> str | None:
    """The text of a field; without its braces if they do not match."""
    if source[:1] not in ("{", '"'):
        return value(source, strings)
    if len(source) < 2 or source[-1] != {"{": "}", '"': '"'}[source[0]]:
        return None
    inside = source[1:-1]
    if _matches(inside):
        return inside
    return _BRACES.sub(lambda found: found[0] if len(found[0]) > 1 else "", inside)


def _matches(text: str) -> bool:
    depth = 0
    for found in _BRACES.finditer(text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0
