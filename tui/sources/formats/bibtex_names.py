"""Authors as BibTeX writes them: `Given Family and Family, Given and {An Institute}`."""

from __future__ import annotations

import re

from tui.sources.engines.bibtex_values import is_one_group, split_outside_braces
from tui.sources.names import are_initials, join_name, join_parts, split_authors, strip_email
from tui.sources.tex import tex_to_text

_OPTION = re.compile(r"\w+\s*=\s*(?:true|false|\d+)")
"""An option of BibLaTeX for a list of names: `nosortothers=false`."""
_ET_AL = re.compile(r"[,\s]+et\.?\s?al\.?$")
_EXTENDED = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|\{[^}]*\}|[^,]*)")
"""A part of a name in BibLaTeX's extended format: `family=Beethoven, prefix=van`."""


def author_names(source: str) -> list[str]:
    """Return every name in reading order; braces keep an institution in one piece."""
    source = " ".join(strip_email(source).split())
    parts = split_outside_braces(source, r"\s+and\s+")
    if len(parts) == 1 and "{" not in source:
        parts = source.split(";")  # BibTeX knows `and` only, but many exports do not
    listed = (name for part in parts for name in _split_list(part.strip()))
    return [name for each in listed if (name := _to_reading_order(each))]


def _split_list(source: str) -> list[str]:
    """Split `A. Han, D. Chen, S. Ahn`, which BibTeX would take for one name with two suffixes.

    Commas and ampersands separate names only where every piece looks like a whole name: `Procter
    & Gamble` and `King, M. L., Jr.` are one.
    """
    if "{" in source:
        return [source]
    if "&" in source:
        pieces = re.split(r"\s*,?\s+\\?&\s+", source)
        if len(pieces) > 1 and all("," in piece or "." in piece for piece in pieces):
            return [name for piece in pieces for name in _split_list(piece)]
    if source.count(",") < 2 or "=" in source:
        return [source]
    names = split_authors(source)
    are_turned = all("," in name for name in names)
    are_whole = all(" " in name and not are_initials(name) for name in names)
    return names if are_turned or are_whole else [source]


def _to_reading_order(source: str) -> str:
    """Return one name as its bearer writes it; empty for `others`."""
    source = _ET_AL.sub("", source)
    if source.lower() in ("others", "") or _OPTION.fullmatch(source):
        return ""
    inside = source[1:-1] if is_one_group(source) else source
    if "=" in source and (extended := _EXTENDED.findall(inside)):
        part = {key: tex_to_text(text.strip('"')) for key, text in extended}
        family = f"{part.get('prefix', '')} {part.get('family', '')}".strip()
        return join_name(part.get("given", ""), family, part.get("suffix", ""))
    if is_one_group(source):
        return tex_to_text(source)
    parts = [tex_to_text(part.strip()) for part in split_outside_braces(source, ",")]
    if len(parts) == 2:
        return join_name(parts[1], parts[0])
    return join_parts(parts) if len(parts) == 3 else ", ".join(parts)
