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
_SIMPLE_VALUE = re.compile(r"\{([^{}\\]*+)}(?=\s*+,)")
"""A text without braces and commands inside, as most are."""
_SIGN = {
    "}": re.compile(r"\\.|[{}]", re.DOTALL),
    '"': re.compile(r"\\.|[{}\"]", re.DOTALL),
    ")": re.compile(r"\\.|[{})]", re.DOTALL),
}
"""The signs that matter in a text with this end."""
_BRACE = _SIGN["}"]
_AFTER_VALUE = re.compile(r"\s*+(?:[,#%})]|\Z|[A-Za-z][\w-]*+\s*+=)")
"""What follows the quote or brace that ends a text. Any other quote or brace is part of the text:
people write `"The "Big" Book"`, and one brace too many in an abstract."""
_JOIN = re.compile(r"\s*+#\s*+")
_BARE = {"}": re.compile(r"[^#,{}\"\n]++"), ")": re.compile(r"[^#,{}\"\n)]++")}


def parse_value(
    source: str, at: int, limit: int, closing: str, strings: Strings
) -> tuple[str, int]:
    """Return the text of the value that begins at `at`, and where it ends; -1 if it has no end.

    `closing` ends the entry. The name of an unknown string stands for itself.
    """
    if simple := _SIMPLE_VALUE.match(source, at, limit):
        return simple[1], simple.end()
    parts: list[str] = []
    while at < limit:
        sign = source[at]
        if sign in '{"':
            end = find_end_of_text(source, at + 1, "}" if sign == "{" else sign, limit)
            if end < 0:
                return "", -1
            text = source[at + 1 : end]
            parts.append(text if is_balanced(text) else without_braces(text))
            at = end + 1
        elif bare := _BARE[closing].match(source, at, limit):
            name = bare[0].strip()
            parts.append(strings.get(name.lower(), name))
            at = bare.end()
        if not (joined := _JOIN.match(source, at, limit)):
            break
        at = joined.end()
    return "".join(parts), at


def find_end_of_text(source: str, at: int, closing: str, limit: int, anywhere: bool = False) -> int:
    """Find where the text that begins at `at` is closed; -1 if that is not before `limit`.

    What follows must be able to follow a value, unless the text may end `anywhere`.
    """
    depth = 0
    for found in _SIGN[closing].finditer(source, at, limit):
        sign = found[0]
        is_end = sign == closing and depth <= 0
        if is_end and (anywhere or _AFTER_VALUE.match(source, found.end(), limit)):
            return found.start()
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
    return -1


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
    for found in _BRACE.finditer(text) if "{" in text or "}" in text else ():
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0


def count_open_braces(text: str) -> int:
    """Return how many more braces a text opens than it closes."""
    signs = [found[0] for found in _BRACE.finditer(text)]
    return signs.count("{") - signs.count("}")


def without_braces(text: str) -> str:
    """Return a text without its braces, but for escaped ones."""
    return _BRACE.sub(lambda found: found[0] if len(found[0]) > 1 else "", text)
