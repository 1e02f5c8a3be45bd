"""The values of BibTeX fields, and the braces in them.

A value is braces, quotes, numbers and names of strings, joined by `#`.
"""

from __future__ import annotations

import re

Strings = dict[str, str]

MONTHS: Strings = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
"""The strings that every style file of BibTeX defines."""
_OPENING = re.compile(r"\s*(?:#\s*)?(?P<open>[{\"])?")
_BRACE_OR_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_AFTER_VALUE = re.compile(r"\s*(?:#|$)")
"""What follows the quote or brace that ends a text. Any other quote or brace is part of the text:
people write `"The "Big" Book"`, and one brace too many in an abstract."""
_BARE = re.compile(r"[^#\s,{}\"]+")


def parse_value(raw: object, strings: Strings) -> str:
    """Return the text of a field's source; the name of an unknown string stands for itself."""
    source = str(raw).strip()
    parts: list[str] = []
    at = 0
    while at < len(source):
        begin = _OPENING.match(source, at)
        at = begin.end() if begin else at
        if begin and begin["open"]:
            end = _end_of_text(source, at, begin["open"])
            parts.append(source[at:end])
            at = end + 1
        elif bare := _BARE.match(source, at):
            parts.append(strings.get(bare[0].lower(), bare[0]))
            at = bare.end()
        else:
            parts.append(source[at : at + 1].strip())
            at += 1
    return "".join(parts)


def _end_of_text(source: str, at: int, opened: str) -> int:
    """Find where the brace or quote that opened before `at` closes; the end if it does not."""
    depth = 0
    for found in _BRACE_OR_QUOTE.finditer(source, at):
        sign = found[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            if depth == 0 and opened == "{" and _AFTER_VALUE.match(source, found.end()):
                return found.start()
            depth = max(0, depth - 1)
        elif sign == opened == '"' and depth == 0 and _AFTER_VALUE.match(source, found.end()):
            return found.start()
    return len(source)


def split_outside_braces(source: str, separator: str) -> list[str]:
    """Split where the regular expression `separator` matches outside all braces."""
    parts: list[str] = []
    start = depth = 0
    for found in re.finditer(rf"\\.|[{{}}]|{separator}", source, re.DOTALL | re.IGNORECASE):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif depth == 0 and not found[0].startswith("\\"):
            parts.append(source[start : found.start()])
            start = found.end()
    return [*parts, source[start:]]


def is_one_group(source: str) -> bool:
    """Whether the brace that begins a text closes at its very end, as `{World Bank}`."""
    return source[:1] == "{" and source[-1:] == "}" and is_balanced(source[1:-1])


def is_balanced(text: str) -> bool:
    """Whether every brace of a text has its partner."""
    depth = 0
    for found in _BRACE.finditer(text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0


def without_braces(text: str) -> str:
    """Return a text without its braces, but for escaped ones."""
    return _BRACE.sub(lambda found: found[0] if len(found[0]) > 1 else "", text)
