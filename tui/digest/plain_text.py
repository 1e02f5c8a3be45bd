"""The digest as plain text, 72 columns wide; wide characters take two."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from tui.digest.entries import NO_BREAK, SAMPLE_NOTICE, Digest, DigestEntry

WIDTH = 72
_RULE = "─" * WIDTH


def format_text(digest: Digest) -> str:
    """Return the digest; it ends with a line end."""
    name = "Sheaf"
    day = str(digest.created.date())
    lines = [name + day.rjust(WIDTH - len(name)), digest.headline, "", _RULE]
    number_width = max(2, len(str(len(digest.entries))))
    margin = " " * (number_width + 2)
    for number, entry in enumerate(digest.entries, 1):
        first, *more = _entry(entry, WIDTH - len(margin))
        lines += ["", f"{number:{number_width}}  {first}"]
        lines += [margin + line if line else "" for line in more]
    lines += ["", _RULE, "", f"{digest.counts}. All of them:", "", f"    {digest.command}"]
    if digest.has_samples:
        lines += ["", *wrap_text(SAMPLE_NOTICE)]
    return "\n".join(lines) + "\n"


def _entry(entry: DigestEntry, width: int) -> Iterator[str]:
    yield from wrap_text(entry.title, width)
    yield from wrap_text(" · ".join(entry.facts), width)
    if entry.summary:
        yield ""
        yield from wrap_text(entry.summary, width)
    if entry.reasons or entry.links:
        yield ""
    yield from wrap_text(" · ".join(entry.reasons), width)
    for name, url in entry.links:
        yield f"{name:4} {url}"


def wrap_text(text: str, width: int = WIDTH, *, split_words: bool = True) -> list[str]:
    """Return `text` in lines of at most `width` cells.

    A longer word is split, or gets its own line if `split_words` is false. Words with a NO_BREAK
    between them stay together.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        if line and cell_len(line) + 1 + cell_len(word) <= width:
            line += f" {word}"
            continue
        if line:
            lines.append(line)
        is_split = split_words and cell_len(word) > width
        *full, line = chop_cells(word, width) if is_split else [word]
        lines += full
    lines += [line] if line else []
    return [line.replace(NO_BREAK, " ") for line in lines]
