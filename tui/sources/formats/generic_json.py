"""JSON records of no format that is known: fields are found by the names that people give them.

`paperTitle`, `Title`, `dc:title` and `article_title` are a title, and an object around a record is
opened. A record that has the keys of `tui.sources.record.build_paper` already is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from tui.core import identifiers as ids
from tui.sources.engines.json import Object, csl_date, first_text, text
from tui.sources.field_names import (
    FIELD_KEYS,
    LOOSE_ALIASES,
    NON_BIBLIOGRAPHIC_FIELDS,
    find_field,
    normalize_name,
    rank_aliases,
)
from tui.sources.formats.publishers import is_paper_page
from tui.sources.names import read_person
from tui.sources.record import NotAPaper

_PREFIX = re.compile(r"^(?:dc|dcterms|prism|paper|article|preprint|publication|work|document) ")
"""Words before the name of a field that only repeat what the record is."""
_WRAPPERS = (
    "paper", "metadata", "bib", "attributes", "fields", "_source", "node", "work", "article",
    "publication", "document", "entry", "arxiv", "info",
)  # fmt: skip
"""Keys under which the fields of a record may be."""
_BIBLIOGRAPHIC_FIELDS = frozenset(("authors", "doi", "arxiv", "pmid", "venue", "year"))
"""Fields that only a work has beside a title."""
_FIELDS_OF_LINKS = frozenset(("title", "url", "published", "categories", "comment"))
"""Fields that bookmarks, entries of a menu and posts have too: their link must lead to a paper."""
_FIELDS_OF_ANYTHING = frozenset(("title", "published", "categories", "comment"))
"""Fields that things to do, talks and texts of a site have too, beside keys that no work has."""
_WRAPPER_KEYS = frozenset(_WRAPPERS)
_USUAL_KEYS = frozenset(("id", "key", "title", "votes", "sources", "listed", "counts", "links"))
_SCHEMA_KEYS = frozenset(
    ("$schema", "$ref", "$defs", "definitions", "properties", "openapi", "swagger", "@context")
)
"""Keys of JSON schemas, configurations and descriptions of anything for search engines, which have
titles and descriptions too."""
_PACKAGE_KEYS = frozenset(("version", "dependencies", "require", "scripts"))
"""Keys of packages, which have authors too."""
_TEXT_KEYS = ("value", "text", "title", "p", "en", "#text", "content")
"""Keys under which an object has its text."""
_NAME_PATHS = "creator|full_name|fullName|author_name|authorName|Name|value"
_AFFILIATION_MARKS = re.compile(r"[\s*†‡§¶♯♮\d,]+$")
_MAX_DEPTH = 6
_MAX_PARAGRAPHS = 100


def to_fields(record: Object) -> Object:
    """Return a record under the keys that `build_paper` reads."""
    keys = _keys_of_fields(tuple(record))
    fields = dict(record)
    for field, key in keys:
        if record[key] not in (None, "", [], {}):
            fields.setdefault(field, record[key])
    if not _text_in(fields.get("title")):
        for name in _WRAPPERS:
            inside = record.get(name)
            if isinstance(inside, Mapping):
                unwrapped = to_fields(inside)
                if _text_in(unwrapped.get("title")):
                    return {**record, **unwrapped}
    if title := _text_in(fields.get("title") or fields.get("name")):
        fields["title"] = title
    fields["authors"] = _authors(fields.get("authors") or fields.get("author"))
    fields["abstract"] = _text_in(fields.get("abstract") or fields.get("summary"))
    for name in ("published", "date"):
        if isinstance(value := fields.get(name), dict):
            fields[name] = csl_date(value)
    for name in ("identifiers", "externalIds", "externalids", "external_ids"):
        if isinstance(value := fields.get(name), dict):
            for scheme in ("doi", "arxiv", "pmid"):
                named = (text(value, key) for key in value if _normalize(key) == scheme)
                fields.setdefault(scheme, next(named, ""))
    return fields


def to_work(record: Object) -> Object:
    """Return the fields of a record. Raises NotAPaper if nothing in it shows that it is a work."""
    keys = tuple(record)
    if not _names_a_work(keys) or (
        "url" in (fields := _fields_of(keys))
        and fields <= _FIELDS_OF_LINKS
        and (url := first_text(record, "url|link"))
        and not ids.from_url(url)
        and not is_paper_page(url)
    ):
        raise NotAPaper("nothing in it that only a paper has")
    return to_fields(record)


@lru_cache(maxsize=1024)
def _names_a_work(keys: tuple[str, ...]) -> bool:
    """Whether a record with these keys has the title of a work.

    A name or `Title`, or a field of films and programs, counts only beside something that only a
    work can have: packages, films and people have names, descriptions and an author too. A schema
    has none.
    """
    if not _SCHEMA_KEYS.isdisjoint(keys):
        return False
    is_named = "title" not in keys and not {"name", "Name", "Title"}.isdisjoint(keys)
    fields = _fields_of(keys)
    if not is_named and NON_BIBLIOGRAPHIC_FIELDS.isdisjoint(map(normalize_name, keys)):
        says_more = fields - _FIELDS_OF_ANYTHING or not _WRAPPER_KEYS.isdisjoint(keys)
        return bool(says_more) or all(_field_of(key)[0] or key in _USUAL_KEYS for key in keys)
    if "authors" not in keys or not _PACKAGE_KEYS.isdisjoint(keys):
        fields -= {"authors"}
    return bool(fields & (_BIBLIOGRAPHIC_FIELDS - {"year"}))


def find_works(value: Any, depth: int = 0) -> Iterator[Object]:
    """Yield the works anywhere inside a document: see `_is_work`."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        if _is_work(value):
            yield value
            return
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        if isinstance(each, Mapping | list):
            yield from find_works(each, depth + 1)


