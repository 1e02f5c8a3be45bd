"""A strict reader of BibTeX: parsers are too lenient to prove that BibTeX and biber accept it."""

from __future__ import annotations

import re

_START = re.compile(r"@(\w+)\{([^\s,{}()=\"#%~\\']+),\n")
_FIELD = re.compile(r"  (\w+) = (\{.*\}|[a-z]{3}),\n")
_BAD = re.compile(r"(?<!\\)[#%&]")
_SIGN = re.compile(r"(?<!\\)[_^]")
REQUIRED = {
    "article": ({"title"}, {"journal", "journaltitle"}),
    "inproceedings": ({"title"}, {"booktitle"}),
    "misc": ({"title"}, {"title"}),
}
VERBATIM = ("url", "doi", "eprint", "pmid", "pdf", "code")
LETTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

Entry = tuple[str, str, dict[str, str]]
"""Type, key, and fields without their braces."""


def entries(text: str) -> list[Entry]:
    """Return every entry. Raises AssertionError if one is not well-formed."""
    found: list[Entry] = []
    keys: set[str] = set()
    at = 0
    while at < len(text):
        start = _START.match(text, at)
        assert start, f"no entry at {text[at : at + 80]!r}"
        kind, key = start[1], start[2]
        assert key.lower() not in keys, f"{key} twice"
        keys.add(key.lower())
        fields: dict[str, str] = {}
        at = start.end()
        while field := _FIELD.match(text, at):
            assert field[1] not in fields, f"{key}: {field[1]} twice"
            fields[field[1]] = _value(key, field[1], field[2])
            at = field.end()
        assert text.startswith("}\n", at), f"{key}: no end at {text[at : at + 80]!r}"
        at += 3 if text.startswith("}\n\n", at) else 2
        every, one_of = REQUIRED[kind]
        assert every <= fields.keys(), f"{key}: {kind} without {every - fields.keys()}"
        assert one_of & fields.keys(), f"{key}: {kind} without {one_of}"
        found.append((kind, key, fields))
    return found


def _value(key: str, name: str, raw: str) -> str:
    if not raw.startswith("{"):
        return raw
    value = raw[1:-1]
    depth = 0
    for char in value:
        depth += (char == "{") - (char == "}")
        assert depth >= 0, f"{key}: {name} closes a brace it has not opened"
    assert depth == 0, f"{key}: {name} leaves a brace open"
    assert not LETTERS.search(value), f"{key}: {name} has a control character"
    if name not in VERBATIM:
        bare = re.sub(r"\\.", "  ", value)  # an escaped character ends no value
        assert bare.count("$") % 2 == 0, f"{key}: {name} leaves a formula open"
        prose = re.sub(r"\$[^$]*\$", "", bare)
        assert not _BAD.search(prose), f"{key}: {name} has a bare {_BAD.search(prose)}"
        assert not _SIGN.search(prose), f"{key}: {name} has a bare {_SIGN.search(prose)}"
    return value
