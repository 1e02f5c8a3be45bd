"""The parts of an author's name, as bibliographies and citations need them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.core.paper import last_name

_SUFFIX_AT_END = re.compile(r",?\s+((?:jr|sr|ii|iii|iv)\.?)$", re.IGNORECASE)
# `V` counts only where it stands alone between commas: at the end it is an initial more often.
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v)\.?", re.IGNORECASE)
# BibTeX separates names at `and` and takes `others` for et al.: such a name cannot be split.
_SEVERAL_NAMES = re.compile(r"(?:^|\s)(?:and|others)(?:\s|$)|;", re.IGNORECASE)
# The third part of `Family, Given, PhD`; anything longer is not a title but part of a list.
_ACADEMIC_TITLE = re.compile(r"[^\W\d_]{1,5}\.?")
_NOT_IN_FAMILY_NAME = re.compile(r"[\d()\[\]@]")
_ORGANISATIONS = frozenset(
    re.findall(
        r"\w+",
        """
    collaboration collaborations consortium team group university institute laboratory lab labs
    committee foundation society association network initiative project inc ltd gmbh
    """,
    )
)
"""Last words of names of organisations."""


@dataclass(frozen=True, slots=True)
class AuthorName:
    """A name in its parts; a `literal` name is `family` as a whole."""

    family: str
    given: str = ""
    suffix: str = ""
    literal: bool = False
    """Whether it is the name of an organisation, or cannot be split safely."""

    @property
    def particle(self) -> str:
        """The words of the family name before its first capital: `van der`."""
        words = self.family.split()
        count = next((at for at, word in enumerate(words) if not word.islower()), 0)
        return " ".join(words[:count])

    @property
    def initials(self) -> str:
        """The initials of the given names: `J.-P. M.`."""
        words = (re.sub(r"[^\w-]", "", word) for word in re.split(r"[\s.]+", self.given))
        initials = ([part[0] + "." for part in word.split("-") if part] for word in words)
        return " ".join("-".join(parts) for parts in initials if parts)


def split_name(author: str) -> AuthorName:
    """Return the parts of `Given Family` or `Family, Given`, as the catalog stores names."""
    parts = [part.strip() for part in author.split(",")]
    if _SEVERAL_NAMES.search(author) or len(parts) > 3:
        return AuthorName(author, literal=True)
    if len(parts) == 1:
        suffix = _SUFFIX_AT_END.search(author)
        return _split_reading_order(
            author[: suffix.start()] if suffix else author, suffix[1] if suffix else ""
        )
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):  # Given Family, Jr
        return _split_reading_order(*parts)
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):  # Family, Jr, Given
        return AuthorName(parts[0], parts[2], parts[1])
    title = parts[2] if len(parts) == 3 else ""
    if not parts[0] or not parts[1] or (len(parts) == 3 and not _ACADEMIC_TITLE.fullmatch(title)):
        return AuthorName(author, literal=True)
    return AuthorName(parts[0], parts[1], title)


def _split_reading_order(author: str, suffix: str) -> AuthorName:
    """Split `Given Family`."""
    author = author.strip()
    family = last_name(author)
    if family.lower().strip(".") in _ORGANISATIONS or _NOT_IN_FAMILY_NAME.search(family):
        return AuthorName(f"{author}, {suffix}" if suffix else author, literal=True)
    given = author.removesuffix(family).rstrip()
    return AuthorName(family, given, suffix if given else "")