def _is_work(record: Object) -> bool:
    """Whether an object has a title, not only a name, and a field that only a work has."""
    fields = _fields_of(tuple(record))
    if "title" not in fields or not fields & _BIBLIOGRAPHIC_FIELDS:
        return False
    if "name" in record and "title" not in record:
        return False
    keys = dict(_keys_of_fields(tuple(record)))
    return bool(_text_in(record.get("title") or record.get(keys.get("title", "title"))))


@lru_cache(maxsize=1024)
def _fields_of(keys: tuple[str, ...]) -> frozenset[str]:
    """The fields that the keys of a record mean."""
    usual = {field for field, names in FIELD_KEYS.items() if not set(names).isdisjoint(keys)}
    return frozenset(field for field, _ in _keys_of_fields(keys)) | usual


@lru_cache(maxsize=1024)
def _keys_of_fields(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(field, key) for each field that has none of the usual keys but a key that means it."""
    missing = {field for field, names in FIELD_KEYS.items() if not any(n in keys for n in names)}
    ranked: dict[str, list[tuple[int, int, str]]] = {}
    for position, key in enumerate(keys):
        field, rank = _field_of(key)
        if field in missing:
            ranked.setdefault(field, []).append((rank, position, key))
    return tuple((field, min(found)[2]) for field, found in ranked.items())


def _field_of(key: str) -> tuple[str, int]:
    """The field that a key means, and its rank: a name with a prefix is worse than one without."""
    name = _normalize(key)
    for penalty, alias in ((0, name), (100, _PREFIX.sub("", name))):
        if alias in _loose_aliases():
            field, rank = _loose_aliases()[alias]
            return field, penalty + rank + 1
        known = find_field(alias)[0]
        if known in FIELD_KEYS and alias not in ("name", "id"):
            return known, penalty
    return "", 0


@cache
def _loose_aliases() -> dict[str, tuple[str, int]]:
    return rank_aliases(LOOSE_ALIASES)


def _normalize(key: str) -> str:
    """The words of a key, also of `camelCase`."""
    return normalize_name(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", key))


def _text_in(value: Any) -> str:
    """The text that a value is or holds: a list of paragraphs, an object with the text in it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text_in, value[:_MAX_PARAGRAPHS])))
    if isinstance(value, Mapping):
        return next(filter(None, (_text_in(value[k]) for k in _TEXT_KEYS if k in value)), "")
    return ""


def _authors(value: Any) -> Any:
    """A list of names or of objects with names, whatever the value was."""
    if isinstance(value, Mapping):
        lists = [each for each in value.values() if isinstance(each, list)]
        if len(lists) == 1:
            value = lists[0]
        else:
            value = list(value.values()) if all(map(str.isdecimal, value)) else [value]
    if isinstance(value, str):
        return re.sub(r"[*†‡§¶]+", "", value)
    return list(filter(None, map(_author, value))) if isinstance(value, list) else None


def _author(value: Any) -> Any:
    if isinstance(value, str):
        return value if value[-1:].isalpha() else _AFFILIATION_MARKS.sub("", value)
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return read_person(value[1] if len(value) > 1 else "", value[0], "".join(value[2:3]))
    if isinstance(value, Mapping):
        if name := first_text(value, _NAME_PATHS):
            return name
        if isinstance(middle := value.get("middle"), list) and middle:
            return {**value, "first": " ".join([text(value, "first"), *map(str, middle)])}
    return value
