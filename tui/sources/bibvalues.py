"""The values of BibTeX fields: braces, quotes, numbers, names of strings, joined by `#`."""

from __future__ import annotations

import re

Strings = dict[str, str]

MONTHS: Strings = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
_PART = re.compile(r"\s*(?:#\s*)?(?P<open>[{\"])?")
_BRACE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_ENDS = re.compile(r"\s*(?:#|$)")
"""What follows the quote or brace that ends a text; any other is of the text."""
_BARE = re.compile(r"[^#\s,{}\"]+")


def value(raw: object, strings: Strings) -> str:
    """The text of a field's source; the name of an unknown string stands for itself."""
    source = str(raw).strip()
    parts: list[str] = []
    at = 0
    while at < len(source):
        begin = _PART.match(source, at)
        at = begin.end() if begin else at
        if begin and begin["open"]:
            end = _end(source, at, begin["open"])
            parts.append(source[at:end])
            at = end + 1
        elif bare := _BARE.match(source, at):
            parts.append(strings.get(bare[0].lower(), bare[0]))
            at = bare.end()
        else:
            parts.append(source[at : at + 1].strip())
            at += 1
    return "".join(parts)


def _end(source: str, at: int, opened: str) -> int:
    """Where the brace or quote that was opened before `at` closes; the end if it does not."""
    depth = 0
    for found in _BRACE.finditer(source, at):
        sign = found[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0 and opened == "{" and _ENDS.match(source, found.end()):
                return found.start()
            depth = max(0, depth - 1)
        elif sign == '"' and opened == '"' and depth == 0 and _ENDS.match(source, found.end()):
            return found.start()
    return len(source)
