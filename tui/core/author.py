"""Author: the name of a person in its parts, or the name of an institution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.core.text import normalize

StoredAuthor = str | dict[str, str]
"""An author as JSON: the text if its parts can be found in it, else a name of CSL."""

_Parts = tuple[str, str, str, str, bool]
"""Family name, given names, particle, suffix, and whether the first is the whole name."""

# Patterns that most names do not need are strings: `re` compiles them when they are first used, and
# the first frame of the reader does not wait for it.
_PLAIN = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_]*\.?(?:[-'’][^\W\d_]+\.?)* )+"
    r"([^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*(?<=[a-zß-ÿ]{2}))"
)
"""Most names: capitalized words, the last of which is neither initials nor a degree."""
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "la", "le", "di", "da", "del", "dos", "el", "al", "bin")
)
"""Words that belong to the family name behind them, in capitals too."""
_SMALL_PARTICLES = _PARTICLES.union(
    ("af", "av", "ben", "bint", "d'", "das", "degli", "dei", "della", "do", "du", "het", "ibn"),
    ("las", "los", "op", "'t", "te", "ten", "ter", "ul", "ur", "v.d.", "vander", "zu", "zur"),
)
"""Words that do so in small letters: `Du` and `Do` are names."""
_SUFFIX = r"(?i:jr|sr|ii|iii|iv|v|2nd|3rd|4th)\.?"
_SUFFIX_AT_END = re.compile(r",?\s+((?:jr|sr|ii|iii|iv|2nd|3rd|4th)\.?),?$", re.IGNORECASE)
"""`V` counts only between commas: at the end it is an initial more often."""
_TITLE = r"[^\W\d_]{1,5}\.?"
"""The third part of `Family, Given, Esq.`; anything longer is not a title but part of a list."""
_DEGREES = (
    r"(?:,?\s+(?:Ph\.?\s?D|M\.?D|M\.?Sc|B\.?Sc|D\.?Sc|Sc\.?D|Dr\.?PH|D\.?Phil|M\.?P\.?H|M\.?B\.?A"
    r"|M\.?Phil|Pharm\.?D|Psy\.?D|Ed\.?D|D\.?D\.?S|D\.?V\.?M|FRCPC?|FRCS|FACP|FACS|FRS|MBBS|MBChB"
    r"|MRCP)\.?(?=,|\s|$))+$"
)
"""Academic degrees behind a name; of two letters only `MD`, which may also be initials."""
_LAST_OF_DEGREES = frozenset("DPSHACBMcl.")
"""The letters that a degree may end in: names with another end need not be searched."""
_MAY_HAVE_ADDITIONS = re.compile(r"[,\[(]")
_LIFE_DATES = (
    r",?\s*[\[(]\d{4}\??-(?:\d{4}\??|\.+)?[\])]"
    r"|,\s*(?:(?:approximately |ca\.? )?\d{4}\??-(?:\d{4}\??)?|(?:born|b\.) \d{4})\.?$"
)
"""The years by which library catalogues distinguish people of the same name."""
_FAMILY_THEN_INITIALS = (
    r"([^\W\d_][^.,\d]+) ([A-ZÀ-ÞĀ-Ž]{1,4}|(?!Jr|Sr)(?:[A-ZÀ-ÞĀ-Ž][a-z]?\.[ -]?){1,4})"
)
"""`Jumper JM`, `Jumper J.M.`, `Jumper Yu. M.`; `Smith Jr.` is not one."""
_INITIALS = r"(?:[^\W\d_][.]?[-\s]?){1,4}"
_SHORT_FAMILY_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    AI AN BA BI BO BU CU DE DI DO DU EL FA FU GE GO GU HA HE HO HU JI JO JU KE KO KU LE LI LO LU MA
    MI MO MU NA NG NI OH ON OU PI PO QI QU RA RO SA SI SO SU TA TO TU UM VO VU WU XI XU YE YI YU ZU
    """,
    )
)
"""Family names of two letters: `Wei LI` has no initials, `Smith JA` does."""
_SEVERAL_NAMES = re.compile(r"(?:^|\s)(?:and|others)(?:\s|$)|;", re.IGNORECASE)
"""BibTeX separates names at `and` and takes `others` for et al.: such a name cannot be split."""
_NOT_IN_FAMILY_NAME = re.compile(r"[\d()\[\]@]")
_INSTITUTION = frozenset(
    re.findall(
        r"\w+",
        """
    academy administration agency alliance association authority center centre
    collaboration collaborations college commission committee company consortium cooperative
    contributors corporation council department developers foundation government group gmbh
    hospital inc initiative institute institution international lab labs laboratories laboratory
    library llc ltd ministry museum nations network office organisation organization parliament
    partnership programme project research school secretariat service services society syndicate
    team union universität université university
    """,
    )
)
"""The last words of names of institutions."""
_INSTITUTION_FIRST = frozenset(("team", "university", "ministry", "department", "institute"))
_IN_INSTITUTION = re.compile(r"\s(?:of|for|the|&|für|voor|pour)\s")
_CJK = r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
"""Names in these scripts are written with the family name first."""
_CHINESE_FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤張劉陳楊黃趙吳孫馬"
)
"""Libraries written before authors had parts hold `小明 王` where a source named both parts."""


