"""XML: records are cut out of the stream, and defusedxml parses one at a time.

Memory holds one record, an invalid record does not affect the others, and neither nested entities
nor references to files can do harm, because no declaration reaches the parser. Prefixes of
namespaces are removed, because writers choose them freely: elements are identified by local name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from tui.sources.dates import join_date
from tui.sources.decoding import decode_head, decode_stream
from tui.sources.interface import MAX_LINE, Record, RejectedRecord
from tui.sources.names import RawAuthor, read_institution, read_person
from tui.sources.record import (
    LIST_FIELDS,
    Fields,
    FieldSource,
    map_fields,
    read_record,
    split_paths,
)

_FENCE = re.compile(r"\A\s*```\w*")
"""How a block of code begins that was copied with its fence."""
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[]|\[.*?\])*>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)([^<>]*)>?")
_ATTRIBUTES = r"(?:\s(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+|(?:\s[^<>]*)?)"
"""The attributes in a tag. A quoted value may contain `>`, unless the quotes are unbalanced."""
_TAG = re.compile(r"<[A-Za-z/_][^<>]*>")
_PREFIX = re.compile(r"^(</?)[\w.-]+:")
_XMLNS = re.compile(r"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_COLON = re.compile(r"(\s[\w.-]+):([\w.-]+\s*=)")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{1,32};)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAX_TAG = 4096
"""Characters of a start tag that may be split between two pieces of the stream."""
_LONGEST_END = 128
"""Characters of an end tag that may be split between two pieces of the stream."""
_MAX_WRAPPERS = 2
"""Records of one name inside each other that are looked into."""
_MAX_DEPTH = 50
_PREAMBLE = re.compile(r"^.*?\\begin\{document\}", re.DOTALL)
"""Springer writes each formula as a document of LaTeX."""
_FORMATTING = frozenset(("sub", "sup", "i", "b", "em", "strong", "p", "br", "inf"))
"""Tags inside a text that `tui.sources.markup` understands."""

Mapper = Callable[..., Fields | None]
"""Returns the fields of an element, None if it is not a record of a work.

A format with `contexts` passes those that came before the element, by their names.
"""


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """One XML format: a row that says how it is recognised and what its elements mean."""

    name: str
    label: str
    roots: Mapping[str, str]
    """Pattern of the root's name to a pattern that must occur near the start of the file."""
    records: Mapping[str, Mapper | Mapping[str, FieldSource[Element]]]
    """Name of an element that is a record to its fields: see `map_fields`, or a function."""
    contexts: tuple[str, ...] = ()
    """Elements before the records that say more of them, the outer ones first."""
    heads: tuple[str, ...] = ()
    """Those of which only the start tag is read."""

    def sniff(self, head: bytes) -> bool:
        """Whether a file that begins with `head` has one of the roots."""
        name = root_element(head)
        return bool(name) and any(
            re.fullmatch(pattern, name) and (not evidence or re.search(evidence, decode_head(head)))
            for pattern, evidence in self.roots.items()
        )

    def read(self, stream: BinaryIO, where: str, today: date) -> Iterator[Record]:
        """Yield each record."""
        mappers = {name: _mapper(fields) for name, fields in self.records.items()}
        context: dict[str, Element] = {}
        for element in iter_elements(stream, where, (*mappers, *self.contexts), self.heads):
            if isinstance(element, RejectedRecord):
                yield element
                continue
            place, content = element
            if content.tag in mappers:
                arguments = (content, context) if self.contexts else (content,)
                yield from read_record(place, mappers[content.tag], *arguments)
            else:
                for inner in self.contexts[self.contexts.index(content.tag) :]:
                    context.pop(inner, None)
                context[content.tag] = content


def _mapper(fields: Mapper | Mapping[str, FieldSource[Element]]) -> Mapper:
    return fields if callable(fields) else partial(map_fields, sources=fields, get=_get)


def _get(element: Element, path: str, name: str) -> Any:
    if name in LIST_FIELDS:
        return all_texts(element, path)
    return text(element, *path.split("/"))


def root_element(head: bytes) -> str:
    """Return the name of the first element, without prefix; empty if the file is not XML."""
    start = _FENCE.sub("", decode_head(head)).lstrip()
    if not start.startswith("<"):
        return ""
    at = 0
    while found := _PROLOG.match(start, at):
        at = found.end()
    element = _ROOT.match(start, at)
    return element[1] if element else ""


