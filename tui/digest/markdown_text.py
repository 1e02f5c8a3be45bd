"""The digest as Markdown, in lines of at most 72 columns; all text is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from tui.core.markdown import escape_line_start, escape_markdown
from tui.digest.entries import SAMPLE_NOTICE, Digest, DigestEntry
from tui.digest.plain_text import wrap_text


def format_markdown(digest: Digest) -> str:
    """Return the digest; it ends with a line end."""
    lines = [f"# {digest.headline}"]
    for number, entry in enumerate(digest.entries, 1):
        lines += ["", f"## {number}. {escape_markdown(entry.title)}", *_entry(entry)]
    lines += ["", "---", "", f"{digest.counts}. All of them:", "", f"    {digest.command}"]
    if digest.has_samples:
        lines += ["", *wrap_text(SAMPLE_NOTICE)]
    return "\n".join(lines) + "\n"


def _entry(entry: DigestEntry) -> Iterator[str]:
    for text in (" · ".join(entry.facts), entry.summary):
        if text:
            yield ""
            lines = wrap_text(escape_markdown(text), split_words=False)
            yield from map(escape_line_start, lines)
    if entry.reasons:
        yield ""
        reasons = escape_markdown(" · ".join(entry.reasons))
        yield from wrap_text(f"*{reasons}*", split_words=False)
    if entry.links:
        yield ""
        yield " ·\n".join(f"[{name}](<{url}>)" for name, url in entry.links)
