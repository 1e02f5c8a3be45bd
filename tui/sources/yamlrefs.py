"""Bibliographies in YAML: Hayagriva's, CSL's as Pandoc takes it, a CITATION.cff, and what
people write: a list of papers, or one by itself, as Papis keeps it; the same in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.sources import csl, naming, people, yamltext
from tui.sources.base import MAX_DOCUMENT, Record, RejectedRecord, Source
from tui.sources.fields import NotAPaper, paper
from tui.sources.shapes import inner, objects, text
from tui.sources.text import decode, opening

_CSL = re.compile(r"\A(?:---[ \t]*\n|[ \t]*#[^\n]*\n|[ \t]*\n)*references:[ \t]*\n\s*- ")
_CFF = re.compile(r"\A(?:---[ \t]*\n|[ \t]*#[^\n]*\n|[ \t]*\n)*(?:[a-z][^\n]*\n)?cff-version:")
_HAYAGRIVA = re.compile(
    r"\A(?:---[ \t]*\n|#[^\n]*\n|[ \t]*\n)*[^\s:#'\"-][^\n]*:[ \t]*\n"
    r"[ \t]+(?:type|title|author|date|parent|url)[ \t]*:"
)


_START = r"\A(?:---[ \t]*\n|[ \t]*#[^\n]*\n|[ \t]*\n)*"
_LIST = re.compile(
    _START
    + r"(?:[\w-]+:[ \t]*\n){0,2}[ \t]*-[ \t]+(?:[\w-]+:[^\n]*\n(?:[ \t]+-[^\n]*\n)*[ \t]+){0,5}"
    r"['\"]?(?:paper_?)?title['\"]?[ \t]*:",
    re.IGNORECASE,
)
"""A list whose first item has a title."""
_TOML = re.compile(_START + r"\[\[[\w.-]+\]\][ \t]*\n(?:[\w-]+[ \t]*=[^\n]*\n){0,9}title[ \t]*=")
_ONE = re.compile(r"^(author(?:s|_list)?|doi|title)[ \t]*:", re.MULTILINE)


def sniff(head: bytes) -> bool:
    """A list of `references`, a key with the fields of a work indented below it, or its fields."""
    start = opening(head)
    if any(shape.match(start) is not None for shape in (_CSL, _HAYAGRIVA, _CFF, _LIST, _TOML)):
        return True
    return _is_mapping(start) and {"title"} < set(_ONE.findall(start))


def _is_mapping(start: str) -> bool:
    """Whether nearly every line is a key, or belongs to one; and no text follows."""
    if "\n---" in start.removeprefix("---"):
        return False
    lines = [line for line in start.split("\n") if line.strip()]
    return all(re.match(r"[\w-]+[ \t]*:(?:\s|$)|[ \t#-]", line) for line in lines[:-1])


def read(stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
    """Each entry."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield RejectedRecord(where, f"larger than {MAX_DOCUMENT >> 20} MiB")
        return
    source = decode(data).replace("\r\n", "\n")
    document: Any = tomllib.loads(source) if _TOML.match(source) else yamltext.parse(source)
    entries = document if isinstance(document, Mapping) else {}
    records: list[tuple[str, Any, Callable[[Mapping[str, Any]], Mapping[str, Any] | None]]]
    if "cff-version" in entries:
        preferred = entries.get("preferred-citation")
        records = [("CITATION", preferred if isinstance(preferred, Mapping) else entries, _cff)]
    elif isinstance(listed := entries.get("references"), list):
        records = [(str(number), entry, csl.CSL.common) for number, entry in enumerate(listed, 1)]
    elif _LIST.match(source) or _TOML.match(source):
        works = document if isinstance(document, list) else list(naming.records(document))
        records = [(str(number), entry, naming.common) for number, entry in enumerate(works, 1)]
    elif isinstance(entries.get("title"), str):
        records = [("title", entries, naming.common)]
    else:
        records = [(key, entry, _hayagriva) for key, entry in entries.items()]
    for key, entry, common in records:
        try:
            if not isinstance(entry, Mapping):
                raise NotAPaper("not a work")
            yield paper(common(entry) or {})
        except NotAPaper as error:
            yield RejectedRecord(f'{where}: entry "{key}"', str(error))


def _hayagriva(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    parent = entry.get("parent")
    parent = parent[0] if isinstance(parent, list) and parent else parent
    numbers = inner(entry, "serial-number")
    writers = entry.get("author")
    return {
        "title": _plain(entry.get("title")),
        "authors": [_name(each) for each in (writers if isinstance(writers, list) else [writers])],
        "abstract": _plain(entry.get("abstract")),
        "published": text(entry, "date") or text(parent, "date"),
        "venue": _plain(parent.get("title")) if isinstance(parent, Mapping) else "",
        "doi": text(numbers, "doi"),
        "arxiv": text(numbers, "arxiv"),
        "pmid": text(numbers, "pmid"),
        "url": _plain(entry.get("url")),
        "comment": _plain(entry.get("note")),
    }


def _cff(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "title": text(entry, "title"),
        "authors": [
            people.name(
                text(each, "given-names"),
                f"{text(each, 'name-particle')} {text(each, 'family-names')}".strip(),
                text(each, "name-suffix"),
            )
            or text(each, "name")
            for each in objects(entry.get("authors"))
        ],
        "abstract": text(entry, "abstract"),
        "published": text(entry, "date-published") or text(entry, "date-released"),
        "year": text(entry, "year"),
        "venue": text(entry, "journal") or text(entry, "collection-title"),
        "doi": text(entry, "doi")
        or next(
            (
                text(each, "value")
                for each in objects(entry.get("identifiers"))
                if text(each, "type") == "doi"
            ),
            "",
        ),
        "url": text(entry, "url"),
        "code": text(entry, "repository-code"),
    }


def _plain(value: Any) -> str:
    return text(value, "value") or text(value)


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        family = f"{text(value, 'prefix')} {text(value, 'name')}".strip()
        return people.name(text(value, "given-name"), family, text(value, "suffix"))
    return people.turned(value) if isinstance(value, str) else ""


SOURCE = Source("yaml", "a bibliography in YAML", sniff, read)
