"""Bibliographies in YAML: Hayagriva's, CSL's as Pandoc takes it, a CITATION.cff, and what
people write: a list of papers, or one by itself, as Papis keeps it; the same in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.core.paper import Paper
from tui.sources.decoding import decode_head
from tui.sources.engines.json import inner, objects, text
from tui.sources.engines.whole_text import read_text
from tui.sources.engines.yaml import parse_yaml
from tui.sources.formats import generic_json
from tui.sources.formats.json_reference_managers import CSL
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.names import join_name
from tui.sources.record import read_record

_START = r"\A(?:---[ \t]*\n|[ \t]*#[^\n]*\n|[ \t]*\n)*"
"""What may stand before the first key: a document marker, comments, blank lines."""
_CSL = re.compile(_START + r"(?:[a-z-]+:[^\n]*\n){0,9}references:[ \t]*\n\s*- ")
"""What Pandoc takes; `nocite` and the like may precede the list."""
_CFF = re.compile(_START + r"(?:(?!---)[^\n]*\n){0,500}?cff-version:")
"""The keys of a CITATION.cff may have any order."""
_HAYAGRIVA = re.compile(
    _START + r"[^\s:#'\"-][^\n]*:[ \t]*\n[ \t]+(?:type|title|author|date|parent|url)[ \t]*:"
)
"""A key, and below it the fields of a work."""
_LIST = re.compile(
    _START
    + r"(?:[\w-]+:[ \t]*\n){0,2}[ \t]*-[ \t]+(?:[\w-]+:[^\n]*\n(?:[ \t]+-[^\n]*\n)*[ \t]+){0,5}"
    r"['\"]?(?:paper_?)?title['\"]?[ \t]*:",
    re.IGNORECASE,
)
"""A list whose first item has a title."""
_TOML = re.compile(_START + r"\[\[[\w.-]+\]\][ \t]*\n(?:[\w-]+[ \t]*=[^\n]*\n){0,9}title[ \t]*=")
_WORK_KEY = re.compile(r"^(author(?:s|_list)?|doi|title)[ \t]*:", re.MULTILINE)
_MAPPING_LINE = re.compile(r"[\w-]+[ \t]*:(?:\s|$)|[ \t#-]")

_Fields = Mapping[str, Any]


def sniff(head: bytes) -> bool:
    """A list of `references`, a key with the fields of a work indented below it, or its fields."""
    start = decode_head(head)
    if any(form.match(start) is not None for form in (_CSL, _HAYAGRIVA, _CFF, _LIST, _TOML)):
        return True
    return _is_mapping(start) and {"title"} < set(_WORK_KEY.findall(start))


def _is_mapping(start: str) -> bool:
    """Whether each line but a cut last one is a key, or belongs to one; and no text follows."""
    if "\n---" in start.removeprefix("---"):
        return False
    lines = [line for line in start.split("\n") if line.strip()]
    return all(map(_MAPPING_LINE.match, lines[:-1]))


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Yield each entry of the bibliography."""
    for key, entry, to_fields in _entries(read_text(stream)):
        if isinstance(entry, Mapping):
            yield from read_record(f'{where}: entry "{key}"', to_fields, entry)
        else:
            yield RejectedRecord(f'{where}: entry "{key}"', "not a work")


def _entries(
    source: str,
) -> Iterable[tuple[Any, Any, Callable[[_Fields], _Fields | Paper | None]]]:
    """Each entry with its key or number, and the function that maps it to fields."""
    is_toml = _TOML.match(source) is not None
    document: Any = tomllib.loads(source) if is_toml else parse_yaml(source)
    entries = document if isinstance(document, Mapping) else {}
    if "cff-version" in entries:
        preferred = entries.get("preferred-citation")
        return [("CITATION", preferred if isinstance(preferred, Mapping) else entries, _cff_fields)]
    if isinstance(listed := entries.get("references"), list):
        return [(number, entry, CSL.to_fields) for number, entry in enumerate(listed, 1)]
    if is_toml or _LIST.match(source):
        works = document if isinstance(document, list) else generic_json.find_works(document)
        return [(number, entry, generic_json.to_fields) for number, entry in enumerate(works, 1)]
    if isinstance(entries.get("title"), str):
        return [("title", entries, generic_json.to_fields)]
    return [(key, entry, _hayagriva_fields) for key, entry in entries.items()]


def _hayagriva_fields(entry: _Fields) -> _Fields:
    parent = entry.get("parent")
    parent = parent[0] if isinstance(parent, list) and parent else parent
    numbers = inner(entry, "serial-number")
    writers = entry.get("author")
    return {
        "title": _hayagriva_text(entry.get("title")),
        "authors": [
            _hayagriva_name(each) for each in (writers if isinstance(writers, list) else [writers])
        ],
        "abstract": _hayagriva_text(entry.get("abstract")),
        "published": text(entry, "date") or text(parent, "date"),
        "venue": _hayagriva_text(parent.get("title")) if isinstance(parent, Mapping) else "",
        "doi": text(numbers, "doi"),
        "arxiv": text(numbers, "arxiv"),
        "pmid": text(numbers, "pmid"),
        "url": _hayagriva_text(entry.get("url")),
        "comment": _hayagriva_text(entry.get("note")),
    }


def _hayagriva_text(value: Any) -> str:
    """A text, or the `value` of one with options such as `verbatim`."""
    return text(value, "value") or text(value)


def _hayagriva_name(value: Any) -> str:
    if isinstance(value, Mapping):
        family = f"{text(value, 'prefix')} {text(value, 'name')}".strip()
        return join_name(text(value, "given-name"), family, text(value, "suffix"))
    return value if isinstance(value, str) else ""


def _cff_fields(entry: _Fields) -> _Fields:
    identifiers = objects(entry.get("identifiers"))
    dois = (text(each, "value") for each in identifiers if text(each, "type") == "doi")
    return {
        "title": text(entry, "title"),
        "authors": [_cff_name(each) for each in objects(entry.get("authors"))],
        "abstract": text(entry, "abstract"),
        "published": text(entry, "date-published") or text(entry, "date-released"),
        "year": text(entry, "year"),
        "venue": text(entry, "journal") or text(entry, "collection-title"),
        "doi": text(entry, "doi") or next(dois, ""),
        "url": text(entry, "url"),
        "code": text(entry, "repository-code"),
    }


def _cff_name(author: _Fields) -> str:
    family = f"{text(author, 'name-particle')} {text(author, 'family-names')}".strip()
    name = join_name(text(author, "given-names"), family, text(author, "name-suffix"))
    return name or text(author, "name")


FORMAT = FunctionFormat("yaml", "a bibliography in YAML", sniff, read)
