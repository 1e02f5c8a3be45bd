"""YAML read as text: every scalar stays as it was written.

A bibliography means `1706.10` as an identifier, `no` as a word and `2019-05-01` as a date of its
own form, so nothing is converted to a number, a boolean or a date.
"""

from __future__ import annotations

import re
from typing import Any

from tui.sources.engines.whole_text import UnreadableDocument

_MAX_VALUES = 1_000_000
"""Values of a document with every alias written out: a few lines of aliases can stand for 10^9."""
_MAX_SIGNS = 1_200_000
"""Signs of keys and items in a document; each takes libyaml and Python up to 700 bytes."""
_NOT_ALLOWED = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML forbids in a document."""
_PAIR = re.compile(
    r"^(?P<key>(?P<indent> *)(?:- +)*[^\s\"'#\[\]{},&*!|>%@`-][^:#\n]*: +)"
    r"(?P<value>\S.*(?:\n(?P=indent) ++(?!- |[\w-]+:(?: |$)).*\S.*)*)",
    re.MULTILINE,
)
"""A key with its value, which goes on in deeper lines that are neither an item nor a pair."""
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_CLOSING = {'"': '"', "'": "'", "[": "]", "{": "}"}


def parse_yaml(source: str) -> Any:
    """Return the first document that holds something: dictionaries, lists and texts.

    Front matter and note-takers' templates often hold texts that YAML wants in quotes, such as
    `title: Sheaf: a reader`; where the document is not valid, such values are quoted and it is
    read once more. Raises UnreadableDocument if it still is not, or if it is nested too deep.
    """
    import yaml

    source = _NOT_ALLOWED.sub("", source)
    if sum(map(source.count, (": ", ":\n", "- ", ","))) > _MAX_SIGNS:
        raise UnreadableDocument("has too many values for YAML; split it, or use JSON lines")
    try:
        return _load(source)
    except yaml.YAMLError:
        pass
    try:
        return _load(_with_quoted_values(source))
    except yaml.MarkedYAMLError as error:
        line = f" (line {error.problem_mark.line + 1})" if error.problem_mark else ""
        raise UnreadableDocument(f"not YAML: {error.problem}{line}") from error
    except yaml.YAMLError as error:
        raise UnreadableDocument(f"not YAML: {error}") from error


def _load(source: str) -> Any:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        documents = yaml.load_all(source, Loader=loader)
        document = next((each for each in documents if each), None)
        if _count_values(document, {}) > _MAX_VALUES:
            raise UnreadableDocument("its aliases stand for too many values")
    except RecursionError as error:
        raise UnreadableDocument("nested too deep") from error
    return document


def _count_values(value: Any, known: dict[int, int]) -> int:
    """Count the values inside a value; `known` has the counts of values seen before."""
    if id(value) not in known:
        inside = value.values() if isinstance(value, dict) else value
        is_text = isinstance(inside, str) or inside is None
        known[id(value)] = 1 if is_text else 1 + sum(_count_values(each, known) for each in inside)
    return known[id(value)]


def _with_quoted_values(source: str) -> str:
    """Quote every value that is plain text, with the lines that continue it."""

    def quote(found: re.Match[str]) -> str:
        value = " ".join(line.strip() for line in found["value"].split("\n"))
        quoted = value.replace("'", "''")
        return f"{found['key']}'{quoted}'" if _is_plain(value) else found[0]

    return _PAIR.sub(quote, _INDENT.sub(lambda found: found[0].expandtabs(4), source))


def _is_plain(value: str) -> bool:
    """Whether a value is text that stands without quotes or brackets that close at its end."""
    if value[0] in "|>&*!":
        return False
    closing = _CLOSING.get(value[0])
    return closing is None or not value.endswith(closing) or value.startswith(("[[", "{{"))
