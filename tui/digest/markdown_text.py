"""The digest as Markdown: what others wrote is escaped, lines are 72 columns wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.digest.content import SAMPLE_WORDS, Digest, DigestEntry
from tui.digest.plain_text import wrap_text

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$&])")
_BEGINS_A_BLOCK = re.compile(r"^(?:(\d+)([.)])|()([-+=]))(?=\s|$|[-=])")


def format_markdown(digest: Digest) -> str:
    """The whole digest, a line end after its last line."""
    lines = [f"# {digest.headline}"]
    for number, entry in enumerate(digest.entries, 1):
        lines += ["", *_entry(number, entry)]
    lines += ["", "---", "", f"{digest.counts}. All of them:", "", f"    {digest.opens}"]
    if digest.has_samples:
        lines += ["", *wrap_text(SAMPLE_WORDS)]
    return "\n".join(lines) + "\n"


def _entry(number: int, entry: DigestEntry) -> Iterator[str]:
    yield f"## {number}. {escape_markdown(entry.title)}"
    if entry.facts:
        yield ""
        yield from _paragraph(" · ".join(entry.facts))
    if entry.summary:
        yield ""
        yield from _paragraph(entry.summary)
    if entry.why:
        yield ""
        yield from wrap_text(f"*{escape_markdown(' · '.join(entry.why))}*", chop=False)
    if entry.links:
        yield ""
        yield " ·\n".join(f"[{name}](<{url}>)" for name, url in entry.links)


def _paragraph(text: str) -> list[str]:
    lines = wrap_text(escape_markdown(text), chop=False)
    return [_BEGINS_A_BLOCK.sub(r"\1\3\\\2\4", line) for line in lines]


def escape_markdown(text: str) -> str:
    """`text` without a character that means something in Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
