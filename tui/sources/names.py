"""Names of authors: split where one text has several, and put in reading order."""

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
_FAMILY_THEN_INITIALS = re.compile(
    r"([^\W\d_][^.,\d]+) ((?-i:[A-ZÀ-ÞĀ-Ž]{1,4}|(?!Jr|Sr)(?:[A-ZÀ-ÞĀ-Ž][a-z]?\.[ -]?){1,4}))"
)
"""`Jumper JM`, `Jumper J.M.`, `Jumper Yu. M.`; `Smith Jr.` is not one."""
_LAST_OF_INITIALS = frozenset(".ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖØÜÉŁŠŽ")
_AFFILIATION_SIGN = re.compile(r"[\d(]")
"""Digits and brackets belong to affiliations; a comma between them does not separate names."""
_LIFE_DATES = re.compile(r"(?:approximately )?\d{4}\??-(?:\d{4}\??)?\.?|(?:born|b\.) \d{4}")
"""The years by which library catalogues distinguish people of the same name."""
_LIFE_DATES_IN_BRACKETS = re.compile(r",?\s*\[\d{4}\??-(?:\d{4}\??)?\]")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|v|2nd|3rd|4th)\.?", re.IGNORECASE)
_EMAIL = re.compile(
    r"[,;]?(?:(?<!\s)\s+)?[(<\[]?(?:e-?mail:?\s*)?[^\s,;()<>@]{1,64}@[^\s,;()<>]{1,255}[)>\]]?",
    re.IGNORECASE,
)
"""The blanks before an address begin where no blank precedes, so that a long run of them is tried
once and not once for each of its blanks."""
_BLANKS = re.compile(r"\s+")
_NOT_A_NAME = re.compile(
    r",?\s*\b(?:et\.?\s*al\.?|and others|others)$|\[no author (?:name|id)s? (?:available|found)\]",
    re.IGNORECASE,
)
_NAME_KEYS = ("author", "name", "literal", "fullname", "display_name", "raw_author_name")
_FAMILY_KEYS = ("family", "last", "lastName", "last_name", "surname")
_GIVEN_KEYS = ("given", "first", "firstName", "first_name", "forename")
_PARTICLE_KEYS = ("non-dropping-particle", "dropping-particle", "prefix", "von")


def strip_email(text: str) -> str:
    """Return a name without the address that Scopus and others write after it."""
    return _EMAIL.sub("", text) if "@" in text else text


def strip_homonym_number(name: str) -> str:
    """Return `Wei Li` for `Wei Li 0001`, as DBLP numbers people of the same name."""
    return re.sub(r" \d{4}$", "", name)


def join_name(given: str, family: str, suffix: str = "") -> str:
    """Return `Given Family` if the family name can be found in that, else `Family, Given`.

    `de la Cruz Soto, Tomás` keeps its comma, because `Tomás de la Cruz Soto` would be taken for
    a person called Soto.
    """
    given, family = clean_title(given), clean_title(family)
    if not given or not family:
        return given or family
    suffix = clean_title(suffix)
    whole = f"{given} {family} {suffix}".rstrip()
    if last_name(whole) == family:
        return whole
    return f"{family}, {given}, {suffix}" if suffix else f"{family}, {given}"


def to_reading_order(text: str) -> str:
    """Return `Family, Given` in reading order; a name without a comma as it is."""
    parts = [part.strip() for part in strip_email(text).split(",")]
    if len(parts) > 2 and _LIFE_DATES.fullmatch(parts[-1]):
        del parts[-1]
    if len(parts) == 2:
        return join_name(parts[1], parts[0])
    return join_parts(parts) if len(parts) == 3 else clean_title(text)


def join_parts(parts: list[str]) -> str:
    """Return one name from the three parts of `Family, Given, Jr` or BibTeX's `Family, Jr, Given`.

    In `Family, J., C.` both other parts are initials.
    """
    family, second, third = parts
    has_suffix = _SUFFIX.fullmatch(second) or _SUFFIX.fullmatch(third)
    if are_initials(second) and are_initials(third) and not has_suffix:
        return join_name(f"{second} {third}", family)
    given, suffix = (third, second) if _SUFFIX.fullmatch(second) else (second, third)
    return join_name(given, family, suffix)


def reverse_initials(text: str) -> str:
    """Return `J. M. Jumper` for `Jumper JM` or `Jumper J.M.`, as PubMed and Scopus write."""
    found = _FAMILY_THEN_INITIALS.fullmatch(text.strip())
    if not found:
        return clean_title(text)
    given = found[2] if "." in found[2] else " ".join(f"{letter}." for letter in found[2])
    return join_name(given, found[1])


def are_initials(text: str) -> bool:
    """Whether a text is `J`, `J.-P.` or `JP`, the given names of somebody."""
    return text.isupper() and _INITIALS.fullmatch(text) is not None


