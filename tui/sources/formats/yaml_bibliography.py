"""Bibliographies in YAML: Hayagriva's, CSL's as Pandoc takes it, a CITATION.cff, and what
people write: a list of papers, or a single one, as Papis keeps it; the same in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from tui.core.paper import Paper
from tui.sources.dates import join_date
from tui.sources.decoding import decode_head
from tui.sources.engines.json import JsonFormat, objects, text
from tui.sources.engines.whole_text import read_text
from tui.sources.engines.yaml import parse_yaml
from tui.sources.formats import generic_json
from tui.sources.formats.json_reference_managers import CSL
from tui.sources.interface import FunctionFormat, Record, RejectedRecord
from tui.sources.names import RawAuthor, read_person
from tui.sources.record import read_record

_START = r"\A(?:---[ \t]*\n|[ \t]*#[^\n]*\n|[ \t]*\n)*+"
"""What may stand before the first key: a document marker, comments, blank lines."""
_CSL = re.compile(
    _START + r"(?:[A-Za-z-]+:(?:(?!---|\.\.\.)[^\n]*\n){1,80}?)?references:[ \t]*\n\s*- "
)
"""What Pandoc takes; `nocite` and other settings may precede the list."""
_CFF = re.compile(_START + r"(?:(?!---)[^\n]*\n){0,500}?cff-version:")
"""The keys of a CITATION.cff may have any order."""
_HAYAGRIVA_START = re.compile(
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
_PANDOC_MARKUP = (
    (re.compile(r"\[([^\[\]]+)\]\{[^{}]*\}"), ""),
    (re.compile(r"(?<!\w)\*{1,3}(\S[^*]*)\*{1,3}"), ""),
    (re.compile(r"~([^~\s]{1,20})~"), "sub"),
    (re.compile(r"\^([^^\s]{1,20})\^"), "sup"),
    (re.compile(r"^<(https?://[^<>]+)>$"), ""),
)
"""Spans such as `[iPhone]{.nocase}`, emphasis, `H~2~O`, `x^2^` and `<https://…>`."""
_WORK_KEY = re.compile(r"^(authors|author_list|doi|year|journal|title)[ \t]*:", re.MULTILINE)
_MAPPING_LINE = re.compile(r"[\w-]+[ \t]*:(?:\s|$)|[ \t#-]")

_Fields = Mapping[str, Any]


def sniff(head: bytes) -> bool:
    """A list of `references`, a key with the fields of a work indented below it, or its fields."""
    start = decode_head(head)
    if any(form.match(start) is not None for form in (_CSL, _HAYAGRIVA_START, _CFF, _LIST, _TOML)):
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
        has_title = isinstance(preferred, Mapping) and preferred.get("title")
        return [("CITATION", preferred if has_title else entries, _CITATION_FILE.to_fields)]
    if isinstance(listed := entries.get("references"), list):
        return [(number, entry, _csl_fields) for number, entry in enumerate(listed, 1)]
    if is_toml or _LIST.match(source):
        works = document if isinstance(document, list) else generic_json.find_works(document)
        return [
            (n, entry, _csl_fields if "issued" in entry else generic_json.to_work)
            for n, entry in enumerate(works, 1)
        ]
    if isinstance(entries.get("title"), str):
        return [("title", entries, generic_json.to_work)]
    return [(key, entry, _hayagriva_fields) for key, entry in entries.items()]


def _hayagriva_fields(entry: _Fields) -> _Fields | Paper | None:
    return _HAYAGRIVA.to_fields(entry) if "type" in entry else generic_json.to_work(entry)


def _csl_fields(entry: _Fields) -> _Fields | Paper | None:
    """The fields of a reference of Pandoc, whose texts are Markdown."""
    return CSL.to_fields({name: _without_markdown(value) for name, value in entry.items()})


def _without_markdown(value: Any) -> Any:
    """Return a text with the markup of Pandoc as HTML, which is understood later."""
    if not isinstance(value, str):
        return value
    for pattern, tag in _PANDOC_MARKUP:
        value = pattern.sub(rf"<{tag}>\1</{tag}>" if tag else r"\1", value)
    return value


def _hayagriva_authors(entry: _Fields) -> list[RawAuthor]:
    writers = entry.get("author")
    return list(map(_hayagriva_author, writers if isinstance(writers, list) else [writers]))


def _hayagriva_author(value: Any) -> RawAuthor:
    if isinstance(value, Mapping):
        names = (text(value, key) for key in ("given-name", "name", "suffix", "prefix"))
        return read_person(*names)
    return text(value)


_HAYAGRIVA = JsonFormat(
    "hayagriva", "Hayagriva", (),  # a text with options such as `verbatim` has it under `value`
    {
        "title": "title.value|title", "authors": _hayagriva_authors,
        "abstract": "abstract.value|abstract", "published": "date|parent.date|parent.0.date",
        "venue": "parent.title.value|parent.title|parent.0.title.value|parent.0.title",
        "doi": "serial-number.doi", "arxiv": "serial-number.arxiv", "pmid": "serial-number.pmid",
        "url": "url.value|url", "comment": "note.value|note",
    },
)  # fmt: skip
_CITATION_FILE = JsonFormat(
    "cff", "CITATION.cff", (),
    {
        "title": "title", "abstract": "abstract",
        "authors": lambda e: [{"literal": text(a, "name"), **a} for a in objects(e.get("authors"))],
        "doi": "doi|identifiers.[type=doi].value",
        "published": lambda e: text(e, "date-published") or text(e, "date-released")
        or join_date(text(e, "year"), text(e, "month")),
        "url": "url",
        "venue": "journal|collection-title", "code": "repository-code",
    },
)  # fmt: skip
FORMAT = FunctionFormat("yaml", "a bibliography in YAML", sniff, read)
