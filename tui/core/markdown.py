"""Markdown: plain text escaped so that Markdown shows it unchanged, and links."""

from __future__ import annotations

import re

# Also what Obsidian and Pandoc add: $math$, ~~strike~~, %%comment%%, ==mark==, ^[note], #tag.
_SPECIAL = re.compile(r"[\\`*_\[\]<>$~|]|&(?=#?\w+;)|%(?=%)|=(?==)|\^(?=\[)|(?<!\w)#")
_BLOCK_START = re.compile(r"^(?=[-+#=])|^(\d{1,9})(?=[.)])", re.MULTILINE)
_NOT_IN_URL = re.compile(r"[\s<>()\\\"]")


LIST_MARK = "<!-- papers from Sheaf -->"
"""The first line of an exported list, by which every line of it is known for a paper."""


def escape_markdown(text: str) -> str:
    """Return `text` as Markdown that shows it, for use within a line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def escape_paragraphs(text: str) -> str:
    """Return paragraphs as Markdown that shows them as paragraphs."""
    return escape_line_start(escape_markdown(text))


def escape_line_start(text: str) -> str:
    """Escape what begins a list, a heading or a rule at the start of a line of escaped text."""
    return _BLOCK_START.sub(lambda found: f"{found[1] or ''}\\", text)


def markdown_link(text: str, url: str) -> str:
    """Return a link, or the text alone if there is no URL."""
    text = escape_markdown(" ".join(text.split()))
    url = _NOT_IN_URL.sub(lambda found: f"%{ord(found[0]):02X}", url)
    return f"[{text}]({url})" if url else text
