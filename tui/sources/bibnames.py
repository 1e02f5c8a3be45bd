"""Authors as BibTeX writes them: `Given Family and Family, Given and {An Institute}`."""

from __future__ import annotations

import re

from tui.sources import people
from tui.sources.latex import from_tex

_STEP = re.compile(r"\\.|[{}]|\s+and\s+|\s*\n\s*and\s+", re.DOTALL | re.IGNORECASE)
_EXTENDED = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|\{[^}]*\}|[^,]*)")


def names(source: str) -> list[str]:
    """Every name in reading order; braces keep an institution in one piece."""
    parts = _parted(people.without_mail(source))
    return [name for part in parts for each in _listed(part.strip()) if (name := _name(each))]


def _parted(source: str) -> list[str]:
    parts: list[str] = []
    depth, start = 0, 0
    for found in _STEP.finditer(source):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif depth == 0 and not found[0].startswith("\\"):
            parts.append(source[start : found.start()])
            start = found.end()
    parts.append(source[start:])
    if len(parts) == 1 and source.count(";") and "{" not in source:
        return source.split(";")
    return parts


def _listed(source: str) -> list[str]:
    """The names of `A. Han, D. Chen, S. Ahn`, which BibTeX would not have taken for three."""
    if "&" in source and "{" not in source:
        pieces = re.split(r"\s*,?\s+\\?&\s+", source)
        if len(pieces) > 1 and all("," in piece or "." in piece for piece in pieces):
            return [name for piece in pieces for name in _listed(piece)]
    if source.count(",") < 2 or "{" in source or "=" in source:
        return [source]
    parts = people.parted(source)
    paired = all("," in part for part in parts)
    whole = all(" " in part and not people.are_initials(part) for part in parts)
    return parts if paired or whole else [source]


def _name(source: str) -> str:
    if source.lower() in ("others", ""):
        return ""
    if "=" in source and (extended := _EXTENDED.findall(source)):
        told = {key: from_tex(text.strip('"')) for key, text in extended}
        family = f"{told.get('prefix', '')} {told.get('family', '')}".strip()
        return people.name(told.get("given", ""), family, told.get("suffix", ""))
    if source.startswith("{") and source.endswith("}") and _whole(source):
        return from_tex(source)
    commas = _commas(source)
    if not commas:
        return from_tex(source)
    pieces = [
        source[a:b].strip()
        for a, b in zip([0, *(c + 1 for c in commas)], [*commas, len(source)], strict=True)
    ]
    texts = [from_tex(piece) for piece in pieces]
    if len(texts) == 2:
        return people.name(texts[1], texts[0])
    if len(texts) == 3:
        return people.in_order(texts)
    return ", ".join(texts)


def _whole(source: str) -> bool:
    """Whether the first brace closes at the very end."""
    depth = 0
    for place, char in enumerate(source):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0:
            return place == len(source) - 1
    return False


def _commas(source: str) -> list[int]:
    depth, found = 0, []
    for place, char in enumerate(source):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "," and depth == 0:
            found.append(place)
    return found
