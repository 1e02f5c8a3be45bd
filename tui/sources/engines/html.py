"""The tags and the text of a web page, in one pass over it.

A page may be hostile, so the time must grow with its length alone. Python's `html.parser` takes
minutes for a megabyte of quotes that never close and raises AssertionError for `<![<`, and the
HTML 5 algorithm takes as long for tags that are nested deeply enough. Hence one regular
expression without backtracking: what never closes goes on to the end of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)                                             # a comment
    | <(?P<hidden>script|style|noscript)\b.*?(?:</(?P=hidden)\b[^>]*+>?|\Z)
    | <(?P<name>/?[a-z][\w:-]*+|[!?])                                 # a tag or a declaration
      (?P<attributes>(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)(?:>|\Z)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""A quote opens a value only after `=`: elsewhere it is an apostrophe, as in `<a title=don't>`."""
_ATTRIBUTE = re.compile(r"([\w:.-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


def parse_html(source: str) -> Iterator[tuple[str, str]]:
    """Yield ("", text) with its entities decoded, and (name, attributes) of each tag.

    The name is in lower case, `/name` for an end tag. Scripts, styles and comments are left out.
    """
    at = 0
    for token in _TOKEN.finditer(source):
        if token.start() > at:
            yield "", html.unescape(source[at : token.start()])
        at = token.end()
        if name := token["name"]:
            yield name.lower(), token["attributes"]
    if at < len(source):
        yield "", html.unescape(source[at:])


def parse_attributes(source: str) -> Mapping[str, str]:
    """Return the attributes of a tag by their lower-case names; of a repeated one the first."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found
