"""An author's name in parts, as citations want them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.core.paper import last_name

_SUFFIX = re.compile(r",?\s+((?:jr|sr|ii|iii|iv)\.?)$", re.IGNORECASE)
_SUFFIX_ALONE = re.compile(r"(?:jr|sr|ii|iii|iv|v)\.?", re.IGNORECASE)
_AND = re.compile(r"(?:^|\s)(?:and|others)(?:\s|$)|;", re.IGNORECASE)
_TITLE = re.compile(r"[^\W\d_]{1,5}\.?")
_NO_FAMILY = re.compile(r"[\d()\[\]@]")
_BODIES = frozenset(
    re.findall(
        r"\w+",
        """
    collaboration collaborations consortium team group university institute laboratory lab labs
    committee foundation society association network initiative project inc ltd gmbh
    """,
    )
)
"""Last words of what is no person."""


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A name in parts. What is no person's, or cannot be parted, is all `family`, `literal`."""

    family: str
    given: str = ""
    suffix: str = ""
    literal: bool = False

    @property
    def particle(self) -> str:
        """The words of the family name before its first capital: `van der`."""
        words = self.family.split()
        small = next((at for at, word in enumerate(words) if not word.islower()), 0)
        return " ".join(words[:small])

    @property
    def initials(self) -> str:
        """The given names as `J.-P. M.`."""
        words = (re.sub(r"[^\w-]", "", word) for word in re.split(r"[\s.]+", self.given))
        parted = ([part[0] + "." for part in word.split("-") if part] for word in words)
        return " ".join("-".join(parts) for parts in parted if parts)


def split_name(author: str) -> AuthorName:
    """The parts of a name as the catalog keeps it: `Given Family` or `Family, Given`."""
    if _AND.search(author) or author.count(",") > 2:
        return AuthorName(author, literal=True)
    told = [part.strip() for part in author.split(",")]
    if len(told) == 2 and _SUFFIX_ALONE.fullmatch(told[1]):
        return _reading_order(told[0], told[1])
    if len(told) == 1:
        found = _SUFFIX.search(author)
        return _reading_order(
            author[: found.start()] if found else author, found[1] if found else ""
        )
    if len(told) == 3 and _SUFFIX_ALONE.fullmatch(told[1]):
        return AuthorName(told[0], told[2], told[1])
    if not told[0] or not told[1] or (len(told) == 3 and not _TITLE.fullmatch(told[2])):
        return AuthorName(author, literal=True)
    return AuthorName(told[0], told[1], told[2] if len(told) > 2 else "")


def _reading_order(author: str, suffix: str) -> AuthorName:
    author = author.strip()
    family = last_name(author)
    if family.lower().strip(".") in _BODIES or _NO_FAMILY.search(family):
        return AuthorName(f"{author}, {suffix}" if suffix else author, literal=True)
    given = author.removesuffix(family).rstrip()
    return AuthorName(family, given, suffix if given else "")
