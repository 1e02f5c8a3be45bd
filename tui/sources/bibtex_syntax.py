"""The syntax of BibTeX fields: values, braces, and entries whose braces do not match.

A value is braces, quotes, numbers and names of strings, joined by `#`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Strings = dict[str, str]

MONTHS: Strings = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
"""The strings that every style file of BibTeX defines."""
KEY = "citation key"
"""Where the fields of an entry hold its key; the space keeps it apart from any real field."""
_OPENING = re.compile(r"\s*(?:#\s*)?(?P<open>[{\"])?")
_BRACE_OR_QUOTE = re.compile(r"\\.|[{}\"]", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_AFTER_VALUE = re.compile(r"\s*(?:#|$)")
"""What follows the quote or brace that ends a text. Any other quote or brace is part of the text:
people write `"The "Big" Book"`, and one brace too many in an abstract."""
_BARE = re.compile(r"[^#\s,{}\"]+")
_FIRST_LINE = re.compile(r"\s*@\s*(\w+)\s*[{(]\s*([^\s,={}\"]*)\s*,\s*$")
_FIELD = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(?=\S)")
_CLOSING = {"{": "}", '"': '"'}


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
    return source[:1] == "{" and source[-1:] == "}" and _is_balanced(source[1:-1])


def _is_balanced(text: str) -> bool:
    depth = 0
    for found in _BRACE.finditer(text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            return False
    return depth == 0


def repair_entry(lines: Iterable[str], strings: Strings) -> tuple[str, dict[str, str]] | None:
    """Read an entry that a parser cannot by its lines: its kind and fields.

    Most programs write one field a line. Where one abstract has a brace too many, or a comma is
    missing, the starts of the lines still tell what the braces do not. None if the entry is laid
    out in any other way: what cannot be told from its lines must be rejected, not guessed.
    """
    first, *rest = lines
    start = _FIRST_LINE.match(first)
    body = "\n".join(rest).rstrip()
    if not start or not body.endswith(("}", ")")):
        return None
    sources: dict[str, str] = {}
    name = ""
    for line in body[:-1].rstrip().split("\n"):
        begins = _FIELD.match(line)
        if begins and (not name or _may_end(sources[name])):
            name = begins[1].lower()
            sources[name] = line[begins.end() :].rstrip()
        elif name:
            sources[name] = f"{sources[name]}\n{line}".rstrip()
    fields = {
        name: _repair_value(text.removesuffix(","), strings) for name, text in sources.items()
    }
    if not fields or None in fields.values():
        return None
    return start[1].lower(), {KEY: start[2]} | {name: text or "" for name, text in fields.items()}


def _may_end(source: str) -> bool:
    """Whether a field may end here, with its comma or without: an abstract has lines with `=`."""
    if source.endswith(","):
        return True
    if source[:1] in _CLOSING:
        closes = len(source) > 1 and source[-1] == _CLOSING[source[0]]
        return closes and _is_balanced(source[1:-1])
    return " " not in source


def _repair_value(source: str, strings: Strings) -> str | None:
    """Return the text of a field, without its braces if they do not match; None if it is open."""
    if source[:1] not in _CLOSING:
        return parse_value(source, strings)
    if len(source) < 2 or source[-1] != _CLOSING[source[0]]:
        return None
    inside = source[1:-1]
    if _is_balanced(inside):
        return inside
    return _BRACE.sub(lambda found: found[0] if len(found[0]) > 1 else "", inside)