def iter_elements(
    stream: BinaryIO, where: str, names: tuple[str, ...], heads: tuple[str, ...] = ()
) -> Iterator[tuple[str, Element] | RejectedRecord]:
    """Yield the place and the content of each element of one of `names`.

    Of elements whose name is in `heads`, the content is only the start tag with its attributes.
    """
    scanner = _Scanner(stream, names)
    wrappers = 0
    while tag := scanner.next_tag():
        name, place = tag["name"], f"{where}:{scanner.line()}"
        if name in heads:
            yield _parse(name, tag[0].rstrip("/>") + "/>", place)
        elif tag[0].endswith("/>"):
            continue
        elif (source := scanner.read_element(name)) is not None:
            element = _parse(name, source, place)
            if (
                isinstance(element, RejectedRecord)
                and wrappers < _MAX_WRAPPERS
                and re.search(rf"<(?:[\w.-]+:)?{name}[\s>]", source[len(tag[0]) :])
            ):
                # It wraps a record of the same name, as SRU and OAI do with MARC: read that one.
                wrappers += 1
                scanner.go_back_after(tag[0])
                continue
            wrappers = 0
            yield element
        elif scanner.at_end:
            yield RejectedRecord(place, f"the file ends inside this <{name}>")
            return
        else:
            yield RejectedRecord(place, f"a record of more than {MAX_LINE >> 20} MiB")


class _Scanner:
    """Finds elements in a stream of text, of which it holds no more than one element."""

    def __init__(self, stream: BinaryIO, names: tuple[str, ...]) -> None:
        self._pieces = decode_stream(stream)
        self._tag = re.compile(
            rf"<!--|<!\[CDATA\[|<(?:[\w.-]+:)?(?P<name>{'|'.join(names)})(?:{_ATTRIBUTES})>"
        )
        self._text = ""
        self._start = 0
        """Where the current tag begins; what precedes it is not needed any more."""
        self._at = 0
        """Where the search goes on."""
        self._line = 1
        self._counted = 0
        """Where `_line` was counted up to."""
        self.at_end = False

    def line(self) -> int:
        """Return the number of the line that the current tag begins on."""
        self._line += self._text.count("\n", self._counted, self._start)
        self._counted = self._start
        return self._line

    def next_tag(self) -> re.Match[str] | None:
        """Find the next start tag outside comments and CDATA; None at the end."""
        while True:
            found = self._tag.search(self._text, self._at)
            if found:
                self._start, self._at = found.span()
                if found["name"] is not None:
                    return found
                self._go_behind(re.compile("-->" if found[0] == "<!--" else r"\]\]>"))
                continue
            cut = self._text.rfind("<", max(self._at, len(self._text) - _MAX_TAG))
            self._start = self._at = cut if cut >= 0 else len(self._text)
            if not self._read_more():
                return None

    def read_element(self, name: str) -> str | None:
        """Return the source of the current element, None if its end is missing or too far away."""
        if not self._go_behind(re.compile(rf"</(?:[\w.-]+:)?{name}\s*>")):
            return None
        return self._text[self._start : self._at]

    def _go_behind(self, end: re.Pattern[str]) -> bool:
        """Move past the match of `end` and return True; stay and return False if there is none."""
        searched = self._at
        while not (found := end.search(self._text, searched)):
            if len(self._text) - self._start >= MAX_LINE:
                return False
            searched = max(self._at, len(self._text) - _LONGEST_END) - self._start
            if not self._read_more():
                return False
        self._at = found.end()
        return True

    def go_back_after(self, tag: str) -> None:
        """Go on with what follows the start tag of the current element."""
        self._at = self._start + len(tag)

    def _read_more(self) -> bool:
        """Append the next piece of the stream, and drop what precedes the current tag."""
        self.line()
        piece = next(self._pieces, None)
        self.at_end = piece is None
        self._text = self._text[self._start :] + (piece or "")
        self._at -= self._start
        self._start = self._counted = 0
        return not self.at_end


def _parse(name: str, source: str, place: str) -> tuple[str, Element] | RejectedRecord:
    from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    try:
        return place, fromstring(_without_namespaces(source), forbid_dtd=True)
    except ParseError as error:
        return RejectedRecord(place, f"broken XML in <{name}>: {str(error).split(':')[0]}")
    except (DefusedXmlException, ValueError, RecursionError) as error:
        return RejectedRecord(place, f"unsupported XML in <{name}>: {error}")