class Author:
    """The name of a person in its parts, or the name of an institution (`literal`).

    `str(author)` is the name as it is shown: `Vincent van Gogh`. The parts of a name made by
    `parse` are found when one of them is first read: a library has millions of names, and most are
    only shown.
    """

    __slots__ = ("_text", "family", "given", "is_literal", "particle", "stored", "suffix")

    _text: str
    stored: StoredAuthor
    """What `from_stored` makes an equal author of."""
    family: str
    """The family name without particle; the whole name of an institution."""
    given: str
    particle: str
    suffix: str
    is_literal: bool
    """Whether it is the name of an institution, or one that cannot be split safely."""

    def __init__(self, family: str, given: str = "", particle: str = "", suffix: str = "") -> None:
        self._set((family, given, particle, suffix, False))

    @classmethod
    def literal(cls, name: str) -> Author:
        """Return an institution, or a person whose name has no parts."""
        author = cls.__new__(cls)
        author._set((name, "", "", "", True))
        return author

    @classmethod
    def parse(cls, text: str) -> Author:
        """Return the author whose name is shown as `text`, such as `Ada King` or `King, Ada`."""
        author = cls.__new__(cls)
        author._text = author.stored = text
        return author

    @classmethod
    def read(cls, text: str) -> Author:
        """Return the author that a source writes as `text`.

        Other than with `parse`, the name is put in reading order, and life dates and degrees are
        taken off: `Smith JA`, `Smith, J. A., MD` and `Smith, J. A., 1901-1970` are `J. A. Smith`.
        """
        if text[-1:].islower() and text[-2:] != "Sc" and not _MAY_HAVE_ADDITIONS.search(text):
            return cls.parse(text)  # it has neither initials nor degrees at its end
        parts = _parse(text)
        return cls.literal(parts[0]) if parts[4] else cls(*parts[:4])

    @classmethod
    def read_initials_last(cls, text: str) -> Author | None:
        """Return the author of `Jumper JM`, as PubMed writes every name; None for other forms.

        In any other source `Wei LI` is somebody called Li.
        """
        if not (found := re.fullmatch(_FAMILY_THEN_INITIALS, text)):
            return None
        particle, family = split_particle(found[1])
        return cls(family, _with_stops(found[2]), particle)

    @classmethod
    def from_stored(cls, stored: object) -> Author:
        """Return the author of a value of `stored`. Raises TypeError for any other value."""
        if type(stored) is str:
            author = cls.__new__(cls)
            author._text = author.stored = stored
            return author
        if not isinstance(stored, Mapping) or not all(type(v) is str for v in stored.values()):
            raise TypeError("not an author")
        return cls.from_csl(stored)

    @classmethod
    def from_csl(cls, name: Mapping[str, str]) -> Author:
        """Return the author of a name as `to_csl` writes it."""
        if literal := name.get("literal"):
            return cls.literal(literal)
        return cls(
            name.get("family", ""),
            name.get("given", ""),
            name.get("non-dropping-particle", ""),
            name.get("suffix", ""),
        )

    def _set(self, parts: _Parts) -> None:
        self.family, self.given, self.particle, self.suffix, self.is_literal = parts
        self._text = _write(*parts)
        self.stored = self._text if _parse(self._text) == parts else self.to_csl()

    if not TYPE_CHECKING:  # the type checker knows the attributes from the class

        def __getattr__(self, name: str) -> object:
            """Find the parts in the text: called only for an attribute that is not set yet."""
            if name not in Author.__slots__:
                raise AttributeError(name)
            self.family, self.given, self.particle, self.suffix, self.is_literal = _parse(
                self._text
            )
            return getattr(self, name)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Author.from_stored({self.stored!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Author) and self.stored == other.stored

    def __hash__(self) -> int:
        return hash(self._text)

    @property
    def last_name(self) -> str:
        """The family name with its particle: `van Gogh`; the whole name of an institution."""
        return f"{self.particle} {self.family}" if self.particle else self.family

    @property
    def initials(self) -> str:
        """The initials of the given names: `J.-P. M.`"""
        if _is_cjk(self.given):
            return self.given
        given = self.given
        if given.isupper() and given.isalpha() and len(given) < 4:
            given = _with_stops(given)
        words = (re.sub(r"[^\w-]", "", word) for word in re.split(r"[\s.]+", given))
        initials = ([part[0] + "." for part in word.split("-") if part] for word in words)
        return " ".join("-".join(parts) for parts in initials if parts)

    @property
    def surname(self) -> str:
        """The last word of the family name, normalized, to compare authors by."""
        return _last_word(self.family)

    @property
    def word_in_key(self) -> str:
        """The word for the author in the key of a paper without identifiers.

        It depends on the text alone wherever earlier versions stored the text, whatever parts are
        found in it now: the key of a paper that has marks must never change.
        """
        has_parts = type(self.stored) is dict and not self.is_literal
        return _last_word(self.family) if has_parts else _last_word_of_name(self._text)

    def in_reading_order(self) -> str:
        """Return `Tomás de la Cruz Soto` for a name that is shown as `de la Cruz Soto, Tomás`.

        In a list with commas that would look like two people.
        """
        if self.is_literal or "," not in self._text:
            return self._text
        return " ".join(filter(None, (self.given, self.last_name, self.suffix)))

    def family_first(self) -> str:
        """Return `van Gogh, Vincent`, with the suffix behind a second comma."""
        return ", ".join(filter(None, (self.last_name, self.given, self.suffix)))

    def to_csl(self) -> dict[str, str]:
        """Return the name as citation processors have it."""
        if self.is_literal:
            return {"literal": self.family}
        fields = {
            "family": self.family,
            "given": self.given,
            "non-dropping-particle": self.particle,
            "suffix": self.suffix,
        }
        return {key: value for key, value in fields.items() if value}


def short_authors(authors: tuple[Author, ...]) -> str:
    """Return the first author and the number of the others: `Xiao +4`, `Ye`."""
    if not authors:
        return ""
    first = authors[0].last_name
    return first if len(authors) == 1 else f"{first} +{len(authors) - 1}"


def are_initials_last(names: list[str]) -> bool:
    """Return whether all names are like `Jumper JM`, as PubMed writes them.

    `Wei LI` ends in capitals too, so one name must have what can only be initials.
    """
    letters = []
    for name in names:
        if not (found := re.fullmatch(_FAMILY_THEN_INITIALS, name)):
            return False
        letters.append(found[2])
    return any(map(_are_surely_initials, letters))


def are_initials(text: str) -> bool:
    """Return whether a text is `J`, `J.-P.` or `JP`, the given names of somebody."""
    return text.isupper() and re.fullmatch(_INITIALS, text) is not None


def split_particle(family: str) -> tuple[str, str]:
    """Return `van der` and `Berg` for `van der Berg`: the words in small letters at the start."""
    words = family.split()
    count = 0
    while count < len(words) - 1 and words[count].islower():
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def strip_life_dates(name: str) -> str:
    """Return a name without the years of birth and death behind it."""
    return re.sub(_LIFE_DATES, "", name) if _MAY_HAVE_ADDITIONS.search(name) else name


def strip_degrees(name: str, *, is_given: bool = False) -> str:
    """Return a name, or given names, without academic degrees at the end.

    `Robles, MD` and `García López, M.D.` have initials: MD is a degree behind given names only.
    """
    if name[-1:] not in _LAST_OF_DEGREES or not (found := re.search(_DEGREES, name)):
        return name
    rest = name[: found.start()]
    has_given = (
        is_given or "," in rest or (" " in rest and not re.fullmatch(r",\s*M\.?D\.?", found[0]))
    )
    return rest if has_given else name


def is_degree(suffix: str) -> bool:
    """Return whether a suffix is one academic degree or several."""
    return re.fullmatch(_DEGREES, f" {suffix.strip()}") is not None


def _are_surely_initials(letters: str) -> bool:
    is_short = len(letters) == 2 and letters not in _SHORT_FAMILY_NAMES
    return "." in letters or len(letters) == 1 or is_short


def _with_stops(letters: str) -> str:
    return letters if "." in letters else " ".join(f"{letter}." for letter in letters)


def _write(family: str, given: str, particle: str, suffix: str, is_literal: bool) -> str:
    """Return the text in which a name is shown: in reading order unless that is misleading.

    `de la Cruz Soto, Ana` has a comma, because `Ana de la Cruz Soto` looks like somebody called
    Soto.
    """
    if is_literal:
        return family
    if _is_cjk(family + given):
        return family + given
    last_name = f"{particle} {family}" if particle else family
    words = given.split()
    is_misleading = (
        not all(map(is_particle, last_name.split()[:-1]))
        or (len(words) > 1 and words[-1].lower() in _PARTICLES)
        or (suffix and not _SUFFIX_AT_END.fullmatch(f" {suffix}"))
    )
    if given and is_misleading:
        return ", ".join(filter(None, (last_name, given, suffix)))
    return " ".join(filter(None, (given, last_name, suffix)))


def _parse(text: str) -> _Parts:
    """Return the parts of a name as it is shown or as a source writes it."""
    if plain := _PLAIN.fullmatch(text):
        family = plain[1]
        given = text[: -len(family) - 1]
        words = given.lower().split(" ")
        is_special = len(words) > 1 and (words[-1] in _PARTICLES or "and" in words[1:])
        is_institution = family.lower() in _INSTITUTION or words[0] in _INSTITUTION_FIRST
        if not is_special and not is_institution:
            return family, given, "", "", False
    return _parse_any(text)


def _parse_any(text: str) -> _Parts:
    name, suffix = _split_suffix(strip_degrees(strip_life_dates(text)))
    parts = [part.strip() for part in name.split(",") if part.strip()] or [name]
    whole = (f"{name}, {suffix}" if suffix else name, "", "", "", True)
    if len(parts) > 3 or _SEVERAL_NAMES.search(name) or _IN_INSTITUTION.search(name):
        return whole
    if len(parts) == 3:
        if re.fullmatch(_SUFFIX, parts[1]):  # Family, Jr, Given
            suffix = parts.pop(1)
        elif (
            are_initials(parts[1])
            and are_initials(parts[2])
            and not re.fullmatch(_SUFFIX, parts[2])
        ):
            parts[1:] = [f"{parts[1]} {parts[2]}"]  # Family, J., C.
        elif re.fullmatch(_TITLE, parts[2]):
            suffix = parts.pop()
        else:
            return whole
    if len(parts) == 2:
        family, given = parts
        if not suffix:
            family, suffix = _split_suffix(family)  # Steele Jr., Guy L.
    else:
        family, given = _split_words(parts[0])
        if _is_institution(family, given) or _NOT_IN_FAMILY_NAME.search(family):
            return whole
    particle, family = split_particle(family)
    return family, given, particle, suffix if given else "", False


def _split_suffix(name: str) -> tuple[str, str]:
    """Return a name and the suffix at its end; `Tabar, JR` and `Tabar JR` have initials."""
    if not (found := _SUFFIX_AT_END.search(name)):
        return name, ""
    rest = name[: found.start()]
    is_short = " " not in rest and found[1].isupper()
    may_be_given = "," not in rest and found[0].startswith(",")
    if is_short or (may_be_given and found[1] in ("JR", "SR", "IV")):
        return name, ""
    return rest, found[1]


def _split_words(name: str) -> tuple[str, str]:
    """Return family name, with particles, and given names of a name without commas."""
    words = name.split()
    if len(words) == 2 and _is_cjk(words[0] + words[1]):
        first, second = words
        is_turned = len(first) == 2 and second in _CHINESE_FAMILY_NAMES
        return (second, first) if is_turned else (first, second)
    if (found := re.fullmatch(_FAMILY_THEN_INITIALS, name)) and _are_surely_initials(found[2]):
        return found[1], _with_stops(found[2])
    start = len(words) - 1
    # The first word is a given name whatever it looks like: `Van Nguyen`, `Al Gore`.
    while start > 1 and is_particle(words[start - 1]) and not words[-1].islower():
        start -= 1
    return " ".join(words[start:]) or name, " ".join(words[:start])


def _is_cjk(text: str) -> bool:
    return text >= "\u3005" and re.fullmatch(_CJK, text) is not None


def is_particle(word: str) -> bool:
    """Return whether a word between two names belongs to the second one."""
    return word in _SMALL_PARTICLES or word.lower() in _PARTICLES


def _is_institution(family: str, given: str) -> bool:
    """Whether a name has the last or the first word of an institution."""
    if not given:
        return False
    first = given.split(" ", 1)[0].lower()
    return family.lower().strip(".") in _INSTITUTION or first in _INSTITUTION_FIRST


def _last_word(text: str) -> str:
    return normalize(text).rpartition(" ")[2]


@lru_cache(maxsize=20_000)  # a paper that is added needs it twice, some thousand papers apart
def _last_word_of_name(text: str) -> str:
    return _last_word(_last_name(text))


def _last_name(text: str) -> str:
    """Return the part of a text before its comma, else its last word; without a suffix.

    This is the rule by which the keys of papers were made before names had parts.
    """
    words = text.split()
    if len(words) > 1 and words[-1].removesuffix(".").lower() in (
        "jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th"
    ):  # fmt: skip
        text = " ".join(words[:-1]).removesuffix(",")
        words = text.split()
    if "," in text:
        return text.split(",", 1)[0].strip() or text.strip()
    return words[-1] if words else text
