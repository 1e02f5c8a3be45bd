"""The digest as plain text, 72 columns wide; wide characters count as two."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from tui.digest.content import KEPT_SPACE, SAMPLE_WORDS, Digest, DigestEntry

WIDTH = 72
RULE = "─" * WIDTH


def format_text(digest: Digest) -> str:
    """The whole digest, a line end after its last line."""
    name = "Sheaf"
    day = str(digest.made.date())
    lines = [name + day.rjust(WIDTH - len(name)), digest.headline, "", RULE]
    margin = max(2, len(str(len(digest.entries)))) + 2
    for number, entry in enumerate(digest.entries, 1):
        first, *more = _entry(entry, WIDTH - margin)
        lines += ["", f"{number:{margin - 2}}  {first}"]
        lines += [f"{'':{margin}}{line}" if line else "" for line in more]
    lines += ["", RULE, "", f"{digest.counts}. All of them:", "", f"    {digest.opens}"]
    if digest.has_samples:
        lines += ["", *wrap_text(SAMPLE_WORDS)]
    return "\n".join(lines) + "\n"


def _entry(entry: DigestEntry, width: int) -> Iterator[str]:
    yield from wrap_text(entry.title, width)
    yield from wrap_text(" · ".join(entry.facts), width)
    if entry.summary:
        yield ""
        yield from wrap_text(entry.summary, width)
    if entry.why or entry.links:
        yield ""
    yield from wrap_text(" · ".join(entry.why), width)
    for name, url in entry.links:
        yield f"{name:4} {url}"


def wrap_text(text: str, width: int = WIDTH, *, chop: bool = True) -> list[str]:
    """`text` in lines of at most `width` cells; without `chop`, a longer word has its own.

    Words with a KEPT_SPACE between them stay together, and get an ordinary one.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        if line and cell_len(line) + 1 + cell_len(word) <= width:
            line += f" {word}"
            continue
        if line:
            lines.append(line)
        *full, line = chop_cells(word, width) if chop and cell_len(word) > width else [word]
        lines += full
    lines += [line] if line else []
    return [line.replace(KEPT_SPACE, " ") for line in lines]
