"""Names of authors as sources write them: whole or in parts, one or several in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tui.core.author import (
    Author,
    are_initials,
    are_initials_last,
    is_degree,
    split_particle,
    strip_degrees,
    strip_life_dates,
)
from tui.sources.markup import markup_to_text
from tui.sources.plain_text import clean_title

_SEPARATOR = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+|\s*\n\s*|\s*\|\s*")
_AFFILIATION = re.compile(r"\s*\([^()]*\)")
_AFFILIATION_SIGN = re.compile(r"[\d(]")
"""Digits and brackets belong to affiliations; a comma between them does not separate names."""
_EMAIL = re.compile(
    r"[,;]?(?:(?<!\s)\s+)?[(<\[]?(?:e-?mail:?\s*)?[^\s,;()<>@]{1,64}@[^\s,;()<>]{1,255}[)>\]]?",
    re.IGNORECASE,
)
"""The blanks before an address begin where no blank precedes, so that a long run of them is tried
once and not once for each of its blanks."""
_UNIT = re.compile(
    r"(?:Department|Dept|Faculty|School|Division|Section|Institute|Cent(?:er|re)|Laboratory"
    r"|Fachbereich|Fakultät|Lehrstuhl|Département|Faculté|Departamento|Facultad)\b"
)
_INSTITUTION = re.compile(
    rf"\b(?:Universi\w+|Institut\w*|College|Hospital|Academy|{_UNIT.pattern})"
)
"""A unit of an institution, and one or the other: a comma between them separates no authors."""
_PLAIN = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ž.'-]* ){1,4}"
    r"[A-ZÀ-ÖØ-ÞŠŽ][A-Za-zÀ-ÖØ-öø-ž'-]*[a-zß-öø-ÿ](?<!Sc)(?<!thers)"
)
"""Most names: nothing in them is to be cleaned, and they do not end in initials."""
_LIFE_DATES = re.compile(r",\s*(?:b\. ?|ca\. ?)?\d{4}-(?:\d{4})?(?=\s*(?:$|[;|\n]|and\b))")
"""The dates of birth and death with which libraries tell namesakes apart."""
BETWEEN_CHINESE_NAMES = str.maketrans("，；、", ";;;")
"""The punctuation of Chinese and Japanese, which separates names and never the parts of one."""
_BLANKS = re.compile(r"\s+")
_OTHERS = re.compile(r"(?:^|,?\s+|,)(?:et\.?\s*al\.?|and others|others)$", re.IGNORECASE)
_NO_NAME = re.compile(r"\[no author (?:name|id)s? (?:available|found)\]", re.IGNORECASE)
_INITIALS_FIRST = re.compile(r"((?:[A-Z]\.? ?){1,3}), ([^\W\d_][\w'’-]+)")
"""`J. M., Jumper`: programs that take `Jumper J. M.` for given and family name write so."""
_NAME_KEYS = ("author", "name", "fullname", "display_name", "raw_author_name")
_FAMILY_KEYS = ("family", "last", "lastName", "last_name", "surname", "familyName",
                "family-names")  # fmt: skip
_GIVEN_KEYS = ("given", "first", "firstName", "first_name", "forename", "givenName",
               "given-names")  # fmt: skip
_PARTICLE_KEYS = ("dropping-particle", "non-dropping-particle", "name-particle", "prefix", "von")
_SINGLE_FIELD_SIGNS = ("creatorType", "sequence")
"""Zotero and Crossref have persons in parts, with these keys: a `name` is an institution."""

RawAuthor = Author | str | None
"""An author as a format hands it to `build_paper`; a text is still to be read."""


def strip_email(text: str) -> str:
    """Return a name without the address that Scopus and others write after it."""
    return _EMAIL.sub("", text) if "@" in text else text


def read_person(given: str, family: str, suffix: str = "", particle: str = "") -> Author | None:
    """Return the author whose names a source has in parts; None if they are empty.

    A family name without given names may be a whole name, and is read as one.
    """
    given, family = (
        strip_degrees(strip_life_dates(clean_title(given)), is_given=True),
        clean_title(family),
    )
    suffix = clean_title(suffix) if suffix and not is_degree(suffix) else ""
    if not given or not family:
        return read_author(given or family)
    if particle:
        particle = clean_title(particle)
    else:
        particle, family = split_particle(family)
    return Author(family, given, particle, suffix)


def read_initials_last(text: str) -> Author | str:
    """Return the author of `Jumper JM`, as PubMed writes every name; other texts as they are."""
    return Author.read_initials_last(clean_title(text)) or text


def read_institution(name: str) -> Author | None:
    """Return the author that a source gives as an institution or group; None if it is empty."""
    name = clean_title(name)
    return Author.literal(name) if name else None


def read_endnote_author(name: str) -> RawAuthor:
    """Return an author; EndNote writes institutions as `Team X,` or `University of X,, Y`."""
    if ",," in name:
        return read_institution(name.replace(",,", ",", 1))
    inside = name.removesuffix(",")
    return name if inside == name or "," in inside else read_institution(inside)


def read_author(text: str) -> Author | None:
    """Return the author that a source names in one text; None if it is empty."""
    return next(iter(parse_authors([text])[0]), None)


def parse_authors(value: Any) -> tuple[tuple[Author, ...], bool]:
    """Return the authors in a field, and whether it says that there are more; namesakes stay two.

    The value is a text with several names, or a list of authors, of texts, and of objects with a
    name or its parts.
    """
    if isinstance(value, str):
        # Entities first: the semicolon in `D&#x27;Incà` does not separate two names.
        value = split_authors(markup_to_text(value))
    elif isinstance(value, Mapping):
        value = [value]
    if not isinstance(value, Iterable):
        return (), False
    names: list[Author | str] = []
    has_more = has_plain = False
    for item in value:
        if isinstance(item, str) and _PLAIN.fullmatch(item):
            names.append(Author.parse(item))
            has_plain = True
            continue
        for name in _names_in(item):
            if isinstance(name, str):
                name, others = _strip_others(name)
                has_more = has_more or others
            if name:
                names.append(name)
    texts = [name for name in names if isinstance(name, str)]
    if len(texts) > 1 and all(map(_INITIALS_FIRST.fullmatch, texts)):
        names = [_INITIALS_FIRST.sub(r"\2, \1", n) if isinstance(n, str) else n for n in names]
    elif texts and not has_plain and are_initials_last(texts):
        names = [read_initials_last(name) if isinstance(name, str) else name for name in names]
    authors = [Author.read(name) if isinstance(name, str) else name for name in names]
    half = len(authors) // 2
    if half and authors[:half] == authors[half:]:  # a list that is given twice, in two fields
        authors = authors[:half]
    return tuple(authors), has_more


def _strip_others(text: str) -> tuple[str, bool]:
    """Return a text without `et al.` or `and others` at its end, and whether it had them."""
    if text[-1:] in "lLsS." and (found := _OTHERS.search(text)):
        return text[: found.start()].rstrip(" ,"), True
    return text, False


def _names_in(item: Any) -> list[Author | str]:
    """Return the names in an item of a list: a text may be several, an object has one."""
    if isinstance(item, Author):
        return [item]
    if isinstance(item, str):
        if item[:1] == "{" and item[-1:] == "}":  # an institution, as in BibTeX and in our CSV
            author = read_institution(item[1:-1])
            return [author] if author else []
        return _names_in_text(item)
    if not isinstance(item, Mapping):
        return []
    if name := _name_of_institution(item):
        author = read_institution(name)
        return [name] if _OTHERS.fullmatch(name) or author is None else [author]
    given, family = _first_text(item, _GIVEN_KEYS), _first_text(item, _FAMILY_KEYS)
    for key in _NAME_KEYS if not given or not family else ():
        if isinstance(whole := item.get(key), str | Mapping) and (names := _names_in(whole)):
            return names
    particles = (item.get(key) for key in _PARTICLE_KEYS)
    particle = " ".join(each for each in particles if isinstance(each, str))
    person = read_person(
        given, family, _first_text(item, ("suffix", "name-suffix", "jr")), particle
    )
    return [person] if person else []


def _name_of_institution(item: Mapping[Any, Any]) -> str:
    """Return the name that an object gives as that of an institution: one field for the whole."""
    kinds = (item.get("nameType"), item.get("@type"))
    is_single = any(key in item for key in _SINGLE_FIELD_SIGNS)
    if is_single or "Organizational" in kinds or "Organization" in kinds:
        return _first_text(item, ("literal", "name"))
    whole = ("lastName",) if item.get("fieldMode") == 1 else ("literal", "collectiveName")
    return _first_text(item, whole)


def _names_in_text(text: str) -> list[Author | str]:
    text = clean_title(strip_email(text)).strip(" ,;…")
    if text[-4:-2] == "00":
        text = re.sub(r" \d{4}$", "", text)  # `Wei Li 0001`: DBLP numbers namesakes
    if not text or (text[0] == "[" and _NO_NAME.fullmatch(text)):
        return []
    if "," not in text and ";" not in text:
        return [text]
    if _is_unit_of_institution(text):
        return [Author.literal(text)]
    pieces = text.split(" and ")
    have_commas = len(pieces) > 1 and all("," in piece for piece in pieces)
    is_list = text.count(",") > 2 and not _AFFILIATION_SIGN.search(text)
    # A list of one text that has all names in it, as many programs write; `Bell and Sons` is one.
    if have_commas or is_list or ";" in text:
        return [name for each in split_authors(text) if (name := each.strip(" ,;…"))]
    return [text]


def _is_unit_of_institution(text: str) -> bool:
    """Whether a text is one author: `University of Münster, Department of Physics`."""
    parts = text.split(", ")
    return all(map(_INSTITUTION.search, parts)) and len(list(filter(_UNIT.match, parts))) == 1


def _first_text(item: Mapping[Any, Any], keys: tuple[str, ...]) -> str:
    values = (item.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str) and value), "")


def split_authors(text: str) -> list[str]:
    """Split a text into names: at semicolons, bars, `and` and line ends, else at commas.

    A comma separates names (`Ada Lovelace, Alan Turing`) or the two parts of one (`Lovelace, A.,
    Turing, A.`); which of the two is decided by what the pieces look like. `et al.` at the end is
    the last of the names.
    """
    if "{" in text and (names := _split_groups(text)):
        return names
    text = _LIFE_DATES.sub("", text.translate(BETWEEN_CHINESE_NAMES))
    # The expressions below are linear in the text only if it has no runs of blanks.
    text = _BLANKS.sub(lambda blanks: "\n" if "\n" in blanks[0] else " ", text)
    for _ in range(2):  # an affiliation in brackets may have brackets in it
        text = _AFFILIATION.sub("", text) if "(" in text else text
    text, has_more = _strip_others(text.strip())
    names = _split_at_signs(text)
    return [*names, "et al."] if has_more else names


def _split_groups(text: str) -> list[str]:
    """Split at semicolons if there is a name in braces, as in our CSV; `{Food and Drug}` is one."""
    names = [name for each in text.split(";") if (name := each.strip())]
    return names if any(name[0] == "{" and name[-1] == "}" for name in names) else []


def _split_at_signs(text: str) -> list[str]:
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
    is_one = is_one or _is_unit_of_institution(", ".join(parts))
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