def parse_authors(value: Any) -> tuple[str, ...]:
    """Return the authors in a field in reading order; namesakes stay two.

    The value is a text with several names, a list of texts, or a list of objects with the names or
    their parts.
    """
    if isinstance(value, str):
        # Entities first: the semicolon in `D&#x27;Incà` does not separate two names.
        value = split_authors(markup_to_text(value))
    elif isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable):
        return ()
    names = [name for name in map(_parse_name, value) if name and not _NOT_A_NAME.fullmatch(name)]
    if any("," in name or ";" in name for name in names):
        # A list of one text that has all names in it, as many programs write.
        listed = (_order_name(each) for name in names for each in _split_if_several(name))
        names = [name for name in listed if name]
    half = len(names) // 2
    if half and names[:half] == names[half:]:  # a list that is given twice, in two fields
        names = names[:half]
    if names and names[0][-1] in _LAST_OF_INITIALS:
        names = _reverse_if_initials(names)
    return tuple(names)


def _reverse_if_initials(names: list[str]) -> list[str]:
    """Put names that all end in initials in reading order.

    `Wei LI` ends in capitals too, so one name must have a dot or a single initial.
    """
    found = [_FAMILY_THEN_INITIALS.fullmatch(each) for each in names]
    if all(found) and any("." in each[2] or len(each[2]) == 1 for each in found if each):
        return [reverse_initials(each) for each in names]
    return names


def _split_if_several(text: str) -> list[str]:
    """Split what should be one name if it holds several; `Bell and Sons` is one."""
    text = text.rstrip(" ,;")
    pieces = text.split(" and ")
    have_commas = len(pieces) > 1 and all("," in piece for piece in pieces)
    is_list = text.count(",") > 2 and not _AFFILIATION_SIGN.search(text)
    return split_authors(text) if have_commas or is_list or ";" in text else [text]


def split_authors(text: str) -> list[str]:
    """Split a text into names: at semicolons, bars, `and` and line ends, else at commas.

    A comma separates names (`Ada Lovelace, Alan Turing`) or the two parts of one (`Lovelace, A.,
    Turing, A.`); which of the two is decided by what the pieces look like.
    """
    # The expressions below are linear in the text only if it has no runs of blanks.
    text = _BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", text)
    for _ in range(2):  # an affiliation in brackets may have brackets in it
        text = _AFFILIATION.sub("", text) if "(" in text else text
    text = _NOT_A_NAME.sub("", text.strip())
    if ";" in text or "\n" in text or "|" in text:
        return [part for part in _SEPARATOR.split(text) if part.strip()]
    pieces = [part for part in _SEPARATOR.split(text) if part.strip(" ,")]
    if len(pieces) > 1 and all(piece.count(",") <= 1 for piece in pieces):
        # In `A B, C D and E F` the comma separates two names of more than one word.
        comma_separates = "," in pieces[0] and "," not in pieces[-1]
        if not comma_separates or " " not in pieces[0].split(",")[0]:
            return pieces
    parts = [part.strip() for piece in pieces for part in piece.split(",") if part.strip()]
    families, given = parts[::2], parts[1::2]
    in_turn = given and (all(map(are_initials, given)) or _are_pairs(families, given))
    if in_turn and len(families) == len(given):
        return [f"{last}, {first}" for last, first in zip(families, given, strict=True)]
    is_one = len(parts) == 2 and not (" " in parts[0] and " " in parts[1])
    return [", ".join(parts)] if is_one else parts


def _are_pairs(families: list[str], given: list[str]) -> bool:
    """Whether the parts are family and given names in turn.

    `Smith, John A., Doe, Jane` are two people. Names of one word each may be four people.
    """
    return (
        len(given) > 1
        and any(" " in name or "." in name for name in given)
        and not any(" " in name or "." in name for name in families)
    )


def _parse_name(item: Any) -> str:
    """The name in an item of a list: a text, or an object with the name or its parts."""
    if isinstance(item, str):
        return _order_name(item)
    if not isinstance(item, Mapping):
        return ""
    for key in _NAME_KEYS:
        whole = item.get(key)
        if isinstance(whole, str) and whole.strip():
            return clean_title(whole) if key == "literal" else _order_name(whole)
        if isinstance(whole, Mapping) and (inside := _parse_name(whole)):
            return inside
    family = f"{_first_text(item, _PARTICLE_KEYS)} {_first_text(item, _FAMILY_KEYS)}".strip()
    return join_name(_first_text(item, _GIVEN_KEYS), family, _first_text(item, ("suffix", "jr")))


def _order_name(text: str) -> str:
    """One name in reading order, as far as a comma shows it."""
    text = clean_title(text).strip(" ,;…")
    if text[-1:] == "]":
        text = _LIFE_DATES_IN_BRACKETS.sub("", text)
    if text[-4:-2] == "00":  # a cheap sign of DBLP's number
        text = strip_homonym_number(text)
    return to_reading_order(text) if "," in text else text


def _first_text(item: Mapping[Any, Any], keys: tuple[str, ...]) -> str:
    values = (item.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str) and value), "")
