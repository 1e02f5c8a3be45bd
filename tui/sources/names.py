"""Names of authors: parted where a source writes them in one text, put in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tui.core.paper import last_name
from tui.sources.markup import markup_to_text
from tui.sources.plain_text import clean_title

_SEPARATOR = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+|\s*\n\s*|\s*\|\s*")
_AFFILIATION = re.compile(r"\s*\([^()]*\)")
_INITIALS = re.compile(r"(?:[^\W\d_][.]?[-\s]?){1,4}")
_FAMILY_FIRST = re.compile(
    r"([^\W\d_][^.,\d]+) ((?-i:[A-ZÀ-ÞĀ-Ž]{1,4}|(?!Jr|Sr)(?:[A-ZÀ-ÞĀ-Ž][a-z]?\.[ -]?){1,4}))"
)
_INITIAL_ENDS = frozenset(".ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖØÜÉŁŠŽ")
_PLACED = re.compile(r"[\d(]")
"""Of names with numbers and brackets, which tell where they work."""
_LIVED = re.compile(r"(?:approximately )?\d{4}\??-(?:\d{4}\??)?\.?|(?:born|b\.) \d{4}")
"""The years that catalogues of libraries tell namesakes apart by."""
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|2nd|3rd|4th)\.?", re.IGNORECASE)
_MAIL = re.compile(
    r"[,;]?\s*[(<\[]?(?:e-?mail:?\s*)?[^\s,;()<>]+@[^\s,;()<>]+[)>\]]?", re.IGNORECASE
)
_ET_AL = re.compile(
    r",?\s*\b(?:et\.?\s*al\.?|and others|others)$|\[no author (?:name|id)s? (?:available|found)\]",
    re.IGNORECASE,
)


def strip_email(text: str) -> str:
    """A name without the address that Scopus and others write into it."""
    return _MAIL.sub("", text) if "@" in text else text


def join_name(given: str, family: str, suffix: str = "") -> str:
    """`Given Family` if the family name can be told from that, else `Family, Given`."""
    given, family = clean_title(given), clean_title(family)
    if not given or not family:
        return given or family
    suffix = clean_title(suffix)
    whole = f"{given} {family} {suffix}".rstrip()
    if last_name(whole) == family:
        return whole
    return f"{family}, {given}, {suffix}" if suffix else f"{family}, {given}"


def to_reading_order(text: str) -> str:
    """`Family, Given` in reading order; a name without a comma as it is."""
    parts = [part.strip() for part in strip_email(text).split(",")]
    if len(parts) > 2 and _LIVED.fullmatch(parts[-1]):
        del parts[-1]
    if len(parts) == 2:
        return join_name(parts[1], parts[0])
    return join_parts(parts) if len(parts) == 3 else clean_title(text)


def join_parts(parts: list[str]) -> str:
    """`Family, Given, Jr`; `Family, Jr, Given` of BibTeX; `Family, J., C.` of neither."""
    family, second, third = parts
    if (
        are_initials(second)
        and are_initials(third)
        and not (_SUFFIX.fullmatch(second) or _SUFFIX.fullmatch(third))
    ):
        return join_name(f"{second} {third}", family)
    given, suffix = (third, second) if _SUFFIX.fullmatch(second) else (second, third)
    return join_name(given, family, suffix)


def strip_homonym_number(name: str) -> str:
    """`Wei Li 0001`, as DBLP tells namesakes apart, is `Wei Li`."""
    return re.sub(r" \d{4}$", "", name)


def reverse_initials(text: str) -> str:
    """`Jumper JM` or `Jumper J.M.`, as PubMed and Scopus write, in order: `J. M. Jumper`."""
    found = _FAMILY_FIRST.fullmatch(text.strip())
    if not found:
        return clean_title(text)
    given = found[2] if "." in found[2] else " ".join(f"{letter}." for letter in found[2])
    return join_name(given, found[1])


def parse_authors(value: Any) -> tuple[str, ...]:
    """The authors of a field: a text of several, a list of texts, or of objects with names."""
    if isinstance(value, str):
        value = split_authors(markup_to_text(value))  # `D&#x27;Incà` is one
    elif isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable):
        return ()
    one = (_one(item) for item in value)
    found = dict.fromkeys(each for each in one if each and not _ET_AL.fullmatch(each))
    if any("," in each or ";" in each for each in found):
        found = dict.fromkeys(_in_order(one) for each in found for one in split_if_several(each))
        found.pop("", None)
    if found and next(iter(found))[-1] in _INITIAL_ENDS:
        return tuple(dict.fromkeys(_families_first(list(found))))
    return tuple(found)


def _families_first(names: list[str]) -> list[str]:
    """Names that all end in initials, each in reading order; `Wei LI` alone may end in a name."""
    found = [_FAMILY_FIRST.fullmatch(each) for each in names]
    if all(found) and any("." in each[2] or len(each[2]) == 1 for each in found if each):
        return [reverse_initials(each) for each in names]
    return names


def split_if_several(text: str) -> list[str]:
    """The names in what is to be one and may be all: `Bell and Sons` is one."""
    text = text.rstrip(" ,;")
    pieces = text.split(" and ")
    several = len(pieces) > 1 and all("," in piece for piece in pieces)
    many = text.count(",") > 2 and not _PLACED.search(text)
    return split_authors(text) if several or many or ";" in text else [text]


def split_authors(text: str) -> list[str]:
    """The names in one text, by semicolons, `and`, line ends, else by commas."""
    for _ in range(2):  # affiliations stand in brackets, with brackets in them
        text = _AFFILIATION.sub("", text) if "(" in text else text
    text = _ET_AL.sub("", text.strip())
    if ";" in text or "\n" in text or "|" in text:
        return [part for part in _SEPARATOR.split(text) if part.strip()]
    pieces = [part for part in _SEPARATOR.split(text) if part.strip(" ,")]
    if len(pieces) > 1 and all(piece.count(",") <= 1 for piece in pieces):
        lists_names = "," in pieces[0] and "," not in pieces[-1]  # `A B, C D and E F`
        if not lists_names or " " not in pieces[0].split(",")[0]:
            return pieces
    parts = [part.strip() for piece in pieces for part in piece.split(",") if part.strip()]
    second = parts[1::2]
    if (
        second
        and len(parts) % 2 == 0
        and (all(map(are_initials, second)) or _are_pairs(parts[::2], second))
    ):
        return [f"{family}, {given}" for family, given in zip(parts[::2], second, strict=True)]
    one = len(parts) == 2 and not (" " in parts[0] and " " in parts[1])
    return [", ".join(parts)] if one else parts


def _are_pairs(families: list[str], given: list[str]) -> bool:
    """Whether `Smith, John A., Doe, Jane` are two; names of one word each may be four."""
    return (
        len(given) > 1
        and any(" " in name or "." in name for name in given)
        and not any(" " in name or "." in name for name in families)
    )


def are_initials(text: str) -> bool:
    """Whether this is `J`, `J.-P.` or `JP`, the given names of somebody."""
    return text.isupper() and _INITIALS.fullmatch(text) is not None


def _one(item: Any) -> str:
    if isinstance(item, str):
        return _in_order(item)
    if not isinstance(item, Mapping):
        return ""
    for key in ("author", "name", "literal", "fullname", "display_name", "raw_author_name"):
        whole = item.get(key)
        if isinstance(whole, str) and whole.strip():
            return clean_title(whole) if key == "literal" else _in_order(whole)
        if isinstance(whole, Mapping) and (inner := _one(whole)):
            return inner
    family = _text(item, "family", "last", "lastName", "last_name", "surname")
    particle = _text(item, "non-dropping-particle", "dropping-particle", "prefix", "von")
    given = _text(item, "given", "first", "firstName", "first_name", "forename")
    family = f"{particle} {family}".strip() if particle else family
    return join_name(given, family, _text(item, "suffix", "jr"))


def _in_order(text: str) -> str:
    """One name in reading order, as far as a comma tells."""
    text = clean_title(text).strip(" ,;…")
    if text[-4:-2] == "00":
        text = strip_homonym_number(text)
    return to_reading_order(text) if "," in text else text


def _text(item: Mapping[Any, Any], *keys: str) -> str:
    found = (item.get(key) for key in keys)
    return next((value for value in found if isinstance(value, str) and value), "")