def _without_namespaces(source: str) -> str:
    """Remove namespaces, control characters and entities that only a declaration would define."""
    source = _CONTROL.sub("", source)
    if "&" in source:
        source = _AMPERSAND.sub(_character, source)
    return _TAG.sub(_plain_tag, source) if ":" in source or "xmlns" in source else source


def _character(found: re.Match[str]) -> str:
    if found[1]:
        character = html.unescape(found[0])
        if character != found[0]:
            return html.escape(character)
    return "&amp;" + (found[1] or "")


def _plain_tag(found: re.Match[str]) -> str:
    tag = found[0]
    if ":" not in tag and "xmlns" not in tag:
        return tag
    return _COLON.sub(r"\1_\2", _XMLNS.sub("", _PREFIX.sub(r"\1", tag)))


def text(element: Element | None, *path: str) -> str:
    """Return the text of the first descendant at the path, with the tags that format it.

    A step is the name of an element, or `name@attribute=value` with the value in lower case.
    """
    for step in path:
        if element is None:
            return ""
        name, _, condition = step.partition("@")
        attribute, _, value = condition.partition("=")
        element = next(
            (
                child
                for child in element.iter(name)
                if child is not element
                and (not condition or (child.get(attribute) or "").lower() == value)
            ),
            None,
        )
    return inner_text(element).strip() if element is not None else ""


def first_text(element: Element | None, paths: str) -> str:
    """Return the first text at one of the paths, which are separated by `|`."""
    texts = (text(element, *path.split("/")) for path in split_paths(paths))
    return next(filter(None, texts), "")


def all_texts(element: Element | None, name: str) -> list[str]:
    """Return the text of each descendant of that name that has any."""
    found = element.iter(name) if element is not None else ()
    return [inside for each in found if (inside := inner_text(each).strip())]


def inner_text(element: Element, depth: int = 0) -> str:
    """Return all text in an element, with the tags that format it, and its formulas as LaTeX."""
    parts = [element.text or ""]
    for child in element if depth < _MAX_DEPTH else ():
        inside = inner_text(child, depth + 1)
        tag = str(child.tag).lower()
        if tag == "alternatives":  # the same formula or name in several forms
            formula = next(child.iter("tex-math"), next(iter(child), None))
            inside = "" if formula is None else inner_text(formula, depth + 1)
            tag = str(formula.tag) if formula is not None else ""
        if tag in _FORMATTING:
            inside = f"<{tag}>{inside}</{tag}>"
        elif tag == "math":
            inside = " ".join(inside.split())
        elif tag == "tex-math":
            inside = _PREAMBLE.sub("", inside).removesuffix("\\end{document}")
            inside = f"${inside.strip().strip('$')}$"
        parts += [inside, child.tail or ""]
    return "".join(parts)


_NAME_PARTS = {
    tag: part
    for part, tags in {
        "family": "surname keyname familyName lastName last LastName Last",
        "given": "given-names given_name givenName givenname forename forenames firstName first"
        " ForeName First",
        "middle": "Middle",
        "initials": "Initials",
        "suffix": "suffix Suffix",
        "group": "organization collectiveName CollectiveName orgName institution Corporate",
        "whole": "name persName creatorName Name",
    }.items()
    for tag in tags.split()
}
"""What the elements inside an author are; formats differ in their names only."""


def author_in(element: Element) -> RawAuthor:
    """Return the person or institution that an element describes; empty if it has no name."""
    found: dict[str, str] = {}
    for each in element.iter():
        if (part := _NAME_PARTS.get(each.tag)) is None:
            continue
        if each.get("nameType", "").lower() == "organizational":
            part = "group"
        name = inner_text(each).strip()
        if each.tag == "forename" and part in found:  # TEI has one element for each given name
            found[part] += f" {name}"
        elif name:
            found.setdefault(part, name)
    if "family" in found:
        given = f"{found.get('given') or found.get('initials', '')} {found.get('middle', '')}"
        return read_person(given, found["family"], found.get("suffix", ""))
    if "group" in found:
        return read_institution(found["group"])
    return found.get("whole") or found.get("given") or (element.text or "").strip()


def dates_in(element: Element | None, name: str, online: str = "") -> list[str]:
    """Return the dates in the descendants of that name, those that are `online` last.

    `online` is an attribute and its value, as `media_type=online`.
    """
    attribute, _, value = online.partition("=")
    found = list(element.iter(name)) if element is not None else []
    found = sorted(found, key=lambda each: each.get(attribute) == value)
    return [join_date(*(text(each, part) for part in ("year", "month", "day"))) for each in found]
